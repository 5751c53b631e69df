#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/json.hpp>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace strikeoff::testing {

struct LiveWish {
    unsigned short port = 0; ///< 0: the live service's.
    std::map<std::string, std::string> headers = {};
    bool reads = true; ///< Otherwise it takes nothing, and answers no ping.
};

/// A client of the live socket, which reads on a thread of its own.
class LiveClient {
public:
    explicit LiveClient(const LiveWish& wish = {});
    LiveClient(const LiveClient&) = delete;
    LiveClient& operator=(const LiveClient&) = delete;
    ~LiveClient();

    /// Status of the answer to the handshake.
    int status() const { return status_; }
    void say(const std::string& text, bool as_text = true);
    void subscribe(const std::string& topic, std::optional<std::int64_t> after = std::nullopt);
    /// The next message but for beats; nothing when none comes in time, or it is closed.
    std::optional<boost::json::object>
    next(std::chrono::milliseconds patience = std::chrono::seconds{30});
    /// The content of the next message of this name; fails the test when another comes.
    boost::json::object expect(std::string_view name);
    /// Events up to the first of this kind.
    std::vector<boost::json::object> events_until(std::string_view kind);
    /// By which code it was closed: 1006 when by none; nothing when it is open after the time.
    std::optional<int> close_code(std::chrono::milliseconds patience = std::chrono::seconds{30});
    int beats();
    /// Begins to take what comes.
    void read();
    /// Ends the connection without a word.
    void cut();

private:
    struct Outgoing {
        std::string text;
        bool as_text = true;
    };
    void arm();
    void write();

    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
        io_.get_executor()};
    boost::beast::websocket::stream<boost::asio::ip::tcp::socket> stream_{io_};
    boost::beast::flat_buffer buffer_;
    std::deque<Outgoing> outgoing_;
    std::mutex mutex_; ///< Of what follows.
    std::condition_variable came_;
    std::deque<boost::json::object> messages_;
    std::optional<int> close_code_;
    int beats_ = 0;
    int status_ = 0;
    std::thread thread_;
};

} // namespace strikeoff::testing
