#include "core/canonical_json.hpp"
#include "core/json.hpp"

#include <gtest/gtest.h>

namespace strikeoff {
namespace {

std::string canonical(std::string_view text) {
    return canonical_json(parse_json_strict(text).value());
}

TEST(CanonicalJson, has_no_white_space_and_one_spelling) {
    EXPECT_EQ(canonical(" { \"b\" : [ 1 , -0, true,null , {} , [] ] , \"a\" : \"\\u0041\\/\" } "),
              R"({"a":"A/","b":[1,0,true,null,{},[]]})");
    EXPECT_EQ(canonical("[9007199254740991,-9007199254740991]"),
              "[9007199254740991,-9007199254740991]");
}

TEST(CanonicalJson, escapes_what_rfc_8785_escapes_and_nothing_else) {
    EXPECT_EQ(
        canonical(R"(["\u0008\u0009\u000a\u000c\u000d\u0000\u001F\"\\\u007f\u20ac\ud83d\ude00"])"),
        "[\"\\b\\t\\n\\f\\r\\u0000\\u001f\\\"\\\\\x7f\u20ac\U0001f600\"]");
}

TEST(CanonicalJson, sorts_names_by_utf_16_code_units) {
    // The example of RFC 8785 section 3.2.3: the smiley's surrogates stand before U+FB33.
    EXPECT_EQ(canonical(R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter",)"
                        R"("1":"One","\ud83d\ude00":"Emoji","\u0080":"Control","\u00f6":"Latin"})"),
              "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
              "\"\u00f6\":\"Latin\",\"\u20ac\":\"Euro Sign\",\"\U0001f600\":\"Emoji\","
              "\"\ufb33\":\"Hebrew Letter\"}");
    EXPECT_EQ(
        canonical(R"({"\ue000":1,"\ud7ff":2,"\udbff\udfff":3,"\ud800\udc00":4,"ab":5,"a":6})"),
        "{\"a\":6,\"ab\":5,\"\ud7ff\":2,\"\U00010000\":4,\"\U0010ffff\":3,\"\ue000\":1}");
}

} // namespace
} // namespace strikeoff
