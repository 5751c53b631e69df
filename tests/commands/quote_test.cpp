#include "support/run_command.hpp"

#include <gtest/gtest.h>

namespace strikeoff {
namespace {

using namespace testing_support;

constexpr const char* known_answers = STRIKEOFF_TEST_DATA "/examples/redemption.csv";

CommandOutcome quote_redemption(const char* face, const char* rate, const char* sold,
                                const char* redeemed, std::vector<std::string> more = {}) {
    std::vector<std::string> words{"quote", "redemption", "--face", face,         "--rate",
                                   rate,    "--sold",     sold,     "--redeemed", redeemed};
    words.insert(words.end(), more.begin(), more.end());
    return run_strikeoff(words);
}

CommandOutcome quote_purchase(const char* face, const char* issued, const char* bought) {
    return run_strikeoff(
        {"quote", "purchase", "--face", face, "--issued", issued, "--bought", bought});
}

void expect_output(const CommandOutcome& outcome, const std::string& output) {
    EXPECT_EQ(outcome.output, output);
    EXPECT_EQ(outcome.errors, "");
    EXPECT_EQ(outcome.exit_code, 0);
}

void expect_refusal(const CommandOutcome& outcome, const std::string& message) {
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_EQ(outcome.output, "");
    EXPECT_EQ(outcome.errors, message + "\n");
}

TEST(QuoteRedemption, prints_one_object_with_its_keys_in_order) {
    expect_output(quote_redemption("1000.00", "18.00", "2024-06", "2024-09"),
                  R"({"months":4,"accrued":"60.00","minimum":"50.00","interest":"60.00",)"
                  R"("fee":"6.25","holder_receives":"1060.00","owner_pays":"1066.25"})"
                  "\n");
    expect_output(quote_redemption("1000", "0", "2024-06", "2026-03"),
                  R"({"months":22,"accrued":"0.00","minimum":"0.00","interest":"0.00",)"
                  R"("fee":"6.25","holder_receives":"1000.00","owner_pays":"1006.25"})"
                  "\n");
}

TEST(QuoteRedemption, a_file_comes_back_with_the_known_answers) {
    const std::string answers = read_file(known_answers);
    expect_output(run_strikeoff({"quote", "redemption", "--csv", known_answers}), answers);
}

TEST(QuoteRedemption, a_file_may_have_its_columns_in_any_order_and_lines_that_end_with_crlf) {
    const TemporaryDirectory directory;
    const std::string path =
        directory.write("in.csv", "\xef\xbb\xbfrate,note,redeemed,face,sold\r\n"
                                  "18,\"a, b\",2024-09,1000,2024-06\r\n");
    expect_output(run_strikeoff({"quote", "redemption", "--csv", path}),
                  "face,rate,sold,redeemed,months,accrued,minimum,interest,fee,holder_receives,"
                  "owner_pays\n"
                  "1000.00,18.00,2024-06,2024-09,4,60.00,50.00,60.00,6.25,1060.00,1066.25\n");
}

TEST(QuoteRedemption, a_file_without_lines_gives_the_header) {
    const TemporaryDirectory directory;
    const CommandOutcome outcome = run_strikeoff(
        {"quote", "redemption", "--csv", directory.write("in.csv", "face,rate,sold,redeemed\n")});
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_EQ(std::ranges::count(outcome.output, '\n'), 1);
}

TEST(QuoteRedemption, the_rules_of_the_county_apply) {
    const TemporaryDirectory directory;
    const std::string rules =
        directory.write("rules.json", R"({"accrual":"monthly_exclusive","minimum_percent":"7.50",)"
                                      R"("minimum_at_zero_rate":true,"fee":"10.00"})");
    expect_output(quote_redemption("200", "0", "2024-06", "2024-06", {"--rules", rules}),
                  R"({"months":0,"accrued":"0.00","minimum":"15.00","interest":"15.00",)"
                  R"("fee":"10.00","holder_receives":"215.00","owner_pays":"225.00"})"
                  "\n");
}

TEST(QuoteRedemption, by_the_day_it_says_days_and_reads_dates) {
    const TemporaryDirectory directory;
    const std::string rules = directory.write("rules.json", R"({"accrual":"daily_365"})");
    expect_output(quote_redemption("1000", "18", "2024-06-01", "2024-08-13", {"--rules", rules}),
                  R"({"days":73,"accrued":"36.00","minimum":"50.00","interest":"50.00",)"
                  R"("fee":"6.25","holder_receives":"1050.00","owner_pays":"1056.25"})"
                  "\n");
    const std::string csv =
        directory.write("in.csv", "face,rate,sold,redeemed\n1000,18,2024-06-01,2024-06-01\n");
    expect_output(
        run_strikeoff({"quote", "redemption", "--csv", csv, "--rules", rules}),
        "face,rate,sold,redeemed,days,accrued,minimum,interest,fee,holder_receives,owner_pays\n"
        "1000.00,18.00,2024-06-01,2024-06-01,1,0.49,50.00,50.00,6.25,1050.00,1056.25\n");
    expect_refusal(quote_redemption("1000", "18", "2024-06", "2024-08-13", {"--rules", rules}),
                   "--sold: '2024-06' is not a date like 2026-05-27");
}

TEST(QuoteRedemption, refuses_what_it_cannot_read) {
    expect_refusal(quote_redemption("1,000", "18", "2024-06", "2024-09"),
                   "--face: '1,000' is not an amount like 1234.56");
    expect_refusal(quote_redemption("0", "18", "2024-06", "2024-09"),
                   "--face: 0.00 is not above 0.00");
    expect_refusal(quote_redemption("1000", "18.001", "2024-06", "2024-09"),
                   "--rate: '18.001' is not a percentage like 7.75");
    expect_refusal(quote_redemption("1000", "18", "2024-13", "2024-09"),
                   "--sold: '2024-13' is not a month like 2026-05");
    expect_refusal(quote_redemption("1000", "18", "2024-06", "2024-05"),
                   "--redeemed: 2024-05 is before --sold 2024-06");
    expect_refusal(quote_redemption("999999999999", "999.99", "0001-01", "9999-12"),
                   "--face: the interest is beyond all amounts");
}

TEST(QuoteRedemption, refuses_a_line_of_a_file_by_its_number) {
    const TemporaryDirectory directory;
    const auto refused = [&](const std::string& lines) {
        const std::string path = directory.write("in.csv", "face,rate,sold,redeemed\n" + lines);
        const CommandOutcome outcome = run_strikeoff({"quote", "redemption", "--csv", path});
        EXPECT_EQ(outcome.exit_code, 2);
        EXPECT_EQ(outcome.output, "") << "a bad line must not leave half of the answers";
        EXPECT_TRUE(outcome.errors.starts_with(path + ":")) << outcome.errors;
        return outcome.errors.substr(path.size());
    };
    const std::string good = "1000,18,2024-06,2024-09\n";
    EXPECT_EQ(refused(good + "x,18,2024-06,2024-09\n"),
              ":3: face: 'x' is not an amount like 1234.56\n");
    EXPECT_EQ(refused(good + "-5,18,2024-06,2024-09\n"), ":3: face: -5.00 is not above 0.00\n");
    EXPECT_EQ(refused("\n" + good + "1000,18,2024-06,2024-05\n"),
              ":4: redeemed: 2024-05 is before sold 2024-06\n");
    EXPECT_EQ(refused("1000,18,2024-06\n"), ":2: expected 4 fields, found 3\n");
    EXPECT_EQ(refused("1000,18,\"2024-06,2024-09\n"), ":2: unterminated quote\n");
}

TEST(QuoteRedemption, refuses_files_and_rules_that_are_none) {
    const TemporaryDirectory directory;
    const std::string missing = directory.path("missing.csv");
    expect_refusal(run_strikeoff({"quote", "redemption", "--csv", missing}),
                   missing + ":1: cannot be read: No such file or directory");
    const std::string headless = directory.write("headless.csv", "face,rate,sold\n");
    expect_refusal(run_strikeoff({"quote", "redemption", "--csv", headless}),
                   headless + ":1: no column 'redeemed'");
    const std::string rules = directory.write("rules.json", "{\n\"fee\":\"1\",\n\"Fee\":\"2\"}");
    expect_refusal(quote_redemption("1000", "18", "2024-06", "2024-09", {"--rules", rules}),
                   rules + ":3: rules: Fee: unknown key");
}

TEST(QuoteRedemption, refuses_a_command_line_that_lacks_something_or_says_it_twice) {
    EXPECT_EQ(run_strikeoff({"quote"}).exit_code, 2);
    EXPECT_EQ(run_strikeoff({"quote", "redemption"}).exit_code, 2);
    EXPECT_EQ(run_strikeoff(
                  {"quote", "redemption", "--face", "1000", "--rate", "18", "--sold", "2024-06"})
                  .exit_code,
              2);
    EXPECT_EQ(
        quote_redemption("1000", "18", "2024-06", "2024-09", {"--csv", known_answers}).exit_code,
        2);
}

TEST(QuotePurchase, prints_one_object_with_its_keys_in_order) {
    expect_output(
        quote_purchase("300.00", "2024-06", "2024-09"),
        R"({"months":4,"interest":"18.00","fee":"6.25","price":"324.25","new_face":"324.25"})"
        "\n");
    expect_output(
        quote_purchase("300.00", "2024-06", "2024-06"),
        R"({"months":1,"interest":"4.50","fee":"6.25","price":"310.75","new_face":"310.75"})"
        "\n");
}

TEST(QuotePurchase, refuses_what_it_cannot_read) {
    expect_refusal(quote_purchase("300", "2024-06", "2024-05"),
                   "--bought: 2024-05 is before --issued 2024-06");
    expect_refusal(quote_purchase("300", "June", "2024-09"),
                   "--issued: 'June' is not a month like 2026-05");
    expect_refusal(quote_purchase("", "2024-06", "2024-09"),
                   "--face: '' is not an amount like 1234.56");
    EXPECT_EQ(run_strikeoff({"quote", "purchase", "--face", "300"}).exit_code, 2);
}

} // namespace
} // namespace strikeoff
