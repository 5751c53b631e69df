#include "core/merkle.hpp"
#include "core/receipt.hpp"
#include "core/tests/draw_kat.hpp"
#include "core/tests/sale_fixture.hpp"
#include "core/verify.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace strikeoff {
namespace {

std::string verdict_on(std::string_view receipts, bool partial) {
    const std::string leaves = draw_kat::leaves_text();
    const auto summary = verify_transcript(draw_kat::transcript_text(), as_bytes(leaves),
                                           {.receipts = receipts, .partial = partial});
    return summary ? "ok" : summary.error().message;
}

std::string json_list(const std::vector<Receipt>& receipts) {
    std::string out = "[";
    for (const Receipt& receipt : receipts)
        out += (out.size() > 1 ? "," : "") + write_receipt(receipt);
    return out + "]";
}

std::string complete(const std::vector<Receipt>& receipts) {
    return verdict_on(json_list(receipts), /*partial=*/false);
}
std::string partial(const std::vector<Receipt>& receipts) {
    return verdict_on(json_list(receipts), /*partial=*/true);
}

/// Receipts for leaves that were stored as one file of one bidder: a tree of their own.
std::vector<Receipt> receipts_for(const std::vector<Leaf>& leaves) {
    std::vector<Hash> hashes;
    for (const Leaf& leaf : leaves)
        hashes.push_back(merkle_leaf_hash(encode_leaf(leaf)));
    const InclusionTree tree{hashes};
    const Hash opening = draw_kat::hash(draw_kat::answers().at("O").as_array()[1]);
    const Signature signature = draw_kat::sale_key().sign(
        receipt_message(draw_kat::batch(), opening, tree.size(), tree.root()));
    std::vector<Receipt> receipts;
    for (std::size_t i = 0; i < leaves.size(); ++i)
        receipts.push_back({draw_kat::batch(), opening, encode_leaf(leaves[i]), i, tree.size(),
                            tree.path(i), signature});
    return receipts;
}

std::vector<Leaf> leaves_of(std::string_view ref) {
    std::vector<Leaf> leaves = draw_kat::leaves();
    std::erase_if(leaves, [&](const Leaf& leaf) { return to_hex(leaf.bidder_ref) != ref; });
    return leaves;
}

constexpr std::string_view bidder = "fb464d88b72decc28833c7ac3665b9c0"; // With leaves 1, 6 and 9.

TEST(VerifyReceipts, the_known_ones_are_part_of_their_bidders_receipts) {
    EXPECT_EQ(verdict_on(draw_kat::receipts_text(), /*partial=*/true), "ok");
    EXPECT_EQ(verdict_on(draw_kat::receipts_text(), /*partial=*/false),
              "leaf 3: it is of bidder 5a2deb9e6715d5e91a7c3b74c1e734d8, whose receipts do not "
              "have it");
}

TEST(VerifyReceipts, a_bidder_with_all_receipts_is_content) {
    std::vector<Receipt> receipts = receipts_for(leaves_of(bidder));
    ASSERT_EQ(receipts.size(), 3U);
    EXPECT_EQ(complete(receipts), "ok");
    receipts.push_back(receipts[1]); // A replay may get a receipt for the same leaf again.
    EXPECT_EQ(complete(receipts), "ok");
    EXPECT_EQ(complete({}), "ok");
}

TEST(VerifyReceipts, a_leaf_in_the_bidders_name_without_receipt_is_found) {
    std::vector<Receipt> receipts = receipts_for(leaves_of(bidder));
    receipts.erase(receipts.begin() + 1);
    EXPECT_EQ(complete(receipts), "leaf 6: it is of bidder fb464d88b72decc28833c7ac3665b9c0, whose "
                                  "receipts do not have it");
    EXPECT_EQ(partial(receipts), "ok");
}

TEST(VerifyReceipts, a_signed_leaf_that_was_not_published_proves_tampering) {
    std::vector<Leaf> leaves = leaves_of(bidder);
    Leaf dropped = leaves[0];
    dropped.bid.uuid.bytes[15] ^= 1;
    leaves.push_back(dropped);
    EXPECT_EQ(complete(receipts_for(leaves)),
              "receipt 4: its leaf is not among the published ones");
    EXPECT_EQ(partial(receipts_for(leaves)), "receipt 4: its leaf is not among the published ones");
}

TEST(VerifyReceipts, each_part_of_a_receipt_is_checked) {
    const std::vector<Receipt> good = receipts_for(leaves_of(bidder));
    const auto changed = [&](auto change) {
        std::vector<Receipt> receipts = good;
        change(receipts[1]);
        return complete(receipts);
    };
    const std::string signature =
        "receipt 2: its signature is not the operator's over its path, leaf and opening";
    EXPECT_EQ(changed([](Receipt& r) { r.path[0][0] ^= 1; }), signature);
    EXPECT_EQ(changed([](Receipt& r) { r.signature[0] ^= 1; }), signature);
    EXPECT_EQ(changed([](Receipt& r) { r.leaf[30] ^= 1; }), signature);
    EXPECT_EQ(changed([](Receipt& r) { r.index = 0; }), signature);
    EXPECT_EQ(changed([&](Receipt& r) { r.leaf = good[0].leaf; }), signature);
    EXPECT_EQ(changed([](Receipt& r) { r.path.clear(); }),
              "receipt 2: its path of 0 hashes cannot lead from place 1 of 3");
    EXPECT_EQ(changed([](Receipt& r) { r.batch.uuid.bytes[0] ^= 1; }),
              "receipt 2: it belongs to another batch");
    EXPECT_EQ(changed([](Receipt& r) { r.opening[0] ^= 1; }),
              "receipt 2: it names an opening that is not in the transcript");
    // An opening of the batch, but not the one that was signed.
    EXPECT_EQ(changed([](Receipt& r) {
                  r.opening = draw_kat::hash(draw_kat::answers().at("O").as_array()[0]);
              }),
              signature);
}

TEST(VerifyReceipts, what_is_not_a_list_of_receipts_is_refused) {
    EXPECT_EQ(verdict_on("{}", false), "receipts: the receipts are not a JSON list");
    EXPECT_EQ(verdict_on("[{}]", true), "receipts: receipt 1: there is no member batch_id");
    EXPECT_NE(verdict_on("", true), "ok");
}

TEST(VerifyReceipts, a_change_of_any_byte_of_a_value_is_found) {
    const std::vector<Receipt> receipts = receipts_for(leaves_of(bidder));
    std::string text = json_list({receipts.begin(), receipts.begin() + 1});
    ASSERT_EQ(verdict_on(text, true), "ok");
    for (char& c : text) {
        c = static_cast<char>(c ^ 1);
        ASSERT_NE(verdict_on(text, true), "ok") << "at " << &c - text.data();
        c = static_cast<char>(c ^ 1);
    }
}

} // namespace
} // namespace strikeoff
