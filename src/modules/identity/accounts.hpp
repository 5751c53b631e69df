#pragma once

#include "mail/message.hpp"
#include "mail/outbox.hpp"
#include "modules/identity/password_hasher.hpp"
#include "modules/identity/sessions.hpp"
#include "modules/identity/sign_in_limits.hpp"

namespace strikeoff::identity {

struct SignUp {
    std::string email;
    std::string password;
    std::string first_name;
    std::string last_name;
};
BOOST_DESCRIBE_STRUCT(SignUp, (), (email, password, first_name, last_name))

/// What stood in a link.
struct LinkToken {
    std::string token;
};
BOOST_DESCRIBE_STRUCT(LinkToken, (), (token))

struct AskForReset {
    std::string email;
};
BOOST_DESCRIBE_STRUCT(AskForReset, (), (email))

struct ResetPassword {
    std::string token;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(ResetPassword, (), (token, password))

struct ChangePassword {
    std::string current;
    std::string wanted;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (current, wanted))

struct ChangeAddress {
    std::string email;
};
BOOST_DESCRIBE_STRUCT(ChangeAddress, (), (email))

/// Accounts from sign-up on: proof of the address, the password, and their changes. What somebody
/// without an account could ask about an address is answered the same whether it has one; the
/// owner of the address learns the difference by mail.
class Accounts {
public:
    Accounts(db::Pool& worker_pool, PasswordHasher& hasher, Sessions& sessions,
             const mail::Outbox& outbox, SignInLimits& limits)
        : pool_{worker_pool}, hasher_{hasher}, sessions_{sessions}, outbox_{outbox},
          limits_{limits} {}

    /// Fails with user.email_malformed, user.name_missing, the reasons of `check_password`, or
    /// auth.busy. Throws http::LimitMet.
    Result<void> sign_up(const SignUp& wanted, const Device& device);
    /// Fails with auth.link_unknown.
    Result<void> confirm_address(const LinkToken& link, const Device& device);

    Result<void> ask_for_reset(const AskForReset& wanted, const Device& device);
    /// Ends all sessions. A second factor is asked for at the next sign-in as before. Fails with
    /// auth.link_unknown, the reasons of `check_password`, or auth.busy.
    Result<void> reset_password(const ResetPassword& wanted, const Device& device);

    /// Ends all other sessions. Fails with auth.password_wrong, the reasons of `check_password`, or
    /// auth.busy. Throws http::LimitMet as `prove_password`.
    Result<void> change_password(const http::Caller& caller, const ChangePassword& wanted,
                                 const Device& device);
    /// The new address gets a link; the old one is told once it was followed. Fails with
    /// user.email_malformed.
    Result<void> change_address(const http::Caller& caller, const ChangeAddress& wanted,
                                const Device& device);
    /// Fails with auth.link_unknown, or user.email_taken.
    Result<void> confirm_new_address(const LinkToken& link, const Device& device);

private:
    db::Pool& pool_;
    PasswordHasher& hasher_;
    Sessions& sessions_;
    const mail::Outbox& outbox_;
    SignInLimits& limits_;
};

} // namespace strikeoff::identity
