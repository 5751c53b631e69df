#include "core/tests/draw_kat.hpp"
#include "core/tests/sale_fixture.hpp"
#include "core/transcript.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace strikeoff {
namespace {

using draw_kat::answer;

TEST(Transcript, the_known_sale_is_made_again_byte_for_byte) {
    const SigningKey& key = draw_kat::sale_key();
    EXPECT_EQ(key.public_key(), answer("public_key"));
    Transcript sale = draw_kat::known_sale().transcript;
    EXPECT_EQ(write_transcript(sale, key), draw_kat::transcript_text());
    std::ranges::reverse(sale.lots);
    std::ranges::reverse(sale.bidders);
    std::ranges::reverse(sale.results);
    EXPECT_EQ(write_transcript(sale, key), draw_kat::transcript_text());
}

TEST(Transcript, its_draw_key_matches_the_known_answers) {
    Transcript sale = draw_kat::known_sale().transcript;
    EXPECT_EQ(transcript_draw_key(sale), answer("PRK"));
    sale.county_secret.reset();
    EXPECT_EQ(transcript_draw_key(sale), answer("PRK_without_county"));
}

TEST(Transcript, its_results_match_the_known_answers) {
    const Transcript sale = draw_kat::known_sale().transcript;
    const auto& expected = draw_kat::answers().at("results").as_array();
    ASSERT_EQ(sale.results.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const ResultRow& row = sale.results[i];
        EXPECT_EQ(row.adv_no, expected[i].at(0).to_number<std::uint32_t>());
        EXPECT_EQ(row.certificate.text(), expected[i].at(1).as_string());
        EXPECT_EQ(enum_name(row.outcome), expected[i].at(2).as_string());
        EXPECT_EQ(row.bidder_ref ? boost::json::value(to_hex(*row.bidder_ref)) : nullptr,
                  expected[i].at(3));
        EXPECT_EQ(row.member ? boost::json::value(*row.member) : nullptr, expected[i].at(4));
        EXPECT_EQ(row.rate ? boost::json::value(row.rate->bp()) : nullptr, expected[i].at(5));
        EXPECT_EQ(row.round, expected[i].at(6).to_number<std::uint32_t>());
    }
}

TEST(Transcript, is_read_back_as_it_was_written) {
    Transcript sale = draw_kat::known_sale().transcript;
    const Transcript read = read_transcript(draw_kat::transcript_text()).value();
    sale.signature = read.signature;
    EXPECT_EQ(read, sale);
    sale.county_secret.reset();
    sale.changes.clear();
    sale.results.clear();
    const std::string text = write_transcript(sale, draw_kat::sale_key());
    EXPECT_EQ(canonical_transcript(read_transcript(text).value()), text);
}

TEST(Transcript, has_one_form) {
    const std::string good = draw_kat::transcript_text();
    const auto problem = [&](std::string_view from, std::string_view to) {
        std::string text = good;
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        text.replace(at, from.size(), to);
        const auto read = read_transcript(text);
        return read ? "accepted" : read.error().message;
    };
    const std::string form = "it is not canonical JSON (RFC 8785) in ascending order with one line "
                             "feed at its end";
    EXPECT_EQ(problem("}\n", "}"), form);
    EXPECT_EQ(problem("}\n", "}\n\n"), form);
    EXPECT_EQ(problem("{\"auction_id\"", "{ \"auction_id\""), form);
    EXPECT_EQ(problem("[7,", "[6,"), "accepted");
    EXPECT_EQ(problem("[7,", "[70,"), form);
    EXPECT_EQ(problem("[7,", "[-7,"), "book.lots[0]: entry 1 is not written as it must be");
    EXPECT_EQ(problem("\"123456\",1]", "\"0123456\",1]"),
              "book.lots[0]: entry 3 is not written as it must be");
    EXPECT_EQ(problem("\"version\":1", "\"version\":2"), "the transcript: it is not of version 1");
    EXPECT_EQ(problem("\"version\":1", "\"version\":1,\"more\":1"),
              "the transcript: there are members that do not belong there");
    EXPECT_EQ(problem("\"tie\":\"random\"", "\"tie\":\"coin\"").substr(0, 21),
              "the transcript: rules");
    EXPECT_EQ(problem("\"tie\":\"random\",", ""), form); // A default left out.
    EXPECT_EQ(problem("\"kind\":1", "\"kind\":6"), "changes[0]: its kind is unknown");
    EXPECT_EQ(problem("\"awarded\"", "\"sold\""),
              "results[0]: entry 3 is not written as it must be");
    EXPECT_FALSE(read_transcript(""));
    EXPECT_FALSE(read_transcript("[]\n"));
}

} // namespace
} // namespace strikeoff
