#pragma once

#include "core/batch_result.hpp"
#include "core/folding.hpp"
#include "core/leaf.hpp"
#include "db/transaction.hpp"
#include "modules/auctions/chain.hpp"
#include "modules/bids/journal.hpp"

#include <functional>
#include <unordered_map>
#include <vector>

namespace strikeoff::auctions {

/// A lot of a batch as the closing needs it.
struct ReplayLot {
    BookLot lot;
    std::uint32_t round = 0;
};

struct ReplayBidder {
    std::uint32_t number = 0;
    UserId user;
    Bytes16 ref{};
    std::uint32_t weight = 1;
    bool eligible = true;
};

/// Everything that reading a batch's journal takes, loaded once.
struct BatchReplay {
    BatchId batch;
    AuctionId auction;
    CountyId county;
    StoredChain chain;
    std::vector<ReplayLot> lots;       ///< Ascending advertised number.
    std::vector<ReplayBidder> bidders; ///< All of the auction, ascending number.
    std::unordered_map<std::uint32_t, std::uint32_t> lot_index;    ///< By advertised number.
    std::unordered_map<std::uint32_t, std::uint32_t> bidder_index; ///< By bidder number.
    HmacSha256 blind_key;
};

/// Fails with std::logic_error when the batch has not been opened.
BatchReplay load_replay(db::Connection& connection, const Keys& keys, BatchId batch);

/// One leaf of the journal, in order.
struct ReplayedLeaf {
    LeafBytes bytes;
    std::uint32_t lot = 0;    ///< Index into the lots.
    std::uint32_t bidder = 0; ///< Index into the bidders.
    BidId bid;
    BidKind kind = BidKind::place;
    Rate rate;
    Instant accepted_at;
    std::uint32_t source = 0;
};

/// At most so many blocks of a batch's journal from a place on, which is the beginning of one.
using ReadBlocks = std::function<std::vector<bids::Block>(std::int64_t from_seq, int blocks_max)>;
ReadBlocks blocks_of(db::Connection& connection, BatchId batch);

/// Calls `visit` for each of the first `leaves` leaves of the journal from `from_seq` on, which is
/// the beginning of a block. Reads block by block: memory does not grow with the journal.
void replay_leaves(const ReadBlocks& read, const BatchReplay& replay, std::int64_t from_seq,
                   std::int64_t leaves, const std::function<void(const ReplayedLeaf&)>& visit);

/// The bids that stand after all `leaves`, lots and bidders by index, rank the place of the leaf.
std::vector<LiveBid> live_bids(const ReadBlocks& read, const BatchReplay& replay,
                               std::int64_t leaves, std::vector<bool>* has_leaf = nullptr);

} // namespace strikeoff::auctions
