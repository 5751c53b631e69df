#pragma once

#include "core/sha256.hpp"
#include "http/router.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace strikeoff::http {

struct ServerOptions {
    std::string address = "127.0.0.1";
    unsigned short port = 8080; ///< 0 chooses a free one.
    std::size_t connections_max = 8192;
    std::chrono::seconds head_timeout{5};
    std::chrono::seconds body_timeout{30};
    std::chrono::seconds idle_timeout{75};
    std::chrono::seconds drain_timeout{10};
    bool observed = true; ///< Counted in the metrics, with a line of the log for each request.
};

/// Finds out who calls from the bearer token. Runs on the I/O thread and must not block; a token
/// that is not at hand is looked up by `resolve` on a worker.
struct Authenticator {
    std::function<std::optional<Result<Caller>>(std::string_view token)> remembered;
    std::function<Result<Caller>(std::string_view token)> resolve;
};

/// HTTP/1.1 on one I/O thread: a coroutine a connection, handlers on the worker pool.
class Server {
public:
    Server(boost::asio::io_context& io, boost::asio::thread_pool& workers, const Router& router,
           App& app, Authenticator authenticator, ServerOptions options);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();

    /// Binds and begins to accept. Throws boost::system::system_error when the port is taken.
    void listen();
    unsigned short port() const;
    /// Stops accepting, lets requests under way finish, closes idle connections.
    boost::asio::awaitable<void> drain();

private:
    struct Connection;
    boost::asio::awaitable<void> accept();
    boost::asio::awaitable<void> serve(std::shared_ptr<Connection> connection);
    boost::asio::awaitable<bool> serve_one(Connection& connection);
    boost::asio::awaitable<bool> read_body(Connection& connection, const struct Head& head,
                                           std::uint64_t body_max);
    boost::asio::awaitable<Response> answer(const Request& request, const Router::Match& match);
    boost::asio::awaitable<Result<Caller>> authenticate(const Request& request);
    boost::asio::awaitable<void> send(Connection& connection, const Head& head, Response response);
    boost::asio::awaitable<void> refuse(Connection& connection, int status, std::string_view reason,
                                        std::string_view detail);
    boost::asio::awaitable<void> sweep();
    const std::string& date_header();

    boost::asio::io_context& io_;
    boost::asio::thread_pool& workers_;
    const Router& router_;
    App& app_;
    Authenticator authenticator_;
    ServerOptions options_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::vector<std::weak_ptr<Connection>> connections_;
    std::size_t open_ = 0;
    std::string next_request_id();
    std::uint64_t requests_ = 0;
    HmacSha256 request_id_key_; ///< A bare counter would tell how busy the sale is.
    bool draining_ = false;
    std::string date_header_;
    std::int64_t date_second_ = -1;
};

/// Runs `function` on the pool and comes back to the calling coroutine's executor with its result.
template <class F>
boost::asio::awaitable<std::invoke_result_t<F>> call_there(F function) {
    co_return function();
}

} // namespace strikeoff::http
