#pragma once

#include "core/transcript.hpp"
#include "modules/auctions/auctions.hpp"
#include "modules/auctions/batch_replay.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace strikeoff::auctions {

/// A batch as its lock shows it.
struct LockedBatch {
    CountyId county_id;
    AuctionId auction_id;
    BatchStatus status = BatchStatus::scheduled;
    Instant start_time;
    Instant end_time;
    std::int32_t chain_length = 0;
    std::optional<Instant> changed_at;  ///< Of the last change in its chain.
    std::optional<Instant> extended_to; ///< Open format: the last end of an item, when later.

    Instant last_end() const { return std::max(end_time, extended_to.value_or(end_time)); }
};
BOOST_DESCRIBE_STRUCT(LockedBatch, (),
                      (county_id, auction_id, status, start_time, end_time, chain_length,
                       changed_at, extended_to))

/// How far the closing of a batch is.
struct ClosingState {
    std::int64_t n = 0; ///< Leaves.
    Instant closed_at;
    std::optional<Hash> head_hash;
    std::optional<Hash> close_hash;
    std::optional<Instant> close_published_at;
    std::optional<Instant> completed_at;
};
BOOST_DESCRIBE_STRUCT(ClosingState, (),
                      (n, closed_at, head_hash, close_hash, close_published_at, completed_at))

/// What a close record fixes.
struct CloseRecord {
    Bytes book;
    Bytes groups;
    Hash book_hash{};
    Hash groups_hash{};
    Hash hash{};
    Signature signature{};
};

/// The county's commitment and, once it is there, its secret or the zeros in its place.
struct CountySecretState {
    std::optional<Hash> county_secret;
    std::optional<Hash> c_county;
};
BOOST_DESCRIBE_STRUCT(CountySecretState, (), (county_secret, c_county))

/// What is left of the budget of a bidder of the sale; nothing limits one without a value.
struct BudgetLeft {
    std::int32_t number = 0;
    std::optional<Money> budget_left;
};
BOOST_DESCRIBE_STRUCT(BudgetLeft, (), (number, budget_left))

/// A winner with the leaf that won.
struct Winner {
    ResultRow row;
    std::uint32_t lot = 0;    ///< Index into the replay's lots.
    std::uint32_t bidder = 0; ///< Index into the replay's bidders.
    std::uint32_t seq = 0;    ///< Place of the leaf in the journal.
    Rate bid_rate;
    BidId bid;
    Instant accepted_at;
    std::uint32_t source = 0;
    BidderNumberId holder; ///< The drawn member of a group; nil for a single bidder.
};

/// Everything that the award of a batch writes. A function of the journal, the book and the
/// secrets alone, so that whoever computes it writes the same.
struct Awards {
    BatchReplay replay;
    Transcript transcript;
    std::vector<Winner> winners;
    std::vector<std::int32_t> bid_counts; ///< Bids that stood, by lot of the replay.
    std::vector<std::int32_t> tied;       ///< Bids at the winner's own rate, by lot.
    std::string transcript_file;
};

/// One short transaction of a closing. What is read after `lock` stays so until the commit;
/// without `commit` nothing of it happened. Every method may throw db::Unavailable; of a `commit`
/// that throws it is not known whether it happened.
class ClosingTransaction {
public:
    virtual ~ClosingTransaction() = default;

    virtual LockedBatch lock(BatchId batch) = 0;
    virtual Instant clock() = 0;
    virtual SaleSettings settings(AuctionId auction) = 0;

    /// Makes secrets and signed opening of a batch that has none. False when something is missing
    /// for it: lots, or the county's commitment.
    virtual bool make_opening(BatchId batch) = 0;
    /// The batch takes bids from now on.
    virtual void set_open(BatchId batch, Instant now) = 0;

    virtual std::optional<ClosingState> closing(BatchId batch) = 0;
    /// The batch is `closing`: the number of its leaves and its `closed_at` are fixed.
    virtual void begin_closing(BatchId batch, const LockedBatch& row, Instant closed_at) = 0;
    virtual BatchReplay replay(BatchId batch) = 0;
    virtual std::vector<bids::Block> blocks(BatchId batch, std::int64_t from_seq,
                                            int blocks_max) = 0;
    virtual void store_head(BatchId batch, const Hash& root, const Hash& head,
                            const Signature& signature) = 0;

    /// Whether an opened batch of the sale that ends before this one is not through yet.
    virtual bool earlier_unfinished(BatchId batch) = 0;
    virtual std::vector<BudgetLeft> budgets_left(AuctionId auction, int deposit_percent) = 0;
    /// The usable members of these bidders' groups, in frozen order.
    virtual std::vector<BookGroup> groups(AuctionId auction, const std::vector<UserId>& users) = 0;
    virtual void store_close(BatchId batch, CountyId county, const CloseRecord& record) = 0;

    virtual CountySecretState county_secret(BatchId batch) = 0;
    /// Zeros in place of the county's secret, unless it has come.
    virtual void fill_zeros(BatchId batch, Instant now) = 0;
    /// Head and close record as stored: a transcript without operator's secrets and results.
    virtual Transcript closed(const BatchReplay& replay) = 0;
    /// Decrypts the operator's secrets into the transcript.
    virtual void add_operator_secrets(Transcript& transcript) = 0;
    virtual void store_awards(const Awards& awards) = 0;

    virtual void commit() = 0;
};

/// Reads the batch's journal through the transaction, which must outlive it.
ReadBlocks blocks_of(ClosingTransaction& transaction, BatchId batch);

/// Where closings live: PostgreSQL, or a model of it.
class ClosingStore {
public:
    virtual ~ClosingStore() = default;
    /// Batches that may be opened now, ascending.
    virtual std::vector<BatchId> to_open() = 0;
    /// Batches that are closing or past their end, by end time and id.
    virtual std::vector<BatchId> to_close() = 0;
    virtual std::unique_ptr<ClosingTransaction> begin() = 0;
};

} // namespace strikeoff::auctions
