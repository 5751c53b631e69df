#pragma once

#include "core/id.hpp"
#include "mail/kinds.hpp"

#include <string>

namespace strikeoff::mail {

using MailId = Id<struct MailTag>;

/// A mail that is ready to go.
struct Letter {
    MailId id;
    Kind kind = Kind::confirm_address;
    Instant at; ///< When it was written.
    std::string from;
    std::string to;
    std::string bytes; ///< RFC 5322.
    std::string html;  ///< The same for a browser.
};

enum class Fate : std::uint8_t {
    sent,
    refused,    ///< For good: this mail will never be taken.
    failed,     ///< This mail, this time.
    unreachable ///< Nothing was said about this mail: the next one would fare no better now.
};
BOOST_DESCRIBE_ENUM(Fate, sent, refused, failed, unreachable)

struct Outcome {
    Fate fate = Fate::sent;
    std::string error; ///< May name the recipient: for the table, not for the log.
};

/// The way out of the process. Used by one thread; `cancel` may come from another.
class Sender {
public:
    Sender() = default;
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;
    virtual ~Sender() = default;

    /// Returns in bounded time.
    virtual Outcome send(const Letter& letter) = 0;
    /// What is under way fails soon, and so does what comes after.
    virtual void cancel() {}
};

} // namespace strikeoff::mail
