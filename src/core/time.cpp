#include "core/time.hpp"

#include <fmt/format.h>

#include <optional>

namespace strikeoff {
namespace {

using namespace std::chrono;

constexpr Instant start_of_year(int number) {
    const sys_days day{year{number} / January / 1};
    return Instant::from_micros(duration_cast<microseconds>(day.time_since_epoch()).count());
}
constexpr Instant instant_min = start_of_year(0);
constexpr Instant instant_end = start_of_year(10'000);

/// Exactly `count` digits at the front of `text`, which they are taken from.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char c) {
    if (!text.starts_with(c)) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Date> take_date(std::string_view& text) {
    const auto y = take_digits(text, 4);
    if (!y || !take(text, '-')) return std::nullopt;
    const auto m = take_digits(text, 2);
    if (!m || !take(text, '-')) return std::nullopt;
    const auto d = take_digits(text, 2);
    if (!d) return std::nullopt;
    const Date date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    if (!date.ok()) return std::nullopt;
    return date;
}

struct WallTime {
    std::int64_t seconds = 0;
    std::int64_t micros = 0;
};

std::optional<WallTime> take_wall_time(std::string_view& text) {
    const auto h = take_digits(text, 2);
    if (!h || !take(text, ':')) return std::nullopt;
    const auto m = take_digits(text, 2);
    if (!m || !take(text, ':')) return std::nullopt;
    const auto s = take_digits(text, 2);
    if (!s || *h > 23 || *m > 59 || *s > 59) return std::nullopt;
    WallTime wall{*h * 3600LL + *m * 60LL + *s, 0};
    if (take(text, '.')) {
        std::int64_t scale = 100'000;
        const std::size_t before = text.size();
        while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
            if (scale == 0) return std::nullopt;
            wall.micros += (text.front() - '0') * scale;
            scale /= 10;
            text.remove_prefix(1);
        }
        if (text.size() == before) return std::nullopt;
    }
    return wall;
}

/// The offset from UTC in seconds: `Z` or `+hh:mm`.
std::optional<std::int64_t> take_offset(std::string_view& text) {
    if (take(text, 'Z') || take(text, 'z')) return 0;
    const bool west = text.starts_with('-');
    if (!west && !text.starts_with('+')) return std::nullopt;
    text.remove_prefix(1);
    const auto h = take_digits(text, 2);
    if (!h || !take(text, ':')) return std::nullopt;
    const auto m = take_digits(text, 2);
    if (!m || *h > 23 || *m > 59) return std::nullopt;
    const std::int64_t seconds = *h * 3600LL + *m * 60LL;
    return west ? -seconds : seconds;
}

std::optional<Instant> read_instant(std::string_view text) {
    const auto date = take_date(text);
    if (!date || !(take(text, 'T') || take(text, 't') || take(text, ' '))) return std::nullopt;
    const auto wall = take_wall_time(text);
    if (!wall) return std::nullopt;
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) return std::nullopt;
    const std::int64_t days = sys_days{*date}.time_since_epoch().count();
    const Instant instant =
        Instant::from_micros((days * 86'400 + wall->seconds - *offset) * 1'000'000 + wall->micros);
    // The offset may lead out of the years that have four digits, and so could not be written.
    if (instant < instant_min || instant >= instant_end) return std::nullopt;
    return instant;
}

} // namespace

std::string format_instant(Instant t) {
    const sys_time<microseconds> time{microseconds{t.micros()}};
    const auto day_point = floor<days>(time);
    const Date date{day_point};
    const hh_mm_ss wall{time - day_point};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       wall.hours().count(), wall.minutes().count(), wall.seconds().count(),
                       wall.subseconds().count());
}

Result<Instant> parse_instant(std::string_view text) {
    const auto instant = read_instant(text);
    if (!instant)
        return fail(ErrorCode::invalid_input, "time.malformed",
                    fmt::format("'{}' is not a time like 2026-05-27T12:00:00Z", text));
    return *instant;
}

std::string format_date(Date d) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()),
                       static_cast<unsigned>(d.month()), static_cast<unsigned>(d.day()));
}

Result<Date> parse_date(std::string_view text) {
    std::string_view rest = text;
    const auto date = take_date(rest);
    if (!date || !rest.empty())
        return fail(ErrorCode::invalid_input, "date.malformed",
                    fmt::format("'{}' is not a date like 2026-05-27", text));
    return *date;
}

std::string format_month(Month m) {
    return fmt::format("{:04}-{:02}", static_cast<int>(m.year()), static_cast<unsigned>(m.month()));
}

Result<Month> parse_month(std::string_view text) {
    std::string_view rest = text;
    const auto y = take_digits(rest, 4);
    const bool hyphen = y && take(rest, '-');
    const auto m = hyphen ? take_digits(rest, 2) : std::nullopt;
    if (!m || *m < 1 || *m > 12 || !rest.empty())
        return fail(ErrorCode::invalid_input, "date.malformed",
                    fmt::format("'{}' is not a month like 2026-05", text));
    return Month{year{*y}, month{static_cast<unsigned>(*m)}};
}

} // namespace strikeoff
