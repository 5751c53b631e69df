#include "modules/bids/sql_journal.hpp"

#include "db/transaction.hpp"

namespace strikeoff::bids {
namespace {

struct AppendedRow {
    BatchId batch_id;
    std::string verdict;
    std::optional<std::int64_t> first_seq; ///< Null, like the time, of a batch that there is not.
    std::optional<Instant> accepted_at;
};
BOOST_DESCRIBE_STRUCT(AppendedRow, (), (batch_id, verdict, first_seq, accepted_at))

struct FenceRow {
    BatchId batch_id;
    std::int64_t next_seq = 0;
};
BOOST_DESCRIBE_STRUCT(FenceRow, (), (batch_id, next_seq))

struct BlockRow {
    std::int64_t first_seq = 0;
    Instant accepted_at;
    Bytes records;
};
BOOST_DESCRIBE_STRUCT(BlockRow, (), (first_seq, accepted_at, records))

const db::Statement<AppendedRow(CountyId, std::vector<BatchId>, std::vector<std::int64_t>,
                                std::vector<Bytes>)>
    append_blocks{{"bids.append_blocks", R"sql(
    SELECT batch_id, verdict, first_seq, accepted_at
    FROM strikeoff.journal_append($1, $2, $3, $4))sql"}};

const db::Statement<FenceRow(std::vector<BatchId>, bool)> fence_batches{{"bids.fence_batches",
                                                                         R"sql(
    SELECT batch_id, next_seq FROM strikeoff.journal_fence($1, $2))sql"}};

const db::Statement<BlockRow(BatchId, std::int64_t, std::int32_t)> blocks_from{
    {"bids.blocks_from", R"sql(
    SELECT first_seq, accepted_at, records
    FROM bid_blocks
    WHERE batch_id = $1 AND first_seq >= $2
    ORDER BY first_seq
    LIMIT $3)sql"}};

} // namespace

std::vector<Appended> SqlJournal::append(CountyId county, std::span<const Offer> offers) {
    std::vector<BatchId> batches;
    std::vector<std::int64_t> versions;
    std::vector<Bytes> records;
    for (const Offer& offer : offers) {
        batches.push_back(offer.batch);
        versions.push_back(offer.version);
        records.push_back(encode_records(offer.records));
    }
    if (!connection_ || connection_->has_broken_meanwhile()) connection_ = pool_.connect();
    connection_->take_warning();
    // A single statement is a transaction of its own: one round trip.
    const auto rows = connection_->all(append_blocks, county, batches, versions, records);
    if (connection_->take_warning()) {
        connection_.reset();
        throw db::Unavailable("the append warned; its outcome is not certain");
    }
    std::vector<Appended> out;
    out.reserve(rows.size());
    for (const AppendedRow& row : rows) {
        const auto verdict = parse_enum<Verdict>(row.verdict);
        if (!verdict) throw db::DecodeError("unknown verdict " + row.verdict);
        out.push_back({row.batch_id, *verdict, row.first_seq.value_or(0),
                       row.accepted_at.value_or(Instant{})});
    }
    return out;
}

std::vector<Appended> SqlJournal::fence(std::span<const BatchId> batches, bool shut) {
    const std::unique_ptr<db::Connection> connection = pool_.connect();
    const std::vector<BatchId> wanted(batches.begin(), batches.end());
    std::vector<Appended> out;
    for (const FenceRow& row : connection->all(fence_batches, wanted, shut))
        out.push_back({row.batch_id, Verdict::unknown, row.next_seq, Instant{}});
    return out;
}

std::vector<Block> SqlJournal::read(BatchId batch, std::int64_t from_seq, int blocks_max) {
    const auto lease = std::make_unique<db::Pool::Lease>(pool_.acquire());
    return read_blocks(**lease, batch, from_seq, blocks_max);
}

std::vector<Block> read_blocks(db::Connection& connection, BatchId batch, std::int64_t from_seq,
                               int blocks_max) {
    std::vector<Block> out;
    for (const BlockRow& row : connection.all(blocks_from, batch, from_seq, blocks_max))
        out.push_back({row.first_seq, row.accepted_at, decode_records(row.records)});
    return out;
}

} // namespace strikeoff::bids
