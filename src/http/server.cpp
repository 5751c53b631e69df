#include "http/server.hpp"

#include "db/error.hpp"
#include "http/head.hpp"
#include "log.hpp"
#include "metrics.hpp"

#include <boost/asio.hpp>
#include <boost/beast/http.hpp>
#include <fmt/compile.h>
#include <sodium.h>

#include <list>

namespace strikeoff::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using SteadyTime = std::chrono::steady_clock::time_point;

struct Server::Connection {
    explicit Connection(tcp::socket accepted) : socket{std::move(accepted)} {}

    tcp::socket socket;
    std::string remote_address;
    std::string buffer; ///< Bytes read and not yet taken by a request.
    std::size_t head_size = 0;
    std::size_t message_size = 0; ///< Head and body of the request being served.
    std::string decoded_body;     ///< Of a chunked request.
    std::string out;              ///< Head of the answer, kept for its memory.
    SteadyTime deadline = SteadyTime::max();
    bool idle = true;
};

namespace {

constexpr auto no_error = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_size = 16 * 1024;

Bytes random_key() {
    Bytes key(32);
    ::randombytes_buf(key.data(), key.size());
    return key;
}

bool is_hex_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Makes room to read into without filling it first.
void resize_uninitialized(std::string& buffer, std::size_t size) {
    buffer.resize_and_overwrite(size, [](char*, std::size_t count) { return count; });
}

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            out += ' ';
        } else if (text[i] == '%' && i + 2 < text.size() && is_hex_digit(text[i + 1]) &&
                   is_hex_digit(text[i + 2])) {
            out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

void read_query(std::string_view text, Request& request) {
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        const std::size_t equals = pair.find('=');
        const std::string_view value =
            equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
        request.query.insert_or_assign(percent_decoded(pair.substr(0, equals)),
                                       percent_decoded(value));
    }
}

/// The bearer token of the Authorization header; empty when there is none.
std::string_view bearer_token(const Request& request) {
    const std::string_view value = request.header("Authorization");
    constexpr std::string_view scheme = "Bearer ";
    if (value.size() <= scheme.size() ||
        !boost::beast::iequals({value.data(), scheme.size()}, {scheme.data(), scheme.size()}))
        return {};
    return value.substr(scheme.size());
}

/// Decodes a chunked body with Beast's parser. Returns the bytes of the message, 0 when more are
/// needed; throws std::runtime_error when the body is malformed or too large.
std::size_t decode_chunked(std::string_view message, std::uint64_t body_max, std::string& body) {
    namespace beast_http = boost::beast::http;
    beast_http::request_parser<beast_http::string_body> parser;
    parser.eager(true);
    parser.header_limit(head_size_max);
    parser.body_limit(body_max);
    boost::system::error_code error;
    std::size_t used = 0;
    while (!parser.is_done() && used < message.size()) {
        const std::size_t taken =
            parser.put(asio::buffer(message.data() + used, message.size() - used), error);
        used += taken;
        if (error == beast_http::error::need_more) return 0;
        if (error) throw std::runtime_error(error.message());
        if (taken == 0) break;
    }
    if (!parser.is_done()) return 0;
    body = std::move(parser.get().body());
    return used;
}

void append_head(std::string& out, const Response& response, std::uint64_t size, bool keep_alive,
                 std::string_view request_id, const std::string& date) {
    out += fmt::format(FMT_COMPILE("HTTP/1.1 {} {}\r\n"), response.status,
                       status_text(response.status));
    out += date;
    if (response.status != 204)
        out += fmt::format(FMT_COMPILE("Content-Type: {}\r\nContent-Length: {}\r\n"),
                           response.content_type, size);
    out += "X-Request-Id: ";
    out += request_id;
    out += "\r\nX-Content-Type-Options: nosniff\r\n";
    bool has_cache_control = false;
    for (const auto& [name, value] : response.headers) {
        has_cache_control |= name == "Cache-Control";
        out += fmt::format(FMT_COMPILE("{}: {}\r\n"), name, value);
    }
    if (!has_cache_control) out += "Cache-Control: no-store\r\n";
    out += keep_alive ? "\r\n" : "Connection: close\r\n\r\n";
}

/// The fields of an access line. The template stands for the path, and sizes are left out: a
/// certificate's id or the length of a list would tell about bids.
struct AccessLine {
    log::Text request_id;
    Method method;
    log::Text route;
    int status;
    Role role;
    std::chrono::microseconds duration_us;
};
BOOST_DESCRIBE_STRUCT(AccessLine, (), (request_id, method, route, status, role, duration_us))

