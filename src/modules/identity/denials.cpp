#include "modules/identity/denials.hpp"

#include "modules/identity/account_requests.hpp"
#include "modules/identity/auth_log.hpp"

namespace strikeoff::identity {

void note_denied(db::Pool& pool, const http::Request& request, const http::Denial& denial) {
    AuthDetails more{{"route", std::string(denial.route)},
                     {"request_id", std::string(request.request_id)}};
    for (const auto& [name, value] : request.path_values)
        if (parse_uuid(value)) more.emplace_back(name, std::string(value));
    auto lease = pool.acquire();
    log_auth(*lease, request.caller.user, AuthEvent::access_denied, AuthOutcome::failed,
             device_of(request), denial.why, more);
}

} // namespace strikeoff::identity
