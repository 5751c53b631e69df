#include "http/head.hpp"

#include "http/text.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace strikeoff::http {
namespace {

/// Takes one line off `text`; nothing when it does not end in CRLF or holds a stray CR or LF.
std::optional<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || end == 0 || text[end - 1] != '\r') return std::nullopt;
    const std::string_view line = text.substr(0, end - 1);
    text.remove_prefix(end + 1);
    if (line.find('\r') != std::string_view::npos) return std::nullopt;
    return line;
}

/// A name or address, perhaps with a port. No user, no path, no list, no space: whoever compares
/// hosts must not be led to compare something else.
bool is_host(std::string_view text) {
    static constexpr std::string_view marks = "-._~:[]%";
    for (const char c : text) {
        const bool alphanumeric =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!alphanumeric && marks.find(c) == std::string_view::npos) return false;
    }
    return !text.empty();
}

std::optional<HeadFault> check_target(std::string_view target) {
    for (std::size_t i = 0; i < target.size(); ++i) {
        const auto c = static_cast<unsigned char>(target[i]);
        if (c <= 0x20 || c >= 0x7f || c == '#' || c == '"' || c == '<' || c == '>' || c == '\\')
            return HeadFault{400, "the target holds a character that must be encoded"};
        if (c == '%' && (i + 2 >= target.size() || !is_hex_digit(target[i + 1]) ||
                         !is_hex_digit(target[i + 2])))
            return HeadFault{400, "a percent sign in the target encodes nothing"};
    }
    return std::nullopt;
}

/// Origin form, `*` of OPTIONS, or absolute form, whose authority is kept to be held against Host.
std::optional<HeadFault> read_target(std::string_view target, Head& head) {
    if (const auto fault = check_target(target)) return fault;
    head.target = target;
    if (target.starts_with('/')) return std::nullopt;
    if (target == "*" && head.method == Method::options) return std::nullopt;
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
        target.remove_prefix(scheme.size());
        const std::size_t end = target.find_first_of("/?");
        head.authority = target.substr(0, end);
        head.target = end == std::string_view::npos ? "/" : target.substr(end);
        if (is_host(head.authority) && head.target.starts_with('/')) return std::nullopt;
    }
    return HeadFault{400, "the target must begin with /"};
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
    const auto method = parse_method(name);
    if (!method) return HeadFault{501, "the method is not known here"};
    head.method = *method;
    return read_target(line.substr(first + 1, last - first - 1), head);
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
    if (head.fields.size() == fields_max) return HeadFault{431, "there are too many header lines"};
    head.fields.emplace_back(line.substr(0, colon), value);
    return std::nullopt;
}

std::optional<HeadFault> read_length(std::string_view value, Head& head) {
    const char* const end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, head.content_length);
    // A leading zero is allowed by the letter, but there are readers that take it for octal.
    if (error != std::errc{} || stop != end || (value.size() > 1 && value.front() == '0'))
        return HeadFault{400, "Content-Length is malformed"};
    return std::nullopt;
}

/// One field of those that we act upon.
std::optional<HeadFault> read_meaning(std::string_view name, std::string_view value, Head& head) {
    if (equal_ignoring_case(name, "Host")) {
        head.host = value;
        if (!is_host(value)) return HeadFault{400, "Host is malformed"};
    } else if (equal_ignoring_case(name, "Content-Length")) {
        return read_length(value, head);
    } else if (equal_ignoring_case(name, "Transfer-Encoding")) {
        if (!equal_ignoring_case(value, "chunked"))
            return HeadFault{501, "the only transfer coding known here is chunked"};
        head.chunked = true;
    } else if (equal_ignoring_case(name, "Connection")) {
        for_each_element(value, [&](std::string_view option) {
            if (equal_ignoring_case(option, "close")) head.keep_alive = false;
        });
    } else if (equal_ignoring_case(name, "Expect")) {
        if (!equal_ignoring_case(value, "100-continue"))
            return HeadFault{417, "unknown expectation"};
        head.expects_continue = true;
    }
    return std::nullopt;
}

/// Fields that name one thing. When they come twice, two readers may take different ones.
constexpr std::array<std::string_view, 8> single_fields{
    "Host",         "Content-Length", "Transfer-Encoding", "Authorization",
    "Content-Type", "Expect",         "Idempotency-Key",   "Content-Encoding"};

std::optional<HeadFault> read_fields(Head& head) {
    std::array<bool, single_fields.size()> seen{};
    for (const auto& [name, value] : head.fields) {
        for (std::size_t i = 0; i < single_fields.size(); ++i) {
            if (name.size() != single_fields[i].size() ||
                !equal_ignoring_case(name, single_fields[i]))
                continue;
            if (std::exchange(seen[i], true))
                return HeadFault{400, "a header line is repeated that must not be"};
        }
        if (const auto fault = read_meaning(name, value, head)) return fault;
    }
    if (head.host.empty()) return HeadFault{400, "Host must be there once"};
    if (!head.authority.empty() && !equal_ignoring_case(head.authority, head.host))
        return HeadFault{400, "the target and Host name two servers"};
    if (seen[1] && head.chunked)
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
    if (const auto fault = read_fields(head)) return std::unexpected(*fault);
    return head;
}

} // namespace strikeoff::http
