#include "http/workers.hpp"

#include <algorithm>

namespace strikeoff::http {
namespace {

using namespace std::chrono_literals;

constexpr auto wait_max = 10s;
constexpr auto wait_max_of_lists = 3s;

std::size_t place_of(Traffic traffic) {
    return static_cast<std::size_t>(traffic);
}

} // namespace

Workers::Workers(int threads, int urgent_threads)
    : size_{static_cast<std::size_t>(std::max(threads, 1))},
      urgent_size_{static_cast<std::size_t>(std::max(urgent_threads, 0))} {
    for (std::size_t i = 0; i < size_ + urgent_size_; ++i)
        threads_.emplace_back([this] { work(); });
}

void Workers::submit(Traffic traffic, Task task) {
    {
        const std::lock_guard lock{mutex_};
        queues_.at(place_of(traffic)).push_back(std::move(task));
        ++waiting_;
    }
    changed_.notify_one();
}

std::size_t Workers::waiting() const {
    const std::lock_guard lock{mutex_};
    return waiting_;
}

void Workers::tighten(bool tight) {
    {
        const std::lock_guard lock{mutex_};
        tight_ = tight;
    }
    changed_.notify_all();
}

void Workers::join() {
    {
        const std::lock_guard lock{mutex_};
        ending_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_)
        if (thread.joinable()) thread.join();
}

std::deque<Workers::Task>* Workers::next_queue(std::size_t& traffic) {
    const auto part = [this](std::size_t divisor) {
        return std::max<std::size_t>(size_ / divisor, 1);
    };
    // How many threads this class and those less urgent may hold together.
    const auto share = [&](std::size_t place) {
        switch (static_cast<Traffic>(place)) {
        case Traffic::heavy:
            return tight_ ? 1 : part(4);
        case Traffic::list:
            return part(tight_ ? 4 : 2);
        case Traffic::read:
            return std::max<std::size_t>(size_ - 1, 1);
        case Traffic::write:
            return size_;
        default:
            return size_ + urgent_size_;
        }
    };
    std::array<std::size_t, traffic_count> held{};
    std::size_t sum = 0;
    for (std::size_t place = traffic_count; place-- > 0;) {
        sum += running_[place];
        held[place] = sum;
    }
    // A task counts in the share of its own class and in those of all that are more urgent.
    bool room_above = true;
    for (std::size_t place = 0; place < traffic_count; ++place) {
        room_above = room_above && held[place] < share(place);
        if (!room_above) return nullptr;
        if (queues_[place].empty()) continue;
        traffic = place;
        return &queues_[place];
    }
    return nullptr;
}

void Workers::work() {
    std::unique_lock lock{mutex_};
    for (;;) {
        std::size_t traffic = 0;
        std::deque<Task>* queue = nullptr;
        changed_.wait(lock, [&] {
            queue = next_queue(traffic);
            return queue || (ending_ && waiting_ == 0);
        });
        if (!queue) break;
        Task task = std::move(queue->front());
        queue->pop_front();
        --waiting_;
        ++running_.at(traffic);
        lock.unlock();
        task();
        task = nullptr; // What it holds goes before the next one waits for its place.
        lock.lock();
        --running_.at(traffic);
    }
    changed_.notify_all(); // Those who wait for the end.
}

bool Workers::is_overdue(Traffic traffic, Time submitted) {
    const auto waited = std::chrono::steady_clock::now() - submitted;
    switch (traffic) {
    case Traffic::list:
    case Traffic::heavy:
        return waited > wait_max_of_lists;
    case Traffic::write:
    case Traffic::read:
        return waited > wait_max;
    default:
        return false; // Whoever sends these waits for the answer.
    }
}

} // namespace strikeoff::http
