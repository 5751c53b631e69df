#pragma once

#include <vector>

namespace strikeoff::testing {

/// The chance that two samples of one source differ in rank as much as these do (Mann and Whitney,
/// two-sided, by the normal approximation with the correction for ties). For samples of 20 or more.
double rank_test(const std::vector<double>& one, const std::vector<double>& other);

} // namespace strikeoff::testing
