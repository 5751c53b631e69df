#include "core/open_items.hpp"

#include <gtest/gtest.h>

namespace strikeoff {
namespace {

using namespace std::chrono_literals;

constexpr Instant noon = Instant::from_micros(1'780'000'000'000'000);

AwardRules soft_close(int minutes = 5, int most = 2) {
    AwardRules rules{.format = Format::open, .tie = Tie::first_received};
    rules.extension_minutes = minutes;
    rules.extensions_max = most;
    return rules;
}

Rate percent(int hundredths) {
    return Rate::from_bp(hundredths);
}

SignedChange changed(ChangeKind kind, Instant at, Instant end) {
    return {.change = {.kind = kind, .at = at, .new_end = end}, .record = {}};
}

TEST(OpenItems, a_bid_is_at_least_a_step_below_the_one_before) {
    OpenItems items{soft_close(), noon, {}};
    EXPECT_EQ(items.objection(1, percent(1800), noon - 1h), "");
    items.apply(1, 7, percent(1800), noon - 1h);
    EXPECT_NE(items.objection(1, percent(1800), noon - 1h), "");
    EXPECT_EQ(items.objection(1, percent(1775), noon - 1h), "");
    EXPECT_EQ(items.objection(2, percent(1800), noon - 1h), "") << "another item is another matter";
    EXPECT_EQ(items.lead(1)->bidder, 7U);
    EXPECT_FALSE(items.lead(2));
}

TEST(OpenItems, the_first_bid_at_the_floor_ends_the_item) {
    OpenItems items{soft_close(), noon, {}};
    items.apply(1, 7, percent(25), noon - 1h);
    EXPECT_TRUE(items.state(1).is_final);
    EXPECT_EQ(items.state(1).end, noon - 1h);
    EXPECT_NE(items.objection(1, percent(0), noon - 30min), "");
}

TEST(OpenItems, a_bid_of_the_last_minutes_moves_the_end_so_many_times) {
    OpenItems items{soft_close(5, 2), noon, {}};
    items.apply(1, 7, percent(1800), noon - 5min - 1us);
    EXPECT_EQ(items.state(1).end, noon);
    items.apply(1, 8, percent(1700), noon - 5min);
    EXPECT_EQ(items.state(1).end, noon) << "five minutes from then is the same end";
    EXPECT_EQ(items.state(1).extensions, 1);
    items.apply(1, 7, percent(1600), noon - 1min);
    EXPECT_EQ(items.state(1).end, noon + 4min);
    items.apply(1, 8, percent(1500), noon + 3min);
    EXPECT_EQ(items.state(1).end, noon + 4min) << "two times are the most";
    EXPECT_NE(items.objection(1, percent(1400), noon + 4min), "");
    EXPECT_EQ(items.objection(1, percent(1400), noon + 4min - 1us), "");
    EXPECT_EQ(items.last_end(), noon + 4min);
}

TEST(OpenItems, a_hard_close_moves_nothing) {
    AwardRules rules{.format = Format::open, .tie = Tie::first_received};
    OpenItems items{rules, noon, {}};
    items.apply(1, 7, percent(1800), noon - 1us);
    EXPECT_EQ(items.state(1).end, noon);
    EXPECT_EQ(items.last_end(), noon);
}

TEST(OpenItems, time_stands_still_during_a_pause) {
    const std::vector<SignedChange> chain{
        changed(ChangeKind::paused, noon - 10min, noon),
        changed(ChangeKind::resumed, noon + 20min, noon + 40min),
    };
    OpenItems items{soft_close(), noon, end_moves(chain)};
    EXPECT_EQ(items.objection(1, percent(1800), noon + 30min), "");
    EXPECT_EQ(items.state(1).end, noon + 40min);
}

TEST(OpenItems, an_end_that_is_moved_is_that_of_items_whose_bidding_has_not_ended) {
    OpenItems items{soft_close(), noon, {}};
    items.apply(1, 7, percent(1800), noon - 1min); // Until 12:04.
    items.apply(2, 7, percent(25), noon - 1min);   // Ended.
    items.set_moves(end_moves(std::vector{changed(ChangeKind::end_moved, noon + 1min, noon + 1h)}));
    EXPECT_EQ(items.state(1).end, noon + 1h);
    EXPECT_EQ(items.state(2).end, noon - 1min);
    EXPECT_EQ(items.state(3).end, noon) << "without a bid it had ended at noon";
    EXPECT_NE(items.objection(3, percent(1800), noon + 2min), "");
    EXPECT_EQ(items.last_end(), noon + 1h);
}

TEST(OpenItems, a_bid_knows_the_moves_before_it_alone) {
    OpenItems items{soft_close(), noon, {}};
    items.set_moves(
        end_moves(std::vector{changed(ChangeKind::end_moved, noon - 10min, noon - 5min)}));
    EXPECT_EQ(items.objection(1, percent(1800), noon - 11min), "");
    items.apply(1, 7, percent(1800), noon - 11min);
    EXPECT_EQ(items.state(1).end, noon - 5min);
    EXPECT_NE(items.objection(1, percent(1700), noon - 5min), "");
}

} // namespace
} // namespace strikeoff
