#pragma once

#include "db/transaction.hpp"
#include "modules/onboarding/onboarding.hpp"

namespace strikeoff::onboarding {

/// Whoever leads items of an open sale must be able to pay for them: refuses a budget, as it is by
/// now in the transaction, that does not carry what those have reserved, with `budget.reserved`.
Result<void> check_lead(db::Connection& connection, AuctionId auction, UserId user);

} // namespace strikeoff::onboarding
