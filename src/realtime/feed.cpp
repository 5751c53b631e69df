#include "realtime/feed.hpp"

#include <boost/asio/post.hpp>

namespace strikeoff::realtime {
namespace {

constexpr std::chrono::minutes forget_every{1};

} // namespace

Feed::Feed(boost::asio::io_context& io, Hub& hub, db::Pool& pool, NarrowedSince narrowed_since,
           const Options& options)
    : io_{io}, hub_{hub}, pool_{pool}, narrowed_since_{std::move(narrowed_since)},
      options_{options} {}

void Feed::work() {
    look_for_events();
    if (is_due(next_access_look_, options_.access_poll)) look_for_narrowed_access();
    if (is_due(next_forgetting_, forget_every)) forget_old(pool_);
}

bool Feed::is_due(Time& next, std::chrono::milliseconds every) {
    const Time now = std::chrono::steady_clock::now();
    if (now < next) return false;
    next = now + every;
    return true;
}

/// The database is asked only about topics that somebody listens to. A part at a time, so that
/// sockets get to write between two of them.
void Feed::look_for_events() {
    const std::vector<Position> positions = hub_.positions();
    if (positions.empty()) return;
    auto events = read_after(pool_, positions);
    if (events.empty()) return;
    boost::asio::post(io_, [this, events = std::move(events)] { hub_.deliver(events); });
}

void Feed::look_for_narrowed_access() {
    Narrowed narrowed = narrowed_since_(epoch_);
    epoch_ = narrowed.epoch;
    boost::asio::post(io_, [this, narrowed = std::move(narrowed)] {
        hub_.narrow(narrowed.users, narrowed.epoch);
    });
}

} // namespace strikeoff::realtime
