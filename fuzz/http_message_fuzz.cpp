// Covers: src/http/head.cpp src/http/chunked.cpp src/http/router.cpp
#include "http/chunked.hpp"
#include "http/head.hpp"
#include "http/router.hpp"
#include "input.hpp"

#include <boost/beast/http.hpp>

#include <algorithm>
#include <cassert>
#include <map>

namespace {

using namespace strikeoff;
using namespace strikeoff::http;
namespace beast = boost::beast;
using State = ChunkedDecoder::State;

constexpr std::uint64_t body_max = 1 << 20;

/// A message as another parser reads it.
struct Second {
    beast::http::request_parser<beast::http::string_body> parser;
    beast::error_code error;
    std::size_t used = 0;

    explicit Second(std::string_view bytes) {
        parser.header_limit(1 << 20);
        parser.body_limit(body_max);
        parser.eager(true);
        used = parser.put(boost::asio::const_buffer{bytes.data(), bytes.size()}, error);
        if (error == beast::http::error::need_more) error = {};
    }
};

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

std::string lower(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

bool is_inside(std::string_view part, std::string_view whole) {
    return part.empty() || (part.data() >= whole.data() &&
                            part.data() + part.size() <= whole.data() + whole.size());
}

void check_text(const Head& head, std::string_view text) {
    assert(!head.host.empty() && is_inside(head.host, text));
    assert(is_inside(head.target, text) || head.target == "/");
    assert(head.target.starts_with('/') || head.method == Method::options);
    assert(head.fields.size() <= fields_max);
    for (const auto& [name, value] : head.fields) {
        assert(is_inside(name, text) && is_inside(value, text) && !name.empty());
        assert(value.find_first_of(std::string_view{"\0\r\n", 3}) == std::string_view::npos);
    }
}

/// Where both accept a head they see the same message; only then can nothing be smuggled between.
void check_second(const Head& head, std::string_view text) {
    const Second second{text};
    if (second.error || !second.parser.is_header_done()) return;
    const auto& message = second.parser.get();
    assert(second.used == text.size() || head.chunked || head.content_length > 0);
    assert(view(message.method_string()) == method_name(head.method));
    if (head.authority.empty()) assert(view(message.target()) == head.target);
    assert(message.chunked() == head.chunked && message.version() == 11);
    const auto length = second.parser.content_length();
    assert(length.value_or(0) == head.content_length);
    // Of the parser, which has read every Connection line; the message looks at the first alone.
    assert(second.parser.keep_alive() == head.keep_alive);
    assert(view(message[beast::http::field::host]) == head.host);
    // The other one keeps fields of the same name together, in their order.
    std::multimap<std::string, std::string> ours;
    std::multimap<std::string, std::string> theirs;
    for (const auto& [name, value] : head.fields)
        ours.emplace(lower(name), value);
    for (const auto& field : message)
        theirs.emplace(lower(view(field.name_string())), view(field.value()));
    assert(ours == theirs);
}

/// A chunked body fed in pieces of one size, up to its end or its fault.
struct Decoded {
    State state = State::more;
    std::string body;
    std::size_t used = 0;
};

Decoded decode(std::string_view bytes, std::size_t piece, std::uint64_t limit) {
    ChunkedDecoder decoder{limit};
    Decoded out;
    while (out.state == State::more && out.used < bytes.size()) {
        std::string_view input = bytes.substr(out.used, piece);
        const std::size_t before = input.size();
        out.state = decoder.feed(input);
        out.used += before - input.size();
        assert(out.state != State::more || input.empty());
        assert(decoder.body().size() <= limit);
    }
    out.body = decoder.body();
    return out;
}

void check_chunked(std::string_view bytes) {
    const Decoded whole = decode(bytes, bytes.size(), body_max);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{5}, std::size_t{64}}) {
        const Decoded pieces = decode(bytes, piece, body_max);
        // Which of two faults is met first may depend on the pieces.
        const bool refused = whole.state == State::malformed || whole.state == State::too_large;
        assert(refused == (pieces.state == State::malformed || pieces.state == State::too_large));
        if (refused) continue;
        assert(pieces.state == whole.state && pieces.body == whole.body &&
               pieces.used == whole.used);
    }
    const Decoded small = decode(bytes, bytes.size(), 16);
    if (small.state == State::done) assert(whole.state == State::done && whole.body == small.body);
    if (whole.state != State::done) return;
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    const Second second{head + std::string{bytes}};
    if (second.error) return;
    assert(second.parser.is_done() && second.parser.get().body() == whole.body);
    assert(second.used == head.size() + whole.used);
}

Result<void> nothing(App& /*app*/, const Request& /*request*/) {
    return {};
}

const Router& router() {
    static const Router table = [] {
        Router made;
        made.get("/api/v1/auctions", nothing, {});
        made.post("/api/v1/auctions/{auction_id}/bidders/{user_id}/bar", nothing, {});
        made.get("/api/v1/auctions/{auction_id}/transcript-{batch_id}.json", nothing, {});
        return made;
    }();
    return table;
}

/// The values of a path, put back into its template, are the path.
void check_route(Method method, std::string_view target) {
    const std::string_view path = target.substr(0, target.find('?'));
    const Router::Match match = router().find(method, path);
    if (!match.endpoint) return;
    std::string made = match.endpoint->path;
    for (const auto& [name, value] : match.path_values) {
        assert(!value.empty() && !value.contains('/'));
        const std::string slot = "{" + std::string{name} + "}";
        made.replace(made.find(slot), slot.size(), value);
    }
    assert(made == path);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text_of(data, size);
    check_chunked(bytes);
    const std::size_t end = bytes.find("\r\n\r\n");
    const std::string_view text = bytes.substr(0, end == std::string_view::npos ? size : end + 4);
    const auto head = read_head(text);
    if (!head) {
        const int status = head.error().status;
        assert(status == 400 || status == 417 || status == 431 || status == 501 || status == 505);
        assert(!head.error().detail.empty());
        return 0;
    }
    check_text(*head, text);
    check_second(*head, text);
    check_route(head->method, head->target);
    assert(!read_head(text.substr(0, text.size() - 1)) &&
           !read_head(text.substr(0, text.size() / 2)));
    if (head->chunked) check_chunked(bytes.substr(text.size()));
    return 0;
}
