#pragma once

#include "core/chain.hpp"
#include "core/leaf.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace strikeoff {

/// Proof of one accepted change of a bid, handed to its bidder (draw.md, "Receipt").
struct Receipt {
    BatchId batch;
    Hash opening{}; ///< The latest `O` when the bid was accepted.
    LeafBytes leaf{};
    std::uint64_t index = 0; ///< Place of the leaf in its receipt tree.
    std::uint64_t size = 0;  ///< Leaves of that tree, those of chance included.
    std::vector<Hash> path;
    Signature signature{};

    friend bool operator==(const Receipt&, const Receipt&) = default;
};

/// Places in the receipt tree of bids that were placed one by one.
inline constexpr std::size_t receipt_tree_size = 64;

/// Appends a receipt as its JSON object, in the order of the members above. For the hot path:
/// nothing but the growth of `out` allocates.
void append_receipt_json(std::string& out, BatchId batch, const Hash& opening,
                         const LeafBytes& leaf, std::uint64_t index, std::uint64_t size,
                         std::span<const Hash> path, const Signature& signature);
std::string write_receipt(const Receipt& receipt);

/// Reads one receipt or fails with `receipt.malformed`.
Result<Receipt> read_receipt(std::string_view json);
/// Reads a JSON array of receipts; the message of a failure says which, counted from 1.
Result<std::vector<Receipt>> read_receipts(std::string_view json);

/// Checks what a receipt proves by itself: its path leads to a root that `key` signed for its batch
/// and opening, and its leaf is one of that batch. Fails with `receipt.path`, `receipt.leaf` or
/// `receipt.signature`.
Result<void> verify_receipt(const Receipt& receipt, const PublicKey& key);

} // namespace strikeoff
