#pragma once

#include "core/clock.hpp"
#include "db/clock_guard.hpp"
#include "db/pool.hpp"

#include <atomic>
#include <chrono>

namespace strikeoff::db {

/// The database's clock, carried forward by this machine's steady clock between readings. For
/// showing and scheduling; whatever decides reads `strikeoff.clock()` in its own transaction.
class DbClock : public Clock {
public:
    explicit DbClock(Pool& pool) : pool_{pool} { read(); }
    Instant now() const override;
    /// Reads the database's clock again; call it about once a second. Throws Unavailable.
    void read();
    /// The same over a connection, inside its transaction if it has one. As strikeoff_worker.
    Instant read(Connection& connection);
    /// Whether it goes on as it should, by all readings so far.
    const ClockGuard& guard() const { return guard_; }

private:
    static std::int64_t steady_micros();
    Pool& pool_;
    std::atomic<std::int64_t> offset_ = 0; ///< Database time less steady time, in microseconds.
    ClockGuard guard_;
};

} // namespace strikeoff::db
