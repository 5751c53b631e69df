#include "core/merkle.hpp"
#include "core/sha256.hpp"

#include <gtest/gtest.h>

#include <bit>

namespace strikeoff {
namespace {

std::vector<Hash> leaf_hashes(std::size_t count) {
    std::vector<Hash> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(merkle_leaf_hash(as_bytes("leaf " + std::to_string(i))));
    return out;
}

/// RFC 6962 section 2.1, word for word.
Hash defined_root(std::span<const Hash> hashes) {
    if (hashes.empty()) return sha256(std::string_view{});
    if (hashes.size() == 1) return hashes[0];
    const std::size_t split = std::bit_floor(hashes.size() - 1);
    return merkle_node(defined_root(hashes.first(split)), defined_root(hashes.subspan(split)));
}

/// RFC 6962 section 2.1.1, word for word.
std::vector<Hash> defined_path(std::size_t index, std::span<const Hash> hashes) {
    if (hashes.size() == 1) return {};
    const std::size_t split = std::bit_floor(hashes.size() - 1);
    const bool left = index < split;
    std::vector<Hash> path = left ? defined_path(index, hashes.first(split))
                                  : defined_path(index - split, hashes.subspan(split));
    path.push_back(defined_root(left ? hashes.subspan(split) : hashes.first(split)));
    return path;
}

TEST(MerkleTree, an_empty_tree_is_the_hash_of_nothing) {
    EXPECT_EQ(to_hex(MerkleTree{}.root()),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(MerkleTree, hashes_leaves_and_nodes_apart) {
    const Bytes leaf{0x01, 0x02};
    EXPECT_EQ(merkle_leaf_hash(leaf), sha256(ByteView{Bytes{0x00, 0x01, 0x02}}));
    const Hash a = merkle_leaf_hash(leaf);
    const Hash b = merkle_leaf_hash({});
    EXPECT_EQ(merkle_node(a, b), sha256(ByteView{Bytes{0x01}}, a, b));
}

TEST(MerkleTree, agrees_with_the_definition_at_every_size) {
    const std::vector<Hash> hashes = leaf_hashes(300);
    MerkleTree tree;
    for (std::size_t size = 0; size <= hashes.size(); ++size) {
        ASSERT_EQ(tree.size(), size);
        ASSERT_EQ(tree.root(), defined_root(std::span{hashes}.first(size))) << size;
        if (size < hashes.size()) tree.append(hashes[size]);
    }
}

TEST(InclusionTree, proves_every_leaf_at_every_size) {
    const std::vector<Hash> hashes = leaf_hashes(130);
    for (std::size_t size = 1; size <= hashes.size(); ++size) {
        const std::span<const Hash> leaves = std::span{hashes}.first(size);
        const InclusionTree tree{leaves};
        ASSERT_EQ(tree.root(), defined_root(leaves));
        for (std::size_t index = 0; index < size; ++index) {
            const std::vector<Hash> path = tree.path(index);
            ASSERT_EQ(path, defined_path(index, leaves)) << index << " of " << size;
            ASSERT_LE(path.size(), tree.path_length_max());
            ASSERT_TRUE(verify_inclusion(hashes[index], index, size, path, tree.root()));
        }
    }
}

TEST(InclusionTree, a_changed_proof_fails) {
    const std::vector<Hash> hashes = leaf_hashes(130);
    for (std::size_t size = 1; size <= hashes.size(); ++size) {
        const InclusionTree tree{std::span{hashes}.first(size)};
        for (std::size_t index = 0; index < size; ++index) {
            const std::vector<Hash> path = tree.path(index);
            const auto verifies = [&](const Hash& leaf, std::size_t at, std::size_t of,
                                      const std::vector<Hash>& way) {
                return verify_inclusion(leaf, at, of, way, tree.root());
            };
            ASSERT_FALSE(verifies(hashes[(index + 1) % 130], index, size, path));
            ASSERT_FALSE(verifies(hashes[index], size, size, path));
            for (const std::size_t other : {index + 1, index ^ 1, index / 2})
                if (other != index) ASSERT_FALSE(verifies(hashes[index], other, size, path));

            std::vector<Hash> changed = path;
            changed.push_back(hashes[0]);
            ASSERT_FALSE(verifies(hashes[index], index, size, changed));
            if (path.empty()) continue;
            changed.resize(path.size() - 1);
            ASSERT_FALSE(verifies(hashes[index], index, size, changed));
            for (std::size_t i = 0; i < path.size(); ++i) {
                changed = path;
                changed[i][i % 32] ^= 0x80;
                ASSERT_FALSE(verifies(hashes[index], index, size, changed));
            }
        }
    }
}

TEST(InclusionTree, a_path_belongs_to_one_size_when_the_sizes_differ_in_depth) {
    const std::vector<Hash> hashes = leaf_hashes(64);
    const InclusionTree tree{hashes};
    const std::vector<Hash> path = tree.path(41);
    EXPECT_TRUE(verify_inclusion(hashes[41], 41, 64, path, tree.root()));
    EXPECT_FALSE(verify_inclusion(hashes[41], 41, 65, path, tree.root()));
    EXPECT_FALSE(verify_inclusion(hashes[41], 41, 128, path, tree.root()));
    EXPECT_FALSE(verify_inclusion(hashes[41], 41, 42, path, tree.root()));
    EXPECT_FALSE(verify_inclusion(hashes[41], 41, 0, path, tree.root()));
    EXPECT_FALSE(verify_inclusion(hashes[41], 41, UINT64_MAX, path, tree.root()));
}

} // namespace
} // namespace strikeoff
