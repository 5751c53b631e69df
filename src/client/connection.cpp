#include "client/connection.hpp"

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/url.hpp>

namespace strikeoff::client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using namespace std::chrono_literals;

constexpr int attempts_max = 4;
constexpr auto retry_pause = 300ms;
// Below the server's own limit, so that it never closes a connection while we write to it.
constexpr auto idle_max = 60s;

wire::verb wire_verb(Verb verb) {
    switch (verb) {
    case Verb::get:
        return wire::verb::get;
    case Verb::post:
        return wire::verb::post;
    case Verb::put:
        return wire::verb::put;
    }
    return wire::verb::get;
}

bool is_repeatable(const Call& call) {
    return call.verb != Verb::post || call.repeatable;
}

} // namespace

Result<ServerAddress> parse_server(std::string_view url) {
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorCode::invalid_input, "server.malformed", fmt::format("'{}' {}", url, why));
    };
    const auto parsed = boost::urls::parse_uri(url);
    if (!parsed || parsed->host().empty()) return refuse("is not like http://127.0.0.1:8080");
    if (parsed->scheme() != "http")
        return refuse("has another scheme than http: reach it through a tunnel or a local proxy");
    if (!parsed->path().empty() && parsed->path() != "/") return refuse("must not have a path");
    return ServerAddress{.host = parsed->host_address(),
                         .port = parsed->has_port() ? std::string(parsed->port()) : "80"};
}

Connection::Connection(asio::any_io_executor executor, ServerAddress server,
                       std::chrono::seconds timeout)
    : executor_{std::move(executor)}, server_{std::move(server)}, timeout_{timeout} {}

asio::awaitable<Answer> Connection::exchange(Call call) {
    for (int attempt = 1;; ++attempt) {
        const bool last = attempt == attempts_max || !is_repeatable(call);
        std::string failure;
        try {
            Answer answer = co_await exchange_once(call);
            if (answer.status != 503 || last) co_return answer;
        } catch (const boost::system::system_error& error) {
            close();
            failure = fmt::format("{}: {}", server_.authority(), error.code().message());
        }
        if (last) throw ConnectionError(failure);
        asio::steady_timer pause{executor_, retry_pause * attempt};
        co_await pause.async_wait(asio::use_awaitable);
    }
}

asio::awaitable<void> Connection::connect() {
    asio::ip::tcp::resolver resolver{executor_};
    const auto addresses =
        co_await resolver.async_resolve(server_.host, server_.port, asio::use_awaitable);
    stream_.emplace(executor_);
    stream_->expires_after(timeout_);
    co_await stream_->async_connect(addresses, asio::use_awaitable);
    stream_->socket().set_option(asio::ip::tcp::no_delay{true});
    buffer_.clear();
}

asio::awaitable<Answer> Connection::exchange_once(const Call& call) {
    if (stream_ && std::chrono::steady_clock::now() - last_use_ > idle_max) close();
    if (!stream_) co_await connect();
    wire::request<wire::span_body<const char>> request{
        wire_verb(call.verb), beast::string_view{call.target.data(), call.target.size()}, 11};
    request.set(wire::field::host, server_.authority());
    request.set(wire::field::user_agent, "strikeoff/" STRIKEOFF_VERSION);
    if (!call.bearer.empty())
        request.set(wire::field::authorization, fmt::format("Bearer {}", call.bearer));
    if (!call.idempotency_key.empty())
        request.set("Idempotency-Key", std::string(call.idempotency_key));
    if (call.verb != Verb::get)
        request.set(wire::field::content_type, std::string(call.content_type));
    request.body() = boost::span<const char>{call.body.data(), call.body.size()};
    request.prepare_payload();
    stream_->expires_after(timeout_);
    co_await wire::async_write(*stream_, request, asio::use_awaitable);
    wire::response_parser<wire::string_body> parser;
    parser.body_limit(boost::none);
    stream_->expires_after(timeout_);
    co_await wire::async_read(*stream_, buffer_, parser, asio::use_awaitable);
    stream_->expires_never();
    last_use_ = std::chrono::steady_clock::now();
    auto response = parser.release();
    if (!response.keep_alive()) close();
    co_return Answer{static_cast<int>(response.result_int()), std::move(response.body())};
}

void Connection::close() {
    stream_.reset();
}

} // namespace strikeoff::client
