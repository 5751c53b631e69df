#include "modules/identity/sign_in.hpp"

#include "db/transaction.hpp"
#include "modules/identity/device_name.hpp"
#include "modules/identity/letters.hpp"
#include "modules/identity/password_proof.hpp"

namespace strikeoff::identity {
namespace {

using namespace std::chrono_literals;

constexpr int failures_free = 5;
constexpr int failures_max = 100;
constexpr auto wait_max = 15min;

struct AccountRow {
    UserId id;
    std::string password_hash;
    UserRole role = UserRole::investor;
    std::string status;
    bool mfa_enabled = false;
    bool is_confirmed = false;
    std::int32_t failed_logins = 0;
    bool is_blocked = false;
};
BOOST_DESCRIBE_STRUCT(AccountRow, (),
                      (id, password_hash, role, status, mfa_enabled, is_confirmed, failed_logins,
                       is_blocked))

const db::Statement<AccountRow(std::string)> account_of_email{{"identity.account_of_email", R"sql(
    SELECT id, password_hash, role, status::text AS status, mfa_enabled,
           email_verified_at IS NOT NULL AS is_confirmed, failed_logins,
           coalesce(login_blocked_until > strikeoff.clock(), false) AS is_blocked
    FROM users WHERE lower(email) = lower($1))sql"}};

const db::Statement<AccountRow(UserId)> account_of_user{{"identity.account_of_user", R"sql(
    SELECT id, password_hash, role, status::text AS status, mfa_enabled,
           email_verified_at IS NOT NULL AS is_confirmed, failed_logins,
           coalesce(login_blocked_until > strikeoff.clock(), false) AS is_blocked
    FROM users WHERE id = $1)sql"}};

const db::Statement<std::int32_t(UserId)> count_failure{{"identity.count_failure", R"sql(
    UPDATE users SET failed_logins = failed_logins + 1 WHERE id = $1 RETURNING failed_logins)sql"}};

const db::Statement<void(UserId, std::optional<std::int64_t>)> block_sign_in{
    {"identity.block_sign_in", R"sql(
    UPDATE users
    SET login_blocked_until = CASE WHEN $2::int8 IS NULL THEN 'infinity'
                                   ELSE strikeoff.clock() + $2::int8 * interval '1 second' END
    WHERE id = $1)sql"}};

const db::Statement<void(UserId)> note_sign_in{{"identity.note_sign_in", R"sql(
    UPDATE users SET failed_logins = 0, login_blocked_until = NULL,
                     last_login_at = strikeoff.clock()
    WHERE id = $1)sql"}};

const db::Statement<void(UserId, std::string)> renew_hash{{"identity.renew_hash", R"sql(
    UPDATE users SET password_hash = $2 WHERE id = $1)sql"}};

const db::Statement<bool(UserId, Hash)> knows_device{{"identity.knows_device", R"sql(
    SELECT EXISTS (SELECT 1 FROM known_devices WHERE user_id = $1 AND token_hash = $2))sql"}};

struct DevicesRow {
    bool is_known = false;
    bool is_first = false;
};
BOOST_DESCRIBE_STRUCT(DevicesRow, (), (is_known, is_first))

const db::Statement<DevicesRow(UserId, Hash)> devices_of_user{{"identity.devices_of_user", R"sql(
    SELECT coalesce(bool_or(token_hash = $2), false) AS is_known, count(*) = 0 AS is_first
    FROM known_devices WHERE user_id = $1)sql"}};

const db::Statement<void(UserId, Hash, std::string)> note_device{{"identity.note_device", R"sql(
    INSERT INTO known_devices (user_id, token_hash, device_info, last_used_at)
    VALUES ($1, $2, $3, strikeoff.clock())
    ON CONFLICT (user_id, token_hash) DO UPDATE SET last_used_at = strikeoff.clock())sql"}};

Error failed() {
    return {ErrorCode::unauthenticated,
            "auth.failed",
            "the address or the password is wrong, or there were too many attempts: then wait a "
            "while before the next",
            {}};
}

/// For a password that is right.
Error not_let_in(db::Connection& connection, const AccountRow& row, const Device& device) {
    log_auth(connection, row.id, AuthEvent::login_failed, AuthOutcome::failed, device,
             row.is_confirmed ? "account_inactive" : "address_unconfirmed");
    if (!row.is_confirmed)
        return {ErrorCode::unauthenticated,
                "auth.address_unconfirmed",
                "follow the link in the mail that we sent you first",
                {}};
    return {ErrorCode::unauthenticated,
            "auth.account_inactive",
            "this account is not active; the county's office can say why",
            {}};
}

} // namespace

struct SignIn::Account {
    AccountRow row;
    bool device_is_known = false;
};

std::optional<std::chrono::seconds> wait_after(int failures) {
    if (failures >= failures_max) return std::nullopt;
    if (failures < failures_free) return 0s;
    const int doublings = std::min(failures - failures_free, 20);
    return std::min<std::chrono::seconds>(std::chrono::seconds{1LL << doublings}, wait_max);
}

Result<SignInAnswer> SignIn::with_password(const Credentials& credentials, const Device& device) {
    std::optional<AccountRow> row;
    Account account;
    {
        auto lease = pool_.acquire();
        row = lease->maybe_one(account_of_email, credentials.email);
        if (row && !device.token.empty())
            account.device_is_known = lease->one(knows_device, row->id, token_hash(device.token));
        const auto note = [&](std::string_view detail) {
            log_auth(*lease, row ? std::optional{row->id} : std::nullopt, AuthEvent::login_failed,
                     AuthOutcome::failed, device, detail);
        };
        try {
            if (!account.device_is_known) limits_.count_sign_in(device);
        } catch (const http::LimitMet&) {
            note("limited");
            throw;
        }
        if (!row) note("unknown_address");
    }
    if (!row) {
        SO_TRY_VOID(hasher_.waste_time(credentials.password));
        // And the work of counting a failure, which takes its time as well.
        db::Transaction transaction{pool_};
        transaction->maybe_one(count_failure, UserId{});
        transaction.commit();
        return std::unexpected(failed());
    }
    account.row = *row;
    SO_TRY(const bool fits, hasher_.fits(row->password_hash, credentials.password));
    if (row->is_blocked && !account.device_is_known) {
        auto lease = pool_.acquire();
        log_auth(*lease, row->id, AuthEvent::account_locked, AuthOutcome::failed, device);
        return std::unexpected(failed());
    }
    if (!fits) {
        note_failure(account, device);
        return std::unexpected(failed());
    }
    // Whoever knows the password may know the rest.
    if (!row->is_confirmed || row->status != "active")
        return std::unexpected(not_let_in(*pool_.acquire(), *row, device));
    if (PasswordHasher::is_outdated(row->password_hash)) {
        SO_TRY(const std::string renewed, hasher_.hash(credentials.password));
        pool_.acquire()->run(renew_hash, row->id, renewed);
    }
    if (account.row.mfa_enabled && recovery_.apply_if_due(row->id, device))
        account.row.mfa_enabled = false;
    return let_in(account, device);
}

Result<SignInAnswer> SignIn::let_in(const Account& account, const Device& device) {
    const bool must_enrol =
        account.row.role == UserRole::admin || account.row.role == UserRole::county_admin;
    const SessionKind kind = account.row.mfa_enabled ? SessionKind::awaits_factor
                             : must_enrol            ? SessionKind::enrol_only
                                                     : SessionKind::full;
    SignInAnswer answer{.shown = {.user_id = account.row.id, .role = account.row.role}};
    Device known = device;
    if (kind == SessionKind::awaits_factor) answer.shown.next = NextStep::second_factor;
    if (kind == SessionKind::enrol_only) answer.shown.next = NextStep::enrol_second_factor;
    if (kind == SessionKind::full && device.token.empty())
        known.token = answer.device_token = to_hex(random_hash());
    db::Transaction transaction{pool_};
    answer.tokens = sessions_.begin(transaction.connection(),
                                    {account.row.id, account.row.role, {"pwd"}}, kind, known);
    if (kind == SessionKind::full) {
        transaction->run(note_sign_in, account.row.id);
        welcome(transaction.connection(), account.row.id, known);
    }
    log_auth(transaction.connection(), account.row.id, AuthEvent::login, AuthOutcome::succeeded,
             device, enum_name(answer.shown.next));
    transaction.commit();
    return answer;
}

Result<SignInAnswer> SignIn::with_factor(const http::Caller& caller, const FactorCode& code,
                                         const Device& device) {
    const UserId user = caller.user.value();
    Account account;
    account.row = pool_.acquire()->one(account_of_user, user);
    SO_TRY(const FactorKind used, factor_.use(caller, code.code, device));
    SignInAnswer answer{.shown = {.user_id = user, .role = account.row.role}};
    Device known = device;
    if (device.token.empty()) known.token = answer.device_token = to_hex(random_hash());
    const std::string method = used == FactorKind::authenticator ? "otp" : "rcv";
    db::Transaction transaction{pool_};
    Recovery::note_factor_used(transaction.connection(), user, device);
    sessions_.end_family(transaction.connection(), caller.session->family, "second_factor");
    answer.tokens =
        sessions_.begin(transaction.connection(), {user, account.row.role, {"pwd", method}},
                        SessionKind::full, known);
    transaction->run(note_sign_in, user);
    welcome(transaction.connection(), user, known);
    log_auth(transaction.connection(), user, AuthEvent::login, AuthOutcome::succeeded, device,
             method);
    transaction.commit();
    return answer;
}

/// Remembers the device, and tells the owner of one that was not seen before; but for the first,
/// at which the account was just opened.
void SignIn::welcome(db::Connection& connection, UserId user, const Device& device) {
    const Hash token = token_hash(device.token);
    const DevicesRow devices = connection.one(devices_of_user, user, token);
    connection.run(note_device, user, token, device.name);
    if (devices.is_known || devices.is_first) return;
    const Owner owner = read_owner(connection, user);
    write_to_owner(connection, outbox_, user, owner.email,
                   mail::NewDevice{owner.now, device_name(device.name), device.address});
}

Result<void> SignIn::step_up(const http::Caller& caller, const StepUp& proof,
                             const Device& device) {
    const UserId user = caller.user.value();
    Account account;
    account.row = pool_.acquire()->one(account_of_user, user);
    if (account.row.mfa_enabled ? !proof.code : !proof.password)
        return fail(ErrorCode::invalid_input, "auth.proof_missing",
                    account.row.mfa_enabled ? "a code is needed" : "the password is needed",
                    {{account.row.mfa_enabled ? "code" : "password", "is missing"}});
    if (account.row.mfa_enabled) {
        SO_TRY_VOID(factor_.use(caller, *proof.code, device));
    } else {
        SO_TRY_VOID(prove_password(pool_, hasher_, caller,
                                   {.password = *proof.password,
                                    .hash = account.row.password_hash,
                                    .event = AuthEvent::step_up,
                                    .field = "password"},
                                   device));
    }
    db::Transaction transaction{pool_};
    sessions_.renew_proof(transaction.connection(), caller.session->family);
    log_auth(transaction.connection(), user, AuthEvent::step_up, AuthOutcome::succeeded, device);
    transaction.commit();
    return {};
}

void SignIn::note_failure(const Account& account, const Device& device) {
    db::Transaction transaction{pool_};
    const int failures = transaction->one(count_failure, account.row.id);
    if (const auto wait = wait_after(failures); !wait || *wait > 0s)
        transaction->run(block_sign_in, account.row.id,
                         wait ? std::optional<std::int64_t>{wait->count()} : std::nullopt);
    log_auth(transaction.connection(), account.row.id, AuthEvent::login_failed, AuthOutcome::failed,
             device, "wrong_password");
    transaction.commit();
}

} // namespace strikeoff::identity
