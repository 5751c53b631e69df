#include "core/business_days.hpp"

#include <array>
#include <cassert>

namespace strikeoff {
namespace {

using namespace std::chrono;

struct FixedHoliday {
    month_day day;
    year since;
};

// Inauguration day is left out: it closes offices in and around Washington alone.
constexpr std::array fixed_holidays{
    FixedHoliday{January / 1, year{1870}}, FixedHoliday{June / 19, year{2021}},
    FixedHoliday{July / 4, year{1870}}, FixedHoliday{November / 11, year{1938}},
    FixedHoliday{December / 25, year{1870}}};

/// The holidays that always fall on a certain weekday of their month.
bool is_moving_holiday(Date day) {
    const weekday on{sys_days{day}};
    const unsigned which = (static_cast<unsigned>(day.day()) - 1) / 7 + 1;
    const bool is_last = static_cast<unsigned>(day.day()) + 7 > 31;
    switch (static_cast<unsigned>(day.month())) {
    case 1:
        return on == Monday && which == 3 && day.year() >= year{1986};
    case 2:
        return on == Monday && which == 3;
    case 5:
        return on == Monday && is_last;
    case 9:
        return on == Monday && which == 1;
    case 10:
        return on == Monday && which == 2;
    case 11:
        return on == Thursday && which == 4;
    default:
        return false;
    }
}

bool is_fixed_holiday(Date day) {
    for (const FixedHoliday& holiday : fixed_holidays)
        if (holiday.day == month_day{day.month(), day.day()} && day.year() >= holiday.since)
            return true;
    return false;
}

} // namespace

bool is_federal_holiday(Date day) {
    const weekday on{sys_days{day}};
    if (is_fixed_holiday(day) || is_moving_holiday(day)) return true;
    if (on == Friday) return is_fixed_holiday(Date{sys_days{day} + days{1}});
    if (on == Monday) return is_fixed_holiday(Date{sys_days{day} - days{1}});
    return false;
}

bool is_business_day(Date day) {
    const weekday on{sys_days{day}};
    return on != Saturday && on != Sunday && !is_federal_holiday(day);
}

Date add_business_days(Date day, int count) {
    assert(count >= 1);
    sys_days at{day};
    while (count > 0) {
        at += days{1};
        if (is_business_day(Date{at})) --count;
    }
    return Date{at};
}

} // namespace strikeoff
