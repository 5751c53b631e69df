#include "modules/auctions/chain.hpp"

namespace strikeoff::auctions {
namespace {

struct ChainRow {
    BatchId batch_id;
    std::int32_t k = 0;
    std::int16_t kind = 0;
    Instant at;
    std::optional<Instant> start_time;
    std::optional<Instant> end_time;
    std::optional<Instant> new_end;
    std::optional<CertificateId> certificate_id;
    std::optional<std::string> reason;
    std::optional<std::string> rules;
    std::optional<Hash> rules_hash;
    std::optional<Hash> lots_hash;
    std::optional<Hash> c_county;
    std::optional<Hash> c_operator;
    Hash hash{};
    Signature signature{};
    std::optional<PublicKey> public_key;
};
BOOST_DESCRIBE_STRUCT(ChainRow, (),
                      (batch_id, k, kind, at, start_time, end_time, new_end, certificate_id, reason,
                       rules, rules_hash, lots_hash, c_county, c_operator, hash, signature,
                       public_key))

const db::Statement<ChainRow(BatchId)> chain_of_batch{{"auctions.chain_of_batch", R"sql(
    SELECT batch_id, k, kind, at, start_time, end_time, new_end, certificate_id, reason, rules,
           rules_hash, lots_hash, c_county, c_operator, hash, signature, public_key
    FROM batch_chain
    WHERE batch_id = $1
    ORDER BY k)sql"}};

const db::Statement<AuctionId(BatchId)> auction_of_batch{{"auctions.auction_of_batch", R"sql(
    SELECT auction_id FROM batches WHERE id = $1)sql"}};

const db::Statement<void(CountyId, BatchId, std::int32_t, std::int16_t, Instant,
                         std::optional<Instant>, std::optional<Instant>, std::optional<Instant>,
                         std::optional<CertificateId>, std::optional<std::string>,
                         std::optional<std::string>, std::optional<Hash>, std::optional<Hash>,
                         std::optional<Hash>, std::optional<Hash>, Hash, Signature,
                         std::optional<PublicKey>)>
    insert_link{{"auctions.insert_link", R"sql(
    INSERT INTO batch_chain (county_id, batch_id, k, kind, at, start_time, end_time, new_end,
                             certificate_id, reason, rules, rules_hash, lots_hash, c_county,
                             c_operator, hash, signature, public_key)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18))sql"}};

const db::Statement<void(BatchId, std::optional<Instant>)> lengthen_chain{
    {"auctions.lengthen_chain", R"sql(
    UPDATE batches SET chain_length = chain_length + 1, changed_at = $2 WHERE id = $1)sql"}};

const db::Statement<std::int64_t(BatchId)> raise_version{{"auctions.raise_version", R"sql(
    UPDATE batches SET book_version = book_version + 1 WHERE id = $1
    RETURNING book_version)sql"}};

const db::Statement<void(CountyId, BatchId, std::int64_t, std::int16_t,
                         std::optional<std::int32_t>)>
    insert_book_change{{"auctions.insert_book_change", R"sql(
    INSERT INTO book_changes (county_id, batch_id, version, kind, lot_no)
    VALUES ($1, $2, $3, $4, $5))sql"}};

} // namespace

std::optional<StoredChain> read_chain(db::Connection& connection, BatchId batch) {
    const std::vector<ChainRow> rows = connection.all(chain_of_batch, batch);
    if (rows.empty()) return std::nullopt;
    const ChainRow& first = rows.front();
    StoredChain chain{.terms = {.batch = batch,
                                .auction = connection.one(auction_of_batch, batch),
                                .start = first.start_time.value(),
                                .end = first.end_time.value(),
                                .county_commitment = first.c_county.value_or(no_hash),
                                .operator_commitment = first.c_operator.value(),
                                .rules_hash = first.rules_hash.value(),
                                .lots_hash = first.lots_hash.value(),
                                .key = first.public_key.value()},
                      .opening = {first.hash, first.signature}};
    auto rules = parse_award_rules(first.rules.value());
    if (!rules) throw std::runtime_error("rules of the batch: " + rules.error().message);
    chain.rules = *rules;
    for (const ChainRow& row : std::span{rows}.subspan(1))
        chain.changes.push_back({{.kind = static_cast<ChangeKind>(row.kind),
                                  .at = row.at,
                                  .new_end = row.new_end.value(),
                                  .certificate = row.certificate_id.value_or(CertificateId{}),
                                  .reason_hash = sha256(row.reason.value_or(""))},
                                 {row.hash, row.signature}});
    return chain;
}

void store_opening(db::Connection& connection, const Keys& keys, CountyId county,
                   const OpeningTerms& terms, const AwardRules& rules) {
    const Hash hash = opening_hash(terms);
    connection.run(insert_link, county, terms.batch, 0, std::int16_t{0}, terms.start, terms.start,
                   terms.end, std::optional<Instant>{}, std::optional<CertificateId>{},
                   std::optional<std::string>{}, canonical_award_rules(rules), terms.rules_hash,
                   terms.lots_hash, terms.county_commitment, terms.operator_commitment, hash,
                   keys.signing().sign(chain_message(hash)), terms.key);
    connection.run(lengthen_chain, terms.batch, std::optional<Instant>{});
}

void store_change(db::Connection& connection, const Keys& keys, CountyId county, BatchId batch,
                  const ChangeRequest& request) {
    const auto chain = read_chain(connection, batch);
    if (!chain) throw std::logic_error("a batch that is not opened has no changes");
    const Change change{.kind = request.kind,
                        .at = request.at,
                        .new_end = request.new_end,
                        .certificate = request.certificate.value_or(CertificateId{}),
                        .reason_hash = sha256(request.reason)};
    const auto k = static_cast<std::uint32_t>(chain->changes.size() + 1);
    const Hash hash = change_hash(batch, k, chain->latest(), change);
    connection.run(insert_link, county, batch, static_cast<std::int32_t>(k),
                   static_cast<std::int16_t>(request.kind), request.at, std::optional<Instant>{},
                   std::optional<Instant>{}, std::optional{request.new_end}, request.certificate,
                   std::optional{request.reason}, std::optional<std::string>{},
                   std::optional<Hash>{}, std::optional<Hash>{}, std::optional<Hash>{},
                   std::optional<Hash>{}, hash, keys.signing().sign(chain_message(hash)),
                   std::optional<PublicKey>{});
    connection.run(lengthen_chain, batch, std::optional{request.at});
    const std::int64_t version = connection.one(raise_version, batch);
    connection.run(insert_book_change, county, batch, version,
                   static_cast<std::int16_t>(request.kind), request.lot_number);
}

} // namespace strikeoff::auctions