/// Bids get a line only when everything is logged: at their rate it would cost more than they do.
void record_access(const Request& request, const Router::Match& match, int status,
                   std::chrono::nanoseconds duration) {
    metrics::metrics().count_response(status);
    const bool bid = match.endpoint && match.endpoint->async_handler;
    log::write(
        bid ? log::Level::debug : log::Level::info, "request",
        AccessLine{log::Text{request.request_id}, request.method,
                   log::Text{match.endpoint ? std::string_view{match.endpoint->path} : "none"},
                   status, request.caller.role,
                   std::chrono::duration_cast<std::chrono::microseconds>(duration)});
}

Response method_not_allowed(const Router::Match& match, const Request& request) {
    std::string allow = "OPTIONS";
    for (const Method method : match.allowed) {
        std::string name{enum_name(method)};
        std::ranges::transform(name, name.begin(), [](char c) { return std::toupper(c); });
        allow += ", " + name;
        if (method == Method::get) allow += ", HEAD";
    }
    Response response = request.method == Method::options
                            ? Response{.status = 204, .content_type = ""}
                            : problem(405, "method_not_allowed",
                                      "the path does not know this method", request.request_id);
    response.headers.emplace_back("Allow", allow);
    return response;
}

} // namespace

Server::Server(asio::io_context& io, asio::thread_pool& workers, const Router& router, App& app,
               Authenticator authenticator, ServerOptions options)
    : io_{io}, workers_{workers}, router_{router}, app_{app},
      authenticator_{std::move(authenticator)}, options_{std::move(options)}, acceptor_{io},
      request_id_key_{ByteView{random_key()}} {}

Server::~Server() = default;

std::string Server::next_request_id() {
    std::array<std::uint8_t, 8> number;
    store_be64(number.data(), requests_++);
    const Hash hash = request_id_key_(ByteView{number});
    return to_hex(ByteView{hash}.first(8));
}

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
            // Out of descriptors or over the limit: let some of them go first.
            asio::steady_timer pause{io_, std::chrono::milliseconds{20}};
            co_await pause.async_wait(no_error);
            continue;
        }
        boost::system::error_code ignored; // A peer that left already fails at the first read.
        socket.set_option(tcp::no_delay(true), ignored);
        auto connection = std::make_shared<Connection>(std::move(socket));
        const auto remote = connection->socket.remote_endpoint(ignored);
        connection->remote_address = remote.address().to_string();
        connections_.push_back(connection);
        ++open_;
        if (options_.observed) metrics::metrics().open_sockets.rise();
        asio::co_spawn(io_, serve(connection), [this](const std::exception_ptr& failure) {
            --open_;
            if (options_.observed) metrics::metrics().open_sockets.fall();
            if (!failure) return;
            try {
                std::rethrow_exception(failure);
            } catch (const std::exception& error) {
                log::error("a connection broke", log::Field{"error", log::Text{error.what()}});
            }
        });
    }
}

/// Closes connections that let their deadline pass.
asio::awaitable<void> Server::sweep() {
    asio::steady_timer timer{io_};
    while (!draining_) {
        timer.expires_after(std::chrono::seconds{1});
        auto [error] = co_await timer.async_wait(no_error);
        if (error) co_return;
        const SteadyTime now = std::chrono::steady_clock::now();
        std::erase_if(connections_, [now](const std::weak_ptr<Connection>& weak) {
            const auto connection = weak.lock();
            if (connection && connection->deadline < now) connection->socket.close();
            return !connection;
        });
    }
}

asio::awaitable<void> Server::drain() {
    draining_ = true;
    acceptor_.close();
    const SteadyTime until = std::chrono::steady_clock::now() + options_.drain_timeout;
    asio::steady_timer timer{io_};
    while (open_ > 0 && std::chrono::steady_clock::now() < until) {
        for (const auto& weak : connections_)
            if (const auto connection = weak.lock(); connection && connection->idle)
                connection->socket.close();
        timer.expires_after(std::chrono::milliseconds{20});
        co_await timer.async_wait(no_error);
    }
    for (const auto& weak : connections_)
        if (const auto connection = weak.lock()) connection->socket.close();
}

asio::awaitable<void> Server::serve(std::shared_ptr<Connection> connection) {
    while (co_await serve_one(*connection)) {
        connection->buffer.erase(0, connection->message_size);
        if (draining_) break;
    }
    boost::system::error_code ignored; // It may be closed already.
    connection->socket.shutdown(tcp::socket::shutdown_both, ignored);
    connection->socket.close(ignored);
}

