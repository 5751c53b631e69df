#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace strikeoff::db {

/// Whether the database answers at all. A statement may take its time, but a database that is
/// paused, or behind a network that is gone, breaks no connection and never answers: who waits for
/// it gives up when nobody has heard from it for a while. A thread of its own asks every second.
class Pulse {
public:
    /// `conninfo` as libpq takes it.
    explicit Pulse(std::string conninfo);
    Pulse(const Pulse&) = delete;
    Pulse& operator=(const Pulse&) = delete;
    ~Pulse();

    /// The database has answered just now.
    void beat();
    bool is_lost() const;

private:
    void watch();

    const std::string conninfo_;
    std::atomic<std::int64_t> last_beat_; ///< Milliseconds of the steady clock.
    std::mutex mutex_;
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace strikeoff::db
