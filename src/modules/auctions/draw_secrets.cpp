// The county's part in the draw: commitments before the first bid, secrets after the close record.
#include "core/chain.hpp"
#include "modules/auctions/auctions.hpp"

namespace strikeoff::auctions {
namespace {

struct CommitRow {
    CountyId county_id;
    AuctionId auction_id;
    std::int32_t chain_length = 0;
};
BOOST_DESCRIBE_STRUCT(CommitRow, (), (county_id, auction_id, chain_length))

const db::Statement<CommitRow(BatchId)> lock_to_commit{{"auctions.lock_to_commit", R"sql(
    SELECT county_id, auction_id, chain_length FROM batches WHERE id = $1 FOR NO KEY UPDATE)sql"}};

const db::Statement<void(CountyId, AuctionId, BatchId, Hash, UserId)> insert_county_commitment{
    {"auctions.insert_county_commitment", R"sql(
    INSERT INTO sale_commitments (county_id, auction_id, batch_id, role, commitment, created_by)
    VALUES ($1, $2, $3, 'county', $4, $5)
    ON CONFLICT DO NOTHING)sql"}};

struct SecretRow {
    CountyId county_id;
    std::optional<Hash> c_county;
    std::optional<Hash> close_hash;
    std::optional<Instant> close_published_at;
    std::optional<Hash> county_secret;
    std::optional<Instant> county_received_at;
    std::optional<Signature> county_signature;
};
BOOST_DESCRIBE_STRUCT(SecretRow, (),
                      (county_id, c_county, close_hash, close_published_at, county_secret,
                       county_received_at, county_signature))

const db::Statement<SecretRow(BatchId)> secret_of_batch{{"auctions.secret_to_fill", R"sql(
    SELECT s.county_id, o.c_county, c.close_hash, c.close_published_at, s.county_secret,
           s.county_received_at, s.county_signature
    FROM batch_secrets s
    JOIN batch_chain o ON o.batch_id = s.batch_id AND o.k = 0
    JOIN batch_closings c ON c.batch_id = s.batch_id
    WHERE s.batch_id = $1
    FOR NO KEY UPDATE OF s)sql"}};

const db::Statement<Instant()> clock_now{
    {"auctions.clock_of_secret", "SELECT strikeoff.clock() AS now"}};

const db::Statement<void(BatchId, Hash, Instant, Signature)> fill_secret{
    {"auctions.fill_secret", R"sql(
    UPDATE batch_secrets SET county_secret = $2, county_received_at = $3, county_signature = $4
    WHERE batch_id = $1 AND county_secret IS NULL)sql"}};

} // namespace

Result<void> AuctionService::commit_county(AuctionId auction, const Commitments& wanted,
                                           UserId by) {
    if (wanted.commitments.empty() || wanted.commitments.size() > 1000)
        return fail(ErrorCode::invalid_input, "commitments.count", "send 1 to 1000 commitments");
    std::vector<BatchCommitment> sorted = wanted.commitments;
    std::ranges::sort(sorted, {}, &BatchCommitment::batch_id);
    db::Transaction transaction{pool_};
    for (const BatchCommitment& commitment : sorted) {
        const auto row = transaction->maybe_one(lock_to_commit, commitment.batch_id);
        if (!row || row->auction_id != auction)
            return fail(ErrorCode::invalid_input, "batch.unknown", "a batch is not of this sale");
        if (commitment.commitment == no_hash)
            return fail(ErrorCode::invalid_input, "commitment.zero", "zeros commit to nothing");
        if (row->chain_length > 0)
            return fail(ErrorCode::conflict, "batch.opened",
                        "a batch is open already; its commitments are fixed");
        if (transaction->run(insert_county_commitment, row->county_id, auction, commitment.batch_id,
                             commitment.commitment, by) == 0)
            return fail(ErrorCode::conflict, "commitment.given",
                        "the county has committed for a batch already");
    }
    transaction.commit();
    return {};
}

Result<SecretReceipt> AuctionService::reveal(BatchId batch, const RevealSecret& revealed) {
    db::Transaction transaction{pool_};
    const auto row = transaction->maybe_one(secret_of_batch, batch);
    if (!row || !row->close_published_at)
        return fail(ErrorCode::conflict, "secret.too_early",
                    "the close record is not published yet; keep the secret");
    if (row->close_hash != revealed.close_hash)
        return fail(ErrorCode::conflict, "secret.other_record",
                    "the published close record is another one; keep the secret");
    if (row->c_county != commitment(SecretRole::county, batch, revealed.secret))
        return fail(ErrorCode::rule_violation, "secret.not_committed",
                    "the secret is not the one that was committed to");
    if (row->county_secret) {
        if (*row->county_secret == revealed.secret && row->county_signature)
            return SecretReceipt{batch, *row->close_hash,
                                 std::to_string(row->county_received_at.value().micros()),
                                 *row->county_signature};
        return fail(ErrorCode::conflict, "secret.too_late",
                    "the time for the secret is over; the draw goes without it");
    }
    // Never before the record that it follows, should the clock have been set back.
    const Instant now = std::max(transaction->one(clock_now), *row->close_published_at);
    const Signature signature =
        keys_.signing().sign(secret_message(batch, *row->close_hash, revealed.secret, now));
    transaction->run(fill_secret, batch, revealed.secret, now, signature);
    transaction.commit();
    return SecretReceipt{batch, *row->close_hash, std::to_string(now.micros()), signature};
}

} // namespace strikeoff::auctions
