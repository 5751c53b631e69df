#pragma once

#include "core/clock.hpp"
#include "db/transaction.hpp"
#include "keys.hpp"
#include "mail/sender.hpp"

#include <optional>
#include <string>

namespace strikeoff::mail {

/// A mail to be written down. Made by `mail_to`, which ties the values to the kind.
struct Mail {
    Kind kind = Kind::confirm_address;
    std::string recipient;
    std::optional<UserId> user; ///< None while the address is nobody's.
    Values values;
};

template <Payload T>
Mail mail_to(std::string recipient, const T& payload, std::optional<UserId> user = std::nullopt) {
    return {T::kind, std::move(recipient), user, values_of(payload)};
}

/// Where mails wait. What a mail says is encrypted for its row, so that nobody who reads the
/// database, or a copy of it, finds a link that still works.
class Outbox {
public:
    /// Throws std::logic_error when a template is wrong.
    Outbox(const Keys& keys, const Clock& clock);

    /// Writes the mail in the caller's transaction: it is sent if that commits, and only then.
    /// Fails with `mail.address_malformed`.
    Result<MailId> put(db::Connection& connection, const Mail& mail) const;

private:
    const Keys& keys_;
    const Clock& clock_;
};

SealedPlace place_of(MailId id);
/// Throws std::runtime_error when it was sealed elsewhere or is no payload.
Values open_values(const Keys& keys, MailId id, const Bytes& sealed);

} // namespace strikeoff::mail
