// One request and its answer on a connection of the server.
#include "http/chunked.hpp"
#include "http/connection.hpp"
#include "http/head.hpp"
#include "http/response_head.hpp"
#include "http/server.hpp"
#include "http/text.hpp"
#include "log.hpp"
#include "metrics.hpp"

#include <boost/asio.hpp>

#include <ctime>

namespace strikeoff::http {

namespace asio = boost::asio;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t read_size = 16 * 1024;
constexpr std::uint64_t body_max_default = 1 << 20;
/// Larger bodies are read only after the caller has been found entitled to send them.
constexpr std::uint64_t body_max_of_strangers = 1 << 20;

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
    const bool bid = match.endpoint && match.endpoint->async_handler;
    log::write(
        bid ? log::Level::debug : log::Level::info, "request",
        AccessLine{log::Text{request.request_id}, request.method,
                   log::Text{match.endpoint ? std::string_view{match.endpoint->path} : "none"},
                   status, request.caller.role,
                   std::chrono::duration_cast<std::chrono::microseconds>(duration)});
}

/// Makes room to read into without filling it first.
void resize_uninitialized(std::string& buffer, std::size_t size) {
    buffer.resize_and_overwrite(size, [](char*, std::size_t count) { return count; });
}

/// False when a name or a value cannot be decoded.
bool read_query(std::string_view text, Request& request) {
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        const std::size_t equals = pair.find('=');
        auto name = percent_decoded(pair.substr(0, equals));
        auto value = percent_decoded(equals == std::string_view::npos ? std::string_view{}
                                                                      : pair.substr(equals + 1));
        if (!name || !value) return false;
        request.query.insert_or_assign(*std::move(name), *std::move(value));
    }
    return true;
}

std::string_view path_of(std::string_view target) {
    return target.substr(0, target.find('?'));
}

/// A line that ends in LF alone: no CRLF will ever end this head.
bool has_bare_line_feed(std::string_view text, std::size_t from) {
    for (std::size_t at = text.find('\n', from); at != std::string_view::npos;
         at = text.find('\n', at + 1))
        if (at == 0 || text[at - 1] != '\r') return true;
    return false;
}

} // namespace

std::string Server::next_request_id() {
    std::array<std::uint8_t, 8> number;
    store_be64(number.data(), requests_++);
    const Hash hash = request_id_key_(ByteView{number});
    return to_hex(ByteView{hash}.first(8));
}

/// Waits for the head of the next request to be in the buffer. False when none came or it was
/// refused.
asio::awaitable<bool> Server::receive_head(Connection& connection) {
    std::string& buffer = connection.buffer;
    connection.idle = buffer.empty();
    connection.deadline =
        steady_clock::now() + (buffer.empty() ? options_.idle_timeout : options_.head_timeout);
    connection.reading = !connection.idle;
    std::size_t searched = 0;
    for (;;) {
        // One empty line before the request is forgiven: some clients end a body with it.
        if (searched == 0 && buffer.starts_with("\r\n")) buffer.erase(0, 2);
        const std::size_t end = buffer.find("\r\n\r\n", searched < 3 ? 0 : searched - 3);
        if (end != std::string::npos && end + 4 <= head_size_max) {
            connection.head_size = end + 4;
            co_return true;
        }
        if (buffer.size() > head_size_max) {
            co_await refuse(connection, 431, "http.head_too_large", "the header is over 16 KiB");
            co_return false;
        }
        if (has_bare_line_feed(buffer, searched)) {
            co_await refuse(connection, 400, "http.malformed", "lines must end in CRLF");
            co_return false;
        }
        searched = buffer.size();
        resize_uninitialized(buffer, searched + read_size);
        const auto [error, n] =
            co_await connection.stream.read_some(asio::buffer(buffer.data() + searched, read_size));
        buffer.resize(searched + n);
        if (error) {
            if (connection.late)
                co_await refuse(connection, 408, "http.timeout", "the header took too long");
            co_return false;
        }
        if (connection.idle) connection.deadline = steady_clock::now() + options_.head_timeout;
        connection.idle = false;
        connection.reading = true;
    }
}

