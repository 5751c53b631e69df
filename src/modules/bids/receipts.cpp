#include "modules/bids/receipts.hpp"

#include "core/chain.hpp"
#include "core/merkle.hpp"
#include "core/receipt.hpp"

#include <sodium.h>

#include <algorithm>
#include <numeric>

namespace strikeoff::bids {
namespace {

/// What chance gives to one tree: a hash for each place and the places in random order. One call to
/// the operating system for all of it.
struct TreeChance {
    std::array<Hash, receipt_tree_size> hashes;
    std::array<std::uint64_t, receipt_tree_size> order;
};

/// The places 0 to 63 in the order of their random numbers.
std::array<std::uint8_t, receipt_tree_size> places_of(const TreeChance& chance) {
    std::array<std::uint8_t, receipt_tree_size> places;
    std::iota(places.begin(), places.end(), std::uint8_t{0});
    std::ranges::sort(places, {}, [&](std::uint8_t place) { return chance.order[place]; });
    return places;
}

std::string receipt_json(const ReceiptTerms& terms, const InclusionTree& tree,
                         const LeafBytes& leaf, std::size_t index, const Signature& signature) {
    std::array<Hash, 64> path;
    const std::size_t length = tree.path_into(index, path.data());
    std::string out;
    out.reserve(1024);
    append_receipt_json(out, terms.batch, terms.opening, leaf, index, tree.size(),
                        std::span{path}.first(length), signature);
    return out;
}

Signature sign_tree(const ReceiptTerms& terms, const InclusionTree& tree) {
    return terms.key.sign(receipt_message(terms.batch, terms.opening, tree.size(), tree.root()));
}

} // namespace

std::vector<std::string> make_single_receipts(const ReceiptTerms& terms,
                                              std::span<const LeafBytes> leaves) {
    std::vector<std::string> out;
    out.reserve(leaves.size());
    for (std::size_t from = 0; from < leaves.size(); from += receipt_tree_size) {
        const auto part = leaves.subspan(from, std::min(receipt_tree_size, leaves.size() - from));
        TreeChance chance;
        ::randombytes_buf(&chance, sizeof(chance));
        const auto places = places_of(chance);
        for (std::size_t i = 0; i < part.size(); ++i)
            chance.hashes[places[i]] = merkle_leaf_hash(part[i]);
        const InclusionTree tree{chance.hashes};
        const Signature signature = sign_tree(terms, tree);
        for (std::size_t i = 0; i < part.size(); ++i)
            out.push_back(receipt_json(terms, tree, part[i], places[i], signature));
    }
    return out;
}

std::vector<std::string> make_joint_receipts(const ReceiptTerms& terms,
                                             std::span<const LeafBytes> leaves) {
    std::vector<std::string> out;
    if (leaves.empty()) return out;
    std::vector<Hash> hashes;
    hashes.reserve(leaves.size());
    for (const LeafBytes& leaf : leaves)
        hashes.push_back(merkle_leaf_hash(leaf));
    const InclusionTree tree{hashes};
    const Signature signature = sign_tree(terms, tree);
    out.reserve(leaves.size());
    for (std::size_t i = 0; i < leaves.size(); ++i)
        out.push_back(receipt_json(terms, tree, leaves[i], i, signature));
    return out;
}

} // namespace strikeoff::bids
