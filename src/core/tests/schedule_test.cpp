#include "core/schedule.hpp"

#include <gtest/gtest.h>

namespace strikeoff {
namespace {

std::vector<std::string> closings(std::string_view first, int interval, int count,
                                  std::string_view zone = "America/New_York") {
    const auto planned = plan_closings({.time_zone = zone,
                                        .first_close = first,
                                        .day_opens = "08:00",
                                        .day_closes = "15:00",
                                        .interval_minutes = interval},
                                       count);
    std::vector<std::string> out;
    if (planned)
        for (const Instant t : *planned)
            out.push_back(format_instant(t).substr(0, 16));
    return out;
}

TEST(Schedule, closes_hourly_and_goes_on_the_next_weekday) {
    EXPECT_EQ(closings("2026-05-29T13:00", 60, 5), // A Friday.
              (std::vector<std::string>{"2026-05-29T17:00", "2026-05-29T18:00", "2026-05-29T19:00",
                                        "2026-06-01T12:00", "2026-06-01T13:00"}));
}

TEST(Schedule, keeps_the_wall_clock_when_clocks_change) {
    // Clocks go forward on Sunday 2026-03-08: from the Friday to the Monday UTC moves by an hour.
    EXPECT_EQ(closings("2026-03-06T15:00", 60, 2),
              (std::vector<std::string>{"2026-03-06T20:00", "2026-03-09T12:00"}));
    EXPECT_EQ(closings("2026-10-30T15:00", 60, 2, "America/Chicago"),
              (std::vector<std::string>{"2026-10-30T20:00", "2026-11-02T14:00"}));
}

TEST(Schedule, a_wall_time_that_does_not_exist_moves_to_the_next_that_does) {
    EXPECT_EQ(closings("2026-03-08T02:30", 30, 2),
              (std::vector<std::string>{"2026-03-08T07:00", "2026-03-08T07:00"}));
    // Of the two 01:30 in autumn the first counts.
    EXPECT_EQ(closings("2026-11-01T01:30", 60, 2),
              (std::vector<std::string>{"2026-11-01T05:30", "2026-11-01T07:30"}));
}

TEST(Schedule, the_year_is_that_of_the_place) {
    const Instant eve = parse_instant("2031-01-01T04:59:59Z").value();
    EXPECT_EQ(local_year("America/New_York", eve), 2030);
    EXPECT_EQ(local_year("America/New_York", eve + std::chrono::seconds{1}), 2031);
    EXPECT_EQ(local_year("America/Chicago", eve + std::chrono::seconds{1}), 2030);
    EXPECT_EQ(local_year("Florida", eve).error().reason, "schedule.zone_unknown");
}

TEST(Schedule, refuses_what_is_no_time_or_zone) {
    EXPECT_TRUE(closings("2026-05-27 08:00", 60, 1).empty());
    EXPECT_TRUE(closings("2026-02-30T08:00", 60, 1).empty());
    EXPECT_TRUE(closings("2026-05-27T24:00", 60, 1).empty());
    EXPECT_TRUE(closings("2026-05-27T08:00", 0, 1).empty());
    EXPECT_TRUE(closings("2026-05-27T08:00", 1441, 1).empty());
    EXPECT_TRUE(closings("2026-05-27T08:00", INT32_MAX, 100'000).empty());
    EXPECT_TRUE(closings("2026-05-27T08:00", 60, 1, "Florida/Nowhere").empty());
}

} // namespace
} // namespace strikeoff
