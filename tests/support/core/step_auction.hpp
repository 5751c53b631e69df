#pragma once

#include "support/core/random_sale.hpp"

namespace strikeoff::testing_support {

/// What one lot came to, named by reference so that two orders of the same input can be compared.
struct StepResult {
    Outcome outcome = Outcome::struck;
    Bytes16 winner{};
    std::uint32_t member = 0;
    Rate rate{};

    friend bool operator==(const StepResult&, const StepResult&) = default;
};

/// Sells the lots as an auctioneer would by voice: he calls the start rate and goes down a step at
/// a time, and a bidder stays in while the call is not below its own rate. Written for clarity and
/// without a line of the engine's, it says what the engine must compute. In the order of the items.
std::vector<StepResult> auction_step_by_step(const RandomSale& sale);

} // namespace strikeoff::testing_support
