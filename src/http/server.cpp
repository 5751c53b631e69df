#include "http/server.hpp"

#include "http/connection.hpp"
#include "log.hpp"
#include "metrics.hpp"

#include <boost/asio.hpp>
#include <sodium.h>

namespace strikeoff::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto no_error = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t discarded_max = 1 << 20;
constexpr std::size_t ended_at_once = 32;

Bytes random_key() {
    Bytes key(32);
    ::randombytes_buf(key.data(), key.size());
    return key;
}

} // namespace

Server::Server(const Machinery& machinery, db::Pool& pool, const Router& router, App& app,
               Authenticator authenticator, ServerOptions options)
    : io_{machinery.io}, workers_{machinery.workers}, reserved_{machinery.reserved},
      admission_{machinery.admission}, pool_{pool}, router_{router}, app_{app},
      authenticator_{std::move(authenticator)}, options_{std::move(options)},
      acceptor_{machinery.io}, request_id_key_{ByteView{random_key()}} {}

Server::~Server() = default;

void Server::listen() {
    const tcp::endpoint endpoint{asio::ip::make_address(options_.address), options_.port};
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    acceptor_.bind(endpoint);
    acceptor_.listen(1024);
    asio::co_spawn(io_, accept(), asio::detached);
    asio::co_spawn(io_, sweep(), asio::detached);
}

unsigned short Server::port() const {
    return acceptor_.local_endpoint().port();
}

asio::awaitable<void> Server::accept() {
    for (;;) {
        auto [error, socket] = co_await acceptor_.async_accept(no_error);
        if (draining_ || error == asio::error::operation_aborted) co_return;
        if (error || open_ >= options_.connections_max) {
            // Out of descriptors or over the limit: those who say nothing make room.
            end_idle_connections({});
            asio::steady_timer pause{io_, std::chrono::milliseconds{20}};
            co_await pause.async_wait(no_error);
            if (error || open_ >= options_.connections_max) continue;
        }
        welcome(std::move(socket));
    }
}

void Server::welcome(tcp::socket socket) {
    boost::system::error_code ignored; // A peer that left already fails at the first read.
    socket.set_option(tcp::no_delay(true), ignored);
    auto connection = std::make_shared<Connection>(std::move(socket));
    connection->peer =
        plain_address(connection->stream.socket().remote_endpoint(ignored).address());
    connection->peer_text = connection->peer.to_string();
    connection->peer_network = network_of(connection->peer);
    const bool counted = !options_.proxies.contains(connection->peer);
    if (counted && !let_in(*connection)) {
        metrics::metrics().connections_refused.add();
        return connection->stream.close();
    }
    connections_.push_back(connection);
    ++open_;
    if (options_.observed) metrics::metrics().open_sockets.rise();
    const Bytes network = counted ? connection->peer_network : Bytes{};
    asio::co_spawn(io_, serve(connection), [this, network](const std::exception_ptr& failure) {
        --open_;
        if (!network.empty()) admission_.leave(network);
        if (options_.observed) metrics::metrics().open_sockets.fall();
        if (!failure) return;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            log::error("a connection broke", log::Field{"error", log::Text{error.what()}});
        }
    });
}

/// One network does not take all connections: who has the most of them has to let idle ones go.
bool Server::let_in(const Connection& connection) {
    switch (admission_.enter(connection.peer_network)) {
    case Admission::Entry::open:
        return true;
    case Admission::Entry::too_many:
        if (end_idle_connections(connection.peer_network) == 0) return false;
        admission_.enter_anyway(connection.peer_network);
        return true;
    case Admission::Entry::too_fast:
        return false;
    }
    return false;
}

/// Ends those that have been idle longest, of one network or of all; some at once, so that it need
/// not be done for each newcomer. Returns how many.
std::size_t Server::end_idle_connections(ByteView network) {
    std::vector<std::shared_ptr<Connection>> idle;
    for (const auto& weak : connections_) {
        const auto connection = weak.lock();
        if (connection && connection->idle && connection->stream.is_open() &&
            (network.empty() || std::ranges::equal(connection->peer_network, network)))
            idle.push_back(connection);
    }
    const std::size_t count = std::min(idle.size(), ended_at_once);
    std::ranges::partial_sort(idle, idle.begin() + static_cast<std::ptrdiff_t>(count), {},
                              [](const auto& connection) { return connection->deadline; });
    for (std::size_t i = 0; i < count; ++i)
        idle[i]->stream.close();
    return count;
}

asio::awaitable<void> Server::sweep() {
    asio::steady_timer timer{io_};
    while (!draining_) {
        timer.expires_after(options_.sweep_interval);
        auto [error] = co_await timer.async_wait(no_error);
        if (error) co_return;
        end_late_connections();
    }
}

/// Ends what lets its deadline pass. A request that is arriving gets one more second, for us to say
/// why.
void Server::end_late_connections() {
    const SteadyTime now = std::chrono::steady_clock::now();
    std::erase_if(connections_, [now](const std::weak_ptr<Connection>& weak) {
        const auto connection = weak.lock();
        if (!connection || connection->deadline >= now) return !connection;
        if (connection->reading && !connection->late) {
            connection->late = true;
            connection->deadline = now + std::chrono::seconds{1};
            connection->stream.cancel();
        } else {
            connection->stream.close();
        }
        return false;
    });
}

asio::awaitable<void> Server::drain() {
    draining_ = true;
    acceptor_.close();
    const SteadyTime until = std::chrono::steady_clock::now() + options_.drain_timeout;
    asio::steady_timer timer{io_};
    while (open_ > 0 && std::chrono::steady_clock::now() < until) {
        for (const auto& weak : connections_)
            if (const auto connection = weak.lock(); connection && connection->idle)
                connection->stream.close();
        end_late_connections();
        timer.expires_after(std::chrono::milliseconds{20});
        co_await timer.async_wait(no_error);
    }
    for (const auto& weak : connections_)
        if (const auto connection = weak.lock()) connection->stream.close();
}

asio::awaitable<void> Server::serve(std::shared_ptr<Connection> connection) {
    if (options_.tls) {
        connection->deadline = std::chrono::steady_clock::now() + options_.head_timeout;
        if (!co_await connection->stream.secure(options_.tls->context())) co_return;
    }
    while (co_await receive_head(*connection)) {
        if (!co_await serve_one(*connection)) break;
        connection->buffer.erase(0, connection->message_size);
        if (draining_) break;
    }
    if (connection->stream.is_open()) co_await linger(*connection);
    connection->stream.close();
}

/// Closing a socket that has unread bytes resets the connection, and the peer may lose the answer
/// that it has not read yet. So what still comes is thrown away for a moment.
asio::awaitable<void> Server::linger(Connection& connection) {
    connection.reading = false;
    connection.deadline = std::chrono::steady_clock::now() + options_.linger_timeout;
    co_await connection.stream.end();
    connection.buffer.resize(16 * 1024);
    std::size_t discarded = 0;
    while (discarded < discarded_max) {
        const auto [error, n] =
            co_await connection.stream.discard_some(asio::buffer(connection.buffer));
        if (error) co_return;
        discarded += n;
    }
}

} // namespace strikeoff::http
