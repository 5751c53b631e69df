#include "client/connection.hpp"

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/url.hpp>
#include <fmt/format.h>

#include <charconv>

namespace strikeoff::client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using namespace std::chrono_literals;

constexpr int attempts_max = 4;
constexpr auto retry_pause = 300ms;
constexpr auto retry_pause_max = 5s;
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
    return call.verb != Verb::post || call.repeatable || !call.idempotency_key.empty();
}

/// The server cannot at the moment, or is still at work on the attempt before this one.
bool may_change_soon(const Answer& answer) {
    return answer.status == 503 || answer.status == 429 ||
           (answer.status == 409 && answer.body.contains("\"idempotency.in_flight\""));
}

} // namespace

Result<ServerAddress> parse_server(std::string_view url) {
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorCode::invalid_input, "server.malformed", fmt::format("'{}' {}", url, why));
    };
    const auto parsed = boost::urls::parse_uri(url);
    if (!parsed || parsed->host().empty()) return refuse("is not like http://127.0.0.1:8080");
    const bool tls = parsed->scheme() == "https";
    if (!tls && parsed->scheme() != "http") return refuse("has another scheme than http or https");
    if (!parsed->path().empty() && parsed->path() != "/") return refuse("must not have a path");
    return ServerAddress{.host = parsed->host_address(),
                         .port = parsed->has_port() ? std::string(parsed->port())
                                 : tls              ? "443"
                                                    : "80",
                         .tls = tls};
}

struct Connection::SecureStream {
    SecureStream(const asio::any_io_executor& executor, const std::string& host)
        : context{asio::ssl::context::tls_client}, stream{executor, context} {
        context.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
        context.set_default_verify_paths();
        stream.set_verify_mode(asio::ssl::verify_peer);
        stream.set_verify_callback(asio::ssl::host_name_verification{host});
        // Servers of many names choose their certificate by this.
        if (::SSL_set_tlsext_host_name(stream.native_handle(), host.c_str()) != 1)
            throw std::bad_alloc{};
    }
    asio::ssl::context context;
    beast::ssl_stream<beast::tcp_stream> stream;
};

Connection::Connection(asio::any_io_executor executor, ServerAddress server,
                       std::chrono::seconds timeout)
    : executor_{std::move(executor)}, server_{std::move(server)}, timeout_{timeout} {}

Connection::~Connection() = default;

asio::awaitable<Answer> Connection::exchange(Call call) {
    for (int attempt = 1;; ++attempt) {
        const bool last = attempt == attempts_max;
        std::string failure;
        std::chrono::milliseconds wait = retry_pause * attempt;
        try {
            Answer answer = co_await exchange_once(call);
            // What was over a limit has not been begun.
            const bool again = is_repeatable(call) || answer.status == 429;
            if (last || !again || !may_change_soon(answer)) co_return answer;
            wait = std::clamp<std::chrono::milliseconds>(answer.retry_after, wait, retry_pause_max);
        } catch (const boost::system::system_error& error) {
            close();
            failure = fmt::format("{}: {}", server_.authority(), error.code().message());
        }
        const bool broke = !failure.empty();
        if (broke && (last || !is_repeatable(call))) throw ConnectionError(failure);
        asio::steady_timer pause{executor_, wait};
        co_await pause.async_wait(asio::use_awaitable);
    }
}

beast::tcp_stream& Connection::transport() {
    return secure_ ? secure_->stream.next_layer() : plain_.value();
}

asio::awaitable<void> Connection::connect() {
    asio::ip::tcp::resolver resolver{executor_};
    const auto addresses =
        co_await resolver.async_resolve(server_.host, server_.port, asio::use_awaitable);
    buffer_.clear();
    if (server_.tls)
        secure_ = std::make_unique<SecureStream>(executor_, server_.host);
    else
        plain_.emplace(executor_);
    transport().expires_after(timeout_);
    co_await transport().async_connect(addresses, asio::use_awaitable);
    transport().socket().set_option(asio::ip::tcp::no_delay{true});
    if (secure_)
        co_await secure_->stream.async_handshake(asio::ssl::stream_base::client,
                                                 asio::use_awaitable);
}

asio::awaitable<Answer> Connection::exchange_once(const Call& call) {
    if (is_connected() && std::chrono::steady_clock::now() - last_use_ > idle_max) close();
    if (!is_connected()) co_await connect();
    if (secure_) co_return co_await exchange_over(secure_->stream, call);
    co_return co_await exchange_over(*plain_, call);
}

template <class Stream>
asio::awaitable<Answer> Connection::exchange_over(Stream& stream, const Call& call) {
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
    transport().expires_after(timeout_);
    co_await wire::async_write(stream, request, asio::use_awaitable);
    wire::response_parser<wire::string_body> parser;
    parser.body_limit(boost::none);
    transport().expires_after(timeout_);
    co_await wire::async_read(stream, buffer_, parser, asio::use_awaitable);
    transport().expires_never();
    last_use_ = std::chrono::steady_clock::now();
    auto response = parser.release();
    if (!response.keep_alive()) close();
    const beast::string_view wait = response[wire::field::retry_after];
    std::int64_t seconds = 0; // A date, which this server never sends, counts as nothing.
    std::from_chars(wait.data(), wait.data() + wait.size(), seconds);
    co_return Answer{static_cast<int>(response.result_int()), std::move(response.body()),
                     std::chrono::seconds{std::clamp<std::int64_t>(seconds, 0, 3600)}};
}

void Connection::close() {
    plain_.reset();
    secure_.reset();
}

} // namespace strikeoff::client
