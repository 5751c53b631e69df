#pragma once

#include "core/result.hpp"

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace strikeoff {

/// A moment, as microseconds since 1970 UTC: what PostgreSQL's timestamptz holds.
class Instant {
public:
    constexpr Instant() = default;
    static constexpr Instant from_micros(std::int64_t micros) { return Instant{micros}; }
    constexpr std::int64_t micros() const { return micros_; }
    friend constexpr auto operator<=>(Instant, Instant) = default;
    friend constexpr Instant operator+(Instant t, std::chrono::microseconds d) {
        return Instant{t.micros_ + d.count()};
    }
    friend constexpr Instant operator-(Instant t, std::chrono::microseconds d) {
        return Instant{t.micros_ - d.count()};
    }
    friend constexpr std::chrono::microseconds operator-(Instant a, Instant b) {
        return std::chrono::microseconds{a.micros_ - b.micros_};
    }

private:
    constexpr explicit Instant(std::int64_t micros) : micros_{micros} {}
    std::int64_t micros_ = 0;
};

/// A calendar day.
using Date = std::chrono::year_month_day;
/// A calendar month.
using Month = std::chrono::year_month;

/// RFC 3339 in UTC with six decimals: `2026-05-27T12:00:00.000000Z`.
std::string format_instant(Instant t);
/// Reads RFC 3339 with any offset and up to six decimals, from the year 0 to 9999 of UTC. Fails
/// with `time.malformed`.
Result<Instant> parse_instant(std::string_view text);

std::string format_date(Date d);                  ///< `2026-05-27`
Result<Date> parse_date(std::string_view text);   ///< Fails with `date.malformed`.
std::string format_month(Month m);                ///< `2026-05`
Result<Month> parse_month(std::string_view text); ///< Fails with `date.malformed`.

} // namespace strikeoff
