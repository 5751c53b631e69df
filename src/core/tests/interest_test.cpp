#include "core/csv.hpp"
#include "core/interest.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace strikeoff {
namespace {

Money dollars(std::string_view text) {
    return parse_money(text).value();
}
Rate percent(std::string_view text) {
    return parse_rate(text).value();
}
Date first_of(std::string_view month) {
    return parse_month(month).value() / std::chrono::day{1};
}

std::string text_of_file(const std::string& path) {
    std::ifstream file{path};
    if (!file) throw std::runtime_error("cannot read " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(Redemption, the_known_answers) {
    const std::string text = text_of_file(STRIKEOFF_TEST_DATA "/examples/redemption.csv");
    CsvReader reader{text};
    ASSERT_TRUE(reader.read_header());
    int lines = 0;
    for (auto more = reader.next(); more.value(); more = reader.next()) {
        const auto field = reader.fields();
        SCOPED_TRACE(reader.line());
        const int months =
            periods_counted(Accrual::monthly_inclusive, first_of(field[2]), first_of(field[3]))
                .value();
        const RedemptionQuote quote =
            quote_redemption({}, dollars(field[0]), percent(field[1]), months);
        EXPECT_EQ(std::to_string(quote.periods), field[4]);
        EXPECT_EQ(format_money(quote.accrued), field[5]);
        EXPECT_EQ(format_money(quote.minimum), field[6]);
        EXPECT_EQ(format_money(quote.interest), field[7]);
        EXPECT_EQ(format_money(quote.fee), field[8]);
        EXPECT_EQ(format_money(quote.holder_receives), field[9]);
        EXPECT_EQ(format_money(quote.owner_pays), field[10]);
        ++lines;
    }
    EXPECT_EQ(lines, 11);
}

TEST(Redemption, both_months_count_and_any_day_of_them_will_do) {
    const auto months = [](std::string_view sold, std::string_view redeemed) {
        return periods_counted(Accrual::monthly_inclusive, parse_date(sold).value(),
                               parse_date(redeemed).value())
            .value();
    };
    EXPECT_EQ(months("2024-06-01", "2024-06-30"), 1);
    EXPECT_EQ(months("2024-06-30", "2024-07-01"), 2) << "a new month counts on its first day";
    EXPECT_EQ(months("2024-06-01", "2024-07-31"), 2);
    EXPECT_EQ(months("2024-12-31", "2025-01-01"), 2);
    EXPECT_EQ(months("2024-06-30", "2024-06-01"), 1) << "one and the same month";
}

TEST(Redemption, the_first_month_is_left_out_when_the_county_says_so) {
    const Date june = first_of("2024-06");
    EXPECT_EQ(periods_counted(Accrual::monthly_exclusive, june, june), 0);
    EXPECT_EQ(periods_counted(Accrual::monthly_exclusive, june, first_of("2025-06")), 12);
}

TEST(Redemption, days_are_counted_over_365_and_one_at_least) {
    const auto days = [](std::string_view sold, std::string_view redeemed) {
        return periods_counted(Accrual::daily_365, parse_date(sold).value(),
                               parse_date(redeemed).value())
            .value();
    };
    EXPECT_EQ(days("2024-06-01", "2024-06-01"), 1);
    EXPECT_EQ(days("2024-06-01", "2024-06-02"), 1);
    EXPECT_EQ(days("2024-02-28", "2024-03-01"), 2) << "a leap day";
    EXPECT_EQ(days("2024-01-01", "2025-01-01"), 366);
    EXPECT_EQ(simple_interest(dollars("1000.00"), percent("18.00"), 73, Accrual::daily_365),
              dollars("36.00"));
    EXPECT_EQ(simple_interest(dollars("1000.00"), percent("18.00"), 1, Accrual::daily_365),
              dollars("0.49"));
}

TEST(Redemption, before_the_sale_there_is_none) {
    for (const Accrual accrual : {Accrual::monthly_inclusive, Accrual::monthly_exclusive})
        EXPECT_EQ(periods_counted(accrual, first_of("2024-06"), first_of("2024-05")).error().reason,
                  "redemption.before_sale");
    EXPECT_EQ(periods_counted(Accrual::daily_365, parse_date("2024-06-02").value(),
                              parse_date("2024-06-01").value())
                  .error()
                  .reason,
              "redemption.before_sale");
}

TEST(Redemption, half_a_cent_goes_up_and_less_goes_down) {
    // 1.00 at 6.00 % for one month is half a cent.
    EXPECT_EQ(simple_interest(dollars("1.00"), percent("6.00"), 1, Accrual::monthly_inclusive),
              dollars("0.01"));
    EXPECT_EQ(simple_interest(dollars("0.99"), percent("6.00"), 1, Accrual::monthly_inclusive),
              Money{});
    EXPECT_EQ(quote_redemption({}, dollars("0.10"), percent("0.25"), 1).minimum, dollars("0.01"));
    EXPECT_EQ(quote_redemption({}, dollars("0.09"), percent("0.25"), 1).minimum, Money{});
}

TEST(Redemption, at_zero_percent_the_minimum_is_charged_only_where_the_county_says_so) {
    RedemptionRules rules;
    EXPECT_EQ(quote_redemption(rules, dollars("1000.00"), Rate{}, 22).interest, Money{});
    rules.minimum_at_zero_rate = true;
    EXPECT_EQ(quote_redemption(rules, dollars("1000.00"), Rate{}, 22).interest, dollars("50.00"));
}

TEST(Redemption, minimum_and_fee_are_settings) {
    const RedemptionRules rules{.minimum_percent = percent("12.50"), .fee = dollars("10.00")};
    const RedemptionQuote quote = quote_redemption(rules, dollars("200.00"), percent("1.00"), 1);
    EXPECT_EQ(quote.interest, dollars("25.00"));
    EXPECT_EQ(quote.holder_receives, dollars("225.00"));
    EXPECT_EQ(quote.owner_pays, dollars("235.00"));
}

TEST(Redemption, the_largest_amounts_are_exact) {
    EXPECT_EQ(simple_interest(dollars("999999999999.99"), percent("18.00"), 84,
                              Accrual::monthly_inclusive),
              Money::from_cents(125'999'999'999'999));
    EXPECT_THROW(simple_interest(dollars("999999999999.99"), percent("999.99"), 2'000'000'000,
                                 Accrual::monthly_inclusive),
                 std::overflow_error);
}

TEST(RedemptionRules, are_read_from_json) {
    const auto rules = parse_redemption_rules(
        R"({"accrual":"daily_365","minimum_percent":"3","minimum_at_zero_rate":true,"fee":"0"})");
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(*rules, (RedemptionRules{.accrual = Accrual::daily_365,
                                       .minimum_percent = percent("3.00"),
                                       .minimum_at_zero_rate = true,
                                       .fee = Money{}}));
    EXPECT_EQ(parse_redemption_rules("{}"), RedemptionRules{});
}

TEST(RedemptionRules, anything_else_is_refused) {
    for (const char* json :
         {"", "[]", "{\"Fee\":\"1\"}", "{\"fee\":1}", "{\"fee\":\"-1\"}", "{\"fee\":\"1.001\"}",
          "{\"fee\":\"1\",\"fee\":\"1\"}", "{\"accrual\":\"daily\"}", "{\"accrual\":null}",
          "{\"minimum_percent\":\"-5\"}", "{\"minimum_percent\":5}",
          "{\"minimum_at_zero_rate\":\"true\"}"})
        EXPECT_EQ(parse_redemption_rules(json).error().reason, "rules.malformed") << json;
}

TEST(CountyHeldPurchase, the_known_answer) {
    const auto quote =
        quote_purchase({}, dollars("300.00"), first_of("2024-06"), first_of("2024-09"));
    ASSERT_TRUE(quote);
    EXPECT_EQ(*quote, (PurchaseQuote{.months = 4,
                                     .interest = dollars("18.00"),
                                     .fee = dollars("6.25"),
                                     .price = dollars("324.25"),
                                     .new_face = dollars("324.25")}));
}

TEST(CountyHeldPurchase, has_no_minimum_and_no_month_before_the_issue) {
    EXPECT_EQ(
        quote_purchase({}, dollars("300.00"), first_of("2024-06"), first_of("2024-06"))->interest,
        dollars("4.50"));
    EXPECT_EQ(quote_purchase({}, dollars("300.00"), first_of("2024-06"), first_of("2024-05"))
                  .error()
                  .reason,
              "purchase.before_issue");
}

TEST(CancellationRefund, pays_the_lower_of_eight_percent_and_the_rate) {
    const Money price = dollars("1000.00");
    EXPECT_EQ(refund_for_cancellation(price, percent("18.00"), 10),
              (CancellationRefund{.rate = percent("8.00"),
                                  .interest = dollars("66.67"),
                                  .refund = dollars("1066.67")}));
    EXPECT_EQ(refund_for_cancellation(price, Rate{}, 10).refund, price);
    EXPECT_EQ(refund_for_cancellation(price, percent("5.00"), 12).refund, dollars("1050.00"));
}

} // namespace
} // namespace strikeoff
