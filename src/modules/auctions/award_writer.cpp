#include "modules/auctions/award_writer.hpp"

#include "core/batch_result.hpp"
#include "core/canonical_json.hpp"
#include "core/draw.hpp"
#include "modules/auctions/batch_replay.hpp"
#include "modules/auctions/published_batch.hpp"
#include "modules/bids/journal.hpp"
#include "modules/counties/settings.hpp"

#include <algorithm>
#include <map>

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

const db::Statement<void(BatchId)> take_from_budgets{{"auctions.take_from_budgets", R"sql(
    UPDATE budgets b
    SET awarded = b.awarded + won.total
    FROM (SELECT auction_id, user_id, sum(face) AS total
          FROM winning_bids WHERE batch_id = $1 GROUP BY auction_id, user_id) won
    WHERE b.auction_id = won.auction_id AND b.user_id = won.user_id)sql"}};

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

/// A winner with the leaf that won.
struct Winner {
    const ResultRow* row = nullptr;
    std::uint32_t lot = 0;
    std::uint32_t bidder = 0; ///< Index into the replay's bidders.
    std::uint32_t seq = 0;
    Rate bid_rate;
    BidId bid;
    Instant accepted_at;
    std::uint32_t source = 0;
    BidderNumberId holder; ///< The drawn member of a group; nil for a single bidder.
};

/// One closed batch on its way into the tables.
class AwardRun {
public:
    AwardRun(db::Connection& connection, const Keys& keys, BatchId batch)
        : connection_{connection}, keys_{keys}, batch_{batch},
          replay_{load_replay(connection, keys, batch)},
          transcript_{load_closed(connection, replay_)} {
        add_operator_secrets(connection, keys, transcript_);
    }

    void write() {
        award();
        find_winners();
        write_outcomes();
        write_winners();
        connection_.run(issue_certificates, batch_, transcript_.closed_at);
        connection_.run(take_from_budgets, batch_);
        write_ledger();
        write_digests();
        finish();
    }

private:
    void award();
    void find_winners();
    void write_outcomes();
    void write_winners();
    void write_ledger();
    void write_digests();
    void finish();

    db::Connection& connection_;
    const Keys& keys_;
    BatchId batch_;
    BatchReplay replay_;
    Transcript transcript_;
    std::vector<LiveBid> live_; ///< Lots and bidders by index of the replay.
    std::vector<Winner> winners_;
    Hash leaves_sha256_{};
};

void AwardRun::award() {
    live_ = live_bids(connection_, replay_, static_cast<std::int64_t>(transcript_.head_leaves));
    std::map<Bytes16, std::uint32_t> book_index;
    for (std::size_t i = 0; i < transcript_.bidders.size(); ++i)
        book_index[transcript_.bidders[i].ref] = static_cast<std::uint32_t>(i);
    std::vector<LiveBid> in_book = live_;
    for (LiveBid& bid : in_book)
        bid.bidder = book_index.at(replay_.bidders[bid.bidder].ref);
    std::vector<std::uint32_t> rounds;
    for (const ReplayLot& lot : replay_.lots)
        rounds.push_back(lot.round);
    transcript_.results =
        award_batch(transcript_.rules, transcript_.lots, rounds, transcript_.bidders, in_book,
                    transcript_draw_key(transcript_));
}

void AwardRun::find_winners() {
    std::map<Bytes16, std::uint32_t> by_ref;
    for (std::size_t i = 0; i < replay_.bidders.size(); ++i)
        by_ref[replay_.bidders[i].ref] = static_cast<std::uint32_t>(i);
    std::map<Bytes16, const BookGroup*> groups;
    for (const BookGroup& group : transcript_.groups)
        groups[group.ref] = &group;
    std::unordered_map<std::uint64_t, const LiveBid*> live;
    for (const LiveBid& bid : live_)
        live[std::uint64_t{bid.bidder} << 32 | bid.item] = &bid;

    std::unordered_map<std::uint32_t, std::size_t> by_seq;
    for (const ResultRow& row : transcript_.results) {
        if (row.outcome != Outcome::awarded) continue;
        Winner winner{.row = &row, .lot = replay_.lot_index.at(row.adv_no)};
        winner.bidder = by_ref.at(row.bidder_ref.value());
        const LiveBid& bid = *live.at(std::uint64_t{winner.bidder} << 32 | winner.lot);
        winner.seq = bid.rank;
        winner.bid_rate = Rate::from_bp(bid.rate_bp);
        if (const auto group = groups.find(*row.bidder_ref); group != groups.end())
            winner.holder = group->second->members.at(row.member.value());
        by_seq[winner.seq] = winners_.size();
        winners_.push_back(winner);
    }
    Sha256 leaves;
    std::uint32_t seq = 0;
    replay_leaves(connection_, replay_, 0, static_cast<std::int64_t>(transcript_.head_leaves),
                  [&](const ReplayedLeaf& leaf) {
                      leaves.update(ByteView{leaf.bytes});
                      if (const auto found = by_seq.find(seq++); found != by_seq.end()) {
                          Winner& winner = winners_[found->second];
                          winner.bid = leaf.bid;
                          winner.accepted_at = leaf.accepted_at;
                          winner.source = leaf.source;
                      }
                  });
    leaves_sha256_ = leaves.finish();
}

void AwardRun::write_outcomes() {
    std::vector<std::int32_t> bids(replay_.lots.size(), 0);
    for (const LiveBid& bid : live_)
        ++bids[bid.item];
    std::unordered_map<std::uint32_t, Rate> winning_rate;
    for (const Winner& winner : winners_)
        winning_rate[winner.lot] = winner.bid_rate;
    std::vector<std::int32_t> tied(replay_.lots.size(), 0);
    for (const LiveBid& bid : live_)
        if (const auto rate = winning_rate.find(bid.item);
            rate != winning_rate.end() && rate->second.bp() == bid.rate_bp)
            ++tied[bid.item];

    Integers numbers;
    Integers members;
    Integers ties;
    Integers counts;
    std::vector<std::string> statuses;
    std::vector<Rate> rates;
    std::vector<Bytes> refs;
    for (const ResultRow& row : transcript_.results) {
        if (row.outcome == Outcome::withdrawn) continue;
        const std::uint32_t lot = replay_.lot_index.at(row.adv_no);
        numbers.push_back(static_cast<std::int32_t>(row.adv_no));
        statuses.emplace_back(enum_name(row.outcome));
        rates.push_back(row.rate.value());
        refs.push_back(row.bidder_ref ? Bytes(row.bidder_ref->begin(), row.bidder_ref->end())
                                      : Bytes{});
        members.push_back(row.member ? static_cast<std::int32_t>(*row.member) : -1);
        ties.push_back(tied[lot]);
        counts.push_back(bids[lot]);
    }
    connection_.run(set_outcomes, batch_, numbers, statuses, rates, refs, members, ties, counts);
}

void AwardRun::write_winners() {
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
    for (const Winner& winner : winners_) {
        row_ids.push_back(bids::bid_row_id(batch_, winner.seq));
        award_ids.push_back(named_id("strikeoff/award/v1", batch_, winner.row->certificate));
        users.push_back(replay_.bidders[winner.bidder].user.uuid);
        bid_ids.push_back(winner.bid.uuid);
        holders.push_back(winner.holder.uuid);
        seqs.push_back(winner.seq);
        numbers.push_back(static_cast<std::int32_t>(winner.row->adv_no));
        members.push_back(static_cast<std::int32_t>(winner.row->member.value()));
        sources.push_back(static_cast<std::int32_t>(winner.source));
        bid_rates.push_back(winner.bid_rate);
        award_rates.push_back(winner.row->rate.value());
        times.push_back(winner.accepted_at);
    }
    connection_.run(upsert_winning_rows, batch_, row_ids, seqs, users, numbers, bid_rates, times,
                    bid_ids, sources);
    connection_.run(insert_winning_bids, batch_, award_ids, numbers, users, row_ids, members,
                    award_rates, holders, transcript_.closed_at);
}

void AwardRun::write_ledger() {
    connection_.run(ensure_accounts, batch_);
    Uuids awards;
    Uuids transactions;
    Uuids debits;
    Uuids credits;
    for (const Winner& winner : winners_) {
        const CertificateId certificate = winner.row->certificate;
        awards.push_back(named_id("strikeoff/award/v1", batch_, certificate));
        transactions.push_back(named_id("strikeoff/award-transaction/v1", batch_, certificate));
        debits.push_back(named_id("strikeoff/award-debit/v1", batch_, certificate));
        credits.push_back(named_id("strikeoff/award-credit/v1", batch_, certificate));
    }
    connection_.run(book_awards, batch_, awards, transactions, debits, credits,
                    transcript_.closed_at);
}

void AwardRun::write_digests() {
    transcript_.leaves_count = transcript_.head_leaves;
    transcript_.leaves_sha256 = leaves_sha256_;
    const std::string file = write_transcript(transcript_, keys_.signing());
    const bool now = counties::load_settings(connection_, replay_.auction).transcripts ==
                     counties::Transcripts::at_batch_close;
    connection_.run(store_digests, batch_, sha256(file), static_cast<std::int64_t>(file.size()),
                    leaves_sha256_, static_cast<std::int64_t>(transcript_.head_leaves * leaf_size),
                    now);
}

void AwardRun::finish() {
    connection_.run(finish_batch, batch_, transcript_.closed_at);
    connection_.run(finish_closing, batch_);
    connection_.run(finish_auction, replay_.auction);
    connection_.run(publish_waiting, replay_.auction);
    const boost::json::object facts{
        {"batch_id", batch_.text()},
        {"awarded", winners_.size()},
        {"close_hash", to_hex(transcript_.close.hash)},
        {"leaves", transcript_.head_leaves},
    };
    const std::string payload = canonical_json(facts);
    connection_.run(announce, replay_.county, std::string{"batch.closed"}, batch_.uuid,
                    db::Json{payload});
    connection_.one(append_audit, replay_.county.uuid, replay_.county, std::string{"batch"},
                    batch_.uuid, std::string{"batch.closed"},
                    Bytes(payload.begin(), payload.end()));
}

} // namespace

void write_awards(db::Connection& connection, const Keys& keys, BatchId batch) {
    AwardRun{connection, keys, batch}.write();
}

} // namespace strikeoff::auctions
