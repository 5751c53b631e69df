#include "db/pool.hpp"

#include "metrics.hpp"

namespace strikeoff::db {

Pool::Pool(std::string conninfo, std::size_t size_max, std::chrono::milliseconds wait_max,
           std::string session, Pulse* pulse)
    : conninfo_{std::move(conninfo)}, size_max_{size_max}, wait_max_{wait_max},
      session_{std::move(session)}, pulse_{pulse} {}

std::unique_ptr<Connection> Pool::connect() const {
    if (pulse_ && pulse_->is_lost()) throw Unavailable("the database does not answer");
    auto connection = std::make_unique<Connection>(conninfo_, pulse_);
    if (!session_.empty()) connection->execute(session_);
    return connection;
}

void Pool::fill() {
    std::vector<Lease> all;
    while (all.size() < size_max_)
        all.push_back(acquire());
}

Pool::Lease Pool::acquire(std::chrono::milliseconds wait_max) {
    std::unique_lock lock{mutex_};
    const auto is_free = [&] { return !idle_.empty() || lent_ < size_max_; };
    if (!is_free() && !wait(lock, wait_max, is_free))
        throw Unavailable("every database connection is in use");
    ++lent_;
    while (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        if (!connection->has_broken_meanwhile()) return {*this, std::move(connection)};
    }
    lock.unlock();
    try {
        return {*this, connect()};
    } catch (...) {
        give_back(nullptr);
        throw;
    }
}

/// False when none became free in time.
bool Pool::wait(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds wait_max,
                const std::function<bool()>& is_free) {
    metrics::Metrics& counted = metrics::metrics();
    const metrics::Stopwatch stopwatch;
    counted.pool_waits.add();
    const bool became_free = freed_.wait_for(lock, wait_max, is_free);
    counted.pool_wait_micros.add(static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(stopwatch.elapsed()).count()));
    if (!became_free) counted.pool_refusals.add();
    return became_free;
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock{mutex_};
    --lent_;
    // A connection inside a transaction would carry its locks and its identity to the next user.
    if (connection && !connection->is_broken() &&
        PQtransactionStatus(connection->raw()) == PQTRANS_IDLE)
        idle_.push_back(std::move(connection));
    freed_.notify_one();
}

Pool::Lease::~Lease() {
    if (connection_) pool_->give_back(std::move(connection_));
}

} // namespace strikeoff::db
