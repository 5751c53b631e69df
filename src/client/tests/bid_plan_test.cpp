#include "client/bid_plan.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace strikeoff::client {
namespace {

constexpr std::uint32_t items = 120;

std::vector<PlannedRequest> plan(std::int64_t seed, std::uint32_t batch = 1) {
    const PlanOptions options{.seed = seed};
    return plan_bids(options, batch, items, deal_strategies(options, 60, 3));
}

TEST(BidPlan, the_same_seed_gives_the_same_plan) {
    EXPECT_EQ(plan(7), plan(7));
    EXPECT_NE(plan(7), plan(8));
    EXPECT_NE(plan(7, 1), plan(7, 2));
    EXPECT_FALSE(plan(7).empty());
}

TEST(BidPlan, every_rate_is_legal_and_every_item_exists) {
    for (const PlannedRequest& request : plan(3)) {
        ASSERT_FALSE(request.bids.empty());
        EXPECT_EQ(request.bids.size() == 1 || request.bulk, true);
        EXPECT_LE(request.bids.size(), 50U);
        for (const PlannedBid& bid : request.bids) {
            EXPECT_LT(bid.item, items);
            EXPECT_EQ(bid.rate.bp() % 25, 0);
            EXPECT_GE(bid.rate.bp(), 0);
            EXPECT_LE(bid.rate.bp(), 1800);
        }
    }
}

TEST(BidPlan, requests_stand_in_the_order_of_time) {
    const auto requests = plan(3);
    EXPECT_TRUE(std::ranges::is_sorted(requests, {}, &PlannedRequest::at_permille));
}

TEST(BidPlan, no_bid_repeats_the_rate_that_stands_and_only_standing_ones_are_withdrawn) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, Rate> standing;
    int changes = 0;
    int withdrawals = 0;
    for (const PlannedRequest& request : plan(5)) {
        std::set<std::uint32_t> seen;
        for (const PlannedBid& bid : request.bids) {
            EXPECT_TRUE(seen.insert(bid.item).second) << "an item twice in one request";
            const std::pair head{request.bidder, bid.item};
            const auto found = standing.find(head);
            if (bid.kind == BidKind::withdraw) {
                ASSERT_NE(found, standing.end());
                standing.erase(found);
                ++withdrawals;
                continue;
            }
            if (found != standing.end()) {
                EXPECT_NE(found->second, bid.rate);
                ++changes;
            }
            standing[head] = bid.rate;
        }
    }
    EXPECT_GT(changes, 0);
    EXPECT_GT(withdrawals, 0);
}

TEST(BidPlan, there_are_ties_at_the_floor_zero_bids_bulk_singles_and_latecomers) {
    std::map<std::uint32_t, int> at_floor;
    int zero = 0;
    int bulk = 0;
    int late = 0;
    for (const PlannedRequest& request : plan(11)) {
        bulk += request.bulk ? 1 : 0;
        late += request.at_permille > 1000 ? 1 : 0;
        for (const PlannedBid& bid : request.bids) {
            if (bid.kind == BidKind::withdraw) continue;
            at_floor[bid.item] += bid.rate.bp() == 25 ? 1 : 0;
            zero += bid.rate.bp() == 0 ? 1 : 0;
        }
    }
    EXPECT_TRUE(std::ranges::any_of(at_floor, [](const auto& entry) { return entry.second > 5; }));
    EXPECT_TRUE(std::ranges::any_of(at_floor, [](const auto& entry) { return entry.second == 0; }));
    EXPECT_GT(zero, 0);
    EXPECT_GT(bulk, 0);
    EXPECT_GT(late, 0);
}

TEST(BidPlan, some_items_are_wanted_by_nobody) {
    std::set<std::uint32_t> wanted;
    for (const PlannedRequest& request : plan(11))
        for (const PlannedBid& bid : request.bids)
            wanted.insert(bid.item);
    EXPECT_LT(wanted.size(), items);
    EXPECT_GT(wanted.size(), items / 2);
}

TEST(BidPlan, nobody_bids_where_there_is_nothing) {
    const PlanOptions options;
    EXPECT_TRUE(plan_bids(options, 1, 0, deal_strategies(options, 10, 0)).empty());
    EXPECT_TRUE(plan_bids(options, 1, items, {}).empty());
}

TEST(Strategies, the_first_have_groups_and_the_shares_are_kept) {
    const PlanOptions options{.floor_share = 0, .value_share = 1, .zero_share = 0};
    const auto strategies = deal_strategies(options, 5, 2);
    EXPECT_EQ(strategies, (std::vector{Strategy::group, Strategy::group, Strategy::value,
                                       Strategy::value, Strategy::value}));
}

TEST(PlanFile, keys_are_optional_and_known) {
    const auto options = read_plan_options(R"({"seed":9,"bulk_lines":10})");
    ASSERT_TRUE(options.has_value());
    EXPECT_EQ(options->seed, 9);
    EXPECT_EQ(options->bulk_lines, 10);
    EXPECT_EQ(options->bids_a_bidder, PlanOptions{}.bids_a_bidder);
}

TEST(PlanFile, anything_else_is_refused) {
    for (const char* text :
         {"", "[]", R"({"sed":1})", R"({"seed":-1})", R"({"seed":"1"})", R"({"bulk_lines":0})",
          R"({"late_percent":101})", R"({"floor_share":0,"value_share":0,"zero_share":0})"})
        EXPECT_FALSE(read_plan_options(text).has_value()) << text;
}

} // namespace
} // namespace strikeoff::client
