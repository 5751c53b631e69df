#pragma once

#include "core/book_record.hpp"
#include "core/clearing.hpp"

#include <optional>
#include <span>
#include <vector>

namespace strikeoff {

/// What became of one lot, as the transcript publishes it.
struct ResultRow {
    std::uint32_t adv_no = 0;
    CertificateId certificate;
    Outcome outcome = Outcome::struck;
    std::optional<Bytes16> bidder_ref;   ///< The winner, when awarded.
    std::optional<std::uint32_t> member; ///< Its place in the winner's group, from 0.
    std::optional<Rate> rate;            ///< None when withdrawn.
    std::uint32_t round = 0;             ///< Earlier voided awards of it in the auction.

    friend bool operator==(const ResultRow&, const ResultRow&) = default;
};

/// Awards a closed batch: the one way from the book, the live bids and the key of the draw to the
/// results, for the closing and for whoever checks it. `rounds` has one entry a lot; the bids name
/// lots and bidders by their places in the spans. The rows ascend by advertised number.
std::vector<ResultRow> award_batch(const AwardRules& rules, std::span<const BookLot> lots,
                                   std::span<const std::uint32_t> rounds,
                                   std::span<const BookBidder> bidders,
                                   std::span<const LiveBid> bids, const Hash& prk);

} // namespace strikeoff
