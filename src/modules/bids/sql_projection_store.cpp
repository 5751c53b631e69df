#include "modules/bids/sql_projection_store.hpp"

#include "db/transaction.hpp"
#include "modules/bids/sql_journal.hpp"

namespace strikeoff::bids {
namespace {

const db::Statement<BatchBehind()> batches_behind{{"bids.batches_behind", R"sql(
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

// A bid of the open format may have been awarded because whoever led after it was barred.
const db::Statement<void(BatchId, std::vector<Uuid>, std::vector<std::string>)> end_standing{
    {"bids.end_standing", R"sql(
    UPDATE bids b
    SET status = e.status::bid_status
    FROM unnest($2, $3) AS e (id, status)
    WHERE b.batch_id = $1 AND b.id = e.id AND b.status <> 'awarded')sql"}};

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

const db::Statement<StandingRow(BatchId, std::vector<std::int32_t>, std::vector<std::int32_t>,
                                std::int64_t)>
    standing_heads{{"bids.standing_heads", R"sql(
    SELECT ab.number AS bidder, b.adv_no AS lot, b.interest_rate AS rate, b.id
    FROM unnest($2, $3) AS h (bidder, lot)
    JOIN batches ba ON ba.id = $1
    JOIN auction_bidders ab ON ab.auction_id = ba.auction_id AND ab.number = h.bidder
    JOIN batch_certificates bc ON bc.batch_id = ba.id AND bc.adv_no = h.lot
    JOIN bids b ON b.batch_id = ba.id AND b.user_id = ab.user_id
               AND b.certificate_id = bc.certificate_id
               AND b.status IN ('standing', 'awarded') AND b.seq < $4)sql"}};

const db::Statement<StandingRow(BatchId, std::vector<std::int32_t>, std::int64_t)> leading_rows{
    {"bids.leading_rows", R"sql(
    SELECT ab.number AS bidder, b.adv_no AS lot, b.interest_rate AS rate, b.id
    FROM (SELECT DISTINCT l.adv_no FROM unnest($2) AS l (adv_no)) led
    JOIN batch_certificates bc ON bc.batch_id = $1 AND bc.adv_no = led.adv_no
    JOIN bids b ON b.batch_id = bc.batch_id AND b.certificate_id = bc.certificate_id
               AND b.status IN ('standing', 'awarded') AND b.seq < $3
    JOIN auction_bidders ab ON ab.auction_id = b.auction_id AND ab.user_id = b.user_id)sql"}};

const db::Statement<bool(BatchId)> open_format{{"bids.open_format", R"sql(
    SELECT coalesce(rules::jsonb ->> 'format' = 'open', false)
    FROM batch_chain WHERE batch_id = $1 AND k = 0)sql"}};

const db::Statement<SeenRow(BatchId, std::vector<std::int32_t>, std::vector<Uuid>, std::int64_t)>
    seen_ids{{"bids.seen_ids", R"sql(
    SELECT ab.number AS bidder, b.bid_id
    FROM unnest($2, $3) AS h (bidder, bid_id)
    JOIN batches ba ON ba.id = $1
    JOIN auction_bidders ab ON ab.auction_id = ba.auction_id AND ab.number = h.bidder
    JOIN bids b ON b.batch_id = ba.id AND b.user_id = ab.user_id AND b.bid_id = h.bid_id
    WHERE b.seq < $4)sql"}};

class SqlProjectionTransaction final : public ProjectionTransaction {
public:
    SqlProjectionTransaction(db::Pool& pool, BatchId batch) : transaction_{pool}, batch_{batch} {
        taken_ = transaction_->maybe_one(take_watermark, batch);
        if (taken_) open_format_ = transaction_->maybe_one(open_format, batch).value_or(false);
    }
    bool is_taken() const { return taken_.has_value(); }

    std::int64_t watermark() const override { return taken_.value(); }
    bool is_open_format() const override { return open_format_; }
    std::vector<Block> blocks(int blocks_max) override {
        return read_blocks(transaction_.connection(), batch_, watermark(), blocks_max);
    }
    void move_watermark(std::int64_t seq) override {
        transaction_->run(strikeoff::bids::move_watermark, batch_, seq);
    }
    std::vector<StandingRow> standing(const std::vector<std::int32_t>& bidders,
                                      const std::vector<std::int32_t>& lots,
                                      std::int64_t before_seq) override {
        if (open_format_) return transaction_->all(leading_rows, batch_, lots, before_seq);
        return transaction_->all(standing_heads, batch_, bidders, lots, before_seq);
    }
    std::vector<SeenRow> seen(const std::vector<std::int32_t>& bidders,
                              const std::vector<Uuid>& ids, std::int64_t before_seq) override {
        return transaction_->all(seen_ids, batch_, bidders, ids, before_seq);
    }
    void end_rows(std::span<const EndedRow> rows) override {
        if (rows.empty()) return;
        std::vector<Uuid> ids;
        std::vector<std::string> statuses;
        for (const EndedRow& row : rows) {
            ids.push_back(row.id);
            statuses.emplace_back(enum_name(row.status));
        }
        transaction_->run(end_standing, batch_, ids, statuses);
    }
    void insert_rows(std::span<const ProjectedRow> rows) override;
    void commit() override { transaction_.commit(); }

private:
    db::Transaction transaction_;
    BatchId batch_;
    std::optional<std::int64_t> taken_;
    bool open_format_ = false;
};

void SqlProjectionTransaction::insert_rows(std::span<const ProjectedRow> rows) {
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
    for (const ProjectedRow& row : rows) {
        ids.push_back(row.id);
        bidders.push_back(static_cast<std::int32_t>(row.record.bidder));
        lots.push_back(static_cast<std::int32_t>(row.record.lot));
        bid_ids.push_back(row.record.bid.uuid);
        seqs.push_back(row.seq);
        kinds.push_back(static_cast<std::int16_t>(row.record.kind));
        rates.push_back(Rate::from_bp(row.record.rate_bp));
        times.push_back(row.accepted_at);
        sources.push_back(static_cast<std::int32_t>(row.record.source));
        statuses.emplace_back(enum_name(row.status));
    }
    transaction_->run(strikeoff::bids::insert_rows, batch_, ids, bidders, lots, bid_ids, seqs,
                      kinds, rates, times, sources, statuses);
}

} // namespace

std::vector<BatchBehind> SqlProjectionStore::behind() {
    auto lease = pool_.acquire();
    return lease->all(batches_behind);
}

std::unique_ptr<ProjectionTransaction> SqlProjectionStore::begin(BatchId batch) {
    auto transaction = std::make_unique<SqlProjectionTransaction>(pool_, batch);
    if (!transaction->is_taken()) return nullptr;
    return transaction;
}

} // namespace strikeoff::bids
