#include "modules/bids/projector.hpp"

#include "db/transaction.hpp"
#include "metrics.hpp"
#include "modules/bids/sql_journal.hpp"

#include <set>
#include <unordered_map>

namespace strikeoff::bids {
namespace {

constexpr int blocks_max = 64;

struct BehindRow {
    BatchId batch_id;
    bool open = false;
};
BOOST_DESCRIBE_STRUCT(BehindRow, (), (batch_id, open))

const db::Statement<BehindRow()> batches_behind{{"bids.batches_behind", R"sql(
    SELECT j.batch_id, b.status = 'open' AS open
    FROM batch_journals j JOIN batches b ON b.id = j.batch_id
    WHERE b.status <> 'scheduled'
      AND EXISTS (SELECT 1 FROM bid_blocks l
                  WHERE l.batch_id = j.batch_id AND l.first_seq >= j.projected_seq)
    ORDER BY j.batch_id)sql"}};

// Taken by one projector at a time; another process passes over the batch.
const db::Statement<std::int64_t(BatchId)> take_watermark{{"bids.take_watermark", R"sql(
    SELECT projected_seq FROM batch_journals WHERE batch_id = $1 FOR UPDATE SKIP LOCKED)sql"}};

const db::Statement<void(BatchId, std::int64_t)> move_watermark{{"bids.move_watermark", R"sql(
    UPDATE batch_journals SET projected_seq = $2 WHERE batch_id = $1)sql"}};

struct Rows {
    std::vector<Uuid> ids;
    std::vector<std::int32_t> bidders;
    std::vector<std::int32_t> lots;
    std::vector<Uuid> bid_ids;
    std::vector<std::int64_t> seqs;
    std::vector<std::int16_t> kinds;
    std::vector<Rate> rates;
    std::vector<Instant> times;
    std::vector<std::int32_t> sources;
    std::vector<std::string> statuses;
};

const db::Statement<void(BatchId, std::vector<Uuid>, std::vector<std::string>)> end_standing{
    {"bids.end_standing", R"sql(
    UPDATE bids b
    SET status = e.status::bid_status
    FROM unnest($2, $3) AS e (id, status)
    WHERE b.batch_id = $1 AND b.id = e.id)sql"}};

// The closing may have written a winner's row already.
const db::Statement<void(BatchId, std::vector<Uuid>, std::vector<std::int32_t>,
                         std::vector<std::int32_t>, std::vector<Uuid>, std::vector<std::int64_t>,
                         std::vector<std::int16_t>, std::vector<Rate>, std::vector<Instant>,
                         std::vector<std::int32_t>, std::vector<std::string>)>
    insert_rows{{"bids.insert_rows", R"sql(
    INSERT INTO bids (id, county_id, user_id, certificate_id, auction_id, batch_id, bid_id, seq,
                      kind, adv_no, interest_rate, timestamp, status, ip_address, device_info)
    SELECT r.id, b.county_id, ab.user_id, bc.certificate_id, b.auction_id, b.id, r.bid_id, r.seq,
           r.kind, r.lot, CASE WHEN r.kind = 1 THEN r.rate END, r.at, r.status::bid_status,
           s.ip_address, s.device_info
    FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             AS r (id, bidder, lot, bid_id, seq, kind, rate, at, source, status)
    JOIN batches b ON b.id = $1
    JOIN auction_bidders ab ON ab.auction_id = b.auction_id AND ab.number = r.bidder
    JOIN batch_certificates bc ON bc.batch_id = b.id AND bc.adv_no = r.lot
    LEFT JOIN bid_sources s ON s.id = r.source
    ON CONFLICT (batch_id, id) DO NOTHING)sql"}};

struct HeadRow {
    std::int32_t bidder = 0;
    std::int32_t lot = 0;
    std::optional<Rate> rate;
    Uuid id;
};
BOOST_DESCRIBE_STRUCT(HeadRow, (), (bidder, lot, rate, id))

const db::Statement<HeadRow(BatchId, std::vector<std::int32_t>, std::vector<std::int32_t>)>
    standing_heads{{"bids.standing_heads", R"sql(
    SELECT ab.number AS bidder, b.adv_no AS lot, b.interest_rate AS rate, b.id
    FROM unnest($2, $3) AS h (bidder, lot)
    JOIN batches ba ON ba.id = $1
    JOIN auction_bidders ab ON ab.auction_id = ba.auction_id AND ab.number = h.bidder
    JOIN batch_certificates bc ON bc.batch_id = ba.id AND bc.adv_no = h.lot
    JOIN bids b ON b.batch_id = ba.id AND b.user_id = ab.user_id
               AND b.certificate_id = bc.certificate_id AND b.status = 'standing')sql"}};

struct SeenRow {
    std::int32_t bidder = 0;
    Uuid bid_id;
};
BOOST_DESCRIBE_STRUCT(SeenRow, (), (bidder, bid_id))

const db::Statement<SeenRow(BatchId, std::vector<std::int32_t>, std::vector<Uuid>, std::int64_t)>
    seen_ids{{"bids.seen_ids", R"sql(
    SELECT ab.number AS bidder, b.bid_id
    FROM unnest($2, $3) AS h (bidder, bid_id)
    JOIN batches ba ON ba.id = $1
    JOIN auction_bidders ab ON ab.auction_id = ba.auction_id AND ab.number = h.bidder
    JOIN bids b ON b.batch_id = ba.id AND b.user_id = ab.user_id AND b.bid_id = h.bid_id
    WHERE b.seq < $4)sql"}};

/// Gives each record its status, as the folding of draw.md sees it, within this stretch of the
/// journal and with what stood before it.
class Stager {
public:
    Stager(db::Connection& connection, BatchId batch, const std::vector<Block>& blocks)
        : batch_{batch} {
        std::vector<std::int32_t> bidders;
        std::vector<std::int32_t> lots;
        std::vector<Uuid> ids;
        for (const Block& block : blocks)
            for (const JournalRecord& record : block.records) {
                bidders.push_back(static_cast<std::int32_t>(record.bidder));
                lots.push_back(static_cast<std::int32_t>(record.lot));
                ids.push_back(record.bid.uuid);
            }
        for (const HeadRow& head : connection.all(standing_heads, batch, bidders, lots))
            heads_[key(head.bidder, head.lot)] = {head.rate.value_or(Rate{}), head.id, {}};
        for (const SeenRow& row :
             connection.all(seen_ids, batch, bidders, ids, blocks.front().first_seq))
            seen_.emplace(row.bidder, row.bid_id);
    }

    void add(std::int64_t seq, Instant at, const JournalRecord& record) {
        const auto bidder = static_cast<std::int32_t>(record.bidder);
        const auto lot = static_cast<std::int32_t>(record.lot);
        rows.ids.push_back(bid_row_id(batch_, static_cast<std::uint64_t>(seq)));
        rows.bidders.push_back(bidder);
        rows.lots.push_back(lot);
        rows.bid_ids.push_back(record.bid.uuid);
        rows.seqs.push_back(seq);
        rows.kinds.push_back(static_cast<std::int16_t>(record.kind));
        rows.rates.push_back(Rate::from_bp(record.rate_bp));
        rows.times.push_back(at);
        rows.sources.push_back(static_cast<std::int32_t>(record.source));
        rows.statuses.emplace_back(status(bidder, lot, record));
    }

    Rows rows;
    std::vector<Uuid> ended; ///< Rows projected before that stand no longer.
    std::vector<std::string> ended_as;

private:
    struct Head {
        Rate rate;
        std::optional<Uuid> projected;  ///< Its row, when it was projected before.
        std::optional<std::size_t> row; ///< In `rows`, when it stands by this stretch.
    };
    static std::uint64_t key(std::int32_t bidder, std::int32_t lot) {
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(bidder)) << 32 |
               static_cast<std::uint32_t>(lot);
    }

    const char* status(std::int32_t bidder, std::int32_t lot, const JournalRecord& record) {
        if (!seen_.emplace(bidder, record.bid.uuid).second) return "void";
        const std::uint64_t head_key = key(bidder, lot);
        const auto head = heads_.find(head_key);
        const bool withdraw = record.kind == BidKind::withdraw;
        const Rate rate = Rate::from_bp(record.rate_bp);
        if (head != heads_.end()) {
            if (!withdraw && head->second.rate == rate) return "void";
            const char* const end = withdraw ? "withdrawn" : "replaced";
            if (head->second.row) {
                rows.statuses[*head->second.row] = end;
            } else {
                ended.push_back(*head->second.projected);
                ended_as.emplace_back(end);
            }
        }
        if (withdraw) {
            if (head != heads_.end()) heads_.erase(head);
            return "withdrawn";
        }
        heads_[head_key] = {rate, {}, rows.statuses.size()};
        return "standing";
    }

    BatchId batch_;
    std::unordered_map<std::uint64_t, Head> heads_;
    std::set<std::pair<std::int32_t, Uuid>> seen_;
};

} // namespace

Projector::Pace Projector::work() {
    std::vector<BehindRow> behind;
    {
        auto lease = pool_.acquire();
        behind = lease->all(batches_behind);
    }
    bool moved = false;
    bool bidding = false;
    for (const BehindRow& row : behind) {
        moved |= project(row.batch_id);
        bidding |= row.open;
    }
    if (!moved) return Pace::idle;
    return bidding ? Pace::gentle : Pace::full;
}

bool Projector::project(BatchId batch) {
    db::Transaction transaction{pool_};
    const auto from = transaction->maybe_one(take_watermark, batch);
    if (!from) return false;
    const std::vector<Block> blocks =
        read_blocks(transaction.connection(), batch, *from, blocks_max);
    if (blocks.empty()) return false;
    const Block& last = blocks.back();
    transaction->run(move_watermark, batch,
                     last.first_seq + static_cast<std::int64_t>(last.records.size()));
    Stager stager{transaction.connection(), batch, blocks};
    for (const Block& block : blocks)
        for (std::size_t i = 0; i < block.records.size(); ++i)
            stager.add(block.first_seq + static_cast<std::int64_t>(i), block.accepted_at,
                       block.records[i]);
    const Rows& r = stager.rows;
    if (!stager.ended.empty()) transaction->run(end_standing, batch, stager.ended, stager.ended_as);
    transaction->run(insert_rows, batch, r.ids, r.bidders, r.lots, r.bid_ids, r.seqs, r.kinds,
                     r.rates, r.times, r.sources, r.statuses);
    transaction.commit();
    metrics::metrics().records_projected.add(r.ids.size());
    return true;
}

} // namespace strikeoff::bids
