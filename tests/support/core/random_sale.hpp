#pragma once

#include "core/clearing.hpp"

#include <functional>
#include <random>
#include <string>

namespace strikeoff::testing_support {

/// Numbers that depend on the seed and on nothing else, so that a failure can be run again.
class Random {
public:
    explicit Random(std::uint64_t seed) : engine_{seed} {}

    std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
    std::uint64_t between(std::uint64_t low, std::uint64_t high) {
        return low + below(high - low + 1);
    }
    bool one_in(std::uint64_t count) { return below(count) == 0; }
    template <class E>
    E either(E a, E b) {
        return one_in(2) ? a : b;
    }
    std::mt19937_64& engine() { return engine_; }

private:
    std::mt19937_64 engine_;
};

/// All that `clear` is given.
struct RandomSale {
    AwardRules rules;
    std::vector<ClearingItem> items;
    std::vector<ClearingBidder> bidders;
    std::vector<LiveBid> bids;
    Hash prk{};

    std::vector<Award> clear() const { return strikeoff::clear(rules, items, bidders, bids, prk); }
    const LiveBid* bid_of(std::uint32_t bidder, std::uint32_t item) const;
};

constexpr std::size_t sale_items_max = 200;
constexpr std::size_t sale_bidders_max = 50;

/// A sale under random rules, of at most 200 lots and 50 bidders: every rule switch, groups, zero
/// bids, ineligible bidders, withdrawn lots, budgets below zero, scarce and ample, and rates close
/// enough together that ties are common. `largest` asks for the greatest size.
RandomSale random_sale(Random& random, bool largest);

constexpr int property_cases = 10'000;

/// Runs `property` on 10,000 random sales; it returns what is wrong, or an empty text. The first
/// failure ends the run and prints the seed, which STRIKEOFF_SEED takes to run that case alone.
void check_sales(const std::function<std::string(const RandomSale&, Random&)>& property);

} // namespace strikeoff::testing_support
