#pragma once

#include "support/core/random_sale.hpp"

namespace strikeoff::testing_support {

/// Runs `property` on 10,000 seeds; it returns what is wrong, or an empty text. The first failure
/// ends the run and prints the seed, which STRIKEOFF_SEED takes to run that case alone.
void check_cases(const std::function<std::string(Random&)>& property);

/// An amount of 0.01 to 10,000,000.00: small ones are common, since rounding shows there.
Money random_amount(Random& random);

} // namespace strikeoff::testing_support
