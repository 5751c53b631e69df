#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <string_view>
#include <vector>

namespace strikeoff {

/// Closing times by the county's wall clock.
struct ClosingPlan {
    std::string_view time_zone;   ///< IANA name: `America/New_York`.
    std::string_view first_close; ///< Local: `2026-05-27T08:00`.
    std::string_view day_opens;   ///< `08:00`; where the next day begins.
    std::string_view day_closes;  ///< `17:00`; the last closing of a day is at or before it.
    int interval_minutes = 60;
};

/// `count` closings, `interval_minutes` of wall-clock time apart, going on the next weekday at
/// `day_opens` when a day is over. Each is converted once; a wall time that does not exist because
/// clocks go forward moves to the next that does, and of two that bear the same name the first is
/// taken. Fails with schedule.zone_unknown, schedule.time_malformed or, when closings are not 1 to
/// 1440 minutes apart, schedule.interval.
Result<std::vector<Instant>> plan_closings(const ClosingPlan& plan, int count);

/// The year of an instant by the calendar of a place. Fails with schedule.zone_unknown.
Result<int> local_year(std::string_view time_zone, Instant at);

} // namespace strikeoff
