#include "modules/bids/journal.hpp"

#include "core/sha256.hpp"

#include <cassert>

namespace strikeoff::bids {

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

} // namespace strikeoff::bids
