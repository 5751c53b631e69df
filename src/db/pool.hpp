#pragma once

#include "db/connection.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace strikeoff::db {

/// A bounded set of connections of one login. A thread that finds none free waits, at most
/// `wait_max`, and then gets `Unavailable`. With a pulse no new connection is tried while that is
/// lost, and those in use give up waiting.
class Pool {
public:
    /// `session` is SQL that each connection begins with.
    Pool(std::string conninfo, std::size_t size_max,
         std::chrono::milliseconds wait_max = std::chrono::seconds{5}, std::string session = "",
         Pulse* pulse = nullptr);

    /// A connection on loan; it goes back when this goes, or is dropped if it broke.
    class Lease {
    public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection)
            : pool_{&pool}, connection_{std::move(connection)} {}
        Lease(Lease&& other) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease();
        Connection& operator*() { return *connection_; }
        Connection* operator->() { return connection_.get(); }

    private:
        Pool* pool_;
        std::unique_ptr<Connection> connection_;
    };

    Lease acquire() { return acquire(wait_max_); }
    Lease acquire(std::chrono::milliseconds wait_max);
    /// Opens all connections now, so that nobody else has taken the database's last ones later.
    void fill();
    /// A connection of the caller's own, beside those of the pool. Throws Unavailable.
    std::unique_ptr<Connection> connect() const;
    const std::string& conninfo() const { return conninfo_; }

private:
    friend class Lease;
    void give_back(std::unique_ptr<Connection> connection);
    bool wait(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds wait_max,
              const std::function<bool()>& is_free);

    const std::string conninfo_;
    const std::size_t size_max_;
    const std::chrono::milliseconds wait_max_;
    const std::string session_;
    Pulse* const pulse_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t lent_ = 0;
};

} // namespace strikeoff::db
