#include "modules/counties/settings.hpp"

#include <gtest/gtest.h>

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
    for (const char* layer :
         {R"({"deposit_minimum":"-0.01"})", R"({"certificate_costs":"-15.00"})",
          R"({"rate_start":"0.00","rate_floor":"0.00","zero_bids":"refused"})",
          R"({"group_freeze_hours":-1})", R"({"group_freeze_hours":2147483647})"}) {
        const auto checked = check_settings_layer(layer);
        ASSERT_FALSE(checked) << layer;
        EXPECT_EQ(checked.error().reason, "settings.invalid");
    }
    EXPECT_TRUE(check_settings_layer(R"({"group_freeze_hours":0,"deposit_minimum":"0.00"})"));
}

} // namespace
} // namespace strikeoff::counties
