#include "modules/identity/second_factor.hpp"

#include "core/base32.hpp"
#include "core/one_time_code.hpp"
#include "db/transaction.hpp"
#include "http/admission.hpp"
#include "modules/identity/letters.hpp"
#include "modules/identity/qr_code.hpp"

namespace strikeoff::identity {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t secret_size = 20;      ///< 160 bits, as RFC 4226 recommends.
constexpr std::size_t backup_code_size = 10; ///< 80 bits.
constexpr int backup_codes_made = 10;
constexpr http::Limit wrong_of_a_session{.count = 5, .per = 300s, .burst = 5};
constexpr http::Limit wrong_in_a_day{.count = 20, .per = 86'400s, .burst = 20};

struct FactorRow {
    std::string email;
    bool mfa_enabled = false;
    std::optional<Bytes> mfa_secret;
    std::int64_t mfa_last_counter = 0;
    Instant now;
};
BOOST_DESCRIBE_STRUCT(FactorRow, (), (email, mfa_enabled, mfa_secret, mfa_last_counter, now))

// The lock makes the second of two uses of one code wait, and find it used.
const db::Statement<FactorRow(UserId)> lock_factor{{"identity.lock_factor", R"sql(
    SELECT email, mfa_enabled, mfa_secret, mfa_last_counter, strikeoff.clock() AS now
    FROM users WHERE id = $1 FOR NO KEY UPDATE)sql"}};

const db::Statement<void(UserId, Bytes)> keep_secret{{"identity.keep_secret", R"sql(
    UPDATE users SET mfa_secret = $2, mfa_last_counter = 0 WHERE id = $1)sql"}};

const db::Statement<void(UserId, std::int64_t)> enable_factor{{"identity.enable_factor", R"sql(
    UPDATE users SET mfa_enabled = true, mfa_last_counter = $2 WHERE id = $1)sql"}};

const db::Statement<void(UserId)> disable_factor{{"identity.disable_factor", R"sql(
    UPDATE users SET mfa_enabled = false, mfa_secret = NULL, mfa_last_counter = 0
    WHERE id = $1)sql"}};

const db::Statement<void(UserId, std::int64_t)> use_step{{"identity.use_step", R"sql(
    UPDATE users SET mfa_last_counter = $2 WHERE id = $1)sql"}};

const db::Statement<void(UserId)> drop_backup_codes{{"identity.drop_backup_codes", R"sql(
    DELETE FROM mfa_backup_codes WHERE user_id = $1)sql"}};

const db::Statement<void(UserId, std::string)> insert_backup_code{{"identity.insert_backup_code",
                                                                   R"sql(
    INSERT INTO mfa_backup_codes (user_id, code_hash) VALUES ($1, $2))sql"}};

const db::Statement<bool(UserId, std::string)> use_backup_code{{"identity.use_backup_code", R"sql(
    UPDATE mfa_backup_codes SET is_used = true, used_at = strikeoff.clock()
    WHERE user_id = $1 AND code_hash = $2 AND NOT is_used
    RETURNING true)sql"}};

struct WrongRow {
    std::optional<Instant> of_session;
    std::optional<Instant> in_a_day;
    Instant now;
};
BOOST_DESCRIBE_STRUCT(WrongRow, (), (of_session, in_a_day, now))

// The fifth newest of the session and the twentieth newest of the origin: with their age the limits
// end. Attempts that a limit refused have neither.
const db::Statement<WrongRow(UserId, std::string, std::string)> wrong_codes{
    {"identity.wrong_codes", R"sql(
    WITH wrong AS (
        SELECT created_at, details_json->>'session' AS session, details_json->>'origin' AS origin
        FROM auth_audit_logs
        WHERE user_id = $1 AND event_type = 'mfa_failed'
          AND created_at > strikeoff.clock() - interval '1 day')
    SELECT (SELECT created_at FROM wrong
            WHERE session = $2 AND created_at > strikeoff.clock() - interval '5 minutes'
            ORDER BY created_at DESC OFFSET 4 LIMIT 1) AS of_session,
           (SELECT created_at FROM wrong
            WHERE origin = $3 ORDER BY created_at DESC OFFSET 19 LIMIT 1) AS in_a_day,
           strikeoff.clock() AS now)sql"}};

const db::Statement<bool(UserId, Hash)> is_known_device{{"identity.is_known_device", R"sql(
    SELECT EXISTS (SELECT 1 FROM known_devices WHERE user_id = $1 AND token_hash = $2))sql"}};

/// Where wrong codes are counted together: at each device of the owner, and at all others.
std::string origin_of(db::Connection& connection, UserId user, const Device& device) {
    if (device.token.empty()) return "unknown";
    const Hash token = token_hash(device.token);
    return connection.one(is_known_device, user, token) ? to_hex(token).substr(0, 16) : "unknown";
}

Error wrong_code() {
    return {ErrorCode::unauthenticated,
            "auth.code_wrong",
            "this code is not good, or not any more",
            {{"code", "is not good, or not any more"}}};
}

SealedPlace secret_place(UserId user) {
    return {"users", "mfa_secret", user.uuid};
}

/// Backup codes have 80 random bits: there is nothing to guess that a slow hash would protect, but
/// the service's own key makes a copy of the database useless even so.
std::string backup_code_hash(const Keys& keys, UserId user, std::string_view code) {
    return to_hex(keys.blind_index("mfa_backup_codes.code", user.bytes(), code));
}

std::string otpauth_uri(std::string_view email, std::string_view secret) {
    std::string account;
    for (const char c : email) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' || c == '@';
        account +=
            plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return fmt::format("otpauth://totp/Strikeoff:{}?secret={}&issuer=Strikeoff&algorithm=SHA1"
                       "&digits={}&period={}",
                       account, secret, one_time_digits, one_time_step_seconds);
}

/// As typed: capitals without the hyphens that make it easier to read.
std::string plain_code(std::string_view code) {
    const auto bytes = from_base32(code);
    return bytes && bytes->size() == backup_code_size ? to_base32(*bytes) : "";
}

} // namespace

Bytes SecondFactor::open_secret(UserId user, const Bytes& sealed) const {
    return keys_.open(sealed, secret_place(user));
}

Result<Enrolment> SecondFactor::enrol(UserId user) {
    db::Transaction transaction{pool_};
    const FactorRow row = transaction->one(lock_factor, user);
    if (row.mfa_enabled)
        return fail(ErrorCode::conflict, "mfa.enabled_already",
                    "there is a second factor; remove it first");
    Bytes secret(secret_size);
    const Hash random = random_hash();
    std::copy_n(random.begin(), secret_size, secret.begin());
    transaction->run(keep_secret, user, keys_.seal(secret, secret_place(user)));
    transaction.commit();
    Enrolment enrolment{.secret = to_base32(secret)};
    enrolment.uri = otpauth_uri(row.email, enrolment.secret);
    enrolment.qr_svg = qr_svg(enrolment.uri);
    return enrolment;
}

Result<BackupCodes> SecondFactor::confirm(const http::Caller& caller, std::string_view code,
                                          const Device& device) {
    const UserId user = caller.user.value();
    db::Transaction transaction{pool_};
    const FactorRow row = transaction->one(lock_factor, user);
    if (row.mfa_enabled || !row.mfa_secret)
        return fail(ErrorCode::conflict, "mfa.not_enrolling", "no second factor is being enrolled");
    const auto step =
        accepted_step(open_secret(user, *row.mfa_secret), code, row.now, row.mfa_last_counter);
    if (!step) {
        log_auth(transaction.connection(), user, AuthEvent::mfa_failed, AuthOutcome::failed, device,
                 "enrolling");
        transaction.commit();
        return std::unexpected(wrong_code());
    }
    transaction->run(enable_factor, user, *step);
    BackupCodes codes = make_backup_codes(transaction.connection(), user);
    // Whoever else is signed in is so without the second factor.
    sessions_.end_all(transaction.connection(), user,
                      caller.session && !caller.session->enrol_only
                          ? std::optional{caller.session->family}
                          : std::nullopt,
                      "mfa_enabled");
    log_auth(transaction.connection(), user, AuthEvent::mfa_enabled, AuthOutcome::succeeded,
             device);
    write_to_owner(transaction.connection(), outbox_, user, row.email, mail::MfaEnabled{row.now});
    transaction.commit();
    return codes;
}

void SecondFactor::refuse_too_many(db::Transaction& transaction, UserId user,
                                   const std::string& session, const std::string& origin,
                                   const Device& device) {
    const WrongRow wrong = transaction->one(wrong_codes, user, session, origin);
    if (!wrong.of_session && !wrong.in_a_day) return;
    log_auth(transaction.connection(), user, AuthEvent::mfa_failed, AuthOutcome::failed, device,
             "limited");
    transaction.commit();
    const http::Limit& limit = wrong.in_a_day ? wrong_in_a_day : wrong_of_a_session;
    const Instant begin = wrong.in_a_day ? *wrong.in_a_day : *wrong.of_session;
    throw http::LimitMet(
        "codes", limit,
        std::max(std::chrono::ceil<std::chrono::seconds>(begin + limit.per - wrong.now), 1s),
        "auth.codes_too_many");
}

Result<FactorKind> SecondFactor::use(const http::Caller& caller, std::string_view code,
                                     const Device& device) {
    const UserId user = caller.user.value();
    const std::string session = caller.session.value().family.text();
    db::Transaction transaction{pool_};
    const FactorRow row = transaction->one(lock_factor, user);
    const std::string origin = origin_of(transaction.connection(), user, device);
    refuse_too_many(transaction, user, session, origin, device);
    if (row.mfa_enabled && row.mfa_secret) {
        if (const auto step = accepted_step(open_secret(user, *row.mfa_secret), code, row.now,
                                            row.mfa_last_counter)) {
            transaction->run(use_step, user, *step);
            transaction.commit();
            return FactorKind::authenticator;
        }
        const std::string plain = plain_code(code);
        if (!plain.empty() &&
            transaction->maybe_one(use_backup_code, user, backup_code_hash(keys_, user, plain))) {
            log_auth(transaction.connection(), user, AuthEvent::mfa_backup_used,
                     AuthOutcome::succeeded, device);
            transaction.commit();
            return FactorKind::backup_code;
        }
    }
    log_auth(transaction.connection(), user, AuthEvent::mfa_failed, AuthOutcome::failed, device,
             "wrong_code", {{"session", session}, {"origin", origin}});
    transaction.commit();
    return std::unexpected(wrong_code());
}

Result<BackupCodes> SecondFactor::renew_backup_codes(UserId user, const Device& device) {
    db::Transaction transaction{pool_};
    const FactorRow row = transaction->one(lock_factor, user);
    if (!row.mfa_enabled)
        return fail(ErrorCode::conflict, "mfa.not_enabled", "there is no second factor");
    BackupCodes codes = make_backup_codes(transaction.connection(), user);
    log_auth(transaction.connection(), user, AuthEvent::mfa_codes_renewed, AuthOutcome::succeeded,
             device);
    write_to_owner(transaction.connection(), outbox_, user, row.email,
                   mail::BackupCodesRenewed{row.now});
    transaction.commit();
    return codes;
}

Result<void> SecondFactor::disable(const http::Caller& caller, const Device& device) {
    const UserId user = caller.user.value();
    db::Transaction transaction{pool_};
    if (caller.role == http::Role::admin || caller.role == http::Role::county_admin) {
        log_auth(transaction.connection(), user, AuthEvent::mfa_disabled, AuthOutcome::failed,
                 device, "compulsory");
        transaction.commit();
        return fail(ErrorCode::rule_violation, "mfa.compulsory",
                    "staff sign in with a second factor");
    }
    const FactorRow row = transaction->one(lock_factor, user);
    if (!row.mfa_enabled)
        return fail(ErrorCode::conflict, "mfa.not_enabled", "there is no second factor");
    transaction->run(disable_factor, user);
    transaction->run(drop_backup_codes, user);
    sessions_.end_all(transaction.connection(), user,
                      caller.session ? std::optional{caller.session->family} : std::nullopt,
                      "mfa_disabled");
    log_auth(transaction.connection(), user, AuthEvent::mfa_disabled, AuthOutcome::succeeded,
             device);
    write_to_owner(transaction.connection(), outbox_, user, row.email, mail::MfaDisabled{row.now});
    transaction.commit();
    return {};
}

BackupCodes SecondFactor::make_backup_codes(db::Connection& connection, UserId user) {
    connection.run(drop_backup_codes, user);
    BackupCodes made;
    for (int i = 0; i < backup_codes_made; ++i) {
        const Hash random = random_hash();
        const std::string code = to_base32(ByteView{random}.first(backup_code_size));
        connection.run(insert_backup_code, user, backup_code_hash(keys_, user, code));
        made.codes.push_back(fmt::format("{}-{}-{}-{}", code.substr(0, 4), code.substr(4, 4),
                                         code.substr(8, 4), code.substr(12)));
    }
    return made;
}

} // namespace strikeoff::identity
