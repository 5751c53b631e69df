#include "support/core/cases.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace strikeoff::testing_support {

void check_cases(const std::function<std::string(Random&)>& property) {
    const char* const only = std::getenv("STRIKEOFF_SEED");
    const std::uint64_t first = only ? std::strtoull(only, nullptr, 10) : 1;
    for (std::uint64_t seed = first; seed < first + property_cases; ++seed) {
        Random random{seed};
        const std::string fault = property(random);
        if (!fault.empty()) {
            ADD_FAILURE() << fault << "\nSTRIKEOFF_SEED=" << seed;
            return;
        }
        if (only) return;
    }
}

Money random_amount(Random& random) {
    std::uint64_t most = 1;
    for (std::uint64_t digits = random.between(1, 9); digits > 0; --digits)
        most *= 10;
    return Money::from_cents(static_cast<std::int64_t>(random.between(1, most)));
}

} // namespace strikeoff::testing_support
