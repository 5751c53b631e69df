#pragma once

#include "modules/identity/password_hasher.hpp"
#include "modules/identity/recovery.hpp"
#include "modules/identity/second_factor.hpp"
#include "modules/identity/sessions.hpp"
#include "modules/identity/sign_in_limits.hpp"

namespace strikeoff::identity {

struct Credentials {
    std::string email;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (email, password))

/// A code of the authenticator app, or one of the backup codes.
struct FactorCode {
    std::string code;
};
BOOST_DESCRIBE_STRUCT(FactorCode, (), (code))

/// One of the two: the code where there is a second factor.
struct StepUp {
    std::optional<std::string> password;
    std::optional<std::string> code;
};
BOOST_DESCRIBE_STRUCT(StepUp, (), (password, code))

enum class NextStep : std::uint8_t { none, second_factor, enrol_second_factor };
BOOST_DESCRIBE_ENUM(NextStep, none, second_factor, enrol_second_factor)

struct SignedIn {
    UserId user_id;
    UserRole role = UserRole::investor;
    NextStep next = NextStep::none; ///< What is needed before the session is good for all.
};
BOOST_DESCRIBE_STRUCT(SignedIn, (), (user_id, role, next))

struct SignInAnswer {
    SignedIn shown;
    SessionTokens tokens;
    std::string device_token; ///< New one for the device's cookie; empty when it has one.
};

/// How long the next attempt has to wait after so many failures in a row: five are free, then the
/// wait doubles from a second to a quarter of an hour; after a hundred nothing but a new password
/// helps (NIST SP 800-63B, section 5.2.2).
std::optional<std::chrono::seconds> wait_after(int failures);

/// From a password, and a code where there is a second factor, to a session. Nobody learns from an
/// answer, nor from its time, whether an address has an account. Failures delay further attempts
/// on the account, but never those from a device on which its owner signed in before, so that
/// nobody can keep a bidder out at the close.
class SignIn {
public:
    SignIn(db::Pool& worker_pool, PasswordHasher& hasher, SecondFactor& factor, Sessions& sessions,
           Recovery& recovery, const mail::Outbox& outbox, SignInLimits& limits)
        : pool_{worker_pool}, hasher_{hasher}, factor_{factor}, sessions_{sessions},
          recovery_{recovery}, outbox_{outbox}, limits_{limits} {}

    /// Fails with auth.failed, auth.address_unconfirmed, auth.account_inactive or auth.busy. Throws
    /// http::LimitMet, but never at a device of the owner.
    Result<SignInAnswer> with_password(const Credentials& credentials, const Device& device);
    /// Turns a session that awaits its second factor into a full one. Fails and throws as
    /// SecondFactor::use.
    Result<SignInAnswer> with_factor(const http::Caller& caller, const FactorCode& code,
                                     const Device& device);

    /// Fails with auth.proof_missing, auth.password_wrong, auth.code_wrong or auth.busy. Throws
    /// http::LimitMet as `prove_password` and SecondFactor::use.
    Result<void> step_up(const http::Caller& caller, const StepUp& proof, const Device& device);

private:
    struct Account;
    void note_failure(const Account& account, const Device& device);
    Result<SignInAnswer> let_in(const Account& account, const Device& device);
    void welcome(db::Connection& connection, UserId user, const Device& device);

    db::Pool& pool_;
    PasswordHasher& hasher_;
    SecondFactor& factor_;
    Sessions& sessions_;
    Recovery& recovery_;
    const mail::Outbox& outbox_;
    SignInLimits& limits_;
};

} // namespace strikeoff::identity