/// Reads one request and answers it. False when the connection is to be closed.
asio::awaitable<bool> Server::serve_one(Connection& connection) {
    std::string& buffer = connection.buffer;
    connection.idle = buffer.empty();
    connection.deadline = std::chrono::steady_clock::now() +
                          (buffer.empty() ? options_.idle_timeout : options_.head_timeout);
    std::size_t end = buffer.find("\r\n\r\n");
    while (end == std::string::npos) {
        if (buffer.size() >= head_size_max) {
            co_await refuse(connection, 431, "http.head_too_large", "the header is over 16 KiB");
            co_return false;
        }
        const std::size_t before = buffer.size();
        resize_uninitialized(buffer, before + read_size);
        auto [error, n] = co_await connection.socket.async_read_some(
            asio::buffer(buffer.data() + before, read_size), no_error);
        buffer.resize(before + n);
        if (error) co_return false;
        if (connection.idle)
            connection.deadline = std::chrono::steady_clock::now() + options_.head_timeout;
        connection.idle = false;
        end = buffer.find("\r\n\r\n", before < 3 ? 0 : before - 3);
    }
    connection.head_size = end + 4;

    const auto head = read_head(std::string_view{buffer}.substr(0, connection.head_size));
    if (!head) {
        co_await refuse(connection, head.error().status, "http.malformed", head.error().detail);
        co_return false;
    }
    const std::string_view path = head->target.substr(0, head->target.find('?'));
    Router::Match match = router_.find(head->method, path);
    const std::uint64_t body_max = match.endpoint ? match.endpoint->doc.body_max : 1 << 20;
    // The views of the head point into the buffer, which the body may move.
    Head stable = *head;
    const char* const base = buffer.data();
    if (!co_await read_body(connection, stable, body_max)) co_return false;
    if (buffer.data() != base) {
        stable = *read_head(std::string_view{buffer}.substr(0, connection.head_size));
        match = router_.find(stable.method, stable.target.substr(0, stable.target.find('?')));
    }

    Request request{.method = stable.method};
    request.path = stable.target.substr(0, stable.target.find('?'));
    if (request.path.size() < stable.target.size())
        read_query(stable.target.substr(request.path.size() + 1), request);
    request.headers = std::move(stable.fields);
    request.remote_address = connection.remote_address;
    request.body = stable.chunked
                       ? std::string_view{connection.decoded_body}
                       : std::string_view{buffer}.substr(
                             connection.head_size, connection.message_size - connection.head_size);
    const std::string request_id = next_request_id();
    request.request_id = request_id;
    request.path_values = match.path_values;
    connection.deadline = SteadyTime::max(); // The handler has its own limits.
    stable.fields = request.headers;
    const metrics::Stopwatch stopwatch;
    Response response = co_await answer(request, match);
    if (options_.observed) record_access(request, match, response.status, stopwatch.elapsed());
    response.headers.emplace_back("X-Request-Id", request_id);
    co_await send(connection, stable, std::move(response));
    co_return stable.keep_alive&& connection.socket.is_open();
}

