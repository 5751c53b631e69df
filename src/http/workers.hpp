#pragma once

#include "http/traffic.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

namespace strikeoff::http {

/// A task waited so long for a thread that nobody waits for its answer any more.
class Overdue : public std::runtime_error {
public:
    Overdue() : std::runtime_error{"no thread became free in time"} {}
};

/// Threads that take the most urgent task first. What is less urgent never holds all of them:
/// heavy tasks a quarter, with lists a half, with reads all but one; `urgent_threads` more are kept
/// for what is urgent. Whoever submits looks at `waiting` first: the queue itself refuses nothing.
class Workers {
public:
    using Task = std::move_only_function<void()>;

    explicit Workers(int threads, int urgent_threads = 0);
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    ~Workers() { join(); }

    void submit(Traffic traffic, Task task);
    /// Tasks that no thread has begun.
    std::size_t waiting() const;
    /// Before the end of a batch lists hold a quarter at most, and heavy tasks one thread.
    void tighten(bool tight);
    /// Carries out what waits, then ends.
    void join();

    enum class Patience : std::uint8_t { usual, endless };
    /// Runs `function` on a thread and comes back to the coroutine on `io`. Throws what it throws,
    /// or Overdue when it had to wait too long to begin.
    template <class F>
    boost::asio::awaitable<std::invoke_result_t<F>> run(boost::asio::io_context& io,
                                                        Traffic traffic, F function,
                                                        Patience patience = Patience::usual);

private:
    using Time = std::chrono::steady_clock::time_point;

    void work();
    /// The most urgent class of which a task may begin now; null when there is none.
    std::deque<Task>* next_queue(std::size_t& traffic);
    static bool is_overdue(Traffic traffic, Time submitted);

    const std::size_t size_;
    const std::size_t urgent_size_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::array<std::deque<Task>, traffic_count> queues_;
    std::array<std::size_t, traffic_count> running_{};
    std::size_t waiting_ = 0;
    bool tight_ = false;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

template <class F>
boost::asio::awaitable<std::invoke_result_t<F>>
Workers::run(boost::asio::io_context& io, Traffic traffic, F function, Patience patience) {
    namespace asio = boost::asio;
    std::optional<std::invoke_result_t<F>> result;
    std::exception_ptr failure;
    // The coroutine's frame outlives the task: nothing but the task's end resumes it.
    auto start = [&](auto handler) {
        submit(traffic, [&, submitted = std::chrono::steady_clock::now(),
                         handler = std::move(handler)]() mutable {
            try {
                if (patience == Patience::usual && is_overdue(traffic, submitted)) throw Overdue{};
                result.emplace(function());
            } catch (...) {
                failure = std::current_exception();
            }
            asio::post(io, std::move(handler));
        });
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(start,
                                                                          asio::use_awaitable);
    if (failure) std::rethrow_exception(failure);
    co_return *std::move(result);
}

} // namespace strikeoff::http