/// Serves the request whose head is in the buffer. False when the connection is to be closed.
asio::awaitable<bool> Server::serve_one(Connection& connection) {
    std::string& buffer = connection.buffer;
    auto head = read_head(std::string_view{buffer}.substr(0, connection.head_size));
    if (!head) {
        co_await refuse(connection, head.error().status, "http.malformed", head.error().detail);
        co_return false;
    }
    Match match = router_.find(head->method, path_of(head->target));
    const std::uint64_t body_max = match.endpoint ? match.endpoint->doc.body_max : body_max_default;
    const std::string request_id = next_request_id();
    const metrics::Stopwatch arrival;
    Request request{.method = head->method, .request_id = request_id};
    const bool may_be_large =
        body_max > body_max_of_strangers && (head->chunked || head->content_length > 0);
    if (may_be_large && !co_await admit_first(connection, *head, request, match)) co_return false;
    // The views of the head point into the buffer, which the body may move.
    const char* const base = buffer.data();
    connection.message_size = connection.head_size + head->content_length;
    const bool all_here = !head->chunked && buffer.size() >= connection.message_size;
    if ((!all_here || head->content_length > body_max) &&
        !co_await read_body(connection, *head, body_max)) {
        if (connection.refused != 0 && options_.observed)
            record_access(request, match, connection.refused, arrival.elapsed());
        co_return false;
    }
    if (buffer.data() != base) {
        head = read_head(std::string_view{buffer}.substr(0, connection.head_size));
        match = router_.find(head->method, path_of(head->target));
    }
    connection.reading = false;
    connection.deadline = SteadyTime::max(); // The handler has its own limits.

    request.path = path_of(head->target);
    const bool query_is_good = request.path.size() == head->target.size() ||
                               read_query(head->target.substr(request.path.size() + 1), request);
    request.headers = std::move(head->fields);
    set_origin(connection, request);
    request.body = head->chunked
                       ? std::string_view{connection.decoded_body}
                       : std::string_view{buffer}.substr(
                             connection.head_size, connection.message_size - connection.head_size);
    request.path_values = std::move(match.path_values);
    const metrics::Stopwatch stopwatch;
    Response response = query_is_good ? co_await answer(request, match)
                                      : problem(400, "http.malformed",
                                                "the query is not encoded UTF-8", request_id);
    if (response.status == 101) {
        auto refusal = connection.buffer.size() > connection.message_size
                           ? problem(400, "http.malformed",
                                     "nothing may follow a handshake before its answer", request_id)
                           : options_.upgrade.refuse(request);
        if (refusal) response = *std::move(refusal);
    }
    if (options_.observed) record_access(request, match, response.status, stopwatch.elapsed());
    if (response.status == 101) {
        co_await hand_over(connection, request);
        co_return false;
    }
    const Traffic traffic = match.endpoint ? match.endpoint->traffic : Traffic::read;
    co_await send(connection, *head, std::move(response), request, traffic);
    const bool stays = head->keep_alive && connection.stream.is_open();
    co_return stays;
}

/// From here on the connection is no HTTP. When this comes back it is closed.
asio::awaitable<void> Server::hand_over(Connection& connection, const Request& request) {
    if (options_.observed) metrics::metrics().count_response(101);
    co_await options_.upgrade.serve(connection, request);
    connection.stream.close();
}

/// Lets a request in before its body is read. False when it was refused.
asio::awaitable<bool> Server::admit_first(Connection& connection, Head& head, Request& request,
                                          const Match& match) {
    request.headers = head.fields;
    set_origin(connection, request);
    const metrics::Stopwatch stopwatch;
    const Traffic traffic = match.endpoint->traffic;
    std::optional<Response> refusal;
    std::exception_ptr failure;
    try {
        refusal = co_await admit(request, match);
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) refusal = answer_to_failure(request, *match.endpoint, failure);
    if (!refusal && traffic != Traffic::bid && !admission_.has_room(traffic, workers_.waiting()))
        refusal = busy_response(traffic, Shed::queue, request.request_id);
    if (!refusal) co_return true;
    if (options_.observed) record_access(request, match, refusal->status, stopwatch.elapsed());
    head.keep_alive = false; // The body has not been read.
    co_await send(connection, head, *std::move(refusal), request, traffic);
    co_return false;
}

void Server::set_origin(Connection& connection, Request& request) const {
    request.remote_address = connection.peer_text;
    request.network = connection.peer_network;
    request.secure = connection.stream.is_secure();
    if (!options_.proxies.contains(connection.peer)) return;
    Origin origin = options_.proxies.origin(connection.peer, request.headers);
    connection.forwarded_address = std::move(origin.address);
    request.remote_address = connection.forwarded_address;
    boost::system::error_code unreadable;
    const auto address = asio::ip::make_address(connection.forwarded_address, unreadable);
    connection.forwarded_network = unreadable ? connection.peer_network : network_of(address);
    request.network = connection.forwarded_network;
    request.secure = request.secure || origin.secure;
}

