#include "db/db_clock.hpp"

namespace strikeoff::db {
namespace {

const Statement<Instant()> read_clock{{"db.read_clock", "SELECT strikeoff.clock() AS now"}};

} // namespace

std::int64_t DbClock::steady_micros() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

Instant DbClock::now() const {
    return Instant::from_micros(steady_micros() + offset_.load(std::memory_order_relaxed));
}

void DbClock::read() {
    auto lease = pool_.acquire();
    const Instant read = lease->one(read_clock);
    offset_.store(read.micros() - steady_micros(), std::memory_order_relaxed);
}

} // namespace strikeoff::db
