#include "db/checkpoint.hpp"

#include "core/merkle.hpp"

namespace strikeoff::db {
namespace {

struct HeadRow {
    std::int64_t length = 0;
    Hash hash{};
    Instant now;
};
BOOST_DESCRIBE_STRUCT(HeadRow, (), (length, hash, now))

const Statement<HeadRow(CountyId)> head_of_log{{"db.head_of_log", R"sql(
    SELECT length, hash, strikeoff.clock() AS now FROM audit_heads WHERE log_id = $1)sql"}};

const Statement<Hash(CountyId, std::int64_t)> payload_hashes{{"db.payload_hashes", R"sql(
    SELECT sha256(payload) AS payload_hash
    FROM audit_logs
    WHERE log_id = $1 AND seq <= $2
    ORDER BY seq)sql"}};

const Statement<void(CountyId, std::int64_t, Hash, Hash, Instant, Signature)> insert_checkpoint{
    {"db.insert_checkpoint", R"sql(
    INSERT INTO audit_checkpoints (log_id, county_id, length, head_hash, root, made_at, signature,
                                   published_at)
    VALUES ($1, $1, $2, $3, $4, $5, $6, $5)
    ON CONFLICT DO NOTHING)sql"}};

} // namespace

void store_checkpoint(Connection& connection, const SigningKey& key, CountyId county) {
    const auto head = connection.maybe_one(head_of_log, county);
    if (!head) return; // Nothing has been audited yet.
    MerkleTree tree;
    for (const Hash& hash : connection.all(payload_hashes, county, head->length))
        tree.append(merkle_leaf_hash(hash));
    ByteWriter message;
    message.label("strikeoff/checkpoint/v1")
        .bytes(county.bytes())
        .u64(static_cast<std::uint64_t>(head->length))
        .bytes(tree.root())
        .i64(head->now.micros());
    connection.run(insert_checkpoint, county, head->length, head->hash, tree.root(), head->now,
                   key.sign(message.data()));
}

} // namespace strikeoff::db
