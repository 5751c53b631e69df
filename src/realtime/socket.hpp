#pragma once

#include "http/request.hpp"
#include "realtime/hub.hpp"
#include "realtime/wire.hpp"

#include <boost/asio/steady_timer.hpp>

#include <deque>
#include <set>

namespace strikeoff::realtime {

/// Codes beside those of RFC 6455.
enum class Leave : std::uint16_t {
    going_away = 1001,
    text_only = 1003,
    policy = 1008,
    too_slow = 1013,      ///< "Try again later": connect again and resume.
    access_changed = 4001 ///< Connect again: whoever it was is looked up anew.
};

/// One live socket: reads wishes one after the other, writes what is in its queue.
class Socket : public std::enable_shared_from_this<Socket> {
public:
    /// The connection outlives it.
    Socket(Hub& hub, http::Connection& connection, const http::Request& request);
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    /// Until it has ended, whoever ended it.
    boost::asio::awaitable<void> run(const http::Request& request);
    /// Puts a message into the queue. Whoever does not take so many is too slow and has to resume.
    void send(Message message);
    /// Says why and ends; what waits is dropped.
    void end(Leave code, std::string_view reason);

    const http::Caller& caller() const { return caller_; }
    const Bytes& network() const { return network_; }

private:
    using Stream = boost::beast::websocket::stream<Wire, false>;

    boost::asio::awaitable<bool> accept(const http::Request& request);
    boost::asio::awaitable<void> read_wishes();
    boost::asio::awaitable<void> write_queue();
    boost::asio::awaitable<void> grant(std::string_view text);
    boost::asio::awaitable<void> subscribe(const Subscribe& wanted);
    /// Sends what was missed and follows the topic from there.
    boost::asio::awaitable<void> follow(const Topic& topic, std::optional<std::int64_t> after);
    boost::asio::awaitable<Result<Excerpt>> read(const Topic& topic,
                                                 std::optional<std::int64_t> after);
    boost::asio::awaitable<void> wait_for_room();
    void unsubscribe(const std::string& topic);
    void refuse(const Error& error, const std::optional<std::string>& topic = std::nullopt);

    Hub& hub_;
    http::Connection& connection_;
    Stream stream_;
    const http::Caller caller_;
    const Bytes network_;
    std::set<std::string> topics_;
    std::deque<Message> queue_;
    boost::asio::steady_timer changed_; ///< Never expires: cancelled when the queue changes.
    boost::asio::steady_timer written_; ///< The same when a message has left or writing has ended.
    std::optional<boost::beast::websocket::close_reason> leave_;
    int faults_ = 0;
    bool writes_ = false; ///< The writing coroutine runs.
    bool gone_ = false;   ///< The peer is.
};

} // namespace strikeoff::realtime
