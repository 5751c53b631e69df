#include "realtime/socket.hpp"

#include "db/error.hpp"
#include "log.hpp"
#include "metrics.hpp"

#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>

namespace strikeoff::realtime {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr auto no_error = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t message_size_max = 4096;
constexpr int faults_max = 20; ///< Of one socket, before we part.

const Error nothing_here{ErrorCode::not_found, "not_found", "there is nothing here", {}};
const Error unavailable{
    ErrorCode::unavailable, "unavailable", "the database cannot be reached; try again", {}};

/// The handshake as the strict reader took it, for Beast to answer.
beast::http::request<beast::http::empty_body> handshake_of(const http::Request& request) {
    beast::http::request<beast::http::empty_body> handshake{beast::http::verb::get,
                                                            std::string(request.path), 11};
    for (const char* name :
         {"Host", "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version"}) {
        const std::string_view value = request.header(name);
        handshake.set(name, beast::string_view{value.data(), value.size()});
    }
    return handshake;
}

} // namespace

Socket::Socket(Hub& hub, http::Connection& connection, const http::Request& request)
    : hub_{hub}, connection_{connection}, stream_{connection.stream}, caller_{request.caller},
      network_{request.network.begin(), request.network.end()},
      changed_{stream_.get_executor(), SteadyClock::time_point::max()},
      written_{stream_.get_executor(), SteadyClock::time_point::max()} {}

asio::awaitable<void> Socket::run(const http::Request& request) {
    if (!co_await accept(request)) co_return;
    const auto heartbeat =
        std::chrono::duration_cast<std::chrono::seconds>(hub_.options_.heartbeat);
    writes_ = true;
    send(hello(hub_.clock_.now(), heartbeat));
    asio::co_spawn(
        stream_.get_executor(), [self = shared_from_this()] { return self->write_queue(); },
        [self = shared_from_this()](const std::exception_ptr&) {
            self->writes_ = false;
            self->written_.cancel();
        });
    co_await read_wishes();
    for (const std::string& topic : topics_)
        hub_.leave(topic, *this);
    topics_.clear();
    gone_ = true;
    changed_.cancel();
    // A leave that was begun is taken; the connection's deadline is its limit.
    if (!leave_) connection_.stream.close();
    while (writes_)
        co_await written_.async_wait(no_error);
    connection_.stream.close();
}

asio::awaitable<bool> Socket::accept(const http::Request& request) {
    stream_.read_message_max(message_size_max);
    stream_.set_option(
        websocket::stream_base::timeout{.handshake_timeout = hub_.options_.close_timeout,
                                        .idle_timeout = hub_.options_.idle_timeout,
                                        .keep_alive_pings = true});
    stream_.set_option(websocket::stream_base::decorator{
        [id = std::string(request.request_id),
         secure = request.secure](websocket::response_type& response) {
            response.set(beast::http::field::server, "Strikeoff");
            response.set("X-Request-Id", id);
            response.set("X-Content-Type-Options", "nosniff");
            if (secure)
                response.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }});
    const auto [error] = co_await stream_.async_accept(handshake_of(request), no_error);
    stream_.text(true);
    co_return !error;
}

asio::awaitable<void> Socket::read_wishes() {
    beast::flat_buffer buffer;
    for (;;) {
        const auto [error, size] = co_await stream_.async_read(buffer, no_error);
        if (error) co_return;
        if (leave_) {
            buffer.consume(buffer.size()); // Only its farewell is waited for.
            continue;
        }
        if (!stream_.got_text()) {
            end(Leave::text_only, "messages are text");
            continue;
        }
        const auto bytes = buffer.cdata();
        const std::string text{static_cast<const char*>(bytes.data()), bytes.size()};
        buffer.consume(buffer.size());
        co_await grant(text);
    }
}

asio::awaitable<void> Socket::write_queue() {
    const auto writes_until = [this](std::chrono::milliseconds time) {
        if (!leave_) connection_.deadline = SteadyClock::now() + time;
    };
    while (!gone_ && !leave_) {
        if (queue_.empty()) {
            co_await changed_.async_wait(no_error);
            continue;
        }
        const Message message = std::move(queue_.front());
        queue_.pop_front();
        writes_until(hub_.options_.write_timeout);
        const auto [error, size] = co_await stream_.async_write(asio::buffer(*message), no_error);
        if (!leave_) connection_.deadline = http::SteadyTime::max();
        written_.cancel();
        if (error) {
            connection_.stream.close();
            co_return;
        }
    }
    if (leave_ && !gone_) co_await stream_.async_close(*leave_, no_error);
}

