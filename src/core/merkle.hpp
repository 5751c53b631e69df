#pragma once

#include "core/bytes.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace strikeoff {

/// The tree of RFC 6962 section 2.1: leaf and node hashes differ in their first byte, so that no
/// node can pass for a leaf.
Hash merkle_leaf_hash(ByteView leaf);
Hash merkle_node(const Hash& left, const Hash& right);

/// The root over leaves that arrive one by one, in memory that grows with the logarithm of their
/// number.
class MerkleTree {
public:
    void append(const Hash& leaf_hash);
    Hash root() const; ///< `SHA256("")` when empty.
    std::uint64_t size() const { return size_; }

private:
    /// The root of the complete subtree of 2^k leaves stands at k when bit k of the size is set.
    std::array<Hash, 64> subtrees_;
    std::uint64_t size_ = 0;
};

/// A small tree with all its levels kept, for the proofs of all its leaves.
class InclusionTree {
public:
    /// `leaf_hashes` are the hashes, not the leaves; at least one.
    explicit InclusionTree(std::span<const Hash> leaf_hashes);

    const Hash& root() const { return nodes_.back(); }
    std::size_t size() const { return size_; }
    std::vector<Hash> path(std::size_t index) const;
    /// Writes the path to `out`, which has room for `path_length_max()` hashes; returns its length.
    std::size_t path_into(std::size_t index, Hash* out) const;
    std::size_t path_length_max() const; ///< The base-two logarithm of the size, rounded up.

private:
    std::size_t size_;
    std::vector<Hash> nodes_; ///< Level upon level; an odd node out moves up as it is.
};

/// The root that `path` leads to from the leaf at `index` of `size` (RFC 9162 section 2.1.3.2);
/// nothing when a path of that length cannot belong to that place.
std::optional<Hash> inclusion_root(const Hash& leaf_hash, std::uint64_t index, std::uint64_t size,
                                   std::span<const Hash> path);

/// True when the leaf stands at `index` in the tree of `size` leaves with `root`.
bool verify_inclusion(const Hash& leaf_hash, std::uint64_t index, std::uint64_t size,
                      std::span<const Hash> path, const Hash& root);

} // namespace strikeoff
