#pragma once

#include "core/time.hpp"

namespace strikeoff {

/// Whether federal offices are closed on this day for a holiday (5 U.S.C. 6103): the holiday
/// itself, or the weekday on which it is observed when it falls on a weekend.
bool is_federal_holiday(Date day);

/// Neither Saturday, Sunday nor a federal holiday.
bool is_business_day(Date day);

/// The `count`-th business day after `day`, which itself does not count. `count` is at least 1.
Date add_business_days(Date day, int count);

/// By when the holder must have the proceeds of a redemption: 15 business days (F.S. 197.472).
inline Date payout_due(Date redeemed, int business_days = 15) {
    return add_business_days(redeemed, business_days);
}

} // namespace strikeoff
