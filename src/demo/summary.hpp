#pragma once

#include "demo/audit.hpp"

namespace strikeoff::demo {

/// What a finished sale comes to, for people: items, awards, rates, money, proofs.
std::string summary_of(const Service& service, const Cast& cast, const Sale& sale,
                       const Audit& audit);

/// `1,234,567`
std::string thousands(std::int64_t value);

} // namespace strikeoff::demo
