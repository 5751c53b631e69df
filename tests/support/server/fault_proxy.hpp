#pragma once

#include <boost/asio.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace strikeoff::testing {

/// What becomes of what a client has just sent, and of the answer to it.
struct Fate {
    enum class Kind : std::uint8_t {
        passed,
        cut,         ///< Passed on; both sides are closed without a look at the answer.
        answer_lost, ///< Passed on; both sides are closed when the answer is here.
        answer_torn, ///< The same after half of what is here of the answer was passed on.
        delayed,     ///< The answer waits for `pause`.
        dribbled,    ///< Request and answer go byte by byte, with `pause` after each.
        half_closed  ///< Passed on, and the server hears that nothing more will come.
    };
    Kind kind = Kind::passed;
    std::chrono::milliseconds pause{};
};

/// A port of 127.0.0.1 that leads to a server, through faults. It has a thread of its own.
class FaultProxy {
public:
    using Endpoint = boost::asio::generic::stream_protocol::endpoint;
    /// Asked for each piece that comes from a client, on the proxy's thread.
    using Judge = std::function<Fate(std::string_view piece)>;

    FaultProxy(const Endpoint& server, Judge judge);
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;
    ~FaultProxy();

    unsigned short port() const { return acceptor_.local_endpoint().port(); }
    /// How many connections it has cut.
    int cuts() const { return cuts_; }

private:
    struct Link;
    boost::asio::awaitable<void> accept();
    boost::asio::awaitable<void> carry_requests(std::shared_ptr<Link> link);
    boost::asio::awaitable<void> carry_answers(std::shared_ptr<Link> link);
    void cut(Link& link);

    const Endpoint server_;
    const Judge judge_;
    boost::asio::io_context io_{1};
    boost::asio::ip::tcp::acceptor acceptor_;
    std::atomic<int> cuts_ = 0;
    std::thread thread_;
};

/// Where a server of this machine listens.
FaultProxy::Endpoint local_endpoint(unsigned short port);
FaultProxy::Endpoint local_endpoint(const std::string& socket_path);

} // namespace strikeoff::testing
