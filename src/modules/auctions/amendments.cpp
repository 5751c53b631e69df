#include "modules/auctions/amendments.hpp"

#include "core/canonical_json.hpp"
#include "core/chain.hpp"
#include "core/sha256.hpp"
#include "modules/auctions/auctions.hpp"
#include "modules/counties/settings.hpp"

namespace strikeoff::auctions {
namespace {

constexpr std::size_t reason_size_max = 1000;

struct BatchRow {
    CountyId county_id;
    AuctionId auction_id;
    BatchStatus status = BatchStatus::scheduled;
};
BOOST_DESCRIBE_STRUCT(BatchRow, (), (county_id, auction_id, status))

const db::Statement<BatchRow(BatchId)> lock_batch{{"auctions.lock_batch_to_amend", R"sql(
    SELECT county_id, auction_id, status FROM batches WHERE id = $1 FOR NO KEY UPDATE)sql"}};

struct AwardRow {
    Uuid lot_id;
    std::int32_t adv_no = 0;
    CertificateId certificate_id;
    LotStatus status = LotStatus::offered;
    std::optional<Uuid> winning_bid_id;
    std::optional<std::string> payment_status;
};
BOOST_DESCRIBE_STRUCT(AwardRow, (),
                      (lot_id, adv_no, certificate_id, status, winning_bid_id, payment_status))

const db::Statement<AwardRow(BatchId, std::optional<std::int32_t>, std::optional<CertificateId>)>
    lock_award{{"auctions.lock_award", R"sql(
    SELECT l.id AS lot_id, l.adv_no, l.certificate_id, l.status, w.id AS winning_bid_id,
           w.payment_status::text AS payment_status
    FROM batch_certificates l LEFT JOIN winning_bids w ON w.batch_certificate_id = l.id
    WHERE l.batch_id = $1 AND (l.adv_no = $2 OR l.certificate_id = $3)
    FOR NO KEY UPDATE OF l)sql"}};

const db::Statement<AmendmentId(CountyId, AuctionId, BatchId, CertificateId, AmendmentKind,
                                std::string, UserId, Instant)>
    insert_proposal{{"auctions.insert_proposal", R"sql(
    INSERT INTO amendments (county_id, auction_id, batch_id, certificate_id, kind, body, reason,
                            proposed_by, created_at)
    VALUES ($1, $2, $3, $4, $5, '', $6, $7, $8)
    ON CONFLICT DO NOTHING
    RETURNING id)sql"}};

const db::Statement<Instant()> clock_now{{"auctions.clock_of_amendment", R"sql(
    SELECT strikeoff.clock() AS now)sql"}};

struct ProposalRow {
    BatchId batch_id;
    std::optional<CertificateId> certificate_id;
    std::string kind;
    std::string reason;
    UserId proposed_by;
    bool decided = false;
};
BOOST_DESCRIBE_STRUCT(ProposalRow, (),
                      (batch_id, certificate_id, kind, reason, proposed_by, decided))

const db::Statement<BatchId(AmendmentId)> batch_of_amendment{{"auctions.batch_of_amendment", R"sql(
    SELECT batch_id FROM amendments WHERE id = $1)sql"}};

const db::Statement<ProposalRow(AmendmentId)> lock_proposal{{"auctions.lock_proposal", R"sql(
    SELECT batch_id, certificate_id, kind::text AS kind, reason, proposed_by,
           published_at IS NOT NULL OR refused_at IS NOT NULL AS decided
    FROM amendments
    WHERE id = $1
    FOR UPDATE)sql"}};

const db::Statement<void(AmendmentId, UserId, std::string, Hash, Signature, Instant)>
    publish_amendment{{"auctions.publish_amendment", R"sql(
    UPDATE amendments
    SET approved_by = $2, body = $3, hash = $4, signature = $5, published_at = $6
    WHERE id = $1)sql"}};

const db::Statement<void(AmendmentId, Instant)> refuse_amendment{{"auctions.refuse_amendment",
                                                                  R"sql(
    UPDATE amendments SET refused_at = $2 WHERE id = $1)sql"}};

const db::Statement<Hash(BatchId)> transcript_digest{{"auctions.transcript_digest", R"sql(
    SELECT transcript_sha256 FROM transcripts WHERE batch_id = $1)sql"}};

const db::Statement<void(Uuid)> set_void_paid{{"auctions.set_void_paid", R"sql(
    UPDATE batch_certificates SET status = 'void_paid' WHERE id = $1)sql"}};

const db::Statement<void(Uuid, std::string, bool)> void_winning_bid{
    {"auctions.void_winning_bid", R"sql(
    WITH voided AS (
        UPDATE winning_bids
        SET payment_status = CASE WHEN $3 THEN 'forfeited'
                                  ELSE 'void' END::winning_bid_payment_status,
            void_reason = $2
        WHERE id = $1
        RETURNING auction_id, user_id, face)
    UPDATE budgets b SET awarded = b.awarded - v.face
    FROM voided v
    WHERE b.auction_id = v.auction_id AND b.user_id = v.user_id)sql"}};

const db::Statement<std::int64_t(Uuid, Instant)> reverse_award{{"auctions.reverse_award", R"sql(
    WITH original AS (
        SELECT id, county_id, user_id, amount, reference_type, reference_id
        FROM transactions
        WHERE reference_type = 'winning_bid' AND reference_id = $1
          AND transaction_type = 'purchase'),
    reversal AS (
        INSERT INTO transactions (county_id, user_id, transaction_type, amount, reference_type,
                                  reference_id, reverses_id, created_at)
        SELECT county_id, user_id, 'reversal', amount, reference_type, reference_id, id, $2
        FROM original
        RETURNING id, county_id, reverses_id),
    legs AS (
        INSERT INTO ledger_entries (county_id, transaction_id, account_id, amount, created_at)
        SELECT r.county_id, r.id, e.account_id, -e.amount, $2
        FROM reversal r JOIN ledger_entries e ON e.transaction_id = r.reverses_id
        RETURNING id)
    SELECT count(*) FROM legs)sql"}};

// The certificate is as it was before the award; the number that the award gave goes with it.
const db::Statement<void(CertificateId, bool, std::string, UserId, Instant, std::string)>
    take_back_certificate{{"auctions.take_back_certificate", R"sql(
    WITH taken AS (
        UPDATE certificates
        SET status = CASE WHEN $2 THEN 'canceled' ELSE 'pending' END::certificate_status,
            canceled_reason = CASE WHEN $2 THEN 'paid_before_sale' END::certificate_canceled_reason,
            canceled_note = CASE WHEN $2 THEN $3 END,
            paid_at = CASE WHEN $2 THEN coalesce(paid_at, $5) ELSE paid_at END,
            holder_id = NULL, award_rate = NULL, expires_on = NULL,
            original_issue_date = nullif(original_issue_date, issue_date), issue_date = NULL,
            certificate_number = nullif(certificate_number,
                                        tax_year || '-' || lpad(advertised_number::text, 6, '0'))
        WHERE id = $1
        RETURNING county_id, id)
    INSERT INTO certificate_history (county_id, certificate_id, event_type, change_data_json,
                                     performed_by, created_at)
    SELECT county_id, id, $6, jsonb_build_object('reason', $3), $4, $5
    FROM taken)sql"}};

// As if nobody had bid: it keeps its number and its dates.
const db::Statement<void(CertificateId, Rate, std::string, UserId, Instant)> strike_to_county{
    {"auctions.strike_to_county", R"sql(
    WITH struck AS (
        UPDATE certificates SET holder_id = NULL, award_rate = $2
        WHERE id = $1
        RETURNING county_id, id)
    INSERT INTO certificate_history (county_id, certificate_id, event_type, change_data_json,
                                     performed_by, created_at)
    SELECT county_id, id, 'forfeited',
           jsonb_build_object('reason', $3, 'rate', $2::text, 'holder_id', NULL), $4, $5
    FROM struck)sql"}};

const db::Statement<void(CountyId, std::string, Uuid, db::Json)> announce{
    {"auctions.announce_amendment", R"sql(
    INSERT INTO outbox_events (county_id, topic, key, payload)
    VALUES ($1, $2, $3::uuid::text, $4))sql"}};

const db::Statement<std::string(Uuid, CountyId, UserId, std::string, Uuid, std::string, Bytes)>
    append_audit{{"auctions.audit_amendment", R"sql(
    SELECT strikeoff.audit_append($1, $2, $3, $4, $5, $6, $7, NULL)::text)sql"}};

struct PlaceRow {
    CountyId county_id;
    BatchId batch_id;
};
BOOST_DESCRIBE_STRUCT(PlaceRow, (), (county_id, batch_id))

const db::Statement<PlaceRow(AmendmentId)> place_of_amendment{{"auctions.place_of_amendment", R"sql(
    SELECT county_id, batch_id FROM amendments WHERE id = $1)sql"}};

/// Fails unless the award can still be taken back in this way.
Result<void> check_award(const BatchRow& batch, const AwardRow& award, AmendmentKind kind) {
    if (batch.status != BatchStatus::closed)
        return fail(ErrorCode::conflict, "batch.not_closed", "the batch has not been closed yet");
    const bool fits = award.status == LotStatus::awarded ||
                      (award.status == LotStatus::struck && kind == AmendmentKind::void_paid);
    if (!fits) return fail(ErrorCode::conflict, "award.none", "the item has no award to take back");
    const bool is_unpaid =
        award.payment_status == "pending" ||
        (kind == AmendmentKind::forfeited &&
         (award.payment_status == "invoiced" || award.payment_status == "failed"));
    if (award.winning_bid_id && !is_unpaid)
        return fail(ErrorCode::conflict, "award.settled",
                    "the award has been invoiced, paid or voided already");
    return {};
}

std::string amendment_body(const BatchRow& batch, BatchId id, const AwardRow& award,
                           const ProposalRow& proposal, const Hash& transcript, Instant at,
                           std::optional<counties::OnDefault> on_default) {
    boost::json::object body{
        {"version", 1},
        {"kind", proposal.kind},
        {"auction_id", batch.auction_id.text()},
        {"batch_id", id.text()},
        {"certificate_id", award.certificate_id.text()},
        {"adv_no", award.adv_no},
        {"at", std::to_string(at.micros())},
        {"reason", proposal.reason},
        {"transcript_sha256", to_hex(transcript)},
    };
    if (on_default) body["on_default"] = enum_name(*on_default);
    return canonical_json(body);
}

std::unexpected<Error> unknown_amendment() {
    return fail(ErrorCode::not_found, "not_found", "there is nothing here");
}

} // namespace

Result<AmendmentId> Amendments::propose(BatchId batch, const NewAmendment& wanted, UserId by) {
    if (wanted.reason.empty() || wanted.reason.size() > reason_size_max)
        return fail(ErrorCode::invalid_input, "reason.missing",
                    "a reason is needed; it is published",
                    {{"reason", "must have 1 to 1000 characters"}});
    db::Transaction transaction{pool_};
    const auto row = transaction->maybe_one(lock_batch, batch);
    if (!row) return fail(ErrorCode::not_found, "batch.unknown", "there is no such batch");
    const auto award = transaction->maybe_one(lock_award, batch, std::optional{wanted.adv_no},
                                              std::optional<CertificateId>{});
    if (!award) return fail(ErrorCode::not_found, "item.unknown", "the batch has no such item");
    SO_TRY_VOID(check_award(*row, *award, wanted.kind));
    const auto id = transaction->maybe_one(insert_proposal, row->county_id, row->auction_id, batch,
                                           award->certificate_id, wanted.kind, wanted.reason, by,
                                           transaction->one(clock_now));
    if (!id)
        return fail(ErrorCode::conflict, "amendment.exists",
                    "an amendment of this award is proposed already");
    transaction.commit();
    return *id;
}

Result<void> Amendments::approve(AmendmentId amendment, UserId by) {
    db::Transaction transaction{pool_};
    const auto batch = transaction->maybe_one(batch_of_amendment, amendment);
    if (!batch) return unknown_amendment();
    const BatchRow row = transaction->one(lock_batch, *batch);
    const ProposalRow proposal = transaction->one(lock_proposal, amendment);
    if (proposal.decided)
        return fail(ErrorCode::conflict, "amendment.decided", "the proposal is decided already");
    if (proposal.proposed_by == by)
        return fail(ErrorCode::conflict, "amendment.same_person",
                    "another person must approve what one person proposed");
    const AwardRow award = transaction->one(lock_award, *batch, std::optional<std::int32_t>{},
                                            proposal.certificate_id);
    const AmendmentKind kind = parse_enum<AmendmentKind>(proposal.kind).value();
    SO_TRY_VOID(check_award(row, award, kind));

    const Instant now = transaction->one(clock_now);
    const bool paid = kind == AmendmentKind::void_paid;
    const counties::SaleSettings settings =
        counties::load_settings(transaction.connection(), row.auction_id);
    std::optional<counties::OnDefault> on_default;
    if (kind == AmendmentKind::forfeited) on_default = settings.on_default;
    if (paid) transaction->run(set_void_paid, award.lot_id);
    if (award.winning_bid_id) {
        transaction->run(void_winning_bid, *award.winning_bid_id, proposal.reason,
                         on_default.has_value());
        if (transaction->one(reverse_award, *award.winning_bid_id, now) != 2)
            throw std::logic_error("an award without its two ledger entries");
    }
    if (on_default == counties::OnDefault::county_held)
        transaction->run(strike_to_county, award.certificate_id, settings.rate_start,
                         proposal.reason, by, now);
    else
        transaction->run(take_back_certificate, award.certificate_id, paid, proposal.reason, by,
                         now, proposal.kind);
    const std::string body = amendment_body(
        row, *batch, award, proposal, transaction->one(transcript_digest, *batch), now, on_default);
    const Hash hash = sha256(body);
    transaction->run(publish_amendment, amendment, by, body, hash,
                     keys_.signing().sign(amendment_message(hash)), now);
    transaction->run(announce, row.county_id, std::string{"batch.amended"}, amendment.uuid,
                     db::Json{body});
    transaction->one(append_audit, row.county_id.uuid, row.county_id, by, std::string{"batch"},
                     batch->uuid, std::string{"result.amended"}, Bytes(body.begin(), body.end()));
    transaction.commit();
    return {};
}

Result<void> Amendments::refuse(AmendmentId amendment, UserId by) {
    db::Transaction transaction{pool_};
    const auto place = transaction->maybe_one(place_of_amendment, amendment);
    if (!place) return unknown_amendment();
    const ProposalRow proposal = transaction->one(lock_proposal, amendment);
    if (proposal.decided)
        return fail(ErrorCode::conflict, "amendment.decided", "the proposal is decided already");
    transaction->run(refuse_amendment, amendment, transaction->one(clock_now));
    const std::string facts =
        canonical_json(boost::json::object{{"amendment_id", amendment.text()}});
    transaction->one(append_audit, place->county_id.uuid, place->county_id, by,
                     std::string{"batch"}, place->batch_id.uuid, std::string{"amendment.refused"},
                     Bytes(facts.begin(), facts.end()));
    transaction.commit();
    return {};
}

} // namespace strikeoff::auctions
