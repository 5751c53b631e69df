#include "modules/counties/branding.hpp"

#include <gtest/gtest.h>

namespace strikeoff::counties {
namespace {

const Branding legible{
    .name = std::nullopt, .header = "#1a4480", .accent = "#2E8540", .accent_text = "#ffffff"};

std::string faults_of(const Branding& branding) {
    const auto checked = check_branding(branding);
    if (checked) return "";
    EXPECT_EQ(checked.error().reason, "branding.invalid");
    std::string fields;
    for (const FieldError& field : checked.error().fields)
        fields += field.field + " ";
    return fields;
}

TEST(Branding, letters_stand_out_by_the_ratio_that_the_law_asks_for) {
    EXPECT_EQ(faults_of(legible), "");
    // The lightest grey that is far enough from white (4.54:1), and the next one (4.48:1).
    Branding grey = legible;
    grey.header = "#767676";
    EXPECT_EQ(faults_of(grey), "");
    grey.header = "#777777";
    EXPECT_EQ(faults_of(grey), "header ");
    Branding dark_on_light = legible;
    dark_on_light.accent = "#ffbe2e";
    EXPECT_EQ(faults_of(dark_on_light), "accent_text ");
    dark_on_light.accent_text = "#1b1b1b";
    EXPECT_EQ(faults_of(dark_on_light), "");
    dark_on_light.accent_text = dark_on_light.accent;
    EXPECT_EQ(faults_of(dark_on_light), "accent_text ");
}

TEST(Branding, a_colour_has_six_digits_after_a_hash) {
    for (const char* text :
         {"", "1a4480", "#1a448", "#1a44800", "#1a448g", "red", "#-1a448", "#1a 480"})
        for (std::string Branding::* member :
             {&Branding::header, &Branding::accent, &Branding::accent_text}) {
            Branding branding = legible;
            branding.*member = text;
            EXPECT_NE(faults_of(branding), "") << text;
        }
}

TEST(Branding, a_name_is_neither_empty_nor_long) {
    Branding named = legible;
    named.name = "Tax Collector of Columbia County";
    EXPECT_EQ(faults_of(named), "");
    named.name = "";
    EXPECT_EQ(faults_of(named), "name ");
    named.name = std::string(101, 'x');
    EXPECT_EQ(faults_of(named), "name ");
}

} // namespace
} // namespace strikeoff::counties
