#include "support/core/random_sale.hpp"
#include "support/core/step_auction.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace strikeoff {
namespace {

using namespace testing_support;

/// The engine's award in the words of the step-by-step auction.
StepResult named(const Award& award, const RandomSale& sale) {
    const bool awarded = award.outcome == Outcome::awarded;
    return {.outcome = award.outcome,
            .winner = awarded ? sale.bidders[award.bidder].ref : Bytes16{},
            .member = award.member,
            .rate = award.rate};
}

std::string told(const StepResult& result) {
    return fmt::format("{} {} member {} at {}", enum_name(result.outcome), to_hex(result.winner),
                       result.member, format_rate(result.rate));
}

/// Shuffles `list`; the position that each element had, by the one it has now.
template <class T>
std::vector<std::uint32_t> shuffle(std::vector<T>& list, Random& random) {
    std::vector<std::uint32_t> before(list.size());
    std::iota(before.begin(), before.end(), 0U);
    std::ranges::shuffle(before, random.engine());
    std::vector<T> moved;
    for (const std::uint32_t i : before)
        moved.push_back(list[i]);
    list = std::move(moved);
    return before;
}

std::vector<std::uint32_t> inverse(const std::vector<std::uint32_t>& order) {
    std::vector<std::uint32_t> positions(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        positions[order[i]] = i;
    return positions;
}

std::string order_matters(const RandomSale& sale, Random& random) {
    RandomSale mixed = sale;
    const std::vector<std::uint32_t> item_before = shuffle(mixed.items, random);
    const std::vector<std::uint32_t> item_now = inverse(item_before);
    const std::vector<std::uint32_t> bidder_now = inverse(shuffle(mixed.bidders, random));
    shuffle(mixed.bids, random);
    for (LiveBid& bid : mixed.bids) {
        bid.item = item_now[bid.item];
        bid.bidder = bidder_now[bid.bidder];
    }

    const std::vector<Award> awards = sale.clear();
    const std::vector<Award> mixed_awards = mixed.clear();
    for (std::size_t i = 0; i < awards.size(); ++i) {
        const Award& before = awards[item_before[i]];
        const Award& now = mixed_awards[i];
        if (named(before, sale) != named(now, mixed) || before.tied != now.tied)
            return fmt::format("adv_no {}: {}, but in another order {}", mixed.items[i].adv_no,
                               told(named(before, sale)), told(named(now, mixed)));
    }
    return {};
}

TEST(ClearingProperties, the_order_of_the_input_never_matters) {
    check_sales(order_matters);
}

TEST(ClearingProperties, nobody_is_awarded_more_than_the_budget) {
    int exhausted = 0;
    check_sales([&](const RandomSale& sale, Random&) -> std::string {
        std::vector<Money> spent(sale.bidders.size());
        const std::vector<Award> awards = sale.clear();
        for (std::size_t i = 0; i < awards.size(); ++i)
            if (awards[i].outcome == Outcome::awarded)
                spent[awards[i].bidder] += sale.items[i].face;
        for (std::size_t i = 0; i < spent.size(); ++i) {
            const Money budget = std::max(sale.bidders[i].budget, Money{});
            if (spent[i] > (sale.bidders[i].eligible ? budget : Money{}))
                return fmt::format("bidder {} has {} and is awarded {}", i, format_money(budget),
                                   format_money(spent[i]));
            if (spent[i] > Money{} && budget < spent[i] + spent[i]) ++exhausted;
        }
        return {};
    });
    EXPECT_GT(exhausted, property_cases) << "budgets seldom bind: the property says little";
}

TEST(ClearingProperties, the_rate_lies_between_the_winners_bid_and_the_start) {
    int lifted = 0;
    check_sales([&](const RandomSale& sale, Random&) -> std::string {
        const std::vector<Award> awards = sale.clear();
        for (std::uint32_t i = 0; i < awards.size(); ++i) {
            if (awards[i].outcome != Outcome::awarded) continue;
            const LiveBid* const bid = sale.bid_of(awards[i].bidder, i);
            if (!bid) return "the winner has no bid on the lot";
            const Rate own = Rate::from_bp(bid->rate_bp);
            if (awards[i].rate < own || awards[i].rate > sale.rules.rate_start ||
                (own == Rate{} && awards[i].rate != own) ||
                !is_legal_rate(sale.rules, awards[i].rate))
                return fmt::format("adv_no {} is awarded at {} to a bid of {}",
                                   sale.items[i].adv_no, format_rate(awards[i].rate),
                                   format_rate(own));
            if (awards[i].rate > own) ++lifted;
        }
        return {};
    });
    EXPECT_GT(lifted, property_cases) << "few awards are above the bid: the property says little";
}

TEST(ClearingProperties, the_proxy_equals_an_auction_step_by_step) {
    check_sales([&](const RandomSale& sale, Random&) -> std::string {
        const std::vector<Award> awards = sale.clear();
        const std::vector<StepResult> expected = auction_step_by_step(sale);
        for (std::size_t i = 0; i < awards.size(); ++i)
            if (named(awards[i], sale) != expected[i])
                return fmt::format("adv_no {}: {}, but step by step {}", sale.items[i].adv_no,
                                   told(named(awards[i], sale)), told(expected[i]));
        return {};
    });
}

/// Whether the bidder won nothing and stood in no tie. Having won nothing, it has its whole budget
/// at every lot, so that a bid is blocked exactly when the budget is below the face.
bool is_bystander(const RandomSale& sale, const std::vector<Award>& awards, std::uint32_t bidder) {
    if (std::ranges::any_of(awards, [&](const Award& award) {
            return award.outcome == Outcome::awarded && award.bidder == bidder;
        }))
        return false;
    return std::ranges::none_of(sale.bids, [&](const LiveBid& bid) {
        const Award& award = awards[bid.item];
        return bid.bidder == bidder && award.tied > 1 && award.rate.bp() == bid.rate_bp &&
               sale.bidders[bidder].eligible &&
               sale.bidders[bidder].budget >= sale.items[bid.item].face;
    });
}

RandomSale without(const RandomSale& sale, std::uint32_t bidder) {
    RandomSale fewer = sale;
    fewer.bidders.erase(fewer.bidders.begin() + bidder);
    std::erase_if(fewer.bids, [&](const LiveBid& bid) { return bid.bidder == bidder; });
    for (LiveBid& bid : fewer.bids)
        if (bid.bidder > bidder) --bid.bidder;
    return fewer;
}

/// It holds under all rules: a winner's budget falls by the face, whatever the rate, so a price
/// that moves never blocks or frees anybody. With `group_price = as_many` or
/// `blocked_bids_set_price` too a bystander moves nothing but the runner-up's rate, and its absence
/// can only raise the price.
TEST(ClearingProperties, without_a_bystander_only_prices_change_and_only_upwards) {
    int bystanders = 0;
    int prices_moved = 0;
    check_sales([&](const RandomSale& sale, Random& random) -> std::string {
        const std::vector<Award> awards = sale.clear();
        std::vector<std::uint32_t> candidates;
        for (std::uint32_t bidder = 0; bidder < sale.bidders.size(); ++bidder)
            if (is_bystander(sale, awards, bidder)) candidates.push_back(bidder);
        if (candidates.empty()) return {};
        ++bystanders;
        const std::uint32_t gone = candidates[random.below(candidates.size())];
        const RandomSale fewer = without(sale, gone);
        const std::vector<Award> awards_without = fewer.clear();
        for (std::size_t i = 0; i < awards.size(); ++i) {
            const StepResult before = named(awards[i], sale);
            StepResult after = named(awards_without[i], fewer);
            if (after.rate > before.rate) {
                ++prices_moved;
                after.rate = before.rate;
            }
            if (before != after || awards[i].tied != awards_without[i].tied)
                return fmt::format("adv_no {}: {}, but without bidder {} {}", sale.items[i].adv_no,
                                   told(before), gone, told(after));
        }
        return {};
    });
    EXPECT_GT(bystanders, property_cases / 3) << "few sales have one: the property says little";
    EXPECT_GT(prices_moved, property_cases / 10) << "few have a say in a price";
}

} // namespace
} // namespace strikeoff
