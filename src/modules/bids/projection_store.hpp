#pragma once

#include "modules/bids/bids.hpp"
#include "modules/bids/journal.hpp"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace strikeoff::bids {

/// A row of `bids` as the projector makes it.
struct ProjectedRow {
    Uuid id; ///< `bid_row_id`
    std::int64_t seq = 0;
    JournalRecord record;
    Instant accepted_at;
    BidStatus status = BidStatus::standing;
};

/// A row that stood before this stretch of the journal.
struct StandingRow {
    std::int32_t bidder = 0;
    std::int32_t lot = 0;
    std::optional<Rate> rate;
    Uuid id;
};
BOOST_DESCRIBE_STRUCT(StandingRow, (), (bidder, lot, rate, id))

/// A bidder's id of a bid that occurred before this stretch.
struct SeenRow {
    std::int32_t bidder = 0;
    Uuid bid_id;
};
BOOST_DESCRIBE_STRUCT(SeenRow, (), (bidder, bid_id))

/// A row that stands no longer.
struct EndedRow {
    Uuid id;
    BidStatus status = BidStatus::replaced;
};

/// A batch whose journal goes further than its projection.
struct BatchBehind {
    BatchId batch_id;
    bool open = false; ///< It still takes bids.
};
BOOST_DESCRIBE_STRUCT(BatchBehind, (), (batch_id, open))

/// One stretch of a batch's projection. Without `commit` nothing of it happened.
class ProjectionTransaction {
public:
    virtual ~ProjectionTransaction() = default;
    virtual std::int64_t watermark() const = 0;
    /// Whether a bid takes the place of whoever led, and not of its own bidder's alone.
    virtual bool is_open_format() const = 0;
    virtual std::vector<Block> blocks(int blocks_max) = 0;
    virtual void move_watermark(std::int64_t seq) = 0;
    /// What stood before `before_seq` of these bidders and lots, which are given in pairs; in the
    /// open format who led these lots. A bid that was awarded meanwhile stood.
    virtual std::vector<StandingRow> standing(const std::vector<std::int32_t>& bidders,
                                              const std::vector<std::int32_t>& lots,
                                              std::int64_t before_seq) = 0;
    /// Which of these pairs of bidder and id occurred before `before_seq`.
    virtual std::vector<SeenRow> seen(const std::vector<std::int32_t>& bidders,
                                      const std::vector<Uuid>& ids, std::int64_t before_seq) = 0;
    virtual void end_rows(std::span<const EndedRow> rows) = 0;
    /// Rows that are there already stay as they are: the closing may have written a winner's.
    virtual void insert_rows(std::span<const ProjectedRow> rows) = 0;
    virtual void commit() = 0;
};

/// Where projections live: PostgreSQL, or a model of it.
class ProjectionStore {
public:
    virtual ~ProjectionStore() = default;
    virtual std::vector<BatchBehind> behind() = 0;
    /// Takes the batch's watermark. Nothing when another projector has it.
    virtual std::unique_ptr<ProjectionTransaction> begin(BatchId batch) = 0;
};

} // namespace strikeoff::bids
