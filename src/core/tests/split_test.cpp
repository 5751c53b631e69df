#include "core/split.hpp"

#include <gtest/gtest.h>

namespace strikeoff {
namespace {

Money dollars(std::string_view text) {
    return parse_money(text).value();
}

TEST(SplitByShare, both_parts_make_the_whole) {
    EXPECT_EQ(split_by_share(dollars("100.00"), {1, 3}),
              (SplitAmount{.share = dollars("33.33"), .rest = dollars("66.67")}));
    EXPECT_EQ(split_by_share(dollars("0.01"), {1, 2}),
              (SplitAmount{.share = dollars("0.01"), .rest = dollars("0.00")}));
    EXPECT_EQ(split_by_share(dollars("1000.00"), {41'250, 100'000}),
              (SplitAmount{.share = dollars("412.50"), .rest = dollars("587.50")}));
}

TEST(SplitByShare, a_share_is_a_part_and_not_the_whole) {
    for (const CertifiedShare share :
         {CertifiedShare{0, 3}, {3, 3}, {4, 3}, {-1, 3}, {1, 0}, {0, 0}})
        EXPECT_EQ(split_by_share(dollars("100.00"), share).error().reason, "share.malformed")
            << share.part << '/' << share.whole;
}

TEST(Allocate, the_cents_left_go_to_the_largest_fractions) {
    EXPECT_EQ(allocate(dollars("1.00"), std::vector<std::int64_t>{1, 1, 1}),
              (std::vector{dollars("0.34"), dollars("0.33"), dollars("0.33")}));
    EXPECT_EQ(allocate(dollars("0.05"), std::vector<std::int64_t>{1, 0, 7}),
              (std::vector{dollars("0.01"), dollars("0.00"), dollars("0.04")}));
    EXPECT_EQ(allocate(dollars("0.00"), std::vector<std::int64_t>{5}),
              std::vector{dollars("0.00")});
}

TEST(RedeemShare, is_priced_on_the_face_of_the_share) {
    const auto redeemed = redeem_share({}, dollars("1000.00"), Rate::from_bp(1800), 4, {1, 4});
    ASSERT_TRUE(redeemed);
    EXPECT_EQ(redeemed->face.rest, dollars("750.00"));
    EXPECT_EQ(redeemed->quote.interest, dollars("15.00"));
    EXPECT_EQ(redeemed->quote.owner_pays, dollars("271.25"));
}

TEST(RedeemShare, neither_certificate_may_be_empty) {
    EXPECT_EQ(redeem_share({}, dollars("0.01"), Rate{}, 1, {1, 2}).error().reason, "share.empty");
    EXPECT_EQ(redeem_share({}, dollars("1.00"), Rate{}, 1, {1, 1000}).error().reason,
              "share.empty");
    EXPECT_EQ(redeem_share({}, dollars("1.00"), Rate{}, 1, {2, 2}).error().reason,
              "share.malformed");
}

} // namespace
} // namespace strikeoff
