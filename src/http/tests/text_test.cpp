#include "http/text.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace strikeoff::http {
namespace {

TEST(HttpText, letters_are_compared_without_their_case_and_nothing_behind_them) {
    EXPECT_TRUE(equal_ignoring_case("", ""));
    EXPECT_TRUE(equal_ignoring_case("Host", "hOST"));
    EXPECT_FALSE(equal_ignoring_case("Host", "Hos"));
    EXPECT_FALSE(equal_ignoring_case("@[`{", "`{@["));
    // Of the exact size: under the sanitizers a byte read behind it stops the test.
    const std::vector<char> exact{'H', 'T', 'T', 'P', 'S'};
    EXPECT_TRUE(equal_ignoring_case({exact.data(), exact.size()}, "https"));
}

TEST(HttpText, what_is_no_character_is_read_as_a_question_mark) {
    EXPECT_EQ(readable("curl/8", 200), "curl/8");
    EXPECT_EQ(readable("a\xff\xc3\xa9\xe2\x82", 200), "a?\xc3\xa9??");
    EXPECT_EQ(readable("x\xc3\xa9", 2), "x");
    EXPECT_EQ(readable("", 2), "");
}

} // namespace
} // namespace strikeoff::http
