#include "modules/bids/projector.hpp"

#include "metrics.hpp"

#include <set>
#include <unordered_map>

namespace strikeoff::bids {
namespace {

constexpr int blocks_max = 64;

/// Gives each record its status, as the folding of draw.md sees it, within this stretch of the
/// journal and with what stood before it.
class Stager {
public:
    Stager(ProjectionTransaction& transaction, BatchId batch, const std::vector<Block>& blocks)
        : batch_{batch}, open_format_{transaction.is_open_format()} {
        std::vector<std::int32_t> bidders;
        std::vector<std::int32_t> lots;
        std::vector<Uuid> ids;
        for (const Block& block : blocks)
            for (const JournalRecord& record : block.records) {
                bidders.push_back(static_cast<std::int32_t>(record.bidder));
                lots.push_back(static_cast<std::int32_t>(record.lot));
                ids.push_back(record.bid.uuid);
            }
        for (const StandingRow& row : transaction.standing(bidders, lots, blocks.front().first_seq))
            heads_[key(static_cast<std::uint32_t>(row.bidder),
                       static_cast<std::uint32_t>(row.lot))] = {
                row.rate.value_or(Rate{}), static_cast<std::uint32_t>(row.bidder), row.id, {}};
        for (const SeenRow& row : transaction.seen(bidders, ids, blocks.front().first_seq))
            seen_.emplace(static_cast<std::uint32_t>(row.bidder), row.bid_id);
    }

    void add(std::int64_t seq, Instant at, const JournalRecord& record) {
        rows.push_back({.id = bid_row_id(batch_, static_cast<std::uint64_t>(seq)),
                        .seq = seq,
                        .record = record,
                        .accepted_at = at});
        rows.back().status = status(record);
    }

    std::vector<ProjectedRow> rows;
    std::vector<EndedRow> ended; ///< Rows projected before that stand no longer.

private:
    struct Head {
        Rate rate;
        std::uint32_t bidder = 0;
        std::optional<Uuid> projected;  ///< Its row, when it was projected before.
        std::optional<std::size_t> row; ///< In `rows`, when it stands by this stretch.
    };
    /// A bidder has one bid on a lot; in the open format the lot has one that leads.
    std::uint64_t key(std::uint32_t bidder, std::uint32_t lot) const {
        return std::uint64_t{open_format_ ? 0 : bidder} << 32 | lot;
    }

    /// Of the record that `rows` ends with.
    BidStatus status(const JournalRecord& record) {
        if (!seen_.emplace(record.bidder, record.bid.uuid).second) return BidStatus::void_;
        const std::uint64_t head_key = key(record.bidder, record.lot);
        const auto head = heads_.find(head_key);
        const bool withdraw = record.kind == BidKind::withdraw;
        const Rate rate = Rate::from_bp(record.rate_bp);
        if (head != heads_.end()) {
            if (!withdraw && head->second.rate == rate) return BidStatus::void_;
            const BidStatus end = head->second.bidder != record.bidder ? BidStatus::outbid
                                  : withdraw                           ? BidStatus::withdrawn
                                                                       : BidStatus::replaced;
            if (head->second.row)
                rows[*head->second.row].status = end;
            else
                ended.push_back({*head->second.projected, end});
        }
        if (withdraw) {
            if (head != heads_.end()) heads_.erase(head);
            return BidStatus::withdrawn;
        }
        heads_[head_key] = {rate, record.bidder, {}, rows.size() - 1};
        return BidStatus::standing;
    }

    BatchId batch_;
    bool open_format_;
    std::unordered_map<std::uint64_t, Head> heads_;
    std::set<std::pair<std::uint32_t, Uuid>> seen_;
};

} // namespace

Projector::Pace Projector::work() {
    bool moved = false;
    bool bidding = false;
    for (const BatchBehind& row : store_.behind()) {
        moved |= project(row.batch_id);
        bidding |= row.open;
    }
    if (!moved) return Pace::idle;
    return bidding ? Pace::gentle : Pace::full;
}

bool Projector::project(BatchId batch) {
    const auto transaction = store_.begin(batch);
    if (!transaction) return false;
    const std::vector<Block> blocks = transaction->blocks(blocks_max);
    if (blocks.empty()) return false;
    const Block& last = blocks.back();
    transaction->move_watermark(last.first_seq + static_cast<std::int64_t>(last.records.size()));
    Stager stager{*transaction, batch, blocks};
    for (const Block& block : blocks)
        for (std::size_t i = 0; i < block.records.size(); ++i)
            stager.add(block.first_seq + static_cast<std::int64_t>(i), block.accepted_at,
                       block.records[i]);
    transaction->end_rows(stager.ended);
    transaction->insert_rows(stager.rows);
    transaction->commit();
    metrics::metrics().records_projected.add(stager.rows.size());
    return true;
}

} // namespace strikeoff::bids
