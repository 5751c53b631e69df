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
};
BOOST_DESCRIBE_STRUCT(BidderRow, (), (number, user_id, bidder_ref, weight, eligible))

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

const db::Statement<BidderRow(AuctionId)> bidders_of_auction{{"bids.bidders_of_auction", R"sql(
    SELECT number, user_id, bidder_ref, weight, status = 'eligible' AS eligible
    FROM auction_bidders
    WHERE auction_id = $1
    ORDER BY number)sql"}};

const db::Statement<BidderRow(AuctionId, UserId)> bidder_of_auction{
    {"bids.bidder_of_auction", R"sql(
    SELECT number, user_id, bidder_ref, weight, status = 'eligible' AS eligible
    FROM auction_bidders
    WHERE auction_id = $1 AND user_id = $2)sql"}};

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
    return {static_cast<std::uint32_t>(row.number), row.user_id, row.bidder_ref,
            static_cast<std::uint32_t>(row.weight), row.eligible};
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
    for (const BidderRow& bidder : transaction->all(bidders_of_auction, row->auction_id))
        terms.bidders.push_back(from_row(bidder));
    transaction.commit();
    return terms;
}

std::optional<Bidder> SqlBookSource::find_bidder(AuctionId auction, UserId user) {
    auto lease = pool_.acquire();
    const auto row = lease->maybe_one(bidder_of_auction, auction, user);
    return row ? std::optional{from_row(*row)} : std::nullopt;
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
