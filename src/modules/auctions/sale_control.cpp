// What staff do to a sale that runs: every step is a record of the batch's public chain.
#include "core/canonical_json.hpp"
#include "modules/auctions/auctions.hpp"
#include "modules/auctions/chain.hpp"
#include "modules/bids/sale_steps.hpp"

namespace strikeoff::auctions {
namespace {

using namespace std::chrono_literals;

constexpr auto resume_notice_min = 15min;
constexpr std::size_t reason_size_max = 1000;

struct BatchRow {
    CountyId county_id;
    AuctionId auction_id;
    BatchStatus status = BatchStatus::scheduled;
    Instant end_time;
    std::int32_t chain_length = 0;
    std::optional<Instant> paused_at;
    Instant start_time;
    bool reserves = false;
};
BOOST_DESCRIBE_STRUCT(BatchRow, (),
                      (county_id, auction_id, status, end_time, chain_length, paused_at, start_time,
                       reserves))

const db::Statement<BatchRow(BatchId)> lock_batch{{"auctions.lock_batch_to_change", R"sql(
    SELECT county_id, auction_id, status, end_time, chain_length, paused_at, start_time, reserves
    FROM batches
    WHERE id = $1
    FOR NO KEY UPDATE)sql"}};

// After the last accepted bid and not before the last change, which lie ahead of a clock that was
// set back.
const db::Statement<Instant(BatchId)> change_time{{"auctions.change_time", R"sql(
    SELECT greatest(strikeoff.clock(),
                    (SELECT accepted_at + interval '1 microsecond' FROM bid_blocks
                     WHERE batch_id = $1 ORDER BY first_seq DESC LIMIT 1),
                    (SELECT changed_at FROM batches WHERE id = $1)) AS now)sql"}};

struct LotRow {
    Uuid id;
    CertificateId certificate_id;
    LotStatus status = LotStatus::offered;
    Money face;
};
BOOST_DESCRIBE_STRUCT(LotRow, (), (id, certificate_id, status, face))

const db::Statement<LotRow(BatchId, std::int32_t)> lock_lot{{"auctions.lock_lot", R"sql(
    SELECT id, certificate_id, status, face
    FROM batch_certificates
    WHERE batch_id = $1 AND adv_no = $2
    FOR NO KEY UPDATE)sql"}};

const db::Statement<void(Uuid, Instant, std::string)> withdraw_lot{{"auctions.withdraw_lot", R"sql(
    UPDATE batch_certificates SET status = 'withdrawn', withdrawn_at = $2, withdrawn_reason = $3
    WHERE id = $1)sql"}};

const db::Statement<void(Uuid)> remove_lot{{"auctions.remove_lot", R"sql(
    DELETE FROM batch_certificates WHERE id = $1)sql"}};

const db::Statement<void(CountyId, BatchId, Uuid, std::string, UserId)> insert_withdrawal{
    {"auctions.insert_withdrawal", R"sql(
    INSERT INTO withdrawals (county_id, batch_id, batch_certificate_id, reason, withdrawn_by)
    VALUES ($1, $2, $3, $4, $5))sql"}};

const db::Statement<void(CertificateId, Instant, std::string, UserId)> remove_certificate{
    {"auctions.remove_certificate", R"sql(
    WITH removed AS (
        UPDATE certificates
        SET removed_at = $2, removed_reason = $3,
            status = CASE WHEN status = 'active' THEN 'pending' ELSE status END
        WHERE id = $1
        RETURNING county_id, id)
    INSERT INTO certificate_history (county_id, certificate_id, event_type, change_data_json,
                                     performed_by, created_at)
    SELECT county_id, id, 'withdrawn', jsonb_build_object('reason', $3), $4, $2
    FROM removed)sql"}};

const db::Statement<BatchId(AuctionId)> unclosed_batches{{"auctions.unclosed_batches", R"sql(
    SELECT id FROM batches
    WHERE auction_id = $1 AND status IN ('scheduled', 'open', 'paused')
    ORDER BY id)sql"}};

const db::Statement<void(BatchId, Instant)> pause_batch{{"auctions.pause_batch", R"sql(
    UPDATE batches
    SET status = CASE WHEN status = 'open' THEN 'paused' ELSE status END, paused_at = $2
    WHERE id = $1)sql"}};

const db::Statement<void(BatchId, Instant)> resume_batch{{"auctions.resume_batch", R"sql(
    UPDATE batches
    SET status = CASE WHEN status = 'paused' THEN 'open' ELSE status END, paused_at = NULL,
        end_time = $2, extended_to = NULL
    WHERE id = $1)sql"}};

const db::Statement<void(BatchId, Instant)> set_end{{"auctions.set_end", R"sql(
    UPDATE batches SET end_time = $2, extended_to = NULL WHERE id = $1)sql"}};

const db::Statement<std::string(BatchId)> rules_of_batch{{"auctions.rules_of_batch", R"sql(
    SELECT coalesce(rules, '') AS rules FROM batch_chain WHERE batch_id = $1 AND k = 0)sql"}};

const db::Statement<void(BatchId)> cancel_batch{{"auctions.cancel_batch", R"sql(
    UPDATE batches SET status = 'canceled' WHERE id = $1)sql"}};

const db::Statement<void(BatchId)> release_certificates{{"auctions.release_certificates", R"sql(
    UPDATE certificates c SET status = 'pending'
    FROM batch_certificates bc
    WHERE bc.batch_id = $1 AND c.id = bc.certificate_id AND c.status = 'active')sql"}};

struct AuctionRow {
    CountyId county_id;
    AuctionStatus status = AuctionStatus::draft;
    std::optional<Instant> paused_at;
};
BOOST_DESCRIBE_STRUCT(AuctionRow, (), (county_id, status, paused_at))

const db::Statement<AuctionRow(AuctionId)> read_auction{{"auctions.read_auction", R"sql(
    SELECT county_id, status, paused_at FROM auctions WHERE id = $1 FOR NO KEY UPDATE)sql"}};

const db::Statement<void(AuctionId, Instant, std::string)> pause_auction{
    {"auctions.pause_auction", R"sql(
    UPDATE auctions SET status = 'paused', paused_at = $2, pause_reason = $3 WHERE id = $1)sql"}};

const db::Statement<void(AuctionId)> resume_auction{{"auctions.resume_auction", R"sql(
    UPDATE auctions a
    SET paused_at = NULL, pause_reason = NULL,
        status = CASE WHEN EXISTS (SELECT 1 FROM batches b WHERE b.auction_id = a.id
                                     AND b.status IN ('closing', 'closed')) THEN 'closing'
                      WHEN EXISTS (SELECT 1 FROM batches b WHERE b.auction_id = a.id
                                     AND b.status = 'open') THEN 'open'
                      ELSE 'published' END::auction_status,
        end_date = (SELECT max(end_time) FROM batches b
                    WHERE b.auction_id = a.id AND b.status <> 'canceled')
    WHERE a.id = $1)sql"}};

const db::Statement<std::string(Uuid, CountyId, UserId, std::string, Uuid, std::string, Bytes)>
    append_audit{{"auctions.audit_change", R"sql(
    SELECT strikeoff.audit_append($1, $2, $3, $4, $5, $6, $7, NULL)::text)sql"}};

void audit(db::Connection& connection, CountyId county, UserId by, const char* entity, Uuid id,
           const char* action, const boost::json::object& facts) {
    const std::string payload = canonical_json(facts);
    connection.one(append_audit, county.uuid, county, by, std::string{entity}, id,
                   std::string{action}, Bytes(payload.begin(), payload.end()));
}

Result<void> check_reason(const std::string& reason) {
    if (!reason.empty() && reason.size() <= reason_size_max) return {};
    return fail(ErrorCode::invalid_input, "reason.missing", "a reason is needed; it is published",
                {{"reason", "must have 1 to 1000 characters"}});
}

std::unexpected<Error> no_batch() {
    return fail(ErrorCode::not_found, "batch.unknown", "there is no such batch");
}

bool is_unclosed(BatchStatus status) {
    return status == BatchStatus::scheduled || status == BatchStatus::open ||
           status == BatchStatus::paused;
}

/// One time for a change of several batches, whose locks the caller holds. No batch is none.
Instant latest_change_time(db::Connection& connection, const std::vector<BatchId>& batches) {
    Instant latest = connection.one(change_time, BatchId{});
    for (const BatchId batch : batches)
        latest = std::max(latest, connection.one(change_time, batch));
    return latest;
}

AwardRules rules_of(db::Connection& connection, BatchId batch) {
    auto rules = parse_award_rules(connection.one(rules_of_batch, batch));
    if (!rules) throw std::runtime_error("rules of the batch: " + rules.error().message);
    return *rules;
}

std::unexpected<Error> too_late() {
    return fail(ErrorCode::conflict, "batch.closed", "the batch is closing or closed");
}

} // namespace

Result<void> AuctionService::withdraw(BatchId batch, int adv_no, const Reason& reason, UserId by) {
    SO_TRY_VOID(check_reason(reason.reason));
    db::Transaction transaction{pool_};
    const auto row = transaction->maybe_one(lock_batch, batch);
    if (!row) return no_batch();
    const auto lot = transaction->maybe_one(lock_lot, batch, adv_no);
    if (!lot) return fail(ErrorCode::not_found, "item.unknown", "the batch has no such item");
    if (!is_unclosed(row->status)) return too_late();
    if (lot->status == LotStatus::withdrawn)
        return fail(ErrorCode::conflict, "item.withdrawn", "the item is withdrawn already");
    const Instant now = transaction->one(change_time, batch);
    if (row->chain_length == 0) {
        transaction->run(remove_lot, lot->id); // Nothing was committed to yet.
    } else {
        transaction->run(withdraw_lot, lot->id, now, reason.reason);
        if (row->reserves)
            bids::release_lot(transaction.connection(), batch, static_cast<std::uint32_t>(adv_no),
                              lot->face, rules_of(transaction.connection(), batch).format);
        transaction->run(insert_withdrawal, row->county_id, batch, lot->id, reason.reason, by);
        store_change(transaction.connection(), keys_, row->county_id, batch,
                     {.kind = ChangeKind::lot_withdrawn,
                      .at = now,
                      .new_end = row->end_time,
                      .certificate = lot->certificate_id,
                      .reason = reason.reason,
                      .lot_number = adv_no});
    }
    transaction->run(remove_certificate, lot->certificate_id, now, reason.reason, by);
    audit(transaction.connection(), row->county_id, by, "batch", batch.uuid, "item.withdrawn",
          {{"adv_no", adv_no}, {"reason", reason.reason}});
    transaction.commit();
    return {};
}

Result<void> AuctionService::pause(AuctionId auction, const Reason& reason, UserId by) {
    SO_TRY_VOID(check_reason(reason.reason));
    db::Transaction transaction{pool_};
    const auto batches = transaction->all(unclosed_batches, auction);
    std::vector<BatchRow> rows;
    for (const BatchId batch : batches) // Ascending, as everyone locks them.
        rows.push_back(transaction->one(lock_batch, batch));
    const AuctionRow row = transaction->one(read_auction, auction);
    const bool running = row.status == AuctionStatus::published ||
                         row.status == AuctionStatus::open || row.status == AuctionStatus::closing;
    if (!running) return fail(ErrorCode::conflict, "auction.not_running", "no sale is under way");
    const Instant now = latest_change_time(transaction.connection(), batches);
    for (std::size_t i = 0; i < batches.size(); ++i) {
        if (!is_unclosed(rows[i].status)) continue;
        transaction->run(pause_batch, batches[i], now);
        if (rows[i].chain_length > 0)
            store_change(transaction.connection(), keys_, row.county_id, batches[i],
                         {.kind = ChangeKind::paused,
                          .at = now,
                          .new_end = rows[i].end_time,
                          .reason = reason.reason});
    }
    transaction->run(pause_auction, auction, now, reason.reason);
    audit(transaction.connection(), row.county_id, by, "auction", auction.uuid, "auction.paused",
          {{"reason", reason.reason}});
    transaction.commit();
    return {};
}

Result<void> AuctionService::resume(db::Connection& connection, AuctionId auction,
                                    UserId by) const {
    const auto batches = connection.all(unclosed_batches, auction);
    std::vector<BatchRow> rows;
    for (const BatchId batch : batches)
        rows.push_back(connection.one(lock_batch, batch));
    const AuctionRow row = connection.one(read_auction, auction);
    if (row.status != AuctionStatus::paused || !row.paused_at)
        return fail(ErrorCode::conflict, "auction.not_paused", "the sale is not paused");
    const Instant now = latest_change_time(connection, batches);
    for (std::size_t i = 0; i < batches.size(); ++i) {
        if (!rows[i].paused_at) continue;
        const Instant moved = rows[i].end_time + (now - *rows[i].paused_at);
        const Instant new_end = std::max(moved, now + resume_notice_min);
        connection.run(resume_batch, batches[i], new_end);
        if (rows[i].chain_length == 0) continue;
        bids::move_item_ends(connection, batches[i], rules_of(connection, batches[i]),
                             *rows[i].paused_at, new_end);
        store_change(
            connection, keys_, row.county_id, batches[i],
            {.kind = ChangeKind::resumed, .at = now, .new_end = new_end, .reason = "resumed"});
    }
    connection.run(resume_auction, auction);
    audit(connection, row.county_id, by, "auction", auction.uuid, "auction.resumed", {});
    return {};
}

Result<void> AuctionService::move_end(BatchId batch, const MoveEnd& wanted, UserId by) {
    SO_TRY_VOID(check_reason(wanted.reason));
    db::Transaction transaction{pool_};
    const auto row = transaction->maybe_one(lock_batch, batch);
    if (!row) return no_batch();
    if (!is_unclosed(row->status)) return too_late();
    const Instant now = transaction->one(change_time, batch);
    // A bid may have been accepted up to now: the end must not lie behind it.
    if (wanted.end_time <= now)
        return fail(ErrorCode::rule_violation, "batch.end_in_the_past", "the new end has passed",
                    {{"end_time", "must be in the future"}});
    if (wanted.end_time <= row->start_time)
        return fail(ErrorCode::rule_violation, "batch.end_before_start",
                    "the new end is not after the start",
                    {{"end_time", "must be after the batch's start_time"}});
    transaction->run(set_end, batch, wanted.end_time);
    if (row->chain_length > 0) {
        bids::move_item_ends(transaction.connection(), batch,
                             rules_of(transaction.connection(), batch),
                             row->paused_at.value_or(now), wanted.end_time);
        store_change(transaction.connection(), keys_, row->county_id, batch,
                     {.kind = ChangeKind::end_moved,
                      .at = now,
                      .new_end = wanted.end_time,
                      .reason = wanted.reason});
    }
    audit(transaction.connection(), row->county_id, by, "batch", batch.uuid, "batch.end_moved",
          {{"end_time", format_instant(wanted.end_time)}, {"reason", wanted.reason}});
    transaction.commit();
    return {};
}

Result<void> AuctionService::cancel(db::Connection& connection, BatchId batch, const Reason& reason,
                                    UserId by) const {
    SO_TRY_VOID(check_reason(reason.reason));
    const auto row = connection.maybe_one(lock_batch, batch);
    if (!row) return no_batch();
    if (!is_unclosed(row->status)) return too_late();
    const Instant now = connection.one(change_time, batch);
    if (row->chain_length > 0)
        store_change(connection, keys_, row->county_id, batch,
                     {.kind = ChangeKind::canceled,
                      .at = now,
                      .new_end = row->end_time,
                      .reason = reason.reason});
    connection.run(cancel_batch, batch);
    connection.run(release_certificates, batch);
    audit(connection, row->county_id, by, "batch", batch.uuid, "batch.canceled",
          {{"reason", reason.reason}});
    return {};
}

} // namespace strikeoff::auctions
