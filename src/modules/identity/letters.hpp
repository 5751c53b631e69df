#pragma once

#include "log.hpp"
#include "mail/message.hpp"
#include "mail/outbox.hpp"

#include <string>

namespace strikeoff::identity {

/// Where mails about an account go, and what time it is.
struct Owner {
    std::string email;
    Instant now;
};
BOOST_DESCRIBE_STRUCT(Owner, (), (email, now))

Owner read_owner(db::Connection& connection, UserId user);

/// Writes to the owner of an account in the caller's transaction. An address that takes no mail is
/// no reason to keep somebody from changing a password.
template <mail::Payload T>
void write_to_owner(db::Connection& connection, const mail::Outbox& outbox, UserId user,
                    const std::string& address, const T& payload) {
    if (const auto put = outbox.put(connection, mail::mail_to(address, payload, user)); !put)
        log::warning("an account's address takes no mail", log::Field{"user_id", user});
}

} // namespace strikeoff::identity
