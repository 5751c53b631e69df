#include "core/award_rules.hpp"
#include "support/core/known_answers.hpp"

#include <gtest/gtest.h>

namespace strikeoff {
namespace {

TEST(AwardRules, the_defaults_have_the_published_canonical_form) {
    const auto kat = testing_support::known_answers("draw-kat.json");
    EXPECT_EQ(canonical_award_rules({}), testing_support::text_of(kat.at("rules_canonical")));
}

TEST(AwardRules, an_empty_object_means_the_defaults) {
    EXPECT_EQ(parse_award_rules("{}"), AwardRules{});
    EXPECT_EQ(parse_award_rules(canonical_award_rules({})), AwardRules{});
}

TEST(AwardRules, every_key_is_read_and_written_back) {
    const std::string_view text =
        R"({"blocked_bids_set_price":true,"format":"sealed","group_price":"as_many",)"
        R"("rate_floor":"1.00","rate_start":"16.00","rate_step":"0.50","tie":"first_received",)"
        R"("tie_weight":"per_group","zero_bids":"refused"})";
    const auto rules = parse_award_rules(text);
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(rules->rate_step, Rate::from_bp(50));
    EXPECT_EQ(rules->tie, Tie::first_received);
    EXPECT_TRUE(rules->blocked_bids_set_price);
    EXPECT_EQ(canonical_award_rules(*rules), text);
}

TEST(AwardRules, what_is_not_a_rule_is_refused) {
    for (const char* text : {"",
                             "[]",
                             "null",
                             "{",
                             "{}{}",
                             R"({"unknown":1})",
                             R"({"Format":"proxy"})",
                             R"({"format":"proxy","format":"sealed"})",
                             R"({"format":"auction"})",
                             R"({"format":1})",
                             R"({"extension_minutes":5})",
                             R"({"format":"sealed","extensions_max":3})",
                             R"({"format":"open","extension_minutes":0})",
                             R"({"format":"open","extension_minutes":1.5})",
                             R"({"format":"open","extensions_max":null})",
                             R"({"format":"open","tie":"random"})",
                             R"({"rate_start":18})",
                             R"({"rate_start":"18.005"})",
                             R"({"rate_start":"-1"})",
                             R"({"rate_start":"655.36"})",
                             R"({"rate_step":"0.00"})",
                             R"({"rate_floor":"18.25"})",
                             R"({"rate_start":"5.00","rate_floor":"5.25"})",
                             R"({"zero_bids":true})",
                             R"({"blocked_bids_set_price":"true"})",
                             R"({"tie":null})",
                             R"({"tie":"Random"})"}) {
        const auto rules = parse_award_rules(text);
        ASSERT_FALSE(rules) << text;
        EXPECT_EQ(rules.error().reason, "rules.malformed") << text;
    }
}

TEST(AwardRules, the_open_format_says_how_ends_are_moved) {
    const auto plain = parse_award_rules(R"({"format":"open"})");
    ASSERT_TRUE(plain) << plain.error().message;
    EXPECT_EQ(plain->tie, Tie::first_received);
    EXPECT_EQ(plain->extension_minutes, std::nullopt);
    EXPECT_EQ(canonical_award_rules(*plain),
              R"({"blocked_bids_set_price":false,"extension_minutes":null,"extensions_max":10,)"
              R"("format":"open","group_price":"as_one","rate_floor":"0.25","rate_start":"18.00",)"
              R"("rate_step":"0.25","tie":"first_received","tie_weight":"per_bidder",)"
              R"("zero_bids":"allowed"})");
    const auto soft =
        parse_award_rules(R"({"format":"open","extension_minutes":5,"extensions_max":3})");
    ASSERT_TRUE(soft);
    EXPECT_EQ(soft->extension_minutes, 5);
    EXPECT_EQ(soft->extensions_max, 3);
    EXPECT_EQ(parse_award_rules(canonical_award_rules(*soft)), *soft);
}

TEST(AwardRules, a_legal_rate_is_on_the_grid_from_the_start_down_to_the_floor) {
    const AwardRules rules;
    for (const int bp : {0, 25, 50, 1775, 1800})
        EXPECT_TRUE(is_legal_rate(rules, Rate::from_bp(bp))) << bp;
    for (const int bp : {1, 10, 24, 480, 1801, 1825, 65'535})
        EXPECT_FALSE(is_legal_rate(rules, Rate::from_bp(bp))) << bp;
}

TEST(AwardRules, the_grid_hangs_from_the_start_not_from_zero) {
    const AwardRules rules{.rate_start = Rate::from_bp(1810),
                           .rate_step = Rate::from_bp(100),
                           .rate_floor = Rate::from_bp(300)};
    EXPECT_TRUE(is_legal_rate(rules, Rate::from_bp(310)));
    EXPECT_FALSE(is_legal_rate(rules, Rate::from_bp(300)));
    EXPECT_FALSE(is_legal_rate(rules, Rate::from_bp(210)));
}

TEST(AwardRules, zero_is_legal_only_where_zero_bids_are_allowed) {
    // Even where the grid would reach it.
    const AwardRules rules{.rate_floor = Rate::from_bp(0), .zero_bids = ZeroBids::refused};
    EXPECT_FALSE(is_legal_rate(rules, Rate::from_bp(0)));
    EXPECT_TRUE(is_legal_rate(AwardRules{}, Rate::from_bp(0)));
}

} // namespace
} // namespace strikeoff
