#include "modules/bids/journal.hpp"

#include "core/sha256.hpp"

#include <cassert>

namespace strikeoff::bids {
namespace {

constexpr int blocks_a_read = 64;

} // namespace

void append_record(Bytes& out, const JournalRecord& record) {
    const std::size_t at = out.size();
    out.resize(at + record_size);
    std::uint8_t* const p = out.data() + at;
    std::memcpy(p, record.bid.uuid.bytes.data(), 16);
    store_be32(p + 16, record.lot);
    store_be32(p + 20, record.bidder);
    store_be32(p + 24, record.source);
    store_be16(p + 28, record.rate_bp);
    p[30] = static_cast<std::uint8_t>(record.kind);
    p[31] = record.flags;
}

JournalRecord read_record(const std::uint8_t* in) {
    JournalRecord record;
    std::memcpy(record.bid.uuid.bytes.data(), in, 16);
    record.lot = load_be32(in + 16);
    record.bidder = load_be32(in + 20);
    record.source = load_be32(in + 24);
    record.rate_bp = load_be16(in + 28);
    record.kind = static_cast<BidKind>(in[30]);
    record.flags = in[31];
    return record;
}

Bytes encode_records(std::span<const JournalRecord> records) {
    Bytes out;
    out.reserve(records.size() * record_size);
    for (const JournalRecord& record : records)
        append_record(out, record);
    return out;
}

std::vector<JournalRecord> decode_records(ByteView bytes) {
    assert(bytes.size() % record_size == 0);
    std::vector<JournalRecord> records;
    records.reserve(bytes.size() / record_size);
    for (std::size_t at = 0; at < bytes.size(); at += record_size)
        records.push_back(read_record(bytes.data() + at));
    return records;
}

Uuid bid_row_id(BatchId batch, std::uint64_t seq) {
    ByteWriter name;
    name.label("strikeoff/bid-row/v1").bytes(batch.bytes()).u64(seq);
    return make_uuid_v8(sha256(name.data()));
}

Error refusal_of(Verdict verdict) {
    switch (verdict) {
    case Verdict::pending:
        return {ErrorCode::conflict, "bid.batch_pending", "bidding has not opened yet", {}};
    case Verdict::paused:
        return {ErrorCode::conflict, "bid.batch_paused", "the sale is paused", {}};
    case Verdict::closing:
    case Verdict::closed:
    case Verdict::ended:
        return {ErrorCode::conflict, "bid.batch_closed", "bidding on this batch has closed", {}};
    default:
        return {ErrorCode::not_found, "batch.unknown", "there is no such batch", {}};
    }
}

/// All blocks from `from`, up to but without `until` when that is given.
std::vector<Block> read_all(Journal& journal, BatchId batch, std::int64_t from,
                            std::int64_t until) {
    std::vector<Block> blocks;
    while (from < until) {
        std::vector<Block> part = journal.read(batch, from, blocks_a_read);
        if (part.empty()) break;
        for (Block& block : part) {
            if (block.first_seq >= until) return blocks;
            from = block.first_seq + static_cast<std::int64_t>(block.records.size());
            blocks.push_back(std::move(block));
        }
    }
    return blocks;
}

} // namespace strikeoff::bids
