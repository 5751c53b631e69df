#include "core/published_json.hpp"

#include <charconv>

namespace strikeoff {
namespace {

namespace json = boost::json;

constexpr std::int64_t cents_limit = 100'000'000'000'000; ///< numeric(14,2) ends below.
constexpr std::int64_t rate_bp_max = 99'999;

std::optional<std::int64_t> decimal(const json::value& value) {
    if (!value.is_string()) return std::nullopt;
    const std::string_view text = value.get_string();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    // One spelling only: no "-0", no leading zeros.
    if (fmt::to_string(number) != text) return std::nullopt;
    return number;
}

std::optional<std::int64_t> integer(const json::value& value, std::int64_t max) {
    if (!value.is_int64()) return std::nullopt;
    const std::int64_t number = value.get_int64();
    if (number < 0 || number > max) return std::nullopt;
    return number;
}

} // namespace

bool read_published(const json::value& value, Uuid& out) {
    if (!value.is_string()) return false;
    const std::string_view text = value.get_string();
    const auto uuid = parse_uuid(text);
    if (!uuid || format_uuid(*uuid) != text) return false;
    out = *uuid;
    return true;
}

bool read_published(const json::value& value, Instant& out) {
    const auto micros = decimal(value);
    if (micros) out = Instant::from_micros(*micros);
    return micros.has_value();
}

bool read_published(const json::value& value, Money& out) {
    const auto cents = decimal(value);
    if (!cents || *cents < 0 || *cents >= cents_limit) return false;
    out = Money::from_cents(*cents);
    return true;
}

bool read_published(const json::value& value, Rate& out) {
    const auto bp = integer(value, rate_bp_max);
    if (bp) out = Rate::from_bp(static_cast<std::int32_t>(*bp));
    return bp.has_value();
}

bool read_published(const json::value& value, std::uint32_t& out) {
    const auto number = integer(value, UINT32_MAX);
    if (number) out = static_cast<std::uint32_t>(*number);
    return number.has_value();
}

bool read_published(const json::value& value, std::uint64_t& out) {
    const auto number = integer(value, INT64_MAX);
    if (number) out = static_cast<std::uint64_t>(*number);
    return number.has_value();
}

bool read_published(const json::value& value, bool& out) {
    const auto number = integer(value, 1);
    if (number) out = *number == 1;
    return number.has_value();
}

const json::value* PublishedReader::member(std::string_view name) {
    const json::value* found = value_.is_object() ? value_.get_object().if_contains(name) : nullptr;
    if (!found)
        note(fmt::format("there is no member {}", name));
    else
        ++members_;
    return found;
}

void PublishedReader::no_others() {
    if (value_.is_object() && value_.get_object().size() != members_)
        note("there are members that do not belong there");
}

const json::array* PublishedReader::list() {
    if (value_.is_array()) return &value_.get_array();
    note("it is not a list");
    return nullptr;
}

void PublishedReader::note(std::string_view what) {
    if (fault_.empty()) fault_ = fmt::format("{}: {}", where_, what);
}

void PublishedReader::wrong(std::string_view name) {
    note(fmt::format("{} is not written as it must be", name));
}

} // namespace strikeoff