asio::awaitable<bool> Server::read_body(Connection& connection, const Head& head,
                                        std::uint64_t body_max) {
    std::string& buffer = connection.buffer;
    connection.deadline = std::chrono::steady_clock::now() + options_.body_timeout;
    if (head.content_length > body_max) {
        co_await refuse(connection, 413, "http.body_too_large", "the body is too large");
        co_return false;
    }
    if (head.expects_continue && buffer.size() == connection.head_size) {
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(connection.socket, asio::buffer(go_on), no_error);
    }
    const std::uint64_t wanted = connection.head_size + head.content_length;
    for (;;) {
        if (head.chunked) {
            int status = 0;
            try {
                connection.message_size = decode_chunked(buffer, body_max, connection.decoded_body);
            } catch (const std::runtime_error&) {
                status = 400;
            }
            if (status == 0 && buffer.size() > connection.head_size + 2 * body_max + 65'536)
                status = 413; // More chunk headers than body.
            if (status != 0) {
                co_await refuse(connection, status, "http.malformed",
                                "the chunked body is malformed "
                                "or too large");
                co_return false;
            }
            if (connection.message_size > 0) co_return true;
        } else if (buffer.size() >= wanted) {
            connection.message_size = wanted;
            co_return true;
        }
        const std::size_t before = buffer.size();
        buffer.resize(before +
                      (head.chunked ? read_size : static_cast<std::size_t>(wanted - before)));
        auto [error, n] = co_await connection.socket.async_read_some(
            asio::buffer(buffer.data() + before, buffer.size() - before), no_error);
        buffer.resize(before + n);
        if (error) co_return false;
    }
}

asio::awaitable<Result<Caller>> Server::authenticate(const Request& request) {
    const std::string_view token = bearer_token(request);
    if (token.empty()) {
        if (!request.header("Authorization").empty())
            co_return fail(ErrorCode::unauthenticated, "auth.malformed",
                           "Authorization must be `Bearer <key>`");
        co_return Caller{};
    }
    if (auto known = authenticator_.remembered(token)) co_return *std::move(known);
    auto resolve = [this, token] { return authenticator_.resolve(token); };
    co_return co_await asio::co_spawn(workers_, call_there(resolve), asio::use_awaitable);
}

asio::awaitable<Response> Server::answer(const Request& request, const Router::Match& match) {
    if (!match.endpoint) {
        if (!match.allowed.empty()) co_return method_not_allowed(match, request);
        co_return problem(404, "not_found", "there is nothing here", request.request_id);
    }
    std::string failure;
    int status = 500;
    try {
        Result<Caller> caller = co_await authenticate(request);
        if (!caller) co_return problem(caller.error(), request.request_id);
        const_cast<Request&>(request).caller = *std::move(caller);
        const Endpoint& endpoint = *match.endpoint;
        if (!may_call(endpoint.doc.access, request.caller)) {
            if (request.caller.role == Role::visitor)
                co_return problem(Error{ErrorCode::unauthenticated,
                                        "auth.required",
                                        "a bearer key is required",
                                        {}},
                                  request.request_id);
            co_return problem(404, "not_found", "there is nothing here", request.request_id);
        }
        if (endpoint.async_handler) co_return co_await endpoint.async_handler(app_, request);
        auto handle = [this, &endpoint, &request] { return endpoint.handler(app_, request); };
        co_return co_await asio::co_spawn(workers_, call_there(handle), asio::use_awaitable);
    } catch (const db::Unavailable& error) {
        failure = error.what();
        status = 503;
    } catch (const std::exception& error) {
        failure = error.what();
    }
    // Details are for the log, never for the client.
    log::error("a request failed", log::Field{"request_id", log::Text{request.request_id}},
               log::Field{"route", log::Text{match.endpoint->path}},
               log::Field{"error", log::Text{failure}});
    Response response = problem(status, status == 503 ? "unavailable" : "internal",
                                status == 503 ? "the database cannot be reached; try again"
                                              : "something went wrong here",
                                request.request_id);
    if (status == 503) response.headers.emplace_back("Retry-After", "2");
    co_return response;
}

asio::awaitable<void> Server::send(Connection& connection, const Head& head, Response response) {
    const std::uint64_t size = response.next_chunk ? response.stream_size : response.body.size();
    std::string request_id;
    if (!response.headers.empty() && response.headers.back().first == "X-Request-Id") {
        request_id = std::move(response.headers.back().second);
        response.headers.pop_back();
    }
    connection.out.clear();
    append_head(connection.out, response, size, head.keep_alive && !draining_, request_id,
                date_header());
    connection.deadline = std::chrono::steady_clock::now() + options_.body_timeout;
    const bool with_body = head.method != Method::head;
    if (!response.next_chunk || !with_body) {
        if (with_body) connection.out += response.body;
        co_await asio::async_write(connection.socket, asio::buffer(connection.out), no_error);
        co_return;
    }
    co_await asio::async_write(connection.socket, asio::buffer(connection.out), no_error);
    for (;;) {
        auto next = [&response] { return response.next_chunk(); };
        const std::string chunk =
            co_await asio::co_spawn(workers_, call_there(next), asio::use_awaitable);
        if (chunk.empty()) co_return;
        connection.deadline = std::chrono::steady_clock::now() + options_.body_timeout;
        auto [error, n] =
            co_await asio::async_write(connection.socket, asio::buffer(chunk), no_error);
        if (error) co_return;
    }
}

asio::awaitable<void> Server::refuse(Connection& connection, int status, std::string_view reason,
                                     std::string_view detail) {
    if (options_.observed) metrics::metrics().count_response(status);
    const Head head{.method = Method::post, .keep_alive = false};
    Response response = problem(status, reason, detail, "");
    co_await send(connection, head, std::move(response));
}

const std::string& Server::date_header() {
    const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    if (now != date_second_) {
        std::tm utc{};
        ::gmtime_r(&now, &utc);
        std::array<char, 64> text{};
        std::strftime(text.data(), text.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &utc);
        date_header_ = text.data();
        date_second_ = now;
    }
    return date_header_;
}

} // namespace strikeoff::http
