#include "core/schedule.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <optional>

namespace strikeoff {
namespace {

using std::chrono::minutes;
using LocalMinutes = date::local_time<minutes>;

/// A day: with more, many closings would lead out of every calendar.
constexpr int interval_minutes_max = 1440;

/// `hh:mm` as minutes since midnight.
std::optional<minutes> read_time_of_day(std::string_view text) {
    const bool shaped = text.size() == 5 && text[2] == ':';
    if (!shaped) return std::nullopt;
    const auto digits = [&](std::size_t at) {
        const int tens = text[at] - '0';
        const int ones = text[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    };
    const int hours = digits(0);
    const int mins = digits(3);
    if (hours < 0 || hours > 23 || mins < 0 || mins > 59) return std::nullopt;
    return minutes{hours * 60 + mins};
}

std::optional<LocalMinutes> read_local(std::string_view text) {
    if (text.size() != 16 || text[10] != 'T') return std::nullopt;
    const auto day = parse_date(text.substr(0, 10));
    const auto time = read_time_of_day(text.substr(11));
    if (!day || !time) return std::nullopt;
    const auto days = std::chrono::sys_days{*day}.time_since_epoch();
    return LocalMinutes{std::chrono::duration_cast<minutes>(days) + *time};
}

Instant to_instant(const date::time_zone& zone, LocalMinutes local) {
    const date::local_info info = zone.get_info(local);
    // In a gap both offsets lead to the same instant at its end.
    const auto utc =
        info.result == date::local_info::nonexistent
            ? std::chrono::time_point_cast<minutes>(info.first.end)
            : date::sys_time<minutes>{local.time_since_epoch() -
                                      std::chrono::duration_cast<minutes>(info.first.offset)};
    return Instant::from_micros(
        std::chrono::duration_cast<std::chrono::microseconds>(utc.time_since_epoch()).count());
}

Result<const date::time_zone*> find_zone(std::string_view name) {
    try {
        return date::locate_zone(std::string(name));
    } catch (const std::runtime_error&) {
        return fail(ErrorCode::invalid_input, "schedule.zone_unknown",
                    fmt::format("'{}' is no time zone", name));
    }
}

} // namespace

Result<std::vector<Instant>> plan_closings(const ClosingPlan& plan, int count) {
    SO_TRY(const date::time_zone* const zone, find_zone(plan.time_zone));
    const auto first = read_local(plan.first_close);
    const auto opens = read_time_of_day(plan.day_opens);
    const auto closes = read_time_of_day(plan.day_closes);
    if (!first || !opens || !closes)
        return fail(ErrorCode::invalid_input, "schedule.time_malformed",
                    "times are local, like 2026-05-27T08:00 and 08:00");
    if (plan.interval_minutes < 1 || plan.interval_minutes > interval_minutes_max)
        return fail(ErrorCode::invalid_input, "schedule.interval",
                    "closings are 1 to 1440 minutes apart");

    std::vector<Instant> closings;
    LocalMinutes at = *first;
    for (int i = 0; i < count; ++i) {
        closings.push_back(to_instant(*zone, at));
        const auto day = date::floor<date::days>(at);
        at += minutes{plan.interval_minutes};
        if (at <= day + *closes) continue;
        auto next = day + date::days{1};
        while (date::weekday{next} == date::Saturday || date::weekday{next} == date::Sunday)
            next += date::days{1};
        at = next + *opens;
    }
    return closings;
}

Result<int> local_year(std::string_view time_zone, Instant at) {
    SO_TRY(const date::time_zone* const zone, find_zone(time_zone));
    const auto local = zone->to_local(
        date::sys_time<std::chrono::microseconds>{std::chrono::microseconds{at.micros()}});
    return static_cast<int>(date::year_month_day{date::floor<date::days>(local)}.year());
}

} // namespace strikeoff
