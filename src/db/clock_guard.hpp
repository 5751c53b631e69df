#pragma once

#include "core/time.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stdexcept>

namespace strikeoff::db {

/// The database's clock was set, so that nothing may be decided by it.
class ClockJumped : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Holds the clock of the database's machine against one that nobody sets: the time since this
/// machine was started, its sleep included. Two clocks that run at slightly different speeds stay
/// in step, as each reading is compared with the last good one; one that is set does not.
class ClockGuard {
public:
    /// Microseconds since this machine was started.
    static std::int64_t boot_micros();

    /// The database's clock said `read` at some moment between `before` and `after`.
    void observe(std::int64_t before, Instant read, std::int64_t after);
    bool is_in_step() const { return jump().count() == 0; }
    /// Throws ClockJumped.
    void require_in_step() const;
    /// By how much it was set since the last good reading, at least; zero in step.
    std::chrono::microseconds jump() const;

private:
    /// Database's clock less ours: the bounds that a reading gives.
    struct Distance {
        std::int64_t low = 0;
        std::int64_t high = 0;
        std::int64_t at = 0; ///< By our clock.
    };

    mutable std::mutex mutex_;
    std::optional<Distance> good_; ///< Of the last reading that was in step.
    std::int64_t jump_ = 0;
};

} // namespace strikeoff::db
