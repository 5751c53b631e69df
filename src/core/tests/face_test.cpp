#include "core/face.hpp"

#include <gtest/gtest.h>

namespace strikeoff {
namespace {

Money dollars(std::string_view text) {
    return parse_money(text).value();
}

FaceRules with_costs(std::string_view costs) {
    FaceRules rules;
    rules.costs = dollars(costs);
    return rules;
}

TEST(Face, the_known_answer) {
    EXPECT_EQ(build_face(with_costs("15.00"), dollars("2000.00")),
              (FaceParts{.tax = dollars("2000.00"),
                         .interest = dollars("60.00"),
                         .commission = dollars("103.00"),
                         .costs = dollars("15.00"),
                         .face = dollars("2178.00")}));
}

TEST(Face, interest_runs_by_month_but_three_percent_is_the_least) {
    FaceRules rules;
    const auto interest = [&](int months) {
        rules.months = months;
        return build_face(rules, dollars("2000.00")).interest;
    };
    EXPECT_EQ(interest(0), dollars("60.00"));
    EXPECT_EQ(interest(1), dollars("60.00"));
    EXPECT_EQ(interest(2), dollars("60.00"));
    EXPECT_EQ(interest(3), dollars("90.00"));
    EXPECT_EQ(interest(5), dollars("150.00"));
}

TEST(Face, the_commission_may_be_on_the_tax_alone) {
    FaceRules rules = with_costs("15.00");
    rules.commission_base = CommissionBase::tax;
    EXPECT_EQ(build_face(rules, dollars("2000.00")).commission, dollars("100.00"));
    EXPECT_EQ(build_face(rules, dollars("2000.00")).face, dollars("2175.00"));
}

TEST(TaxBehindFace, finds_the_tax_of_a_face) {
    const auto found = tax_behind_face(with_costs("15.00"), dollars("2178.00"));
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->exact);
    EXPECT_EQ(found->parts.tax, dollars("2000.00"));
    EXPECT_EQ(found->parts.interest, dollars("60.00"));
    EXPECT_EQ(found->parts.commission, dollars("103.00"));
}

TEST(TaxBehindFace, says_so_when_no_tax_has_that_face) {
    // 0.09 of tax makes 0.09 and 0.10 of tax makes 0.11: interest joins at 0.17, commission at
    // 0.10.
    const FaceRules rules = with_costs("0.00");
    ASSERT_EQ(build_face(rules, dollars("0.09")).face, dollars("0.09"));
    ASSERT_EQ(build_face(rules, dollars("0.10")).face, dollars("0.11"));
    const auto found = tax_behind_face(rules, dollars("0.10"));
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->exact);
    EXPECT_EQ(found->parts.tax, dollars("0.09"));
}

TEST(TaxBehindFace, a_face_of_nothing_but_costs_is_refused) {
    for (const char* face : {"15.00", "14.99", "0.00", "-1.00"})
        EXPECT_EQ(tax_behind_face(with_costs("15.00"), dollars(face)).error().reason,
                  "face.below_costs")
            << face;
    EXPECT_EQ(tax_behind_face(with_costs("15.00"), dollars("15.01"))->parts.tax, dollars("0.01"));
}

TEST(HomesteadThreshold, within_five_percent_a_person_decides) {
    for (const char* near : {"237.50", "249.99", "250.00", "262.50"})
        EXPECT_TRUE(is_near_homestead_threshold(dollars(near))) << near;
    for (const char* far : {"237.49", "262.51", "0.00", "2500.00"})
        EXPECT_FALSE(is_near_homestead_threshold(dollars(far))) << far;
}

} // namespace
} // namespace strikeoff
