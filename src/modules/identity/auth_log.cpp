#include "modules/identity/auth_log.hpp"

#include <boost/json.hpp>

namespace strikeoff::identity {
namespace {

const db::Statement<void(std::optional<UserId>, AuthEvent, std::optional<std::string>, std::string,
                         bool, db::Json)>
    insert_event{{"identity.insert_event", R"sql(
    INSERT INTO auth_audit_logs (user_id, event_type, ip_address, device_info, success,
                                 details_json, created_at)
    VALUES ($1, $2, $3::text::inet, $4, $5, $6, strikeoff.clock()))sql"}};

} // namespace

void log_auth(db::Connection& connection, std::optional<UserId> user, AuthEvent event,
              AuthOutcome outcome, const Device& device, std::string_view detail,
              const AuthDetails& more) {
    boost::json::object details;
    for (const auto& [name, value] : more)
        details[boost::json::string_view{name.data(), name.size()}] = value;
    if (!detail.empty()) details["detail"] = boost::json::string_view{detail.data(), detail.size()};
    connection.run(insert_event, user, event,
                   device.address.empty() ? std::nullopt : std::optional{device.address},
                   device.name, outcome == AuthOutcome::succeeded,
                   db::Json{boost::json::serialize(details)});
}

} // namespace strikeoff::identity
