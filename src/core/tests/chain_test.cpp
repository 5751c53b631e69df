#include "core/book_record.hpp"
#include "core/chain.hpp"
#include "core/merkle.hpp"
#include "core/tests/draw_kat.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace strikeoff {
namespace {

using draw_kat::answer;
using draw_kat::answer_text;

OpeningTerms opening_terms() {
    const auto& file = draw_kat::transcript();
    return {.batch = draw_kat::batch(),
            .auction = draw_kat::id<AuctionId>(file.at("auction_id")),
            .start = draw_kat::instant(file.at("open").at("start")),
            .end = draw_kat::instant(file.at("open").at("end")),
            .county_commitment = answer("C_county"),
            .operator_commitment = answer("C_operator"),
            .rules_hash = sha256(answer_text("rules_canonical")),
            .lots_hash = lots_hash(draw_kat::lots()),
            .key = answer("public_key")};
}

Change change_at(std::size_t index) {
    const auto& row = draw_kat::transcript().at("changes").at(index);
    const auto& certificate = row.at("certificate_id");
    return {.kind = static_cast<ChangeKind>(row.at("kind").to_number<int>()),
            .at = draw_kat::instant(row.at("at")),
            .new_end = draw_kat::instant(row.at("new_end")),
            .certificate =
                certificate.is_null() ? CertificateId{} : draw_kat::id<CertificateId>(certificate),
            .reason_hash = draw_kat::hash(row.at("reason_hash"))};
}

bool signed_by_key(ByteView message, const boost::json::value& signature) {
    return verify_signature(answer("public_key"), message, draw_kat::bytes<64>(signature));
}

TEST(Commitments, match_the_known_answers) {
    const BatchId batch = draw_kat::batch();
    EXPECT_EQ(county_secret(answer("county_master"), batch), answer("S_county"));
    EXPECT_EQ(commitment(SecretRole::county, batch, answer("S_county")), answer("C_county"));
    EXPECT_EQ(commitment(SecretRole::operator_, batch, answer("S_operator")), answer("C_operator"));
    EXPECT_NE(commitment(SecretRole::county, batch, answer("S_operator")), answer("C_operator"));
}

TEST(Chain, of_openings_matches_the_known_answers) {
    const auto& expected = draw_kat::answers().at("O").as_array();
    EXPECT_EQ(to_hex(opening_message(opening_terms())), answer_text("open_message"));
    EXPECT_EQ(sha256(answer_text("rules_canonical")), answer("rules_hash"));
    Hash latest = opening_hash(opening_terms());
    EXPECT_EQ(to_hex(latest), expected[0].as_string());
    EXPECT_TRUE(
        signed_by_key(chain_message(latest), draw_kat::transcript().at("open").at("signature")));
    for (std::uint32_t k = 1; k < expected.size(); ++k) {
        latest = change_hash(draw_kat::batch(), k, latest, change_at(k - 1));
        EXPECT_EQ(to_hex(latest), expected[k].as_string());
        EXPECT_TRUE(signed_by_key(chain_message(latest),
                                  draw_kat::transcript().at("changes").at(k - 1).at("signature")));
    }
}

TEST(Chain, closes_as_the_known_answers_say) {
    const auto& file = draw_kat::transcript();
    const Hash opening = draw_kat::hash(draw_kat::answers().at("O").as_array().back());
    const Hash head = head_hash(draw_kat::batch(), opening, 13, answer("root"),
                                draw_kat::instant(file.at("head").at("closed_at")));
    EXPECT_EQ(head, answer("head"));
    EXPECT_TRUE(signed_by_key(chain_message(head), file.at("head").at("signature")));
    const Hash close =
        close_hash(draw_kat::batch(), head, answer("book_hash"), answer("groups_hash"));
    EXPECT_EQ(close, answer("Z"));
    EXPECT_TRUE(signed_by_key(chain_message(close), file.at("close").at("signature")));
}

TEST(Chain, signs_the_secret_with_the_time_of_its_arrival) {
    const auto& county = draw_kat::transcript().at("secrets").at("county");
    const Bytes message = secret_message(draw_kat::batch(), answer("Z"), answer("S_county"),
                                         draw_kat::instant(county.at("received_at")));
    EXPECT_EQ(to_hex(message), answer_text("secret_message"));
    EXPECT_TRUE(signed_by_key(message, county.at("signature")));
}

TEST(Chain, a_receipt_signs_the_root_of_its_tree) {
    const boost::json::value receipts = boost::json::parse(draw_kat::receipts_text());
    const auto& receipt = receipts.at(0);
    std::vector<Hash> path;
    for (const auto& hash : receipt.at("path").as_array())
        path.push_back(draw_kat::hash(hash));
    const auto root = inclusion_root(
        merkle_leaf_hash(from_hex(receipt.at("leaf").as_string()).value()), 41, 64, path);
    EXPECT_EQ(root, answer("receipt_root"));
    const Bytes message = receipt_message(draw_kat::batch(), draw_kat::hash(receipt.at("open")), 64,
                                          answer("receipt_root"));
    EXPECT_EQ(to_hex(message), answer_text("receipt_message"));
    EXPECT_TRUE(signed_by_key(message, receipt.at("signature")));
}

TEST(Chain, labels_keep_the_other_messages_apart) {
    const Hash hash = sha256(std::string_view{"x"});
    EXPECT_EQ(as_text(amendment_message(hash)).substr(0, 23),
              std::string_view("strikeoff/amendment/v1\0", 23));
    EXPECT_EQ(as_text(transcript_message(hash)).substr(0, 24),
              std::string_view("strikeoff/transcript/v1\0", 24));
    EXPECT_EQ(amendment_message(hash).size(), 23U + 32U);
}

TEST(BookRecord, matches_the_known_answers_in_any_order) {
    std::vector<BookLot> lots = draw_kat::lots();
    std::vector<BookBidder> bidders = draw_kat::bidders();
    std::vector<BookGroup> groups = draw_kat::groups();
    for (int turn = 0; turn < 3; ++turn) {
        EXPECT_EQ(to_hex(encode_book(lots, bidders)), answer_text("book"));
        EXPECT_EQ(book_hash(lots, bidders), answer("book_hash"));
        EXPECT_EQ(to_hex(encode_groups(groups)), answer_text("groups"));
        EXPECT_EQ(groups_hash(groups), answer("groups_hash"));
        EXPECT_EQ(lots_hash(lots),
                  draw_kat::hash(draw_kat::transcript().at("open").at("lots_hash")));
        std::ranges::reverse(lots);
        std::ranges::rotate(bidders, bidders.begin() + 2);
    }
    groups.push_back({Bytes16{0x01}, {BidderNumberId{}, BidderNumberId{}}});
    const Bytes two = encode_groups(groups);
    std::ranges::reverse(groups);
    EXPECT_EQ(encode_groups(groups), two);
}

TEST(BookRecord, publishes_no_more_of_a_budget_than_the_bids_need) {
    const auto cents = [](std::int64_t amount) { return Money::from_cents(amount); };
    EXPECT_EQ(published_budget(cents(500), cents(700)), cents(500));
    EXPECT_EQ(published_budget(cents(900), cents(700)), cents(700));
    EXPECT_EQ(published_budget(cents(-1), cents(700)), cents(0));
}

} // namespace
} // namespace strikeoff
