#pragma once

#include "core/award_rules.hpp"
#include "core/id.hpp"
#include "core/sha256.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace strikeoff {

/// One lot on offer in a batch.
struct ClearingItem {
    std::uint32_t adv_no = 0; ///< Award order; unique in the batch.
    CertificateId certificate_id;
    Money face;
    std::uint32_t round = 0; ///< Earlier voided awards of this certificate in the auction.
    bool offered = true;     ///< False: withdrawn before the batch closed.
};

struct ClearingBidder {
    Bytes16 ref{};            ///< Pseudonym; ties are ordered by it.
    Money budget;             ///< Left before this batch; below zero counts as zero.
    std::uint32_t weight = 1; ///< Bidder numbers that its bid stands for.
    bool eligible = true;
};

/// The live bid of one bidder on one item; at most one for each pair.
struct LiveBid {
    std::uint32_t item = 0;   ///< Index into the items.
    std::uint32_t bidder = 0; ///< Index into the bidders.
    std::uint32_t rank = 0;   ///< Order of arrival; decides `first_received`.
    std::uint16_t rate_bp = 0;
};

enum class Outcome : std::uint8_t { awarded, struck, withdrawn };
BOOST_DESCRIBE_ENUM(Outcome, awarded, struck, withdrawn)

struct Award {
    Outcome outcome = Outcome::struck;
    std::uint32_t bidder = 0; ///< Index of the winner when awarded.
    std::uint32_t member = 0; ///< Index in the winner's group; 0 is the primary.
    Rate rate;                ///< Award rate; `rate_start` when struck, 0 when withdrawn.
    std::uint32_t tied = 0;   ///< Bids that tied at the winning rate; 1 when there was no tie.

    friend bool operator==(const Award&, const Award&) = default;
};

/// Awards one batch (domain.md section 5, F.S. 197.432): items in ascending `adv_no`, each at the
/// lowest rate among eligible bids whose bidder has budget left for the face. `prk` keys the draws
/// (draw.md). The result has one award for each item, in the order of `items`. The order of the
/// inputs does not matter. Pure; throws std::bad_alloc only.
std::vector<Award> clear(const AwardRules& rules, std::span<const ClearingItem> items,
                         std::span<const ClearingBidder> bidders, std::span<const LiveBid> bids,
                         const Hash& prk);

} // namespace strikeoff
