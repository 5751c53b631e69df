#include "modules/auctions/opening.hpp"

#include "core/book_record.hpp"
#include "modules/auctions/chain.hpp"
#include "modules/counties/settings.hpp"

namespace strikeoff::auctions {
namespace {

struct BatchRow {
    CountyId county_id;
    AuctionId auction_id;
    Instant start_time;
    Instant end_time;
    std::int32_t chain_length = 0;
    std::optional<Hash> county_commitment;
};
BOOST_DESCRIBE_STRUCT(BatchRow, (),
                      (county_id, auction_id, start_time, end_time, chain_length,
                       county_commitment))

struct LotRow {
    std::int32_t adv_no = 0;
    CertificateId certificate_id;
    Money face;
};
BOOST_DESCRIBE_STRUCT(LotRow, (), (adv_no, certificate_id, face))

const db::Statement<BatchRow(BatchId)> batch_to_open{{"auctions.batch_to_open", R"sql(
    SELECT b.county_id, b.auction_id, b.start_time, b.end_time, b.chain_length,
           (SELECT s.commitment FROM sale_commitments s
            WHERE s.batch_id = b.id AND s.role = 'county') AS county_commitment
    FROM batches b
    WHERE b.id = $1)sql"}};

const db::Statement<LotRow(BatchId)> lots_to_open{{"auctions.lots_to_open", R"sql(
    SELECT adv_no, certificate_id, face FROM batch_certificates WHERE batch_id = $1)sql"}};

const db::Statement<void(BatchId, CountyId, Bytes, Bytes)> insert_batch_secrets{
    {"auctions.insert_batch_secrets", R"sql(
    INSERT INTO batch_secrets (batch_id, county_id, operator_secret, k_blind)
    VALUES ($1, $2, $3, $4))sql"}};

const db::Statement<void(BatchId)> let_bids_reserve{{"auctions.let_bids_reserve", R"sql(
    UPDATE batches SET reserves = true WHERE id = $1)sql"}};

const db::Statement<void(CountyId, AuctionId, BatchId, Hash)> insert_operator_commitment{
    {"auctions.insert_operator_commitment", R"sql(
    INSERT INTO sale_commitments (county_id, auction_id, batch_id, role, commitment)
    VALUES ($1, $2, $3, 'operator', $4))sql"}};

const db::Statement<void(BatchId, CountyId, AuctionId)> insert_journal{
    {"auctions.insert_journal", R"sql(
    INSERT INTO batch_journals (batch_id, county_id, auction_id) VALUES ($1, $2, $3))sql"}};

} // namespace

bool open_batch(db::Connection& connection, const Keys& keys, BatchId batch) {
    const BatchRow row = connection.one(batch_to_open, batch);
    if (row.chain_length > 0) return false;
    const counties::SaleSettings settings = counties::load_settings(connection, row.auction_id);
    const AwardRules rules = settings.award_rules();
    const bool needs_county = rules.tie == Tie::random && !settings.draw_without_county;
    if (needs_county && !row.county_commitment) return false;

    std::vector<BookLot> lots;
    for (const LotRow& lot : connection.all(lots_to_open, batch))
        lots.push_back(
            {static_cast<std::uint32_t>(lot.adv_no), lot.certificate_id, lot.face, true});
    if (lots.empty()) return false;

    const Hash secret = random_hash();
    const Hash k_blind = random_hash();
    connection.run(insert_batch_secrets, batch, row.county_id,
                   keys.seal(secret, {"batch_secrets", "operator_secret", batch.uuid}),
                   keys.seal(k_blind, {"batch_secrets", "k_blind", batch.uuid}));
    const OpeningTerms terms{.batch = batch,
                             .auction = row.auction_id,
                             .start = row.start_time,
                             .end = row.end_time,
                             .county_commitment = row.county_commitment.value_or(no_hash),
                             .operator_commitment =
                                 commitment(SecretRole::operator_, batch, secret),
                             .rules_hash = sha256(canonical_award_rules(rules)),
                             .lots_hash = lots_hash(lots),
                             .key = keys.signing().public_key()};
    if (settings.bids_reserve()) connection.run(let_bids_reserve, batch);
    connection.run(insert_operator_commitment, row.county_id, row.auction_id, batch,
                   terms.operator_commitment);
    connection.run(insert_journal, batch, row.county_id, row.auction_id);
    store_opening(connection, keys, row.county_id, terms, rules);
    return true;
}

} // namespace strikeoff::auctions
