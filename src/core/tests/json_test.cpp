#include "core/json.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace strikeoff {
namespace {

struct Refusal {
    std::string text;
    std::size_t offset; ///< Where a person should look.
    std::string reason = "json.malformed";
};

TEST(StrictJson, reads_what_two_readers_cannot_read_differently) {
    for (const char* text : {"{}", "[]", "null", "true", R"("")", "0", "-1", "9007199254740991",
                             "-9007199254740991", R"({"a":{"a":[{"a":1},{"a":2}]},"b":"é\n😀"})"}) {
        const auto value = parse_json_strict(text);
        ASSERT_TRUE(value) << text << ": " << value.error().message;
        EXPECT_EQ(boost::json::serialize(*value), text);
    }
    EXPECT_EQ(parse_json_strict(" \r\n\t[ 1 , 2 ] \n"), (boost::json::value{1, 2}));
    EXPECT_EQ(parse_json_strict(R"("\u00e9\ud83d\ude00")"), boost::json::value("é😀"));
}

TEST(StrictJson, refuses_everything_else_and_says_where) {
    const std::vector<Refusal> refusals{
        {"", 0},
        {"{", 1},
        {"[1,]", 3},
        {"{} x", 3},
        {"{}{}", 2},
        {"\xef\xbb\xbf{}", 0},
        {"// comment\n1", 0},
        {R"({"a":1,"a":2})", 9, "json.unsupported"},
        {R"([{"a":1},{"b":{"c":1,"c":1}}])", 23, "json.unsupported"},
        {R"({"\u0061":1,"a":2})", 14, "json.unsupported"},
        {"1.0", 3, "json.unsupported"},
        {"1e2", 3, "json.unsupported"},
        {"-0.5", 4, "json.unsupported"},
        {"9007199254740992", 16, "json.unsupported"},
        {"-9007199254740992", 17, "json.unsupported"},
        {"18446744073709551615", 20, "json.unsupported"},
        {"123456789012345678901234567890", 30, "json.unsupported"},
        {R"({"a":1,"a":2)", 9},
        {"[1.5", 4},
        {"NaN", 0},
        {"01", 1},
        {"\"\x80\"", 1},
        {"\"\xc3\"", 1},
        {"\"\xed\xa0\x80\"", 1},
        {R"("\ud800")", 7},
        {"\"a\nb\"", 2},
    };
    for (const Refusal& refusal : refusals) {
        const auto value = read_json_strict(refusal.text);
        ASSERT_FALSE(value) << refusal.text;
        EXPECT_EQ(value.error().offset, refusal.offset)
            << refusal.text << ": " << value.error().message;
        EXPECT_EQ(parse_json_strict(refusal.text).error().reason, refusal.reason) << refusal.text;
    }
}

TEST(StrictJson, nests_thirty_two_deep_and_no_deeper) {
    EXPECT_TRUE(parse_json_strict(std::string(32, '[') + std::string(32, ']')));
    EXPECT_FALSE(parse_json_strict(std::string(33, '[') + std::string(33, ']')));
}

TEST(StrictJson, finds_a_repeated_key_among_thousands) {
    std::string text = "{";
    for (int i = 0; i < 5000; ++i)
        text += "\"key" + std::to_string(i) + "\":0,";
    EXPECT_TRUE(parse_json_strict(text + "\"new\":0}"));
    EXPECT_FALSE(parse_json_strict(text + "\"key3\":0}"));
    EXPECT_FALSE(parse_json_strict(text + "\"key4000\":0}"));
}

} // namespace
} // namespace strikeoff
