#pragma once

#include "core/result.hpp"

#include <compare>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace strikeoff {

__extension__ using int128 = __int128;

/// An exact amount in cents. Overflow throws: a wrapped balance is worse than a failed request.
class Money {
public:
    constexpr Money() = default;
    static constexpr Money from_cents(std::int64_t cents) { return Money{cents}; }
    constexpr std::int64_t cents() const { return cents_; }

    friend constexpr auto operator<=>(Money, Money) = default;
    friend constexpr Money operator+(Money a, Money b) {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(a.cents_, b.cents_, &sum)) throw std::overflow_error("Money +");
        return Money{sum};
    }
    friend constexpr Money operator-(Money a, Money b) {
        std::int64_t difference = 0;
        if (__builtin_sub_overflow(a.cents_, b.cents_, &difference))
            throw std::overflow_error("Money -");
        return Money{difference};
    }
    constexpr Money& operator+=(Money other) { return *this = *this + other; }
    constexpr Money& operator-=(Money other) { return *this = *this - other; }

private:
    constexpr explicit Money(std::int64_t cents) : cents_{cents} {}
    std::int64_t cents_ = 0;
};

/// An annual interest rate in basis points: 18.00 % is 1800. There is no conversion from double.
class Rate {
public:
    constexpr Rate() = default;
    static constexpr Rate from_bp(std::int32_t bp) { return Rate{bp}; }
    constexpr std::int32_t bp() const { return bp_; }
    friend constexpr auto operator<=>(Rate, Rate) = default;

private:
    constexpr explicit Rate(std::int32_t bp) : bp_{bp} {}
    std::int32_t bp_ = 0;
};

/// `value x numerator / denominator`, rounded half up once. The 128-bit product is exact for every
/// amount and the small factors of this domain; a quotient beyond 64 bits throws.
constexpr Money mul_div_half_up(Money value, std::int64_t numerator, std::int64_t denominator) {
    const int128 product = int128{value.cents()} * numerator;
    const int128 shifted = 2 * product + denominator;
    int128 quotient = shifted / (2 * int128{denominator});
    if (shifted < 0 && shifted % (2 * int128{denominator}) != 0)
        --quotient; // Floor, not truncation.
    if (quotient > INT64_MAX || quotient < INT64_MIN) throw std::overflow_error("mul_div_half_up");
    return Money::from_cents(static_cast<std::int64_t>(quotient));
}

/// Reads `1234.56`, `1234.5` or `1234`, with an optional leading minus; at most 12 digits before
/// the point, as numeric(14,2) holds. Fails with `money.malformed`.
Result<Money> parse_money(std::string_view text);
/// Two decimals, no separators: `-1234.50`.
std::string format_money(Money value);

/// Reads a percentage of at most two decimals (`7.75`, `18`), 0.00 to 999.99, as numeric(5,2)
/// holds. Fails with `rate.malformed`.
Result<Rate> parse_rate(std::string_view text);
/// Two decimals: `7.75`.
std::string format_rate(Rate value);

} // namespace strikeoff
