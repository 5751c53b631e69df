#pragma once

#include "core/id.hpp"
#include "core/money.hpp"
#include "core/sha256.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace strikeoff {

constexpr std::size_t leaf_size = 104;
using LeafBytes = std::array<std::uint8_t, leaf_size>;

enum class BidKind : std::uint8_t { place = 1, withdraw = 2 };

/// One accepted change of a bid, as draw.md publishes it.
struct Leaf {
    BidKind kind = BidKind::place;
    BatchId batch;
    BidId bid;
    CertificateId certificate;
    Bytes16 bidder_ref{}; ///< The bidder's pseudonym in this auction.
    Rate rate;            ///< 0 for a withdrawal.
    Instant accepted_at;
    Bytes16 blind{}; ///< Keeps whoever knows the rest from guessing the hash.

    friend bool operator==(const Leaf&, const Leaf&) = default;
};

LeafBytes encode_leaf(const Leaf& leaf);

/// Fails with `leaf.malformed` unless the bytes are what `encode_leaf` writes for some leaf: magic,
/// kind, zero bytes, a rate of at most 999.99 %, and none on a withdrawal.
Result<Leaf> decode_leaf(std::span<const std::uint8_t, leaf_size> bytes);

/// The key of one bidder in one auction, told to that bidder. `k_auction` is keyed with the
/// auction's 32 random bytes, which are never published.
Hash bidder_key(const HmacSha256& k_auction, UserId user);
/// The pseudonym; whoever holds `bidder_key` can check it.
Bytes16 bidder_ref(const Hash& bidder_key, UserId user);
/// `k_blind` is keyed with the batch's 32 random bytes, which are published after the close.
Bytes16 blind(const HmacSha256& k_blind, BidId bid);

} // namespace strikeoff
