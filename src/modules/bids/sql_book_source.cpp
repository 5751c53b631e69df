#include "modules/bids/sql_book_source.hpp"

#include "db/transaction.hpp"
#include "modules/bids/sql_journal.hpp"
#include "modules/counties/settings.hpp"

namespace strikeoff::bids {
namespace {

struct BatchRow {
    CountyId county_id;
    AuctionId auction_id;
    std::int64_t book_version = 0;
    std::string rules;
    Instant end_time;
    bool reserves = false;
    Hash hash{};
};
BOOST_DESCRIBE_STRUCT(BatchRow, (),
                      (county_id, auction_id, book_version, rules, end_time, reserves, hash))

struct LotRow {
    std::int32_t adv_no = 0;
    CertificateId certificate_id;
    Money face;
    bool offered = true;
};
BOOST_DESCRIBE_STRUCT(LotRow, (), (adv_no, certificate_id, face, offered))

struct BidderRow {
    std::int32_t number = 0;
    UserId user_id;
    Bytes16 bidder_ref{};
    std::int32_t weight = 1;
    bool eligible = true;
    std::string missing;
};
BOOST_DESCRIBE_STRUCT(BidderRow, (), (number, user_id, bidder_ref, weight, eligible, missing))

struct AcceptedRow {
    std::int32_t adv_no = 0;
    std::int16_t kind = 1;
    std::optional<Rate> interest_rate;
    Instant timestamp;
};
BOOST_DESCRIBE_STRUCT(AcceptedRow, (), (adv_no, kind, interest_rate, timestamp))

const db::Statement<BatchRow(BatchId)> opened_batch{{"bids.opened_batch", R"sql(
    SELECT b.county_id, b.auction_id, b.book_version, coalesce(opening.rules, '') AS rules,
           coalesce(opening.end_time, b.end_time) AS end_time, b.reserves, latest.hash
    FROM batches b
    JOIN batch_chain opening ON opening.batch_id = b.id AND opening.k = 0
    JOIN batch_chain latest ON latest.batch_id = b.id AND latest.k = b.chain_length - 1
    WHERE b.id = $1)sql"}};

struct ChangeRow {
    std::int16_t kind = 0;
    Instant at;
    Instant new_end;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (), (kind, at, new_end))

const db::Statement<ChangeRow(BatchId)> changes_of_batch{{"bids.changes_of_batch", R"sql(
    SELECT kind, at, coalesce(new_end, at) AS new_end
    FROM batch_chain
    WHERE batch_id = $1 AND k > 0
    ORDER BY k)sql"}};

const db::Statement<LotRow(BatchId)> lots_of_batch{{"bids.lots_of_batch", R"sql(
    SELECT adv_no, certificate_id, face, status = 'offered' AS offered
    FROM batch_certificates
    WHERE batch_id = $1
    ORDER BY adv_no)sql"}};

const db::Statement<BidderRow(BatchId, std::optional<UserId>)> bidders_of_batch{
    {"bids.bidders_of_batch", R"sql(
    SELECT ab.number, ab.user_id, ab.bidder_ref, ab.weight,
           ab.status = 'eligible' AND ab.missing = '{}' AS eligible,
           CASE WHEN ab.status = 'eligible' THEN array_to_string(ab.missing, ',')
                ELSE '' END AS missing
    FROM batches b JOIN auction_bidders ab ON ab.auction_id = b.auction_id
    WHERE b.id = $1 AND ($2::uuid IS NULL OR ab.user_id = $2)
    ORDER BY ab.number)sql"}};

struct OwnLotRow {
    std::int32_t bidder = 0;
    std::int32_t adv_no = 0;
};
BOOST_DESCRIBE_STRUCT(OwnLotRow, (), (bidder, adv_no))

// By the keys of the names, which are stored, unless staff said otherwise. Of a group the primary's
// own name counts: its affiliates are no accounts.
const db::Statement<OwnLotRow(BatchId, std::optional<UserId>)> own_lots_of_batch{
    {"bids.own_lots_of_batch", R"sql(
    WITH lots AS MATERIALIZED (
        SELECT l.adv_no, p.id AS property_id, p.owner_key
        FROM batch_certificates l
        JOIN certificates c ON c.id = l.certificate_id
        JOIN properties p ON p.id = c.property_id
        WHERE l.batch_id = $1),
    bidders AS MATERIALIZED (
        SELECT ab.number, n.id AS bidder_number_id, n.name_key
        FROM batches b
        JOIN auction_bidders ab ON ab.auction_id = b.auction_id
        JOIN bidder_numbers n ON n.id = ab.bidder_number_id
        WHERE b.id = $1 AND ($2::uuid IS NULL OR ab.user_id = $2))
    SELECT b.number AS bidder, l.adv_no
    FROM lots l
    JOIN bidders b ON b.name_key = l.owner_key
    LEFT JOIN parcel_ownerships o ON o.bidder_number_id = b.bidder_number_id
                                     AND o.property_id = l.property_id
    WHERE o.is_owner IS NULL
    UNION ALL
    SELECT b.number AS bidder, l.adv_no
    FROM bidders b
    JOIN parcel_ownerships o ON o.bidder_number_id = b.bidder_number_id AND o.is_owner
    JOIN lots l ON l.property_id = o.property_id)sql"}};

const db::Statement<Bytes(BatchId)> sealed_blind_key{{"bids.sealed_blind_key", R"sql(
    SELECT k_blind FROM batch_secrets WHERE batch_id = $1)sql"}};

const db::Statement<std::int64_t(BatchId)> projected_seq{{"bids.projected_seq", R"sql(
    SELECT projected_seq FROM batch_journals WHERE batch_id = $1)sql"}};

const db::Statement<AcceptedRow(BatchId, std::int32_t, BidId)> projected_bid{
    {"bids.projected_bid", R"sql(
    SELECT b.adv_no, b.kind, b.interest_rate, b.timestamp
    FROM bids b
    JOIN auction_bidders ab ON ab.auction_id = b.auction_id AND ab.user_id = b.user_id
    WHERE b.batch_id = $1 AND ab.number = $2 AND b.bid_id = $3 AND b.status <> 'void'
    ORDER BY b.seq
    LIMIT 1)sql"}};

Bidder from_row(const BidderRow& row) {
    return {static_cast<std::uint32_t>(row.number),
            row.user_id,
            row.bidder_ref,
            static_cast<std::uint32_t>(row.weight),
            row.eligible,
            row.missing,
            {}};
}

/// Those of a batch, or one of them, each with what is the bidder's own.
std::vector<Bidder> read_bidders(db::Connection& connection, BatchId batch,
                                 std::optional<UserId> user) {
    std::vector<Bidder> bidders;
    for (const BidderRow& row : connection.all(bidders_of_batch, batch, user))
        bidders.push_back(from_row(row));
    for (const OwnLotRow& row : connection.all(own_lots_of_batch, batch, user)) {
        const auto number = static_cast<std::uint32_t>(row.bidder);
        const auto found = std::ranges::lower_bound(bidders, number, {}, &Bidder::number);
        if (found != bidders.end() && found->number == number)
            found->own_lots.push_back(static_cast<std::uint32_t>(row.adv_no));
    }
    return bidders;
}

} // namespace

Hash open_blind_key(db::Connection& connection, const Keys& keys, BatchId batch) {
    const Bytes sealed = connection.one(sealed_blind_key, batch);
    const Bytes plain = keys.open(sealed, {"batch_secrets", "k_blind", batch.uuid});
    Hash key;
    if (plain.size() != key.size()) throw std::runtime_error("a blinding key of another length");
    std::memcpy(key.data(), plain.data(), key.size());
    return key;
}

std::optional<BookTerms> SqlBookSource::load(BatchId batch) {
    db::Transaction transaction{pool_, db::Isolation::repeatable_read};
    const auto row = transaction->maybe_one(opened_batch, batch);
    if (!row) return std::nullopt;
    auto rules = parse_award_rules(row->rules);
    if (!rules) throw std::runtime_error("rules of the batch: " + rules.error().message);
    BookTerms terms{.batch = batch,
                    .auction = row->auction_id,
                    .county = row->county_id,
                    .version = row->book_version,
                    .rules = *rules,
                    .opening = row->hash,
                    .reserves = row->reserves,
                    .end = row->end_time};
    terms.blind_key = std::make_shared<const HmacSha256>(
        ByteView{open_blind_key(transaction.connection(), keys_, batch)});
    if (terms.reserves)
        terms.deposit_percent =
            counties::load_settings(transaction.connection(), row->auction_id).deposit_percent;
    if (terms.rules.format == Format::open) {
        std::vector<SignedChange> changes;
        for (const ChangeRow& change : transaction->all(changes_of_batch, batch))
            changes.push_back({{.kind = static_cast<ChangeKind>(change.kind),
                                .at = change.at,
                                .new_end = change.new_end},
                               {}});
        terms.moves = end_moves(changes);
    }
    for (const LotRow& lot : transaction->all(lots_of_batch, batch))
        terms.lots.push_back(
            {static_cast<std::uint32_t>(lot.adv_no), lot.certificate_id, lot.face, lot.offered});
    terms.bidders = read_bidders(transaction.connection(), batch, std::nullopt);
    transaction.commit();
    return terms;
}

std::optional<Bidder> SqlBookSource::find_bidder(BatchId batch, UserId user) {
    db::Transaction transaction{pool_, db::Isolation::repeatable_read};
    const auto found = read_bidders(transaction.connection(), batch, user);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<Accepted> SqlBookSource::find_accepted(BatchId batch, std::uint32_t bidder,
                                                     BidId bid) {
    db::Transaction transaction{pool_, db::Isolation::repeatable_read};
    if (const auto row =
            transaction->maybe_one(projected_bid, batch, static_cast<std::int32_t>(bidder), bid))
        return Accepted{static_cast<std::uint32_t>(row->adv_no), static_cast<BidKind>(row->kind),
                        row->kind == 1 ? row->interest_rate.value_or(Rate{}) : Rate{},
                        row->timestamp};
    std::int64_t from = transaction->maybe_one(projected_seq, batch).value_or(0);
    for (;;) {
        const std::vector<Block> blocks = read_blocks(transaction.connection(), batch, from, 64);
        if (blocks.empty()) return std::nullopt;
        for (const Block& block : blocks) {
            for (const JournalRecord& record : block.records)
                if (record.bidder == bidder && record.bid == bid)
                    return Accepted{record.lot, record.kind, Rate::from_bp(record.rate_bp),
                                    block.accepted_at};
            from = block.first_seq + static_cast<std::int64_t>(block.records.size());
        }
    }
}

} // namespace strikeoff::bids
