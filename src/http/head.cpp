#include "http/head.hpp"

#include <boost/beast/core/string.hpp>

#include <charconv>
#include <optional>

namespace strikeoff::http {
namespace {

bool equal_names(std::string_view a, std::string_view b) {
    return boost::beast::iequals({a.data(), a.size()}, {b.data(), b.size()});
}

bool is_token(std::string_view text) {
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    for (const char c : text) {
        const bool alphanumeric =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!alphanumeric && marks.find(c) == std::string_view::npos) return false;
    }
    return !text.empty();
}

std::optional<Method> method_of(std::string_view name) {
    if (name == "GET") return Method::get;
    if (name == "HEAD") return Method::head;
    if (name == "POST") return Method::post;
    if (name == "PUT") return Method::put;
    if (name == "PATCH") return Method::patch;
    if (name == "DELETE") return Method::delete_;
    if (name == "OPTIONS") return Method::options;
    return std::nullopt;
}

/// Takes one line off `text`; nothing when it does not end in CRLF or holds a stray CR or LF.
std::optional<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || end == 0 || text[end - 1] != '\r') return std::nullopt;
    const std::string_view line = text.substr(0, end - 1);
    text.remove_prefix(end + 1);
    if (line.find('\r') != std::string_view::npos) return std::nullopt;
    return line;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

std::optional<HeadFault> read_request_line(std::string_view line, Head& head) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return HeadFault{400, "the request line is not METHOD target HTTP/1.1"};
    const std::string_view version = line.substr(last + 1);
    if (version != "HTTP/1.1")
        return version.starts_with("HTTP/")
                   ? HeadFault{505, "only HTTP/1.1 is spoken here"}
                   : HeadFault{400, "the request line is not METHOD target HTTP/1.1"};
    const std::string_view name = line.substr(0, first);
    if (!is_token(name)) return HeadFault{400, "the method is malformed"};
    const auto method = method_of(name);
    if (!method) return HeadFault{501, "the method is not known here"};
    head.method = *method;
    head.target = line.substr(first + 1, last - first - 1);
    if (!head.target.starts_with('/')) return HeadFault{400, "the target must begin with /"};
    for (const char c : head.target)
        if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f)
            return HeadFault{400, "the target holds a character that must be encoded"};
    return std::nullopt;
}

std::optional<HeadFault> read_field(std::string_view line, Head& head) {
    if (line.front() == ' ' || line.front() == '\t')
        return HeadFault{400, "a header line is folded"};
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
        return HeadFault{400, "a header name is malformed"};
    const std::string_view value = trimmed(line.substr(colon + 1));
    for (const char c : value)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f)
            return HeadFault{400, "a header value holds a control character"};
    head.fields.emplace_back(line.substr(0, colon), value);
    return std::nullopt;
}

/// The fields that say where the message ends and whom it is for: each at most once.
std::optional<HeadFault> read_framing(Head& head) {
    int hosts = 0;
    int lengths = 0;
    int codings = 0;
    for (const auto& [name, value] : head.fields) {
        if (equal_names(name, "Host")) {
            if (++hosts > 1 || value.empty()) return HeadFault{400, "Host must be there once"};
        } else if (equal_names(name, "Content-Length")) {
            const char* const end = value.data() + value.size();
            const auto [stop, error] = std::from_chars(value.data(), end, head.content_length);
            if (++lengths > 1 || error != std::errc{} || stop != end || value.front() == '-')
                return HeadFault{400, "Content-Length is malformed or repeated"};
        } else if (equal_names(name, "Transfer-Encoding")) {
            if (++codings > 1 || !equal_names(value, "chunked"))
                return HeadFault{501, "the only transfer coding known here is chunked"};
            head.chunked = true;
        } else if (equal_names(name, "Connection")) {
            if (equal_names(value, "close")) head.keep_alive = false;
        } else if (equal_names(name, "Expect")) {
            if (!equal_names(value, "100-continue")) return HeadFault{417, "unknown expectation"};
            head.expects_continue = true;
        }
    }
    if (hosts != 1) return HeadFault{400, "Host must be there once"};
    if (lengths > 0 && head.chunked)
        return HeadFault{400, "Content-Length and Transfer-Encoding contradict each other"};
    return std::nullopt;
}

} // namespace

std::expected<Head, HeadFault> read_head(std::string_view text) {
    Head head;
    head.fields.reserve(16);
    auto line = take_line(text);
    if (!line) return std::unexpected(HeadFault{400, "lines must end in CRLF"});
    if (const auto fault = read_request_line(*line, head)) return std::unexpected(*fault);
    for (;;) {
        line = take_line(text);
        if (!line) return std::unexpected(HeadFault{400, "lines must end in CRLF"});
        if (line->empty()) break;
        if (const auto fault = read_field(*line, head)) return std::unexpected(*fault);
    }
    if (const auto fault = read_framing(head)) return std::unexpected(*fault);
    return head;
}

} // namespace strikeoff::http
