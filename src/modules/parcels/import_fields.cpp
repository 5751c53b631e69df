#include "modules/parcels/import_fields.hpp"

#include "modules/parcels/import_encoding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace strikeoff::parcels {
namespace {

constexpr std::size_t key_bytes_max = 100;
constexpr std::size_t text_bytes_max = 10'000;
constexpr std::size_t quoted_bytes_max = 60;
constexpr std::string_view blanks = " \t\r\n";

std::string_view trim(std::string_view text) {
    const std::size_t from = text.find_first_not_of(blanks);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

/// Removes the commas of a whole number; false unless they stand before groups of three.
bool remove_commas(std::string& digits) {
    if (!digits.contains(',')) return true;
    std::string plain;
    std::size_t group = 0;
    for (std::size_t i = 0; i <= digits.size(); ++i) {
        if (i < digits.size() && digits[i] != ',') {
            plain += digits[i];
            ++group;
            continue;
        }
        const bool is_first = plain.size() == group;
        if (is_first ? group < 1 || group > 3 : group != 3) return false;
        group = 0;
    }
    digits = plain;
    return true;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) {
        return std::ranges::equal(text, word, [](char a, char b) {
            return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
        });
    });
}

} // namespace

Result<Money> parse_file_money(std::string_view text) {
    std::string_view rest = text;
    const bool negative = rest.starts_with('-');
    if (negative) rest.remove_prefix(1);
    if (rest.starts_with('$')) rest = trim(rest.substr(1));
    const std::size_t point = std::min(rest.find('.'), rest.size());
    std::string whole{rest.substr(0, point)};
    const bool well_formed = remove_commas(whole) && !whole.starts_with('-');
    const auto amount = well_formed ? parse_money(whole.append(rest.substr(point)))
                                    : fail(ErrorCode::invalid_input, "", "");
    if (!amount)
        return fail(ErrorCode::invalid_input, "money.malformed",
                    fmt::format("'{}' is not an amount like $1,234.56", text));
    return negative ? Money{} - *amount : *amount;
}

void RecordFields::start(std::size_t line, std::span<const std::string_view> fields) {
    line_ = line;
    fields_ = fields;
    errors_.clear();
}

std::vector<std::pair<std::string, std::string>> RecordFields::values() const {
    std::vector<std::pair<std::string, std::string>> values;
    if (fields_.empty()) return values;
    for (std::size_t i = 0; i < columns_.positions.size(); ++i)
        if (columns_.position(i))
            values.emplace_back(columns_.found_name(i), to_utf8(raw_at(i), encoding_));
    return values;
}

std::string_view RecordFields::raw_at(std::size_t column) const {
    const auto position = columns_.position(column);
    return position ? trim(fields_[*position]) : std::string_view{};
}

std::optional<std::string> RecordFields::text_at(std::size_t column) {
    const std::string_view raw = raw_at(column);
    if (raw.empty()) return std::nullopt;
    if (raw.contains('\0')) {
        refuse_at(column, "the text has a zero byte");
        return std::nullopt;
    }
    if (raw.size() > text_bytes_max) {
        refuse_at(column, fmt::format("the text is longer than {} bytes", text_bytes_max));
        return std::nullopt;
    }
    return to_utf8(raw, encoding_);
}

std::string RecordFields::key_at(std::size_t column) {
    if (raw_at(column).empty()) refuse_at(column, "is blank");
    if (raw_at(column).size() > key_bytes_max)
        refuse_at(column, fmt::format("is longer than {} bytes", key_bytes_max));
    return text_at(column).value_or("");
}

/// The beginning of a field, for a message: cut between characters.
std::string RecordFields::shown(std::string_view raw) const {
    std::size_t size = std::min(raw.size(), quoted_bytes_max);
    while (encoding_ == Encoding::utf_8 && size > 0 && size < raw.size() &&
           (static_cast<unsigned char>(raw[size]) & 0xc0) == 0x80)
        --size;
    return to_utf8(raw.substr(0, size), encoding_);
}

std::optional<Money> RecordFields::money_at(std::size_t column) {
    const std::string_view raw = raw_at(column);
    if (raw.empty()) return std::nullopt;
    const auto amount = parse_file_money(raw.substr(0, quoted_bytes_max));
    if (!amount || raw.size() > quoted_bytes_max) {
        refuse_at(column, fmt::format("'{}' is not an amount like $1,234.56", shown(raw)));
        return std::nullopt;
    }
    if (*amount < Money{}) {
        refuse_at(column, fmt::format("{} is below 0.00", format_money(*amount)));
        return std::nullopt;
    }
    return *amount;
}

std::optional<std::int32_t> RecordFields::number_at(std::size_t column, std::int32_t least) {
    const std::string_view raw = raw_at(column);
    if (raw.empty()) return std::nullopt;
    std::int32_t number = 0;
    const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), number);
    if (error != std::errc{} || end != raw.data() + raw.size() || number < least) {
        refuse_at(column, fmt::format("'{}' is not a whole number from {}", shown(raw), least));
        return std::nullopt;
    }
    return number;
}

std::optional<std::int32_t> RecordFields::year_at(std::size_t column) {
    constexpr std::int32_t first = 1900;
    constexpr std::int32_t last = 2200;
    const auto year = number_at(column, first);
    if (!year || *year <= last) return year;
    refuse_at(column, fmt::format("{} is not a year", *year));
    return std::nullopt;
}

std::optional<Rate> RecordFields::rate_at(std::size_t column) {
    const std::string_view raw = raw_at(column);
    if (raw.empty()) return std::nullopt;
    const auto rate = parse_rate(raw);
    if (rate) return *rate;
    refuse_at(column, fmt::format("'{}' is not a percentage like 7.75", shown(raw)));
    return std::nullopt;
}

std::optional<Date> RecordFields::date_at(std::size_t column) {
    const std::string_view raw = raw_at(column);
    if (raw.empty()) return std::nullopt;
    const auto date = parse_date(raw.substr(0, quoted_bytes_max));
    if (date) return *date;
    refuse_at(column, fmt::format("'{}' is not a date like 2026-05-27", shown(raw)));
    return std::nullopt;
}

bool RecordFields::flag_at(std::size_t column, std::string_view also) {
    const std::string_view raw = raw_at(column);
    if (raw.empty() || is_one_of(raw, {"0", "n", "no", "false"})) return false;
    if (is_one_of(raw, {"1", "y", "yes", "true"})) return true;
    if (!also.empty() && is_one_of(raw, {also})) return true;
    refuse_at(column, fmt::format("'{}' is neither yes nor no", shown(raw)));
    return false;
}

void RecordFields::refuse_at(std::size_t column, std::string message) {
    errors_.push_back({.line = line_,
                       .column = std::string{columns_.found_name(column)},
                       .message = std::move(message)});
}

} // namespace strikeoff::parcels
