#include "core/leaf.hpp"
#include "core/merkle.hpp"
#include "core/tests/draw_kat.hpp"

#include <gtest/gtest.h>

namespace strikeoff {
namespace {

TEST(Leaf, matches_the_known_answers) {
    const std::vector<Leaf> leaves = draw_kat::leaves();
    const auto& rows = draw_kat::answers().at("leaves").as_array();
    std::string file;
    MerkleTree tree;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        const LeafBytes encoded = encode_leaf(leaves[i]);
        EXPECT_EQ(to_hex(leaves[i].bidder_ref), rows[i].at("bidder_ref").as_string());
        EXPECT_EQ(to_hex(encoded), rows[i].at("leaf").as_string());
        EXPECT_EQ(to_hex(merkle_leaf_hash(encoded)), rows[i].at("leaf_hash").as_string());
        EXPECT_EQ(decode_leaf(encoded).value(), leaves[i]);
        file += as_text(encoded);
        tree.append(merkle_leaf_hash(encoded));
    }
    EXPECT_EQ(file, draw_kat::leaves_text());
    EXPECT_EQ(tree.size(), draw_kat::answers().at("n").to_number<std::uint64_t>());
    EXPECT_EQ(tree.root(), draw_kat::answer("root"));
    EXPECT_EQ(MerkleTree{}.root(), draw_kat::answer("empty_root"));
}

TEST(Leaf, a_bidder_can_check_the_own_pseudonym) {
    const HmacSha256 k_auction{draw_kat::answer("k_auction")};
    for (const auto& [user_text, key] : draw_kat::answers().at("bidder_keys").as_object()) {
        const UserId user{parse_uuid(user_text).value()};
        EXPECT_EQ(bidder_key(k_auction, user), draw_kat::hash(key));
    }
}

TEST(Leaf, is_refused_when_it_is_not_what_we_write) {
    const LeafBytes good = encode_leaf(draw_kat::leaves()[0]);
    const auto refused = [&](std::size_t at, std::uint8_t value) {
        LeafBytes bytes = good;
        bytes[at] = value;
        return !decode_leaf(bytes);
    };
    EXPECT_TRUE(refused(0, 's'));
    EXPECT_TRUE(refused(3, '2'));
    EXPECT_TRUE(refused(4, 0));
    EXPECT_TRUE(refused(4, 3));
    EXPECT_TRUE(refused(4, 2)) << "a withdrawal with a rate";
    for (const std::size_t zero : {5U, 6U, 7U, 76U, 77U, 78U, 79U})
        EXPECT_TRUE(refused(zero, 1)) << zero;
    EXPECT_TRUE(refused(72, 0x80)) << "a rate that would be negative";
    EXPECT_TRUE(refused(73, 2)) << "a rate beyond 999.99 %";
    EXPECT_FALSE(refused(75, 50));
}

} // namespace
} // namespace strikeoff
