#pragma once

#include "core/sha256.hpp"
#include "http/admission.hpp"
#include "http/forwarded.hpp"
#include "http/router.hpp"
#include "http/tls.hpp"
#include "http/workers.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace strikeoff::db {
class Pool;
}

namespace strikeoff::http {

struct Connection;
struct Head;

/// Takes over the connections whose handshake a handler answered with 101. On the I/O thread.
struct Upgrade {
    /// Why it does not take this one; nothing when it does.
    std::function<std::optional<Response>(const Request& request)> refuse;
    /// Speaks on the connection until that ends.
    std::function<boost::asio::awaitable<void>(Connection& connection, const Request& request)>
        serve;
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    unsigned short port = 8080; ///< 0 chooses a free one.
    std::size_t connections_max = 8192;
    std::chrono::milliseconds head_timeout{5'000};
    /// For a body or an answer; each byte that gets through adds its share of `rate_min`.
    std::chrono::milliseconds body_timeout{10'000};
    std::chrono::milliseconds write_timeout{30'000};
    std::int64_t rate_min = 1024; ///< Bytes a second of a body.
    std::chrono::milliseconds idle_timeout{75'000};
    std::chrono::milliseconds drain_timeout{10'000};
    std::chrono::milliseconds linger_timeout{1'000}; ///< For a refused peer to read the refusal.
    std::chrono::milliseconds sweep_interval{1'000}; ///< How late a deadline may be noticed.
    TrustedProxies proxies;
    Tls* tls = nullptr;   ///< Null: plain HTTP. Outlives the server.
    Upgrade upgrade;      ///< Of a table with a handler that answers with 101.
    bool observed = true; ///< Counted in the metrics, with a line of the log for each request.
};

/// Why somebody who is known does not get what they asked for: words that stay the same.
struct Denial {
    std::string_view route; ///< The id of the endpoint.
    std::string_view why;   ///< `role`, `scope_missing`, `session_needed` or `nothing_there`.
};

/// Finds out who calls from the token of a key or of a session. What is `remembered` is asked on
/// the I/O thread, must not block, and is asked for bids alone, which the journal takes from nobody
/// whose access was narrowed meanwhile; the others are looked up by `resolve` on a worker for each
/// request, on the connections of that traffic.
struct Authenticator {
    std::function<std::optional<Caller>(std::string_view token)> remembered;
    std::function<std::optional<Caller>(std::string_view token)> remembered_session;
    /// Was it good not long ago? Such a one is looked up whatever else its address has tried.
    std::function<bool(std::string_view token)> was_good;
    std::function<Result<Caller>(std::string_view token, Traffic traffic)> resolve;
    /// The same for the token of a session's cookie.
    std::function<Result<Caller>(std::string_view token, Traffic traffic)> resolve_session;
    /// Writes down that somebody was refused. Runs on a worker.
    std::function<void(const Request& request, const Denial& denial)> note_denied;
};

/// What a server works with. The reserved workers serve bids and probes, the others the rest.
struct Machinery {
    boost::asio::io_context& io;
    Workers& workers;
    Workers& reserved;
    Admission& admission;
};

/// HTTP/1.1 on one I/O thread: a coroutine a connection, handlers on workers.
class Server {
public:
    /// `pool` keeps the answers of requests with an Idempotency-Key and the locks of edits.
    Server(const Machinery& machinery, db::Pool& pool, const Router& router, App& app,
           Authenticator authenticator, ServerOptions options);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();

    /// Binds and begins to accept. Throws boost::system::system_error when the port is taken.
    void listen();
    unsigned short port() const;
    /// Stops accepting, lets requests under way finish, closes idle connections.
    boost::asio::awaitable<void> drain();

private:
    using Match = Router::Match;
    // server.cpp: connections come and go.
    boost::asio::awaitable<void> accept();
    void welcome(boost::asio::ip::tcp::socket socket);
    boost::asio::awaitable<void> sweep();
    void end_late_connections();
    bool let_in(const Connection& connection);
    std::size_t end_idle_connections(ByteView network);
    boost::asio::awaitable<void> serve(std::shared_ptr<Connection> connection);
    boost::asio::awaitable<void> linger(Connection& connection);
    // exchange.cpp: one request and its answer.
    boost::asio::awaitable<bool> receive_head(Connection& connection);
    boost::asio::awaitable<bool> serve_one(Connection& connection);
    boost::asio::awaitable<void> hand_over(Connection& connection, const Request& request);
    boost::asio::awaitable<bool> admit_first(Connection& connection, Head& head, Request& request,
                                             const Match& match);
    boost::asio::awaitable<bool> read_body(Connection& connection, const Head& head,
                                           std::uint64_t body_max);
    boost::asio::awaitable<bool> receive(Connection& connection, std::size_t size);
    boost::asio::awaitable<bool> read_chunked(Connection& connection, std::uint64_t body_max);
    boost::asio::awaitable<void> send(Connection& connection, const Head& head, Response response,
                                      const Request& request, Traffic traffic);
    boost::asio::awaitable<void> refuse(Connection& connection, int status, std::string_view reason,
                                        std::string_view detail);
    void set_origin(Connection& connection, Request& request) const;
    std::string next_request_id();
    const std::string& date_header();
    // dispatch.cpp: from the request to its answer.
    boost::asio::awaitable<Response> answer(Request& request, const Match& match);
    boost::asio::awaitable<std::optional<Response>> admit(Request& request, const Match& match);
    boost::asio::awaitable<std::optional<Response>>
    admit_by_cookie(Request& request, const Endpoint& endpoint, std::string_view session);
    boost::asio::awaitable<std::optional<Response>>
    look_up(Request& request, const Endpoint& endpoint, std::string_view token);
    boost::asio::awaitable<Response> deny(const Request& request, const Endpoint& endpoint,
                                          std::string_view why, Response refusal);
    boost::asio::awaitable<std::optional<Response>> refuse_key(Request& request,
                                                               const Endpoint& endpoint);
    Response answer_at_once(const Request& request, const Endpoint& endpoint);
    static Response answer_to_failure(const Request& request, const Endpoint& endpoint,
                                      const std::exception_ptr& failure);
    Response fail_to_admit(const Request& request, const Error& error);
    boost::asio::awaitable<Response> handle(Request& request, const Endpoint& endpoint);
    Response call(const Endpoint& endpoint, const Request& request);
    Response call_once(const Endpoint& endpoint, const Request& request);
    Response call_guarded(const Endpoint& endpoint, const Request& request);

    boost::asio::io_context& io_;
    Workers& workers_;
    Workers& reserved_;
    Admission& admission_;
    db::Pool& pool_;
    const Router& router_;
    App& app_;
    Authenticator authenticator_;
    ServerOptions options_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::vector<std::weak_ptr<Connection>> connections_;
    std::size_t open_ = 0;
    std::uint64_t requests_ = 0;
    HmacSha256 request_id_key_; ///< A bare counter would tell how busy the sale is.
    bool draining_ = false;
    std::string date_header_;
    std::int64_t date_second_ = -1;
};

} // namespace strikeoff::http
