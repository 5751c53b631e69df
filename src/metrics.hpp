#pragma once

#include "http/traffic.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <prometheus/histogram.h>
#include <string>
#include <string_view>
#include <vector>

/// What this process counts, for `/metrics` of the admin listener. Numbers of a sale under way are
/// among them: they leave the process by that listener alone.
namespace strikeoff::metrics {

/// A number that only grows; one relaxed atomic addition an event.
class Counter {
public:
    void add(std::uint64_t by = 1) { value_.fetch_add(by, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_ = 0;
};

/// A number that rises and falls.
class Level {
public:
    void rise() { value_.fetch_add(1, std::memory_order_relaxed); }
    void fall() { value_.fetch_sub(1, std::memory_order_relaxed); }
    std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> value_ = 0;
};

/// How observations spread over fixed bounds. Takes a lock: for what happens once a group, not once
/// a bid.
class Spread {
public:
    explicit Spread(std::vector<double> bounds) : histogram_{bounds} {}
    void observe(std::uint64_t number) { histogram_.Observe(static_cast<double>(number)); }
    void observe(std::chrono::nanoseconds duration) {
        histogram_.Observe(std::chrono::duration<double>(duration).count());
    }
    prometheus::ClientMetric collect() const { return histogram_.Collect(); }

private:
    prometheus::Histogram histogram_;
};

/// Measures from its making.
class Stopwatch {
public:
    std::chrono::nanoseconds elapsed() const { return std::chrono::steady_clock::now() - start_; }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// A counter for each reason of a known list; what is not on it counts as `other`, so that no
/// client can make the list grow.
class ReasonCounters {
public:
    void add(std::string_view reason);
    std::uint64_t value(std::string_view reason) const;
    static std::vector<std::string_view> reasons(); ///< `other` last.

private:
    static constexpr std::size_t reasons_max = 32;
    std::array<Counter, reasons_max> counters_;
};

/// A request that was shed is answered with 503 and is no failure.
enum class Answer : std::uint8_t { given, shed };

struct Metrics {
    Counter bids_accepted;
    Counter bids_unchanged;
    Counter bids_replayed;
    ReasonCounters bids_refused;
    Spread group_size{{1, 4, 16, 64, 256, 1024, 4096, 8192}};
    Spread commit_time{{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5}};
    Counter groups_settled; ///< Whose outcome was not known at first.
    Counter book_loads;
    Counter book_reloads; ///< Because the book in hand was out of date.
    Counter records_projected;
    Spread closing_time{{.1, .5, 1, 5, 15, 60, 300, 900, 3600}};
    Level open_sockets;
    std::array<Counter, 6> responses; ///< By the first digit of the status.
    Counter pool_waits;
    Counter pool_wait_micros;
    Counter pool_refusals; ///< Waited for too long.
    Counter connections_refused;
    std::array<Counter, http::quota_count> requests_limited;
    std::array<std::array<Counter, http::shed_count>, http::traffic_count> requests_shed;
    Level live_sockets;
    Counter live_events;       ///< For one socket each.
    Counter live_slow_readers; ///< Sockets that were closed because they did not take theirs.
    Counter mails_sent;
    Counter mails_failed; ///< Attempts, of which there will be more.
    Counter mails_given_up;
    /// Microseconds of Unix time of the last answer of 5xx that was a failure; 0 is never.
    std::atomic<std::int64_t> last_server_error = 0;
    std::atomic<std::int64_t> last_bid_shed = 0; ///< The same of a bid that found no room.

    void count_response(int status, Answer answer = Answer::given);
    void count_shed(http::Traffic traffic, http::Shed cause);
    std::uint64_t shed(http::Traffic traffic, http::Shed cause) const;
};

/// Those of this process.
Metrics& metrics();

/// What is read from the world at the time it is asked for.
struct Sample {
    std::string name; ///< Without `strikeoff_`.
    std::string help;
    double value = 0;
};

/// All of it in Prometheus' text format.
std::string render(const Metrics& metrics, const std::vector<Sample>& samples);

} // namespace strikeoff::metrics