asio::awaitable<bool> Server::read_body(Connection& connection, const Head& head,
                                        std::uint64_t body_max) {
    if (head.content_length > body_max) {
        co_await refuse(connection, 413, "http.body_too_large", "the body is too large");
        co_return false;
    }
    if (head.expects_continue && connection.buffer.size() == connection.head_size) {
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await connection.stream.write(asio::buffer(go_on));
    }
    connection.deadline = steady_clock::now() + options_.body_timeout;
    if (head.chunked) co_return co_await read_chunked(connection, body_max);
    while (connection.buffer.size() < connection.message_size) {
        // The buffer grows with what has come, not with what was announced.
        const std::size_t before = connection.buffer.size();
        const std::size_t size =
            std::min(connection.message_size - before, std::max(before, 4 * read_size));
        if (!co_await receive(connection, size)) co_return false;
    }
    co_return true;
}

/// Reads at most `size` more bytes of a body into the buffer, and moves the deadline by their
/// worth.
asio::awaitable<bool> Server::receive(Connection& connection, std::size_t size) {
    std::string& buffer = connection.buffer;
    const std::size_t before = buffer.size();
    resize_uninitialized(buffer, before + size);
    const auto [error, n] =
        co_await connection.stream.read_some(asio::buffer(buffer.data() + before, size));
    buffer.resize(before + n);
    connection.deadline +=
        std::chrono::microseconds{static_cast<std::int64_t>(n) * 1'000'000 / options_.rate_min};
    if (error && connection.late)
        co_await refuse(connection, 408, "http.timeout", "the body took too long");
    co_return !error;
}

asio::awaitable<bool> Server::read_chunked(Connection& connection, std::uint64_t body_max) {
    using State = ChunkedDecoder::State;
    ChunkedDecoder decoder{body_max};
    std::string& buffer = connection.buffer;
    for (;;) {
        std::string_view input = std::string_view{buffer}.substr(connection.head_size);
        switch (decoder.feed(input)) {
        case State::done:
            connection.message_size = buffer.size() - input.size();
            connection.decoded_body = std::move(decoder.body());
            co_return true;
        case State::malformed:
            co_await refuse(connection, 400, "http.malformed", "the chunked body is malformed");
            co_return false;
        case State::too_large:
            co_await refuse(connection, 413, "http.body_too_large", "the body is too large");
            co_return false;
        case State::more:
            break;
        }
        buffer.resize(connection.head_size);
        if (!co_await receive(connection, read_size)) co_return false;
    }
}

asio::awaitable<void> Server::send(Connection& connection, const Head& head, Response response,
                                   const Request& request, Traffic traffic) {
    if (options_.observed)
        metrics::metrics().count_response(response.status, response.shed ? metrics::Answer::shed
                                                                         : metrics::Answer::given);
    const std::uint64_t size = response.next_chunk ? response.stream_size : response.body.size();
    connection.out.clear();
    append_head(connection.out, response,
                {.size = size,
                 .keep_alive = head.keep_alive && !draining_,
                 .secure = request.secure,
                 .request_id = request.request_id,
                 .date = date_header()});
    const auto allow = [&](std::size_t bytes) {
        connection.deadline =
            steady_clock::now() + options_.write_timeout +
            std::chrono::seconds{static_cast<std::int64_t>(bytes) / (64 * options_.rate_min)};
    };
    allow(response.body.size());
    const bool with_body = head.method != Method::head && response.status != 304;
    if (!response.next_chunk || !with_body) {
        if (with_body) connection.out += response.body;
        co_await connection.stream.write(asio::buffer(connection.out));
        co_return;
    }
    co_await connection.stream.write(asio::buffer(connection.out));
    for (;;) {
        auto next = [&response] { return response.next_chunk(); };
        connection.deadline = SteadyTime::max();
        const std::string chunk =
            co_await workers_.run(io_, traffic, next, Workers::Patience::endless);
        if (chunk.empty()) co_return;
        allow(chunk.size());
        const auto [error, n] = co_await connection.stream.write(asio::buffer(chunk));
        if (error) co_return;
    }
}

asio::awaitable<void> Server::refuse(Connection& connection, int status, std::string_view reason,
                                     std::string_view detail) {
    connection.reading = false;
    connection.refused = status;
    const Head head{.method = Method::post, .keep_alive = false};
    const std::string request_id = next_request_id();
    const Request request{.secure = connection.stream.is_secure(), .request_id = request_id};
    co_await send(connection, head, problem(status, reason, detail, request_id), request,
                  Traffic::read);
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
