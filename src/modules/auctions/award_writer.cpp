#include "modules/auctions/award_writer.hpp"

#include "core/canonical_json.hpp"
#include "modules/bids/journal.hpp"
#include "modules/counties/settings.hpp"

namespace strikeoff::auctions {
namespace {

using Integers = std::vector<std::int32_t>;
using Uuids = std::vector<Uuid>;

const db::Statement<void(BatchId, Integers, std::vector<std::string>, std::vector<Rate>,
                         std::vector<Bytes>, Integers, Integers, Integers)>
    set_outcomes{{"auctions.set_outcomes", R"sql(
    UPDATE batch_certificates bc
    SET status = o.status::batch_certificate_status, award_rate = o.rate,
        winner_ref = nullif(o.ref, ''), winner_member = nullif(o.member, -1),
        tied = o.tied, bid_count = o.bids
    FROM unnest($2, $3, $4, $5, $6, $7, $8) AS o (adv_no, status, rate, ref, member, tied, bids)
    WHERE bc.batch_id = $1 AND bc.adv_no = o.adv_no)sql"}};

// The projector may not have come this far; whoever is first inserts the row.
const db::Statement<void(BatchId, Uuids, std::vector<std::int64_t>, Uuids, Integers,
                         std::vector<Rate>, std::vector<Instant>, Uuids, Integers)>
    upsert_winning_rows{{"auctions.upsert_winning_rows", R"sql(
    INSERT INTO bids (id, county_id, user_id, certificate_id, auction_id, batch_id, bid_id, seq,
                      kind, adv_no, interest_rate, timestamp, status, ip_address, device_info,
                      created_at, updated_at)
    SELECT w.id, b.county_id, w.user_id, bc.certificate_id, b.auction_id, b.id, w.bid_id, w.seq,
           1, w.adv_no, w.rate, w.at, 'awarded', s.ip_address, s.device_info, w.at, w.at
    FROM unnest($2, $3, $4, $5, $6, $7, $8, $9)
             AS w (id, seq, user_id, adv_no, rate, at, bid_id, source)
    JOIN batches b ON b.id = $1
    JOIN batch_certificates bc ON bc.batch_id = b.id AND bc.adv_no = w.adv_no
    LEFT JOIN bid_sources s ON s.id = w.source
    ON CONFLICT (batch_id, id) DO UPDATE SET status = 'awarded')sql"}};

const db::Statement<void(BatchId, Uuids, Integers, Uuids, Uuids, Integers, std::vector<Rate>, Uuids,
                         Instant)>
    insert_winning_bids{{"auctions.insert_winning_bids", R"sql(
    INSERT INTO winning_bids (id, county_id, auction_id, batch_id, batch_certificate_id, user_id,
                              certificate_id, bid_id, bidder_number_id, member, interest_rate, face,
                              created_at, updated_at)
    SELECT w.id, b.county_id, b.auction_id, b.id, bc.id, w.user_id, bc.certificate_id, w.bid_id,
           coalesce(nullif(w.holder, '00000000-0000-0000-0000-000000000000'), ab.bidder_number_id),
           w.member, w.rate, bc.face, $9, $9
    FROM unnest($2, $3, $4, $5, $6, $7, $8) AS w (id, adv_no, user_id, bid_id, member, rate, holder)
    JOIN batches b ON b.id = $1
    JOIN batch_certificates bc ON bc.batch_id = b.id AND bc.adv_no = w.adv_no
    JOIN auction_bidders ab ON ab.auction_id = b.auction_id AND ab.user_id = w.user_id)sql"}};

// Sales that start in June or later are all issued as of their first day (F.S. 197.402(3)).
const db::Statement<void(BatchId, Instant)> issue_certificates{
    {"auctions.issue_certificates", R"sql(
    WITH sale AS (
        SELECT b.id AS batch_id,
               CASE WHEN extract(month FROM first.day) >= 6 THEN first.day
                    ELSE ($2 AT TIME ZONE c.time_zone)::date END AS issued,
               first.day AS first_day
        FROM batches b JOIN counties c ON c.id = b.county_id
        CROSS JOIN LATERAL (
            SELECT (min(e.end_time) AT TIME ZONE c.time_zone)::date AS day
            FROM batches e WHERE e.auction_id = b.auction_id AND e.status <> 'canceled') first
        WHERE b.id = $1),
    issued AS (
        UPDATE certificates c
        SET status = 'sold', award_rate = bc.award_rate, holder_id = w.bidder_number_id,
            certificate_number = coalesce(c.certificate_number,
                                          c.tax_year || '-' || lpad(bc.adv_no::text, 6, '0')),
            issue_date = sale.issued,
            original_issue_date = coalesce(c.original_issue_date, sale.issued),
            expires_on = (sale.first_day + interval '7 years')::date
        FROM batch_certificates bc
        JOIN sale ON sale.batch_id = bc.batch_id
        LEFT JOIN winning_bids w ON w.batch_certificate_id = bc.id
        WHERE bc.batch_id = $1 AND c.id = bc.certificate_id AND bc.status IN ('awarded', 'struck')
        RETURNING c.county_id, c.id, bc.status, bc.award_rate, w.bidder_number_id)
    INSERT INTO certificate_history (county_id, certificate_id, event_type, change_data_json, created_at)
    SELECT county_id, id, CASE WHEN status = 'awarded' THEN 'awarded' ELSE 'struck_to_county' END,
           jsonb_build_object('batch_id', $1, 'rate', award_rate::text, 'holder_id', bidder_number_id),
           $2
    FROM issued)sql"}};

// In the order in which bids that reserve budget lock them.
const db::Statement<void(BatchId)> take_from_budgets{{"auctions.take_from_budgets", R"sql(
    WITH won AS (
        SELECT auction_id, user_id, sum(face) AS total
        FROM winning_bids WHERE batch_id = $1 GROUP BY auction_id, user_id),
    locked AS (
        SELECT b.auction_id, b.user_id, won.total
        FROM won
        JOIN budgets b ON b.auction_id = won.auction_id AND b.user_id = won.user_id
        JOIN auction_bidders ab ON ab.auction_id = b.auction_id AND ab.user_id = b.user_id
        ORDER BY ab.number
        FOR NO KEY UPDATE OF b)
    UPDATE budgets b
    SET awarded = b.awarded + locked.total
    FROM locked
    WHERE b.auction_id = locked.auction_id AND b.user_id = locked.user_id)sql"}};

const db::Statement<void(BatchId)> ensure_accounts{{"auctions.ensure_accounts", R"sql(
    INSERT INTO ledger_accounts (county_id, code, name, kind)
    SELECT b.county_id, a.code, a.name, a.kind::ledger_account_kind
    FROM batches b
    CROSS JOIN (VALUES ('certificates_receivable', 'Awards to be paid by bidders', 'asset'),
                       ('certificates_sold', 'Delinquent tax collected by awards', 'liability'))
         AS a (code, name, kind)
    WHERE b.id = $1
    ON CONFLICT DO NOTHING)sql"}};

const db::Statement<void(BatchId, Uuids, Uuids, Uuids, Uuids, Instant)> book_awards{
    {"auctions.book_awards", R"sql(
    WITH award AS (
        SELECT w.county_id, w.user_id, w.face, w.id AS winning_bid_id,
               n.transaction_id, n.debit_id, n.credit_id
        FROM unnest($2, $3, $4, $5) AS n (winning_bid_id, transaction_id, debit_id, credit_id)
        JOIN winning_bids w ON w.id = n.winning_bid_id AND w.batch_id = $1),
    booked AS (
        INSERT INTO transactions (id, county_id, user_id, transaction_type, amount, reference_type,
                                  reference_id, created_at)
        SELECT transaction_id, county_id, user_id, 'purchase', face, 'winning_bid', winning_bid_id, $6
        FROM award
        RETURNING id)
    INSERT INTO ledger_entries (id, county_id, transaction_id, account_id, amount, created_at)
    SELECT leg.id, award.county_id, award.transaction_id, account.id, leg.amount, $6
    FROM award
    JOIN booked ON booked.id = award.transaction_id
    CROSS JOIN LATERAL (VALUES (debit_id, 'certificates_receivable', face),
                               (credit_id, 'certificates_sold', -face)) AS leg (id, code, amount)
    JOIN ledger_accounts account
         ON account.county_id = award.county_id AND account.code = leg.code
        AND account.user_id IS NULL)sql"}};

const db::Statement<void(BatchId, Hash, std::int64_t, Hash, std::int64_t, bool)> store_digests{
    {"auctions.store_digests", R"sql(
    INSERT INTO transcripts (batch_id, county_id, auction_id, transcript_sha256, transcript_size,
                             leaves_sha256, leaves_size, published_at)
    SELECT b.id, b.county_id, b.auction_id, $2, $3, $4, $5, CASE WHEN $6 THEN strikeoff.clock() END
    FROM batches b WHERE b.id = $1)sql"}};

// With the setting `transcripts` at `at_sale_end` they wait for the last batch.
const db::Statement<void(AuctionId)> publish_waiting{{"auctions.publish_waiting", R"sql(
    UPDATE transcripts t SET published_at = strikeoff.clock()
    WHERE t.auction_id = $1 AND t.published_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM batches b
                      WHERE b.auction_id = $1 AND b.status NOT IN ('closed', 'canceled')))sql"}};

const db::Statement<void(BatchId, Instant)> finish_batch{{"auctions.finish_batch", R"sql(
    UPDATE batches SET status = 'closed', closed_at = $2 WHERE id = $1)sql"}};

const db::Statement<void(BatchId)> finish_closing{{"auctions.finish_closing", R"sql(
    UPDATE batch_closings SET completed_at = strikeoff.clock() WHERE batch_id = $1)sql"}};

const db::Statement<void(AuctionId)> finish_auction{{"auctions.finish_auction", R"sql(
    UPDATE auctions a SET status = 'closed'
    WHERE a.id = $1 AND a.status = 'closing'
      AND NOT EXISTS (SELECT 1 FROM batches b
                      WHERE b.auction_id = a.id AND b.status NOT IN ('closed', 'canceled')))sql"}};

const db::Statement<void(CountyId, std::string, Uuid, db::Json)> announce{
    {"auctions.announce", R"sql(
    INSERT INTO outbox_events (county_id, topic, key, payload)
    VALUES ($1, $2, $3::uuid::text, $4))sql"}};

const db::Statement<std::string(Uuid, CountyId, std::string, Uuid, std::string, Bytes)>
    append_audit{{"auctions.append_audit", R"sql(
    SELECT strikeoff.audit_append($1, $2, NULL, $3, $4, $5, $6, NULL)::text)sql"}};

Uuid named_id(std::string_view label, BatchId batch, CertificateId certificate) {
    ByteWriter name;
    name.label(label).bytes(batch.bytes()).bytes(certificate.bytes());
    return make_uuid_v8(sha256(name.data()));
}

void write_outcomes(db::Connection& connection, const Awards& awards) {
    Integers numbers;
    Integers members;
    Integers ties;
    Integers counts;
    std::vector<std::string> statuses;
    std::vector<Rate> rates;
    std::vector<Bytes> refs;
    for (const ResultRow& row : awards.transcript.results) {
        if (row.outcome == Outcome::withdrawn) continue;
        const std::uint32_t lot = awards.replay.lot_index.at(row.adv_no);
        numbers.push_back(static_cast<std::int32_t>(row.adv_no));
        statuses.emplace_back(enum_name(row.outcome));
        rates.push_back(row.rate.value());
        refs.push_back(row.bidder_ref ? Bytes(row.bidder_ref->begin(), row.bidder_ref->end())
                                      : Bytes{});
        members.push_back(row.member ? static_cast<std::int32_t>(*row.member) : -1);
        ties.push_back(awards.tied[lot]);
        counts.push_back(awards.bid_counts[lot]);
    }
    connection.run(set_outcomes, awards.replay.batch, numbers, statuses, rates, refs, members, ties,
                   counts);
}

void write_winners(db::Connection& connection, const Awards& awards) {
    const BatchId batch = awards.replay.batch;
    Uuids row_ids;
    Uuids award_ids;
    Uuids users;
    Uuids bid_ids;
    Uuids holders;
    std::vector<std::int64_t> seqs;
    Integers numbers;
    Integers members;
    Integers sources;
    std::vector<Rate> bid_rates;
    std::vector<Rate> award_rates;
    std::vector<Instant> times;
    for (const Winner& winner : awards.winners) {
        row_ids.push_back(bids::bid_row_id(batch, winner.seq));
        award_ids.push_back(named_id("strikeoff/award/v1", batch, winner.row.certificate));
        users.push_back(awards.replay.bidders[winner.bidder].user.uuid);
        bid_ids.push_back(winner.bid.uuid);
        holders.push_back(winner.holder.uuid);
        seqs.push_back(winner.seq);
        numbers.push_back(static_cast<std::int32_t>(winner.row.adv_no));
        members.push_back(static_cast<std::int32_t>(winner.row.member.value()));
        sources.push_back(static_cast<std::int32_t>(winner.source));
        bid_rates.push_back(winner.bid_rate);
        award_rates.push_back(winner.row.rate.value());
        times.push_back(winner.accepted_at);
    }
    connection.run(upsert_winning_rows, batch, row_ids, seqs, users, numbers, bid_rates, times,
                   bid_ids, sources);
    connection.run(insert_winning_bids, batch, award_ids, numbers, users, row_ids, members,
                   award_rates, holders, awards.transcript.closed_at);
}

void write_ledger(db::Connection& connection, const Awards& awards) {
    const BatchId batch = awards.replay.batch;
    connection.run(ensure_accounts, batch);
    Uuids ids;
    Uuids transactions;
    Uuids debits;
    Uuids credits;
    for (const Winner& winner : awards.winners) {
        const CertificateId certificate = winner.row.certificate;
        ids.push_back(named_id("strikeoff/award/v1", batch, certificate));
        transactions.push_back(named_id("strikeoff/award-transaction/v1", batch, certificate));
        debits.push_back(named_id("strikeoff/award-debit/v1", batch, certificate));
        credits.push_back(named_id("strikeoff/award-credit/v1", batch, certificate));
    }
    connection.run(book_awards, batch, ids, transactions, debits, credits,
                   awards.transcript.closed_at);
}

void write_digests(db::Connection& connection, const Awards& awards) {
    const Transcript& transcript = awards.transcript;
    const bool now = counties::load_settings(connection, awards.replay.auction).transcripts ==
                     counties::Transcripts::at_batch_close;
    connection.run(store_digests, awards.replay.batch, sha256(awards.transcript_file),
                   static_cast<std::int64_t>(awards.transcript_file.size()),
                   transcript.leaves_sha256,
                   static_cast<std::int64_t>(transcript.leaves_count * leaf_size), now);
}

void finish(db::Connection& connection, const Awards& awards) {
    const BatchReplay& replay = awards.replay;
    connection.run(finish_batch, replay.batch, awards.transcript.closed_at);
    connection.run(finish_closing, replay.batch);
    connection.run(finish_auction, replay.auction);
    connection.run(publish_waiting, replay.auction);
    const boost::json::object facts{
        {"batch_id", replay.batch.text()},
        {"awarded", awards.winners.size()},
        {"close_hash", to_hex(awards.transcript.close.hash)},
        {"leaves", awards.transcript.head_leaves},
    };
    const std::string payload = canonical_json(facts);
    connection.run(announce, replay.county, std::string{"batch.closed"}, replay.batch.uuid,
                   db::Json{payload});
    connection.one(append_audit, replay.county.uuid, replay.county, std::string{"batch"},
                   replay.batch.uuid, std::string{"batch.closed"},
                   Bytes(payload.begin(), payload.end()));
}

} // namespace

void write_awards(db::Connection& connection, const Awards& awards) {
    write_outcomes(connection, awards);
    write_winners(connection, awards);
    connection.run(issue_certificates, awards.replay.batch, awards.transcript.closed_at);
    connection.run(take_from_budgets, awards.replay.batch);
    write_ledger(connection, awards);
    write_digests(connection, awards);
    finish(connection, awards);
}

} // namespace strikeoff::auctions
