#include "realtime/hub.hpp"

#include "metrics.hpp"
#include "realtime/socket.hpp"

#include <boost/asio.hpp>

namespace strikeoff::realtime {

namespace asio = boost::asio;

namespace {

constexpr auto no_error = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds tick{250};

http::Response with_retry(http::Response response) {
    response.headers.emplace_back("Retry-After", "5");
    return response;
}

} // namespace

Hub::Hub(asio::io_context& io, http::Workers& workers, http::Admission& admission, db::Pool& pool,
         const Clock& clock, const Options& options)
    : io_{io}, workers_{workers}, admission_{admission}, pool_{pool}, clock_{clock},
      options_{options} {}

Hub::~Hub() = default;

std::optional<http::Response> Hub::refuse(const http::Request& request) const {
    if (draining_ || sockets_.size() >= options_.sockets_max)
        return with_retry(
            http::problem(503, "live.full", "there are too many live sockets", request.request_id));
    const auto same = networks_.find({request.network.begin(), request.network.end()});
    if (same != networks_.end() && same->second >= options_.sockets_per_address)
        return with_retry(http::problem(429, "live.too_many_sockets",
                                        "your network has too many live sockets",
                                        request.request_id));
    return std::nullopt;
}

asio::awaitable<void> Hub::serve(http::Connection& connection, const http::Request& request) {
    const auto socket = std::make_shared<Socket>(*this, connection, request);
    sockets_.insert(socket);
    ++networks_[socket->network()];
    metrics::metrics().live_sockets.rise();
    // Whoever was looked up before the last change is looked up again.
    if (request.caller.user && request.caller.credential.epoch < epoch_)
        socket->end(Leave::access_changed, "access changed: connect again");
    std::exception_ptr failure;
    try {
        co_await socket->run(request);
    } catch (...) {
        failure = std::current_exception();
    }
    sockets_.erase(socket);
    const auto same = networks_.find(socket->network());
    if (--same->second == 0) networks_.erase(same);
    metrics::metrics().live_sockets.fall();
    if (failure) std::rethrow_exception(failure);
}

asio::awaitable<void> Hub::run() {
    asio::steady_timer timer{io_};
    auto next_beat = std::chrono::steady_clock::now() + options_.heartbeat;
    while (!draining_) {
        timer.expires_after(tick);
        const auto [error] = co_await timer.async_wait(no_error);
        if (error) co_return;
        const Instant now = clock_.now();
        end_outdated(now);
        if (std::chrono::steady_clock::now() < next_beat) continue;
        next_beat += options_.heartbeat;
        const Message message = beat(now);
        for (const auto& socket : sockets_)
            socket->send(message);
    }
}

void Hub::end_outdated(Instant now) {
    for (const auto& socket : sockets_) {
        const auto& good_until = socket->caller().credential.good_until;
        if (good_until && *good_until <= now)
            socket->end(Leave::access_changed, "access has run out: connect again");
    }
}

void Hub::drain() {
    draining_ = true;
    for (const auto& socket : sockets_)
        socket->end(Leave::going_away, "the service ends: connect again");
}

std::vector<Position> Hub::positions() const {
    std::vector<Position> positions;
    const std::lock_guard lock{mutex_};
    for (const auto& [topic, seq] : positions_)
        positions.push_back({topic, seq});
    return positions;
}

void Hub::remember(const std::string& topic, std::int64_t seq) {
    const std::lock_guard lock{mutex_};
    positions_[topic] = seq;
}

void Hub::deliver(const std::vector<Event>& events) {
    for (const Event& one : events) {
        const auto found = feeds_.find(one.topic);
        if (found == feeds_.end() || one.seq <= found->second.seq) continue;
        Feed& feed = found->second;
        // Nobody looked for a week, and what came between was forgotten.
        const bool is_next = one.seq == feed.seq + 1;
        feed.seq = one.seq;
        remember(one.topic, one.seq);
        const Message message = event(one);
        for (auto& [socket, heard] : feed.listeners) {
            if (one.seq <= heard) continue;
            if (!is_next) socket->send(reset(one.topic, one.seq - 1));
            socket->send(message);
            metrics::metrics().live_events.add();
            heard = one.seq;
        }
    }
}

void Hub::narrow(const std::vector<UserId>& users, std::int64_t epoch) {
    epoch_ = std::max(epoch_, epoch);
    if (users.empty()) return;
    const std::set<UserId> narrowed{users.begin(), users.end()};
    for (const auto& socket : sockets_)
        if (socket->caller().user && narrowed.contains(*socket->caller().user) &&
            socket->caller().credential.epoch < epoch)
            socket->end(Leave::access_changed, "access changed: connect again");
}

bool Hub::join(const std::string& topic, std::int64_t seq, Socket& socket) {
    const auto [feed, is_new] = feeds_.try_emplace(topic, Feed{.seq = seq, .listeners = {}});
    if (feed->second.seq > seq) return false;
    feed->second.listeners[&socket] = seq;
    if (is_new) remember(topic, seq);
    return true;
}

void Hub::leave(const std::string& topic, Socket& socket) {
    const auto feed = feeds_.find(topic);
    if (feed == feeds_.end()) return;
    feed->second.listeners.erase(&socket);
    if (!feed->second.listeners.empty()) return;
    feeds_.erase(feed);
    const std::lock_guard lock{mutex_};
    positions_.erase(topic);
}

} // namespace strikeoff::realtime
