#include "db/pulse.hpp"

#include "db/connection.hpp"
#include "log.hpp"

#include <memory>

namespace strikeoff::db {
namespace {

using namespace std::chrono_literals;

constexpr auto question_pause = 1s;
constexpr auto silence_max = 5s;

std::int64_t steady_millis() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace

Pulse::Pulse(std::string conninfo)
    : conninfo_{std::move(conninfo)}, last_beat_{steady_millis()}, thread_{[this] { watch(); }} {}

Pulse::~Pulse() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    stopped_.notify_all();
    thread_.join();
}

void Pulse::beat() {
    last_beat_.store(steady_millis(), std::memory_order_relaxed);
}

bool Pulse::is_lost() const {
    const std::chrono::milliseconds silence{steady_millis() -
                                            last_beat_.load(std::memory_order_relaxed)};
    return silence > silence_max;
}

void Pulse::watch() {
    std::unique_ptr<Connection> connection;
    bool was_lost = false;
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        lock.unlock();
        try {
            if (!connection)
                connection = std::make_unique<Connection>(conninfo_, nullptr, silence_max);
            connection->execute("SELECT 1");
            beat();
        } catch (const std::exception&) {
            connection.reset(); // Said below, once.
        }
        if (const bool lost = is_lost(); lost != was_lost) {
            was_lost = lost;
            lost ? log::error("the database does not answer")
                 : log::warning("the database answers again");
        }
        lock.lock();
        stopped_.wait_for(lock, question_pause, [this] { return stopping_; });
    }
}

} // namespace strikeoff::db
