#pragma once

#include <chrono>
#include <thread>

namespace strikeoff::http {

/// Makes what is done while it lives take a whole number of steps of time, so that nobody learns
/// from the time of an answer which of two things was done for it. Holds its thread for as long.
class EvenTime {
public:
    explicit EvenTime(std::chrono::milliseconds step)
        : step_{step}, begin_{std::chrono::steady_clock::now()} {}
    EvenTime(const EvenTime&) = delete;
    EvenTime& operator=(const EvenTime&) = delete;
    ~EvenTime() {
        const auto steps = (std::chrono::steady_clock::now() - begin_) / step_ + 1;
        std::this_thread::sleep_until(begin_ + steps * step_);
    }

private:
    std::chrono::milliseconds step_;
    std::chrono::steady_clock::time_point begin_;
};

} // namespace strikeoff::http
