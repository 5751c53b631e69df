#include "modules/identity/password_rules.hpp"

#include <gtest/gtest.h>

namespace strikeoff::identity {
namespace {

std::string verdict(std::string_view password) {
    const auto checked = check_password(password, {"heron.smith@example.org", "Heron", "Smith"});
    return checked ? "good" : checked.error().reason;
}

TEST(PasswordRules, ask_for_fifteen_characters_and_nothing_else) {
    EXPECT_EQ(verdict("tin roof rusted"), "good");
    EXPECT_EQ(verdict("tin roof ruste"), "password.too_short");
    EXPECT_EQ(verdict(" leading and trailing "), "good");
    EXPECT_EQ(verdict("kühle Nächte äöü"), "good");
    EXPECT_EQ(verdict("äöüäöüäöü äöü"), "password.too_short") << "characters, not bytes";
    EXPECT_EQ(verdict("\xf0\x9f\x90\xa2\xf0\x9f\x8c\xb5 turtle by cactus"), "good");
    EXPECT_EQ(verdict(std::string("nul \0 stands within it", 22)), "good");
    EXPECT_EQ(verdict(""), "password.too_short");
}

TEST(PasswordRules, take_long_ones_up_to_a_kibibyte) {
    std::string text;
    for (int i = 0; text.size() < 2000; ++i)
        text += std::to_string(i * i * 7919) + "x";
    EXPECT_EQ(verdict(text.substr(0, 64)), "good");
    EXPECT_EQ(verdict(text.substr(0, 1024)), "good");
    EXPECT_EQ(verdict(text.substr(0, 1025)), "password.too_long");
}

TEST(PasswordRules, refuse_what_is_no_text) {
    EXPECT_EQ(verdict("broken \xff utf-8 somewhere"), "password.malformed");
    EXPECT_EQ(verdict("cut off at the end \xc3"), "password.malformed");
    EXPECT_EQ(verdict("overlong \xc0\xaf sequences"), "password.malformed");
}

TEST(PasswordRules, refuse_common_words_however_lengthened) {
    for (const std::string_view bad :
         {"passwordpassword", "Password1234567890", "P@ssw0rdP@ssw0rd", "!!!!password!!!!",
          "123456789012345", "qwertyuiopasdfg", "aaaaaaaaaaaaaaa", "abcabcabcabcabc",
          "abcdefghijklmnop", "qwertyqwertyqwerty", "Welcome2024!!!!!", "strikeoff-strikeoff",
          "iloveyouiloveyou", "111111111111111a", "correcthorsebatterystaple", "0987654321098765",
          "letmeinletmein123"})
        EXPECT_EQ(verdict(bad), "password.easily_guessed") << bad;
}

TEST(PasswordRules, refuse_the_own_name_with_little_beside_it) {
    EXPECT_EQ(verdict("heron.smith@example.org"), "password.easily_guessed");
    EXPECT_EQ(verdict("HeronSmith123456"), "password.easily_guessed");
    EXPECT_EQ(verdict("heron lives by the salt marsh"), "good");
}

} // namespace
} // namespace strikeoff::identity