void Socket::send(Message message) {
    if (!writes_ || leave_ || gone_) return; // Before hello nothing is said.
    if (queue_.size() >= hub_.options_.queue_max) {
        metrics::metrics().live_slow_readers.add();
        return end(Leave::too_slow, "too slow: connect again and resume");
    }
    queue_.push_back(std::move(message));
    changed_.cancel();
}

void Socket::end(Leave code, std::string_view reason) {
    if (leave_ || gone_) return;
    leave_ = websocket::close_reason{static_cast<websocket::close_code>(code),
                                     beast::string_view{reason.data(), reason.size()}};
    queue_.clear();
    connection_.deadline = SteadyClock::now() + hub_.options_.close_timeout;
    changed_.cancel();
    written_.cancel();
}

void Socket::refuse(const Error& error, const std::optional<std::string>& topic) {
    send(refusal(error, topic));
    if (++faults_ > faults_max) end(Leave::policy, "too many faults");
}

asio::awaitable<void> Socket::grant(std::string_view text) {
    if (const auto met = hub_.admission_.request(http::Traffic::read, caller_, network_)) {
        refuse({ErrorCode::too_many,
                "rate.limited",
                fmt::format("too many wishes; try again in {} s", met->wait.count()),
                {}});
        co_return;
    }
    const Result<Wish> wish = read_wish(text);
    if (!wish) {
        refuse(wish.error());
    } else if (wish->subscribe) {
        co_await subscribe(*wish->subscribe);
    } else {
        unsubscribe(wish->unsubscribe->topic);
    }
}

asio::awaitable<void> Socket::subscribe(const Subscribe& wanted) {
    const std::optional<Topic> topic = parse_topic(wanted.topic);
    if (!topic) {
        refuse(nothing_here, wanted.topic);
        co_return;
    }
    if (topics_.erase(wanted.topic) > 0) hub_.leave(wanted.topic, *this);
    if (topics_.size() >= hub_.options_.topics_max) {
        refuse({ErrorCode::too_many,
                "live.too_many_topics",
                fmt::format("a socket listens to {} topics at most", hub_.options_.topics_max),
                {}},
               wanted.topic);
        co_return;
    }
    co_await follow(*topic, wanted.after);
}

/// What is read and what is delivered meet without a gap and without a double: the reading goes on
/// until it is at least as far as the hub, and the hub skips what was read.
asio::awaitable<void> Socket::follow(const Topic& topic, std::optional<std::int64_t> after) {
    bool is_first = true;
    for (;;) {
        Result<Excerpt> excerpt = co_await read(topic, after);
        if (!excerpt) {
            refuse(excerpt.error(), topic.name);
            co_return;
        }
        if (!after || !excerpt->is_whole) {
            send(after ? reset(topic.name, excerpt->last_seq)
                       : subscribed(topic.name, excerpt->last_seq));
            after = excerpt->last_seq;
        } else if (is_first) {
            send(subscribed(topic.name, *after));
        }
        is_first = false;
        for (const Event& one : excerpt->events) {
            send(event(one));
            metrics::metrics().live_events.add();
            after = one.seq;
        }
        co_await wait_for_room();
        if (leave_ || gone_) co_return;
        if (*after >= excerpt->last_seq && hub_.join(topic.name, *after, *this)) break;
    }
    topics_.insert(topic.name);
}

asio::awaitable<Result<Excerpt>> Socket::read(const Topic& topic,
                                              std::optional<std::int64_t> after) {
    if (!hub_.admission_.has_room(http::Traffic::read, hub_.workers_.waiting()))
        co_return std::unexpected(
            Error{ErrorCode::unavailable, "busy", "there is too much to do; try again", {}});
    try {
        auto excerpt = co_await hub_.workers_.run(
            hub_.io_, http::Traffic::read, [&] { return read_topic(hub_.pool_, topic, after); });
        if (!excerpt) co_return std::unexpected(nothing_here);
        co_return *std::move(excerpt);
    } catch (const std::exception& error) {
        log::warning("a topic could not be read", log::Field{"error", log::Text{error.what()}});
    }
    co_return std::unexpected(unavailable);
}

/// Half of the queue is for what happens while somebody catches up.
asio::awaitable<void> Socket::wait_for_room() {
    while (!leave_ && writes_ && queue_.size() > hub_.options_.queue_max / 2)
        co_await written_.async_wait(no_error);
}

void Socket::unsubscribe(const std::string& topic) {
    if (topics_.erase(topic) == 0) return refuse(nothing_here, topic);
    hub_.leave(topic, *this);
    send(unsubscribed(topic));
}

} // namespace strikeoff::realtime
