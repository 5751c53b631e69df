#include "core/merkle.hpp"
#include "core/receipt.hpp"
#include "core/tests/draw_kat.hpp"

#include <gtest/gtest.h>

namespace strikeoff {
namespace {

using draw_kat::answer;

std::vector<Receipt> known_receipts() {
    return read_receipts(draw_kat::receipts_text()).value();
}

std::string verdict(const Receipt& receipt) {
    const auto result = verify_receipt(receipt, answer("public_key"));
    return result ? "ok" : result.error().reason;
}

TEST(Receipt, the_known_ones_verify) {
    const std::vector<Receipt> receipts = known_receipts();
    ASSERT_EQ(receipts.size(), 4U);
    for (const Receipt& receipt : receipts)
        EXPECT_EQ(verdict(receipt), "ok");
}

TEST(Receipt, is_written_in_the_order_of_the_known_ones) {
    const boost::json::value file = boost::json::parse(draw_kat::receipts_text());
    const std::vector<Receipt> receipts = known_receipts();
    for (std::size_t i = 0; i < receipts.size(); ++i) {
        // Boost.JSON keeps the order of the members it read.
        EXPECT_EQ(write_receipt(receipts[i]), boost::json::serialize(file.at(i)));
        EXPECT_EQ(read_receipt(write_receipt(receipts[i])).value(), receipts[i]);
    }
}

TEST(Receipt, any_change_is_found) {
    const Receipt good = known_receipts()[0];
    Receipt changed = good;
    changed.leaf[100] ^= 1;
    EXPECT_EQ(verdict(changed), "receipt.signature");
    changed = good;
    changed.leaf[0] ^= 1;
    EXPECT_EQ(verdict(changed), "receipt.leaf");
    changed = good;
    changed.batch.uuid.bytes[0] ^= 1;
    EXPECT_EQ(verdict(changed), "receipt.leaf");
    changed = good;
    changed.opening[0] ^= 1;
    EXPECT_EQ(verdict(changed), "receipt.signature");
    changed = good;
    changed.index ^= 1;
    EXPECT_EQ(verdict(changed), "receipt.signature");
    changed = good;
    changed.size = 63; // As deep as 64, so only the signature tells.
    EXPECT_EQ(verdict(changed), "receipt.signature");
    changed = good;
    changed.size = 65;
    EXPECT_EQ(verdict(changed), "receipt.path");
    changed = good;
    changed.path.pop_back();
    EXPECT_EQ(verdict(changed), "receipt.path");
    changed = good;
    changed.path[3][31] ^= 0x80;
    EXPECT_EQ(verdict(changed), "receipt.signature");
    changed = good;
    changed.signature[63] ^= 1;
    EXPECT_EQ(verdict(changed), "receipt.signature");
    EXPECT_FALSE(verify_receipt(good, PublicKey{}));
}

TEST(Receipt, malformed_text_is_refused_and_named) {
    const std::string good = write_receipt(known_receipts()[2]);
    const auto refused = [&](std::string_view from, std::string_view to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        const auto receipt = read_receipt(text);
        return receipt ? "accepted" : receipt.error().message;
    };
    EXPECT_EQ(refused("\"index\":0", "\"index\":-1"),
              "receipt: index is not written as it must be");
    EXPECT_EQ(refused("\"index\":0", "\"index\":\"0\""),
              "receipt: index is not written as it must be");
    EXPECT_EQ(refused("\"size\":2,", ""), "receipt: there is no member size");
    EXPECT_EQ(refused("\"size\":2,", "\"size\":2,\"extra\":1,"),
              "receipt: there are members that do not belong there");
    EXPECT_EQ(refused("534f42", "534F42"), "receipt: leaf is not written as it must be");
    EXPECT_EQ(refused("\"path\":[\"", "\"path\":[\"00\",\""),
              "receipt path: an entry is not a hash");
    EXPECT_EQ(read_receipts("{}").error().reason, "receipt.malformed");
    EXPECT_EQ(read_receipts("[1]").error().message, "receipt 1: there is no member batch_id");
}

TEST(Receipt, a_tree_of_64_serves_each_of_its_places) {
    const SigningKey key{answer("secret_key_seed")};
    const std::vector<Leaf> leaves = draw_kat::leaves();
    std::vector<Hash> places(receipt_tree_size);
    for (std::size_t i = 0; i < places.size(); ++i)
        places[i] = sha256(std::string_view{"chance"}, Bytes{static_cast<std::uint8_t>(i)});
    for (std::size_t i = 0; i < leaves.size(); ++i)
        places[5 * i] = merkle_leaf_hash(encode_leaf(leaves[i]));
    const InclusionTree tree{places};
    const Hash opening = draw_kat::hash(draw_kat::answers().at("O").as_array()[1]);
    const Signature signature =
        key.sign(receipt_message(draw_kat::batch(), opening, tree.size(), tree.root()));
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        const Receipt receipt{
            draw_kat::batch(), opening,  encode_leaf(leaves[i]), 5 * i, receipt_tree_size,
            tree.path(5 * i),  signature};
        EXPECT_EQ(receipt.path.size(), 6U);
        EXPECT_EQ(verdict(receipt), "ok");
    }
}

} // namespace
} // namespace strikeoff
