#include "core/business_days.hpp"

#include <gtest/gtest.h>

#include <set>

namespace strikeoff {
namespace {

Date day(std::string_view text) {
    return parse_date(text).value();
}

TEST(PayoutDue, the_known_answer) {
    EXPECT_EQ(format_date(payout_due(day("2025-02-03"))), "2025-02-25") << "Presidents' Day";
}

TEST(PayoutDue, counts_from_the_next_business_day) {
    EXPECT_EQ(format_date(add_business_days(day("2025-03-03"), 1)), "2025-03-04");
    EXPECT_EQ(format_date(add_business_days(day("2025-03-07"), 1)), "2025-03-10") << "Friday";
    EXPECT_EQ(format_date(add_business_days(day("2025-03-08"), 1)), "2025-03-10") << "Saturday";
    EXPECT_EQ(format_date(payout_due(day("2025-12-15"))), "2026-01-07") << "two holidays";
}

TEST(FederalHolidays, of_two_years_are_those_that_were_published) {
    const std::set<std::string> published{
        "2021-01-01", "2021-01-18", "2021-02-15", "2021-05-31", "2021-06-18", "2021-07-05",
        "2021-09-06", "2021-10-11", "2021-11-11", "2021-11-25", "2021-12-24", "2021-12-31",
        "2022-01-17", "2022-02-21", "2022-05-30", "2022-06-20", "2022-07-04", "2022-09-05",
        "2022-10-10", "2022-11-11", "2022-11-24", "2022-12-26"};
    using namespace std::chrono;
    std::set<std::string> closed;
    for (sys_days at{day("2021-01-01")}; at <= sys_days{day("2022-12-31")}; at += days{1}) {
        const weekday on{at};
        if (on != Saturday && on != Sunday && is_federal_holiday(Date{at}))
            closed.insert(format_date(Date{at}));
    }
    EXPECT_EQ(closed, published);
}

TEST(FederalHolidays, begin_when_they_were_made) {
    EXPECT_FALSE(is_federal_holiday(day("2019-06-19")));
    EXPECT_TRUE(is_federal_holiday(day("2023-06-19")));
    EXPECT_FALSE(is_federal_holiday(day("1985-01-21")));
    EXPECT_TRUE(is_federal_holiday(day("1986-01-20")));
}

} // namespace
} // namespace strikeoff
