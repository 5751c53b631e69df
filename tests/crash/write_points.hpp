#pragma once

#include "db/connection.hpp"

#include <string>

namespace strikeoff::testing {

/// Stops one transaction of a service at its n-th write, so that the service can be killed there.
///
/// Triggers stand after every statement that writes to a table of the service, and in the commit of
/// the steps of openings and closings. Each counts with a sequence, which other sessions see at
/// once, and one of them waits for a lock that this object holds. Before a statement none is
/// needed: what PostgreSQL has begun it brings to its end, whether the service lives or not.
class WritePoints {
public:
    /// Puts the triggers in place. The connection is a superuser's.
    explicit WritePoints(db::Connection connection);

    /// The next writer stops at its write number `place`, from 1 and counted from now.
    void arm(std::int64_t place);
    /// Whether a transaction has come there.
    bool is_reached();
    /// Where that is: `UPDATE batches`, `COMMIT batch_closings`.
    std::string where();
    /// Lets it go and waits until its connection, whose service is dead, has ended. Returns how
    /// many of the writes counted were committed.
    std::int64_t release();
    /// Takes the triggers away.
    void remove() { connection_.execute("DROP SCHEMA crash CASCADE"); }

private:
    std::string value(const std::string& sql);

    db::Connection connection_;
};

} // namespace strikeoff::testing
