// Covers: src/core/json.cpp src/core/canonical_json.cpp src/http/json.cpp
#include "core/canonical_json.hpp"
#include "core/json.hpp"
#include "http/json.hpp"
#include "input.hpp"

#include <boost/json.hpp>

#include <cassert>

namespace {

using namespace strikeoff;
namespace json = boost::json;

/// The same document by the writer of the API.
void write(http::JsonWriter& out, const json::value& value) {
    switch (value.kind()) {
    case json::kind::null:
        return out.null();
    case json::kind::bool_:
        return out.boolean(value.get_bool());
    case json::kind::int64:
        return out.integer(value.get_int64());
    case json::kind::string:
        return out.text(value.get_string());
    case json::kind::array:
        out.begin_array();
        for (const json::value& item : value.get_array())
            write(out, item);
        return out.end_array();
    case json::kind::object:
        out.begin_object();
        for (const auto& member : value.get_object()) {
            out.key(member.key());
            write(out, member.value());
        }
        return out.end_object();
    case json::kind::uint64:
    case json::kind::double_:
        break;
    }
    assert(value.is_int64()); // The reader refuses every other number.
}

/// UTF-16 code units of valid UTF-8.
std::u16string utf16(std::string_view text) {
    std::u16string units;
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        std::uint32_t point = length == 1 ? first : first & (0x7fU >> length);
        for (std::size_t k = 1; k < length; ++k)
            point = point << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
        i += length;
        if (point < 0x10000) {
            units += static_cast<char16_t>(point);
        } else {
            units += static_cast<char16_t>(0xd800 + ((point - 0x10000) >> 10));
            units += static_cast<char16_t>(0xdc00 + ((point - 0x10000) & 0x3ff));
        }
    }
    return units;
}

/// Members stand in the order of RFC 8785, and none twice.
void check_order(const json::value& value) {
    if (value.is_array())
        for (const json::value& item : value.get_array())
            check_order(item);
    if (!value.is_object()) return;
    std::u16string before;
    bool first = true;
    for (const auto& member : value.get_object()) {
        std::u16string key = utf16(member.key());
        assert(first || before < key);
        before = std::move(key);
        first = false;
        check_order(member.value());
    }
}

void check_accepted(std::string_view text, const json::value& value) {
    assert(json::parse(text) == value);
    const std::string canonical = canonical_json(value);
    const auto again = read_json_strict(canonical);
    assert(again && *again == value && canonical_json(*again) == canonical);
    check_order(*again);
    std::string written;
    http::JsonWriter writer{written};
    write(writer, value);
    const auto answered = read_json_strict(written);
    assert(answered && *answered == value);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    const auto value = read_json_strict(text);
    const auto parsed = parse_json_strict(text);
    assert(parsed.has_value() == value.has_value());
    if (value) {
        check_accepted(text, *value);
        return 0;
    }
    const JsonFault& fault = value.error();
    assert(fault.offset <= text.size() && !fault.message.empty());
    assert(parsed.error().reason == (fault.is_json ? "json.unsupported" : "json.malformed"));
    boost::system::error_code error;
    json::parse(text, error);
    assert(!fault.is_json || !error);
    return 0;
}
