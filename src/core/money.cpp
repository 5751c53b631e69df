#include "core/money.hpp"

#include <fmt/format.h>

#include <optional>

namespace strikeoff {
namespace {

/// Hundredths from `D`, `D.D` or `D.DD` with at most `digits_max` digits before the point.
std::optional<std::int64_t> parse_hundredths(std::string_view text, std::size_t digits_max) {
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction =
        point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (whole.empty() || whole.size() > digits_max) return std::nullopt;
    if (point != std::string_view::npos && (fraction.empty() || fraction.size() > 2))
        return std::nullopt;

    std::int64_t value = 0;
    for (const char c : whole) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    for (std::size_t i = 0; i < 2; ++i) {
        const char c = i < fraction.size() ? fraction[i] : '0';
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace

Result<Money> parse_money(std::string_view text) {
    const bool negative = text.starts_with('-');
    const auto cents = parse_hundredths(negative ? text.substr(1) : text, 12);
    if (!cents)
        return fail(ErrorCode::invalid_input, "money.malformed",
                    fmt::format("'{}' is not an amount like 1234.56", text));
    return Money::from_cents(negative ? -*cents : *cents);
}

std::string format_money(Money value) {
    // The magnitude as unsigned, so that the smallest amount has one too.
    const std::uint64_t magnitude = value.cents() < 0
                                        ? 0 - static_cast<std::uint64_t>(value.cents())
                                        : static_cast<std::uint64_t>(value.cents());
    return fmt::format("{}{}.{:02}", value.cents() < 0 ? "-" : "", magnitude / 100,
                       magnitude % 100);
}

Result<Rate> parse_rate(std::string_view text) {
    const auto bp = parse_hundredths(text, 3);
    if (!bp)
        return fail(ErrorCode::invalid_input, "rate.malformed",
                    fmt::format("'{}' is not a percentage like 7.75", text));
    return Rate::from_bp(static_cast<std::int32_t>(*bp));
}

std::string format_rate(Rate value) {
    return format_money(Money::from_cents(value.bp()));
}

} // namespace strikeoff
