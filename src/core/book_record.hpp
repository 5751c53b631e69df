#pragma once

#include "core/bytes.hpp"
#include "core/id.hpp"
#include "core/money.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace strikeoff {

/// One lot of a batch, offered at its close or withdrawn before.
struct BookLot {
    std::uint32_t adv_no = 0; ///< Advertised number, unique in the batch.
    CertificateId certificate;
    Money face;
    bool offered = true;

    friend bool operator==(const BookLot&, const BookLot&) = default;
};

/// One bidder with at least one leaf in the batch.
struct BookBidder {
    Bytes16 ref{};            ///< Pseudonym.
    Money budget;             ///< `published_budget` of what was left before the batch.
    std::uint32_t weight = 1; ///< Bidder numbers that its bid stands for.
    bool eligible = true;

    friend bool operator==(const BookBidder&, const BookBidder&) = default;
};

/// The usable members of a bidding group of more than one, in their frozen order.
struct BookGroup {
    Bytes16 ref{};
    std::vector<BidderNumberId> members;

    friend bool operator==(const BookGroup&, const BookGroup&) = default;
};

/// What the book says of a budget: never more than the bids need, and nothing below zero. The
/// award is the same, and no more is revealed.
Money published_budget(Money left, Money live_total);

/// The byte strings of draw.md, in its order whatever the order of the arguments. Faces and budgets
/// are not negative.
Bytes encode_lots(std::span<const BookLot> lots); ///< For `O_0`: without `offered`.
Bytes encode_book(std::span<const BookLot> lots, std::span<const BookBidder> bidders);
Bytes encode_groups(std::span<const BookGroup> groups);

Hash lots_hash(std::span<const BookLot> lots);
Hash book_hash(std::span<const BookLot> lots, std::span<const BookBidder> bidders);
Hash groups_hash(std::span<const BookGroup> groups);

} // namespace strikeoff
