#include "mail/postman.hpp"

#include "log.hpp"

namespace strikeoff::mail {
namespace {

using namespace std::chrono_literals;

constexpr auto idle_pause = 1s;
/// While the server takes nothing, each mail that is tried only uses up one of its attempts.
constexpr auto blocked_pause = 15s;
constexpr auto forget_interval = 1h;

} // namespace

Postman::Postman(db::Pool& pool, const Keys& keys, const Settings& settings,
                 const std::string& own_url)
    : sender_{make_sender(settings)} {
    if (!sender_) {
        log::warning("mails are not sent: they wait until --smtp or --mail-directory is given");
        return;
    }
    relay_.emplace(pool, keys, *sender_, sender_of(settings), site_of(settings, own_url));
    thread_ = std::thread{[this] { run(); }};
}

Postman::~Postman() {
    if (!thread_.joinable()) return;
    {
        const std::scoped_lock lock{mutex_};
        stopping_ = true;
    }
    sender_->cancel();
    wake_.notify_all();
    thread_.join();
}

void Postman::run() {
    for (;;) {
        std::chrono::milliseconds pause = 0ms;
        try {
            pause = work_once();
        } catch (const std::exception& error) {
            log::error("mails cannot be read", log::Field{"error", log::Text{error.what()}});
            pause = idle_pause;
        }
        std::unique_lock lock{mutex_};
        if (wake_.wait_for(lock, pause, [this] { return stopping_; })) return;
    }
}

std::chrono::milliseconds Postman::work_once() {
    if (const auto now = std::chrono::steady_clock::now(); now >= forget_at_) {
        relay_->forget_old();
        forget_at_ = now + forget_interval;
    }
    switch (relay_->work()) {
    case Relay::Pace::busy:
        return 0ms;
    case Relay::Pace::blocked:
        return blocked_pause;
    default:
        return idle_pause;
    }
}

} // namespace strikeoff::mail
