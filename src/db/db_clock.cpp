#include "db/db_clock.hpp"

namespace strikeoff::db {
namespace {

struct ClockRow {
    Instant now;
    Instant machine;
};
BOOST_DESCRIBE_STRUCT(ClockRow, (), (now, machine))

const Statement<ClockRow()> read_clock{{"db.read_clock", R"sql(
    SELECT strikeoff.clock() AS now, strikeoff.machine_clock() AS machine)sql"}};

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
    read(*lease);
}

Instant DbClock::read(Connection& connection) {
    const std::int64_t before = ClockGuard::boot_micros();
    const ClockRow read = connection.one(read_clock);
    guard_.observe(before, read.machine, ClockGuard::boot_micros());
    offset_.store(read.now.micros() - steady_micros(), std::memory_order_relaxed);
    return read.now;
}

} // namespace strikeoff::db
