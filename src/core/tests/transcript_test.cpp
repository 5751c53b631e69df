#include "core/draw.hpp"
#include "core/folding.hpp"
#include "core/merkle.hpp"
#include "core/tests/draw_kat.hpp"
#include "core/transcript.hpp"

#include <gtest/gtest.h>

namespace strikeoff {
namespace {

using draw_kat::answer;

std::vector<LiveBid> live_bids(std::span<const BookLot> lots, std::span<const BookBidder> bidders) {
    Folding folding{7};
    for (const Leaf& leaf : draw_kat::leaves()) {
        const auto lot = std::ranges::find(lots, leaf.certificate, &BookLot::certificate);
        const auto bidder = std::ranges::find(bidders, leaf.bidder_ref, &BookBidder::ref);
        folding.apply(static_cast<std::uint32_t>(bidder - bidders.begin()),
                      static_cast<std::uint32_t>(lot - lots.begin()), leaf.bid, leaf.kind,
                      leaf.rate);
    }
    return folding.live_bids();
}

/// The known sale made again from its parts: every hash computed, every record signed.
Transcript sale_from_parts(const SigningKey& key) {
    const BatchId batch = draw_kat::batch();
    const auto& file = draw_kat::transcript();
    const auto sign = [&key](const Hash& hash) {
        return SignedRecord{hash, key.sign(chain_message(hash))};
    };
    Transcript out;
    out.lots = draw_kat::lots();
    out.bidders = draw_kat::bidders();
    out.groups = draw_kat::groups();
    out.terms = {.batch = batch,
                 .auction = draw_kat::id<AuctionId>(file.at("auction_id")),
                 .start = draw_kat::instant(file.at("open").at("start")),
                 .end = draw_kat::instant(file.at("open").at("end")),
                 .county_commitment = commitment(SecretRole::county, batch, answer("S_county")),
                 .operator_commitment =
                     commitment(SecretRole::operator_, batch, answer("S_operator")),
                 .rules_hash = sha256(canonical_award_rules(out.rules)),
                 .lots_hash = lots_hash(out.lots),
                 .key = key.public_key()};
    out.opening = sign(opening_hash(out.terms));
    Hash latest = out.opening.hash;
    for (const auto& row : file.at("changes").as_array()) {
        Change change{.kind = static_cast<ChangeKind>(row.at("kind").to_number<int>()),
                      .at = draw_kat::instant(row.at("at")),
                      .new_end = draw_kat::instant(row.at("new_end")),
                      .certificate = {},
                      .reason_hash = draw_kat::hash(row.at("reason_hash"))};
        if (!row.at("certificate_id").is_null())
            change.certificate = draw_kat::id<CertificateId>(row.at("certificate_id"));
        const auto number = static_cast<std::uint32_t>(out.changes.size() + 1);
        latest = change_hash(batch, number, latest, change);
        out.changes.push_back({change, sign(latest)});
    }

    MerkleTree tree;
    Sha256 leaves_hash;
    for (const Leaf& leaf : draw_kat::leaves()) {
        tree.append(merkle_leaf_hash(encode_leaf(leaf)));
        leaves_hash.update(ByteView{encode_leaf(leaf)});
    }
    out.head_leaves = out.leaves_count = tree.size();
    out.root = tree.root();
    out.leaves_sha256 = leaves_hash.finish();
    out.closed_at = draw_kat::instant(file.at("head").at("closed_at"));
    out.head = sign(head_hash(batch, latest, tree.size(), out.root, out.closed_at));
    out.book_hash = book_hash(out.lots, out.bidders);
    out.groups_hash = groups_hash(out.groups);
    out.close = sign(close_hash(batch, out.head.hash, out.book_hash, out.groups_hash));
    const Instant received = draw_kat::instant(file.at("secrets").at("county").at("received_at"));
    out.county_secret = {
        answer("S_county"), received,
        key.sign(secret_message(batch, out.close.hash, answer("S_county"), received))};
    out.operator_secret = answer("S_operator");
    out.k_blind = answer("k_blind");
    out.results =
        award_batch(out.rules, out.lots, std::vector<std::uint32_t>(out.lots.size()), out.bidders,
                    live_bids(out.lots, out.bidders), transcript_draw_key(out));
    return out;
}

TEST(Transcript, the_known_sale_is_made_again_byte_for_byte) {
    const SigningKey key{answer("secret_key_seed")};
    EXPECT_EQ(key.public_key(), answer("public_key"));
    Transcript sale = sale_from_parts(key);
    EXPECT_EQ(write_transcript(sale, key), draw_kat::transcript_text());
    std::ranges::reverse(sale.lots);
    std::ranges::reverse(sale.bidders);
    std::ranges::reverse(sale.results);
    EXPECT_EQ(write_transcript(sale, key), draw_kat::transcript_text());
}

TEST(Transcript, its_draw_key_matches_the_known_answers) {
    const SigningKey key{answer("secret_key_seed")};
    Transcript sale = sale_from_parts(key);
    EXPECT_EQ(transcript_draw_key(sale), answer("PRK"));
    sale.county_secret.reset();
    EXPECT_EQ(transcript_draw_key(sale), answer("PRK_without_county"));
}

TEST(Transcript, its_results_match_the_known_answers) {
    const SigningKey key{answer("secret_key_seed")};
    const Transcript sale = sale_from_parts(key);
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
    const SigningKey key{answer("secret_key_seed")};
    Transcript sale = sale_from_parts(key);
    const Transcript read = read_transcript(draw_kat::transcript_text()).value();
    sale.signature = read.signature;
    EXPECT_EQ(read, sale);
    sale.county_secret.reset();
    sale.changes.clear();
    sale.results.clear();
    const std::string text = write_transcript(sale, key);
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
