#include "core/merkle.hpp"

#include "core/sha256.hpp"

#include <bit>
#include <cassert>

namespace strikeoff {

Hash merkle_leaf_hash(ByteView leaf) {
    static constexpr std::uint8_t prefix[] = {0};
    return sha256(ByteView{prefix}, leaf);
}

Hash merkle_node(const Hash& left, const Hash& right) {
    std::array<std::uint8_t, 65> message;
    message[0] = 1;
    std::memcpy(message.data() + 1, left.data(), left.size());
    std::memcpy(message.data() + 33, right.data(), right.size());
    return sha256(ByteView{message});
}

void MerkleTree::append(const Hash& leaf_hash) {
    Hash carried = leaf_hash;
    std::size_t level = 0;
    for (; (size_ >> level & 1) != 0; ++level)
        carried = merkle_node(subtrees_[level], carried);
    subtrees_[level] = carried;
    ++size_;
}

Hash MerkleTree::root() const {
    if (size_ == 0) return sha256(std::string_view{});
    auto level = static_cast<std::size_t>(std::countr_zero(size_));
    Hash root = subtrees_[level];
    for (++level; level < 64 && size_ >> level != 0; ++level)
        if ((size_ >> level & 1) != 0) root = merkle_node(subtrees_[level], root);
    return root;
}

InclusionTree::InclusionTree(std::span<const Hash> leaf_hashes)
    : size_{leaf_hashes.size()}, nodes_{leaf_hashes.begin(), leaf_hashes.end()} {
    assert(size_ > 0);
    nodes_.reserve(2 * size_ + 64);
    std::size_t first = 0;
    for (std::size_t count = size_; count > 1; count = (count + 1) / 2) {
        for (std::size_t i = 0; i + 1 < count; i += 2)
            nodes_.push_back(merkle_node(nodes_[first + i], nodes_[first + i + 1]));
        if (count % 2 != 0) nodes_.push_back(Hash{nodes_[first + count - 1]});
        first += count;
    }
}

std::size_t InclusionTree::path_length_max() const {
    return static_cast<std::size_t>(std::bit_width(size_ - 1));
}

std::size_t InclusionTree::path_into(std::size_t index, Hash* out) const {
    assert(index < size_);
    std::size_t length = 0;
    std::size_t first = 0;
    for (std::size_t count = size_; count > 1; count = (count + 1) / 2) {
        if ((index ^ 1) < count) out[length++] = nodes_[first + (index ^ 1)];
        index /= 2;
        first += count;
    }
    return length;
}

std::vector<Hash> InclusionTree::path(std::size_t index) const {
    std::vector<Hash> path(path_length_max());
    path.resize(path_into(index, path.data()));
    return path;
}

std::optional<Hash> inclusion_root(const Hash& leaf_hash, std::uint64_t index, std::uint64_t size,
                                   std::span<const Hash> path) {
    if (index >= size) return std::nullopt;
    std::uint64_t last = size - 1;
    Hash root = leaf_hash;
    for (const Hash& sibling : path) {
        if (last == 0) return std::nullopt;
        if (index % 2 != 0 || index == last) {
            root = merkle_node(sibling, root);
            // The levels where this node was the odd one out have no sibling in the path.
            while (index % 2 == 0 && index != 0) {
                index /= 2;
                last /= 2;
            }
        } else {
            root = merkle_node(root, sibling);
        }
        index /= 2;
        last /= 2;
    }
    if (last != 0) return std::nullopt;
    return root;
}

bool verify_inclusion(const Hash& leaf_hash, std::uint64_t index, std::uint64_t size,
                      std::span<const Hash> path, const Hash& root) {
    return inclusion_root(leaf_hash, index, size, path) == root;
}

} // namespace strikeoff
