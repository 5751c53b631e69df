#include "support/server/rank_test.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace strikeoff::testing {

double rank_test(const std::vector<double>& one, const std::vector<double>& other) {
    struct Value {
        double value = 0;
        bool is_of_one = false;
    };
    std::vector<Value> all;
    for (const double value : one)
        all.push_back({value, true});
    for (const double value : other)
        all.push_back({value, false});
    std::ranges::sort(all, {}, &Value::value);
    double rank_sum = 0; // Of `one`; equal values share the mean of their ranks.
    double ties = 0;
    for (std::size_t i = 0; i < all.size();) {
        std::size_t end = i;
        while (end < all.size() && all[end].value == all[i].value)
            ++end;
        const double rank = static_cast<double>(i + 1 + end) / 2;
        const auto equal = static_cast<double>(end - i);
        ties += equal * equal * equal - equal;
        for (; i < end; ++i)
            rank_sum += all[i].is_of_one ? rank : 0;
    }
    const auto n = static_cast<double>(one.size());
    const auto m = static_cast<double>(other.size());
    const double u = rank_sum - n * (n + 1) / 2;
    const double variance = n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1)));
    if (variance == 0) return 1;
    const double z = std::max(0.0, std::abs(u - n * m / 2) - 0.5) / std::sqrt(variance);
    return std::erfc(z / std::numbers::sqrt2);
}

} // namespace strikeoff::testing
