#pragma once

#include "db/pool.hpp"
#include "keys.hpp"
#include "modules/identity/auth_log.hpp"
#include "modules/identity/sessions.hpp"

namespace strikeoff::identity {

enum class FactorKind : std::uint8_t { authenticator, backup_code };

/// What an authenticator app needs to know, shown once.
struct Enrolment {
    std::string secret; ///< Base32, for typing.
    std::string uri;    ///< otpauth://, what the picture says.
    std::string qr_svg;
};
BOOST_DESCRIBE_STRUCT(Enrolment, (), (secret, uri, qr_svg))

/// Ten codes of 80 bits, each good once, shown once.
struct BackupCodes {
    std::vector<std::string> codes;
};
BOOST_DESCRIBE_STRUCT(BackupCodes, (), (codes))

/// One-time codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds) and backup
/// codes for when the app is gone.
class SecondFactor {
public:
    SecondFactor(db::Pool& worker_pool, const Keys& keys, Sessions& sessions,
                 const mail::Outbox& outbox)
        : pool_{worker_pool}, keys_{keys}, sessions_{sessions}, outbox_{outbox} {}

    /// Makes a new secret, which counts from `confirm` on. Fails with mfa.enabled_already.
    Result<Enrolment> enrol(UserId user);
    /// Takes the first code of the new secret; ends the other sessions of the person.
    /// Fails with mfa.not_enrolling or auth.code_wrong.
    Result<BackupCodes> confirm(const http::Caller& caller, std::string_view code,
                                const Device& device);
    /// Uses up a code. Fails with auth.code_wrong; throws http::LimitMet as auth.codes_too_many
    /// after five wrong ones of a session in five minutes, or twenty of an account in a day. Those
    /// from a device of the owner are a count of their own: nobody who has the password keeps the
    /// owner out.
    Result<FactorKind> use(const http::Caller& caller, std::string_view code, const Device& device);
    /// Makes new backup codes; the old ones are void. Fails with mfa.not_enabled.
    Result<BackupCodes> renew_backup_codes(UserId user, const Device& device);
    /// Fails with mfa.not_enabled, or mfa.compulsory for staff.
    Result<void> disable(const http::Caller& caller, const Device& device);

private:
    Bytes open_secret(UserId user, const Bytes& sealed) const;
    BackupCodes make_backup_codes(db::Connection& connection, UserId user);
    void refuse_too_many(db::Transaction& transaction, UserId user, const std::string& session,
                         const std::string& origin, const Device& device);

    db::Pool& pool_;
    const Keys& keys_;
    Sessions& sessions_;
    const mail::Outbox& outbox_;
};

} // namespace strikeoff::identity
