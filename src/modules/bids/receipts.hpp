#pragma once

#include "core/ed25519.hpp"
#include "core/leaf.hpp"
#include "core/sha256.hpp"

#include <span>
#include <string>
#include <vector>

namespace strikeoff::bids {

/// What the receipts of one batch have in common.
struct ReceiptTerms {
    BatchId batch;
    Hash opening{}; ///< The latest `O`.
    const SigningKey& key;
};

/// Receipts, as JSON, of bids placed one by one: each in a tree of 64 at a random place, with
/// random hashes in every other place, so that a receipt tells nothing about who else bid
/// (draw.md).
std::vector<std::string> make_single_receipts(const ReceiptTerms& terms,
                                              std::span<const LeafBytes> leaves);

/// Receipts of one bidder's leaves that came together: one tree over them in order.
std::vector<std::string> make_joint_receipts(const ReceiptTerms& terms,
                                             std::span<const LeafBytes> leaves);

} // namespace strikeoff::bids
