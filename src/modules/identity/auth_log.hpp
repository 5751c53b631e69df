#pragma once

#include "core/bytes.hpp"
#include "core/describe.hpp"
#include "core/id.hpp"
#include "db/connection.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strikeoff::identity {

enum class AuthEvent : std::uint8_t {
    login,
    logout,
    password_change,
    token_refresh,
    login_failed,
    token_reuse,
    password_reset_requested,
    password_reset,
    mfa_enabled,
    mfa_disabled,
    mfa_failed,
    mfa_backup_used,
    step_up,
    session_revoked,
    email_verified,
    api_key_created,
    api_key_revoked,
    access_denied,
    account_locked,
    sign_up,
    email_change_requested,
    email_changed,
    mfa_recovery_granted,
    mfa_recovery_stopped,
    mfa_recovered,
    role_changed,
    permissions_changed,
    status_changed,
    mfa_codes_renewed
};
BOOST_DESCRIBE_ENUM(AuthEvent, login, logout, password_change, token_refresh, login_failed,
                    token_reuse, password_reset_requested, password_reset, mfa_enabled,
                    mfa_disabled, mfa_failed, mfa_backup_used, step_up, session_revoked,
                    email_verified, api_key_created, api_key_revoked, access_denied, account_locked,
                    sign_up, email_change_requested, email_changed, mfa_recovery_granted,
                    mfa_recovery_stopped, mfa_recovered, role_changed, permissions_changed,
                    status_changed, mfa_codes_renewed)
constexpr std::string_view pg_type_name(AuthEvent) {
    return "auth_event_type";
}

enum class AuthOutcome : std::uint8_t { succeeded, failed };

/// Where a request comes from.
struct Device {
    std::string address;
    Bytes network;    ///< Of the address: /24, or /48 of IPv6.
    std::string name; ///< User-Agent, at most 200 bytes.
    std::string
        token; ///< Of the cookie that a browser keeps once somebody signed in; may be empty.
};

/// More about an event: names and values.
using AuthDetails = std::vector<std::pair<std::string_view, std::string>>;

/// Adds a row to `auth_audit_logs`. `detail` is a stable word that says why; never anything secret.
void log_auth(db::Connection& connection, std::optional<UserId> user, AuthEvent event,
              AuthOutcome outcome, const Device& device, std::string_view detail = {},
              const AuthDetails& more = {});

} // namespace strikeoff::identity
