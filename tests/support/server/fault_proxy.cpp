#include "support/server/fault_proxy.hpp"

#include <array>

namespace strikeoff::testing {

namespace asio = boost::asio;
using asio::ip::tcp;
using Kind = Fate::Kind;

namespace {

constexpr auto no_error = asio::as_tuple(asio::use_awaitable);

asio::awaitable<void> rest(std::chrono::milliseconds pause) {
    asio::steady_timer timer{co_await asio::this_coro::executor, pause};
    co_await timer.async_wait(no_error);
}

/// False when the other side is gone.
template <class Socket>
asio::awaitable<bool> pass_on(Socket& socket, std::string_view piece, const Fate& fate) {
    const bool dribbled = fate.kind == Kind::dribbled;
    while (!piece.empty()) {
        const std::size_t size = dribbled ? 1 : piece.size();
        const auto [error, sent] =
            co_await asio::async_write(socket, asio::buffer(piece.data(), size), no_error);
        if (error) co_return false;
        piece.remove_prefix(sent);
        if (dribbled) co_await rest(fate.pause);
    }
    co_return true;
}

} // namespace

struct FaultProxy::Link {
    tcp::socket client;
    asio::generic::stream_protocol::socket server;
    Fate fate;
};

FaultProxy::FaultProxy(const Endpoint& server, Judge judge)
    : server_{server}, judge_{std::move(judge)},
      acceptor_{io_, {asio::ip::address_v4::loopback(), 0}} {
    asio::co_spawn(io_, accept(), asio::detached);
    thread_ = std::thread{[this] { io_.run(); }};
}

FaultProxy::~FaultProxy() {
    io_.stop();
    thread_.join();
}

asio::awaitable<void> FaultProxy::accept() {
    for (;;) {
        auto [error, client] = co_await acceptor_.async_accept(no_error);
        if (error) co_return;
        client.set_option(tcp::no_delay(true));
        auto link = std::make_shared<Link>(
            Link{std::move(client), asio::generic::stream_protocol::socket{io_}, {}});
        const auto [refused] = co_await link->server.async_connect(server_, no_error);
        if (refused) continue; // The client sees a connection that closes.
        asio::co_spawn(io_, carry_requests(link), asio::detached);
        asio::co_spawn(io_, carry_answers(link), asio::detached);
    }
}

asio::awaitable<void> FaultProxy::carry_requests(std::shared_ptr<Link> link) {
    boost::system::error_code ignored; // Of a side that is gone already.
    std::array<char, 64 * 1024> buffer;
    for (;;) {
        const auto [error, size] =
            co_await link->client.async_read_some(asio::buffer(buffer), no_error);
        if (error) break;
        const std::string_view piece{buffer.data(), size};
        link->fate = judge_(piece); // Before the server can answer.
        if (!co_await pass_on(link->server, piece, link->fate)) break;
        if (link->fate.kind == Kind::cut) co_return cut(*link);
        if (link->fate.kind == Kind::half_closed)
            link->server.shutdown(asio::socket_base::shutdown_send, ignored);
    }
    link->server.shutdown(asio::socket_base::shutdown_send, ignored);
}

asio::awaitable<void> FaultProxy::carry_answers(std::shared_ptr<Link> link) {
    boost::system::error_code ignored; // Of a side that is gone already.
    std::array<char, 64 * 1024> buffer;
    for (;;) {
        const auto [error, size] =
            co_await link->server.async_read_some(asio::buffer(buffer), no_error);
        if (error) break;
        std::string_view piece{buffer.data(), size};
        const Fate fate = link->fate;
        if (fate.kind == Kind::answer_lost) co_return cut(*link);
        if (fate.kind == Kind::answer_torn) piece = piece.substr(0, size / 2);
        if (fate.kind == Kind::delayed) co_await rest(fate.pause);
        if (!co_await pass_on(link->client, piece, fate)) break;
        if (fate.kind == Kind::answer_torn) co_return cut(*link);
    }
    link->client.close(ignored);
    link->server.close(ignored);
}

void FaultProxy::cut(Link& link) {
    boost::system::error_code ignored; // Of a side that is gone already.
    link.client.close(ignored);
    link.server.close(ignored);
    ++cuts_;
}

FaultProxy::Endpoint local_endpoint(unsigned short port) {
    return tcp::endpoint{asio::ip::address_v4::loopback(), port};
}

FaultProxy::Endpoint local_endpoint(const std::string& socket_path) {
    return asio::local::stream_protocol::endpoint{socket_path};
}

} // namespace strikeoff::testing
