#include "db/clock_guard.hpp"

#include "log.hpp"

#include <cstdlib>
#include <ctime>

namespace strikeoff::db {
namespace {

constexpr std::int64_t jump_max_micros = 1'000'000;
/// Two quartz clocks, or one that NTP slews, may differ in speed by one in two thousand.
constexpr std::int64_t elapsed_per_drift = 1'000;

} // namespace

std::int64_t ClockGuard::boot_micros() {
    timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return time.tv_sec * 1'000'000 + time.tv_nsec / 1'000;
}

void ClockGuard::observe(std::int64_t before, Instant read, std::int64_t after) {
    const Distance now{read.micros() - after, read.micros() - before, after};
    // A reading that took long says little: it may prove a jump, but not that there was none.
    const bool is_sharp = now.high - now.low <= jump_max_micros;
    const std::lock_guard lock{mutex_};
    std::int64_t jump = 0;
    if (good_) {
        if (now.low > good_->high) jump = now.low - good_->high;
        if (now.high < good_->low) jump = now.high - good_->low;
        const std::int64_t drift = std::abs(after - good_->at) / elapsed_per_drift;
        if (std::abs(jump) <= jump_max_micros + drift) jump = 0;
    }
    if (jump == 0 && !is_sharp) return;
    if (jump == 0) good_ = now;
    if (jump != 0 && jump_ == 0)
        log::error("the database's clock was set; nothing opens or closes by it",
                   log::Field{"by_us", jump});
    if (jump == 0 && jump_ != 0) log::warning("the database's clock is in step again");
    jump_ = jump;
}

void ClockGuard::require_in_step() const {
    if (!is_in_step())
        throw ClockJumped("the database's clock was set; nothing opens or closes by it");
}

std::chrono::microseconds ClockGuard::jump() const {
    const std::lock_guard lock{mutex_};
    return std::chrono::microseconds{jump_};
}

} // namespace strikeoff::db
