#pragma once

#include "db/pool.hpp"
#include "mail/outbox.hpp"
#include "mail/settings.hpp"

namespace strikeoff::mail {

/// Takes mails that are due, one at a time, and sends them. Several may share a table. An attempt
/// begins with a commit that counts it and moves the mail to the time of the next one, so that
/// whoever dies in between leaves nothing behind: the mail is tried again then, and may arrive
/// twice, with the same Message-ID.
class Relay {
public:
    enum class Pace : std::uint8_t {
        idle,   ///< Nothing is due.
        busy,   ///< Ask again at once.
        blocked ///< The server does not take mails now.
    };

    Relay(db::Pool& pool, const Keys& keys, Sender& sender, Mailbox from, Site site)
        : pool_{pool}, keys_{keys}, sender_{sender}, from_{std::move(from)},
          site_{std::move(site)} {}

    /// One mail. Throws what the database throws.
    Pace work();
    /// Removes what was sent or given up a month ago.
    void forget_old();

private:
    struct Taken;
    Outcome try_to_send(const Taken& taken);
    void note(const Taken& taken, const Outcome& outcome);

    db::Pool& pool_;
    const Keys& keys_;
    Sender& sender_;
    Mailbox from_;
    Site site_;
};

/// How the queue does, for status and metrics.
struct Queue {
    std::int64_t waiting = 0;
    std::int64_t oldest_seconds = 0; ///< Age of the oldest that waits.
    std::int64_t failing = 0;        ///< Of those that wait, tried in vain.
    std::int64_t dead = 0;           ///< Given up within the last month.
};
BOOST_DESCRIBE_STRUCT(Queue, (), (waiting, oldest_seconds, failing, dead))

/// As strikeoff_worker.
Queue read_queue(db::Connection& connection);

} // namespace strikeoff::mail
