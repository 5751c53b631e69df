#pragma once

#include "core/bytes.hpp"
#include "core/describe.hpp"
#include "core/id.hpp"
#include "core/money.hpp"

#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strikeoff {

/// How published documents spell their values (draw.md, "What is published"): bytes as lower-case
/// hexadecimal, UUIDs lower case, money as decimal text of cents, times as decimal text of
/// microseconds. Each is false, with `out` unspecified, for anything else.
bool read_published(const boost::json::value& value, Uuid& out);
bool read_published(const boost::json::value& value, Instant& out);
bool read_published(const boost::json::value& value, Money& out); ///< 0 to below 10^14 cents.
bool read_published(const boost::json::value& value, Rate& out);  ///< 0 to 99999 basis points.
bool read_published(const boost::json::value& value, std::uint32_t& out);
bool read_published(const boost::json::value& value, std::uint64_t& out);
bool read_published(const boost::json::value& value, bool& out); ///< 0 or 1.

template <std::size_t N>
bool read_published(const boost::json::value& value, std::array<std::uint8_t, N>& out) {
    const auto bytes = value.is_string() ? from_hex_fixed<N>(value.get_string()) : std::nullopt;
    if (bytes) out = *bytes;
    return bytes.has_value();
}

template <class Tag>
bool read_published(const boost::json::value& value, Id<Tag>& out) {
    return read_published(value, out.uuid);
}

template <DescribedEnum E>
bool read_published(const boost::json::value& value, E& out) {
    const auto found = value.is_string() ? parse_enum<E>(value.get_string()) : std::nullopt;
    if (found) out = *found;
    return found.has_value();
}

template <class T>
bool read_published(const boost::json::value& value, std::optional<T>& out) {
    out.reset();
    return value.is_null() || read_published(value, out.emplace());
}

/// Reads the members of one object or the entries of one row, and notes the first fault of a whole
/// document in words, so that a reader is a plain list of what it expects.
class PublishedReader {
public:
    /// `where` names the value (`open`, `book.lots[3]`); `fault` outlives the reader.
    PublishedReader(const boost::json::value& value, std::string where, std::string& fault)
        : value_{value}, where_{std::move(where)}, fault_{fault} {}

    /// The member `name`, or null with a fault noted. Each member counts towards `no_others`.
    const boost::json::value* member(std::string_view name);
    template <class T>
    void member(std::string_view name, T& out) {
        const boost::json::value* value = member(name);
        if (value && !read_published(*value, out)) wrong(name);
    }
    void no_others(); ///< Notes a fault when the object has members that were not read.

    /// Notes a fault unless the value is a list.
    const boost::json::array* list();
    /// Reads a list of exactly these entries.
    template <class... T>
    void row(T&... out) {
        const boost::json::array* items = list();
        if (!items) return;
        if (items->size() != sizeof...(out))
            return note("it does not have as many entries as it must");
        std::size_t at = 0;
        const auto read = [&](auto& slot) {
            if (!read_published((*items)[at], slot)) wrong(fmt::format("entry {}", at + 1));
            ++at;
        };
        (read(out), ...);
    }

    void note(std::string_view what);
    const std::string& where() const { return where_; }

private:
    void wrong(std::string_view name);

    const boost::json::value& value_;
    std::string where_;
    std::string& fault_;
    std::size_t members_ = 0;
};

} // namespace strikeoff
