#include "client/api.hpp"

#include "client/machine_time.hpp"
#include "keys.hpp"

#include <boost/asio.hpp>

namespace strikeoff::client {
namespace {

namespace asio = boost::asio;

ErrorCode code_of(int status) {
    switch (status) {
    case 401:
        return ErrorCode::unauthenticated;
    case 404:
        return ErrorCode::not_found;
    case 409:
        return ErrorCode::conflict;
    case 429:
        return ErrorCode::too_many;
    default:
        return status >= 500 ? ErrorCode::unavailable : ErrorCode::rule_violation;
    }
}

} // namespace

Error refusal_of(const Answer& answer) {
    Error error{code_of(answer.status),
                "http." + std::to_string(answer.status),
                fmt::format("the server answered {}", answer.status),
                {}};
    const auto document = parse_json_strict(answer.body);
    if (!document || !document->is_object()) return error;
    const boost::json::object& problem = document->get_object();
    const auto text = [&](std::string_view name) -> const boost::json::string* {
        const boost::json::value* found = problem.if_contains(name);
        return found ? found->if_string() : nullptr;
    };
    if (const auto* reason = text("reason")) error.reason = *reason;
    // Nothing was decided: a service that was killed had begun on the request, or has just begun.
    if (error.reason == "idempotency.in_flight") error.code = ErrorCode::unavailable;
    if (const auto* detail = text("detail")) error.message = *detail;
    if (const boost::json::value* fields = problem.if_contains("fields"))
        error.message += " " + boost::json::serialize(*fields);
    return error;
}

Answer Api::exchange(Call call) {
    call.bearer = key_;
    Answer answer;
    std::exception_ptr failure;
    io_.restart();
    asio::co_spawn(io_, connection_.exchange(call),
                   [&](std::exception_ptr thrown, Answer received) {
                       failure = thrown;
                       answer = std::move(received);
                   });
    io_.run();
    if (failure) std::rethrow_exception(failure);
    return answer;
}

Result<std::string> Api::fetch(const std::string& target) {
    Answer answer = exchange({.target = target});
    if (!answer.ok()) return std::unexpected(refusal_of(answer));
    return std::move(answer.body);
}

Result<std::string> Api::send(Verb verb, const std::string& target, std::string_view body,
                              std::string_view content_type) {
    const std::string key = format_uuid(random_uuid(machine_now()));
    Answer answer = exchange({.verb = verb,
                              .target = target,
                              .body = body,
                              .content_type = content_type,
                              .idempotency_key = key});
    if (!answer.ok()) return std::unexpected(refusal_of(answer));
    return std::move(answer.body);
}

} // namespace strikeoff::client
