#include "http/json.hpp"
#include "modules/counties/settings.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace strikeoff::counties {
namespace {

TEST(Settings, a_time_of_day_has_digits_where_they_belong) {
    EXPECT_TRUE(check_settings_layer(R"({"day_opens":"07:59","day_closes":"23:00"})"));
    for (const char* text :
         {"0a:00", "1 :00", "08:0x", "08:5 ", "8:000", "24:00", "08:60", "-1:00"})
        EXPECT_FALSE(check_settings_layer(std::string{R"({"day_opens":")"} + text + "\"}")) << text;
    EXPECT_FALSE(check_settings_layer(R"({"day_closes":"17:0x"})"));
}

TEST(Settings, amounts_and_hours_that_make_no_sense_are_refused) {
    for (const char* layer : {R"({"deposit_minimum":"-0.01"})",
                              R"({"certificate_costs":"-15.00"})",
                              R"({"rate_start":"0.00","rate_floor":"0.00","zero_bids":"refused"})",
                              R"({"group_freeze_hours":-1})",
                              R"({"group_freeze_hours":2147483647})",
                              R"({"homestead_minimum":"-1.00"})",
                              R"({"redemption_fee":"-6.25"})",
                              R"({"purchase_fee":"-0.01"})",
                              R"({"transfer_fee":"-2.25"})",
                              R"({"tax_deed_fee":"-75.00"})",
                              R"({"redemption_minimum_percent":"100.01"})",
                              R"({"cancellation_rate_max":"100.01"})",
                              R"({"commission_percent":"100.01"})",
                              R"({"interest_minimum_percent":"100.01"})",
                              R"({"extension_minutes":0})",
                              R"({"extension_minutes":61})",
                              R"({"extensions_max":0})",
                              R"({"on_default":"forget"})",
                              R"({"budget_model":"none"})",
                              R"({"w9_yearly":"yes"})"}) {
        const auto checked = check_settings_layer(layer);
        ASSERT_FALSE(checked) << layer;
        EXPECT_EQ(checked.error().reason, "settings.invalid");
    }
    EXPECT_TRUE(check_settings_layer(R"({"group_freeze_hours":0,"deposit_minimum":"0.00"})"));
    EXPECT_TRUE(check_settings_layer(R"({"extension_minutes":null,"transfer_fee":"0.00"})"));
}

TEST(Settings, a_later_layer_overrides_an_earlier_one_even_with_nothing) {
    const auto merged =
        merge_settings({R"({"extension_minutes":5,"budget_model":"exposure"})",
                        R"({"extension_minutes":null,"on_default":"county_held"})"});
    ASSERT_TRUE(merged);
    EXPECT_EQ(merged->extension_minutes, std::nullopt);
    EXPECT_EQ(merged->budget_model, BudgetModel::exposure);
    EXPECT_EQ(merged->on_default, OnDefault::county_held);
}

TEST(Settings, all_stand_in_the_manual_with_their_defaults) {
    std::ifstream in{std::filesystem::path{STRIKEOFF_SOURCE} / "docs" / "SETTINGS.md"};
    const std::string manual{std::istreambuf_iterator<char>(in), {}};
    const auto defaults = boost::json::parse(http::to_json(SaleSettings{})).as_object();
    EXPECT_GT(defaults.size(), 40);
    for (const auto& [name, value] : defaults) {
        const std::string row =
            fmt::format("| `{}` | `{}` |", std::string{name}, boost::json::serialize(value));
        EXPECT_NE(manual.find(row), std::string::npos) << row;
    }
}

} // namespace
} // namespace strikeoff::counties
