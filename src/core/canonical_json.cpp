#include "core/canonical_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <iterator>

namespace strikeoff {
namespace {

namespace json = boost::json;

constexpr std::int64_t integer_limit = std::int64_t{1} << 53;

/// UTF-16 order is the order of UTF-8 bytes but for one case: characters beyond U+FFFF, which
/// begin with F0..F4 in UTF-8, are surrogates there and stand before U+E000..U+FFFF, which begin
/// with EE and EF.
int order_of(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xf0) return 0xee;
    return byte >= 0xee ? byte + 8 : byte;
}

bool utf16_less(std::string_view a, std::string_view b) {
    const auto [at_a, at_b] = std::ranges::mismatch(a, b);
    if (at_b == b.end()) return false;
    if (at_a == a.end()) return true;
    const int order_a = order_of(*at_a);
    const int order_b = order_of(*at_b);
    // Both beyond U+FFFF: the first bytes themselves decide.
    if (order_a == order_b)
        return static_cast<unsigned char>(*at_a) < static_cast<unsigned char>(*at_b);
    return order_a < order_b;
}

void append(std::string& out, const json::value& value);

void append_object(std::string& out, const json::object& object) {
    std::vector<const json::key_value_pair*> members;
    members.reserve(object.size());
    for (const json::key_value_pair& member : object)
        members.push_back(&member);
    std::ranges::sort(members, utf16_less,
                      [](const json::key_value_pair* member) -> std::string_view {
                          return {member->key().data(), member->key().size()};
                      });
    out += '{';
    bool first = true;
    for (const json::key_value_pair* member : members) {
        if (!first) out += ',';
        first = false;
        append_canonical_string(out, {member->key().data(), member->key().size()});
        out += ':';
        append(out, member->value());
    }
    out += '}';
}

void append_array(std::string& out, const json::array& array) {
    out += '[';
    bool first = true;
    for (const json::value& item : array) {
        if (!first) out += ',';
        first = false;
        append(out, item);
    }
    out += ']';
}

void append(std::string& out, const json::value& value) {
    switch (value.kind()) {
    case json::kind::null:
        out += "null";
        return;
    case json::kind::bool_:
        out += value.get_bool() ? "true" : "false";
        return;
    case json::kind::int64:
        assert(value.get_int64() < integer_limit && value.get_int64() > -integer_limit);
        fmt::format_to(std::back_inserter(out), "{}", value.get_int64());
        return;
    case json::kind::uint64:
        assert(value.get_uint64() < std::uint64_t{integer_limit});
        fmt::format_to(std::back_inserter(out), "{}", value.get_uint64());
        return;
    case json::kind::string:
        append_canonical_string(out, {value.get_string().data(), value.get_string().size()});
        return;
    case json::kind::array:
        append_array(out, value.get_array());
        return;
    case json::kind::object:
        append_object(out, value.get_object());
        return;
    case json::kind::double_:
        break;
    }
    assert(value.kind() != json::kind::double_);
}

} // namespace

void append_canonical_string(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\f':
            out += "\\f";
            break;
        case '\r':
            out += "\\r";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20)
                fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
            else
                out += c;
        }
    }
    out += '"';
}

std::string canonical_json(const json::value& value) {
    std::string out;
    append(out, value);
    return out;
}

} // namespace strikeoff
