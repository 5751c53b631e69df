#include "core/clearing.hpp"
#include "core/draw.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sstream>

namespace strikeoff {
namespace {

/// One lot, told in a line: bids as `rate`, then `xN` for a group of N, `!` for one whose budget is
/// below the face, `-` for an ineligible one; `->` the winner's position from 1 (or struck) `@`
/// rate. Bids are received in the order of the line, and references ascend in it.
struct Lot {
    explicit Lot(const std::string& line) {
        std::istringstream words{line.substr(0, line.find("->"))};
        for (std::string word; words >> word;)
            add(word);
    }

    void add(std::string word) {
        const auto index = static_cast<std::uint32_t>(bidders.size());
        ClearingBidder bidder;
        bidder.ref[0] = static_cast<std::uint8_t>(index + 100); // Bytes above 127 too.
        bidder.budget = Money::from_cents(1'000);
        if (word.ends_with('!')) bidder.budget = Money::from_cents(999);
        if (word.ends_with('-')) bidder.eligible = false;
        if (const std::size_t group = word.find('x'); group != std::string::npos)
            bidder.weight = static_cast<std::uint32_t>(std::stoul(word.substr(group + 1)));
        bidders.push_back(bidder);
        bids.push_back({.item = 0,
                        .bidder = index,
                        .rank = index,
                        .rate_bp = static_cast<std::uint16_t>(std::stoul(word))});
    }

    Award clear(const AwardRules& rules) const {
        const ClearingItem item{
            .adv_no = 1, .certificate_id = {}, .face = Money::from_cents(1'000)};
        return strikeoff::clear(rules, {&item, 1}, bidders, bids, Hash{}).at(0);
    }

    std::vector<ClearingBidder> bidders;
    std::vector<LiveBid> bids;
};

std::string clear_line(const AwardRules& rules, const std::string& line) {
    const Award award = Lot{line}.clear(rules);
    if (award.outcome != Outcome::awarded)
        return fmt::format("{} @ {}", enum_name(award.outcome), award.rate.bp());
    return fmt::format("{} @ {}", award.bidder + 1, award.rate.bp());
}

/// Each line ends in what must come of it, and a comment.
void check_clearing(const AwardRules& rules, std::string_view table) {
    std::istringstream lines{std::string{table}};
    int checked = 0;
    for (std::string line; std::getline(lines, line);) {
        const std::size_t arrow = line.find("-> ");
        if (arrow == std::string::npos) continue;
        const std::string expected = line.substr(arrow + 3, line.find("  ", arrow) - arrow - 3);
        EXPECT_EQ(clear_line(rules, line), expected) << line;
        ++checked;
    }
    EXPECT_GT(checked, 1);
}

TEST(Clearing, the_lowest_rate_wins_one_step_under_the_runner_up) {
    check_clearing({}, R"(
        -> struck @ 1800         # Nobody bid.
        500 -> 1 @ 1800          # Nobody else bids: the maximum.
        500 700 -> 1 @ 675       # One step under the runner-up.
        900 700 500 -> 3 @ 675
        500 525 -> 1 @ 500       # A step apart leaves no room.
        25 1800 -> 1 @ 1775
        1800 -> 1 @ 1800
    )");
}

TEST(Clearing, a_sealed_bid_is_awarded_as_it_stands) {
    check_clearing({.format = Format::sealed}, R"(
        500 700 -> 1 @ 500
        500 -> 1 @ 500
        0 500 -> 1 @ 0
        -> struck @ 1800
    )");
}

TEST(Clearing, zero_wins_at_zero_and_sets_no_price) {
    check_clearing({}, R"(
        500 0 -> 2 @ 0
        0 -> 1 @ 0               # Even alone.
        500 0! -> 1 @ 1800       # A blocked zero is no rate above zero.
        500 0- -> 1 @ 1800
    )");
    check_clearing({.blocked_bids_set_price = true}, R"(
        500 0! -> 1 @ 1800
        500 900 0! -> 1 @ 875
    )");
}

TEST(Clearing, a_blocked_bid_never_wins_and_sets_a_price_only_by_the_rule) {
    check_clearing({}, R"(
        500! -> struck @ 1800
        500! 700 -> 2 @ 1800
        500 700! 900 -> 1 @ 875
        500! 500 -> 2 @ 1800     # Ties are counted among unblocked bids.
    )");
    check_clearing({.blocked_bids_set_price = true}, R"(
        500! -> struck @ 1800
        500! 700 -> 2 @ 700      # A lower one leaves the winner its own rate.
        500 700! 900 -> 1 @ 675
        500 700 900! -> 1 @ 675
        500! 500 -> 2 @ 500
    )");
}

TEST(Clearing, an_ineligible_bid_is_never_seen) {
    for (const bool rule : {false, true})
        check_clearing({.blocked_bids_set_price = rule}, R"(
            500- -> struck @ 1800
            500- 700 -> 2 @ 1800
            500 700- 900 -> 1 @ 875
        )");
}

TEST(Clearing, a_lone_group_is_one_competitor_or_ties_with_itself) {
    check_clearing({.group_price = GroupPrice::as_one}, R"(
        500x4 800 -> 1 @ 775
        500x4 -> 1 @ 1800
    )");
    check_clearing({.group_price = GroupPrice::as_many}, R"(
        500x4 800 -> 1 @ 500
        500x4 -> 1 @ 500
        500x1 800 -> 1 @ 775     # A group of one does not tie.
        500 800x4 -> 1 @ 775     # The group's size matters to its own price only.
        0x4 500 -> 1 @ 0
    )");
}

TEST(Clearing, the_first_of_the_tied_wins_where_the_rules_say_so) {
    check_clearing({.tie = Tie::first_received}, R"(
        900 500 500 -> 2 @ 500
        500! 500 500 -> 2 @ 500
        500x4 800 -> 1 @ 775
    )");
    EXPECT_EQ(Lot{"500x4 500"}.clear({.tie = Tie::first_received}).member, 0U);
    EXPECT_EQ(Lot{"500x4"}.clear({.tie = Tie::first_received}).member, 0U)
        << "a county without draws has none for a lone group either";
}

TEST(Clearing, equal_ranks_fall_back_on_the_reference) {
    Lot lot{"500 500"};
    lot.bids[0].rank = lot.bids[1].rank = 7;
    EXPECT_EQ(lot.clear({.tie = Tie::first_received}).bidder, 0U);
    std::swap(lot.bids[0], lot.bids[1]);
    EXPECT_EQ(lot.clear({.tie = Tie::first_received}).bidder, 0U);
}

TEST(Clearing, tells_how_many_bids_tied) {
    EXPECT_EQ(Lot{""}.clear({}).tied, 0U);
    EXPECT_EQ(Lot{"500 700"}.clear({}).tied, 1U);
    EXPECT_EQ(Lot{"500x9"}.clear({}).tied, 1U) << "bids, not tickets";
    EXPECT_EQ(Lot{"500 500x9 500! 500- 700"}.clear({}).tied, 2U);
    EXPECT_EQ(Lot{"0 0 0 25"}.clear({}).tied, 3U);
}

TEST(Clearing, tickets_beyond_32_bits_are_counted) {
    const Lot lot{"25x4294967295 25x4294967295 25x4294967295"};
    const Award award = lot.clear({});
    const std::uint64_t ticket =
        draw_ticket(HmacSha256{Hash{}}, CertificateId{}, 0, 3ULL * 4'294'967'295);
    EXPECT_EQ(award.bidder, ticket / 4'294'967'295);
    EXPECT_EQ(award.member, ticket % 4'294'967'295);
}

TEST(Clearing, one_ticket_a_group_gives_the_primary) {
    for (std::uint32_t round = 0; round < 20; ++round) {
        const Lot lot{"25x9 25"};
        const ClearingItem item{
            .adv_no = 1, .certificate_id = {}, .face = Money::from_cents(1), .round = round};
        const AwardRules rules{.tie_weight = TieWeight::per_group};
        const Award award = clear(rules, {&item, 1}, lot.bidders, lot.bids, Hash{}).at(0);
        EXPECT_EQ(award.member, 0U);
        EXPECT_EQ(award.bidder, draw_ticket(HmacSha256{Hash{}}, CertificateId{}, round, 2));
    }
}

struct Budgets : testing::Test {
    std::vector<ClearingItem> items{{.adv_no = 30, .certificate_id = {}, .face = {}},
                                    {.adv_no = 10, .certificate_id = {}, .face = {}},
                                    {.adv_no = 20, .certificate_id = {}, .face = {}}};
    std::vector<ClearingBidder> bidders{1};
    std::vector<LiveBid> bids{{.item = 0, .bidder = 0, .rank = 0, .rate_bp = 25},
                              {.item = 1, .bidder = 0, .rank = 1, .rate_bp = 25},
                              {.item = 2, .bidder = 0, .rank = 2, .rate_bp = 25}};

    std::string clear_with(std::int64_t budget, std::array<std::int64_t, 3> faces) {
        for (std::size_t i = 0; i < 3; ++i)
            items[i].face = Money::from_cents(faces[i]);
        bidders[0].budget = Money::from_cents(budget);
        std::string out;
        for (const Award& award : clear({}, items, bidders, bids, Hash{}))
            out += enum_name(award.outcome).front();
        return out;
    }
};

TEST_F(Budgets, are_spent_in_advertised_order_and_the_walk_goes_on) {
    EXPECT_EQ(clear_with(100, {60, 60, 40}), "saa") << "10 and 20 take it all; 30 is too much";
    EXPECT_EQ(clear_with(100, {30, 60, 50}), "aas") << "20 is skipped, 30 fits again";
    EXPECT_EQ(clear_with(100, {1, 100, 1}), "sas");
}

TEST_F(Budgets, may_be_spent_to_the_last_cent) {
    EXPECT_EQ(clear_with(150, {50, 50, 50}), "aaa");
    EXPECT_EQ(clear_with(149, {50, 50, 50}), "saa");
}

TEST_F(Budgets, below_zero_count_as_zero) {
    EXPECT_EQ(clear_with(0, {1, 1, 1}), "sss");
    EXPECT_EQ(clear_with(-1, {1, 1, 1}), "sss");
}

TEST_F(Budgets, are_untouched_by_a_withdrawn_lot) {
    items[1].offered = false;
    EXPECT_EQ(clear_with(100, {40, 60, 60}), "awa");
    const Award award = clear({}, items, bidders, bids, Hash{}).at(1);
    EXPECT_EQ(award.rate, Rate{});
    EXPECT_EQ(award.tied, 0U);
}

TEST(Clearing, an_empty_batch_has_no_awards) {
    EXPECT_TRUE(clear({}, {}, {}, {}, Hash{}).empty());
}

} // namespace
} // namespace strikeoff
