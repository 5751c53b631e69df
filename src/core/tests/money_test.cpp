#include "core/money.hpp"

#include <gtest/gtest.h>

namespace strikeoff {
namespace {

TEST(MoneyText, amounts_of_up_to_two_decimals_are_read_exactly) {
    EXPECT_EQ(parse_money("1234.56")->cents(), 123'456);
    EXPECT_EQ(parse_money("1234.5")->cents(), 123'450);
    EXPECT_EQ(parse_money("1234")->cents(), 123'400);
    EXPECT_EQ(parse_money("-0.01")->cents(), -1);
    EXPECT_EQ(parse_money("999999999999.99")->cents(), 99'999'999'999'999);
}

TEST(MoneyText, anything_else_is_refused) {
    for (const char* text : {"", "-", ".5", "1.", "1.234", "1,234.56", "$1", "1e3", " 1", "1 ",
                             "+1", "--1", "1000000000000", "0x10", "1.2.3"})
        EXPECT_FALSE(parse_money(text)) << text;
}

TEST(MoneyText, is_written_with_two_decimals) {
    EXPECT_EQ(format_money(Money::from_cents(0)), "0.00");
    EXPECT_EQ(format_money(Money::from_cents(-5)), "-0.05");
    EXPECT_EQ(format_money(Money::from_cents(INT64_MIN)), "-92233720368547758.08");
}

TEST(MoneyArithmetic, overflow_throws) {
    const Money most = Money::from_cents(INT64_MAX);
    EXPECT_THROW(most + Money::from_cents(1), std::overflow_error);
    EXPECT_THROW(Money::from_cents(INT64_MIN) - Money::from_cents(1), std::overflow_error);
    EXPECT_THROW(mul_div_half_up(most, 2, 1), std::overflow_error);
}

TEST(MoneyArithmetic, one_rounding_goes_half_up) {
    EXPECT_EQ(mul_div_half_up(Money::from_cents(1), 1, 2).cents(), 1);
    EXPECT_EQ(mul_div_half_up(Money::from_cents(1), 49, 100).cents(), 0);
    EXPECT_EQ(mul_div_half_up(Money::from_cents(-1), 1, 2).cents(), 0);
    EXPECT_EQ(mul_div_half_up(Money::from_cents(-3), 1, 2).cents(), -1);
    EXPECT_EQ(mul_div_half_up(Money::from_cents(100'000), 1800 * 4, 120'000).cents(), 6'000);
}

TEST(RateText, is_a_percentage_of_two_decimals) {
    EXPECT_EQ(parse_rate("18.00")->bp(), 1800);
    EXPECT_EQ(parse_rate("0.25")->bp(), 25);
    EXPECT_EQ(format_rate(Rate::from_bp(25)), "0.25");
    EXPECT_FALSE(parse_rate("-1"));
    EXPECT_FALSE(parse_rate("1000"));
}

} // namespace
} // namespace strikeoff
