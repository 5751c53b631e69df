#include "modules/auctions/published_batch.hpp"

#include <cassert>

namespace strikeoff::auctions {
namespace {

struct ClosedRow {
    std::int64_t n = 0;
    Hash root{};
    Instant closed_at;
    Hash head_hash{};
    Signature head_signature{};
    Bytes book;
    Bytes groups;
    Hash book_hash{};
    Hash groups_hash{};
    Hash close_hash{};
    Signature close_signature{};
};
BOOST_DESCRIBE_STRUCT(ClosedRow, (),
                      (n, root, closed_at, head_hash, head_signature, book, groups, book_hash,
                       groups_hash, close_hash, close_signature))

// The coalesce of columns that are filled by now tells the contract test that they are not null.
const db::Statement<ClosedRow(BatchId)> closed_records{{"auctions.closed_records", R"sql(
    SELECT n, coalesce(root) AS root, closed_at, coalesce(head_hash) AS head_hash,
           coalesce(head_signature) AS head_signature, coalesce(book) AS book,
           coalesce(groups) AS groups, coalesce(book_hash) AS book_hash,
           coalesce(groups_hash) AS groups_hash, coalesce(close_hash) AS close_hash,
           coalesce(close_signature) AS close_signature
    FROM batch_closings
    WHERE batch_id = $1 AND close_hash IS NOT NULL)sql"}};

struct SecretsRow {
    Bytes operator_secret;
    Bytes k_blind;
    std::optional<Hash> county_secret;
    std::optional<Instant> county_received_at;
    std::optional<Signature> county_signature;
};
BOOST_DESCRIBE_STRUCT(SecretsRow, (),
                      (operator_secret, k_blind, county_secret, county_received_at,
                       county_signature))

const db::Statement<SecretsRow(BatchId)> secrets_of_batch{{"auctions.secrets_of_batch", R"sql(
    SELECT operator_secret, k_blind, county_secret, county_received_at, county_signature
    FROM batch_secrets
    WHERE batch_id = $1)sql"}};

struct ResultRecord {
    std::int32_t adv_no = 0;
    CertificateId certificate_id;
    std::string status;
    std::optional<Bytes16> winner_ref;
    std::optional<std::int32_t> winner_member;
    std::optional<Rate> award_rate;
    std::int32_t round = 0;
};
BOOST_DESCRIBE_STRUCT(ResultRecord, (),
                      (adv_no, certificate_id, status, winner_ref, winner_member, award_rate,
                       round))

const db::Statement<ResultRecord(BatchId)> results_of_batch{{"auctions.results_of_batch", R"sql(
    SELECT adv_no, certificate_id, status::text AS status, winner_ref, winner_member, award_rate, round
    FROM batch_certificates
    WHERE batch_id = $1
    ORDER BY adv_no)sql"}};

struct DigestRow {
    Hash leaves_sha256{};
    std::int64_t leaves_size = 0;
};
BOOST_DESCRIBE_STRUCT(DigestRow, (), (leaves_sha256, leaves_size))

const db::Statement<DigestRow(BatchId)> digest_of_leaves{{"auctions.digest_of_leaves", R"sql(
    SELECT leaves_sha256, leaves_size
    FROM transcripts
    WHERE batch_id = $1 AND published_at IS NOT NULL)sql"}};

/// Takes fields off the front of the bytes that the close record hashed.
class ByteReader {
public:
    explicit ByteReader(ByteView bytes) : bytes_{bytes} {}
    void skip(std::size_t count) { take(count); }
    std::uint8_t u8() { return take(1)[0]; }
    std::uint32_t u32() { return load_be32(take(4).data()); }
    std::uint64_t u64() { return load_be64(take(8).data()); }
    Bytes16 sixteen() {
        Bytes16 out;
        std::memcpy(out.data(), take(out.size()).data(), out.size());
        return out;
    }

private:
    ByteView take(std::size_t count) {
        if (bytes_.size() < count) throw std::runtime_error("a stored book is cut off");
        const ByteView front = bytes_.first(count);
        bytes_ = bytes_.subspan(count);
        return front;
    }
    ByteView bytes_;
};

Hash opened_secret(const Keys& keys, ByteView sealed, std::string_view column, BatchId batch) {
    const Bytes plain = keys.open(sealed, {"batch_secrets", column, batch.uuid});
    Hash secret;
    if (plain.size() != secret.size()) throw std::runtime_error("a secret of another length");
    std::memcpy(secret.data(), plain.data(), secret.size());
    return secret;
}

ResultRow result_of(const ResultRecord& record) {
    ResultRow row{.adv_no = static_cast<std::uint32_t>(record.adv_no),
                  .certificate = record.certificate_id,
                  .round = static_cast<std::uint32_t>(record.round)};
    if (record.status == "withdrawn") {
        row.outcome = Outcome::withdrawn;
        return row;
    }
    // An amendment leaves the result as it was drawn.
    row.rate = record.award_rate;
    row.outcome = record.winner_ref ? Outcome::awarded : Outcome::struck;
    if (row.outcome == Outcome::awarded) {
        row.bidder_ref = record.winner_ref;
        row.member = static_cast<std::uint32_t>(record.winner_member.value());
    }
    return row;
}

} // namespace

ClosedBook decode_book(ByteView book, ByteView groups) {
    ClosedBook closed;
    ByteReader in{book};
    in.skip(std::string_view{"strikeoff/book/v1"}.size() + 1);
    for (std::uint32_t left = in.u32(); left > 0; --left) {
        const std::uint32_t adv_no = in.u32();
        const CertificateId certificate{Uuid{in.sixteen()}};
        const Money face = Money::from_cents(static_cast<std::int64_t>(in.u64()));
        closed.lots.push_back({adv_no, certificate, face, in.u8() == 1});
    }
    for (std::uint32_t left = in.u32(); left > 0; --left) {
        const Bytes16 ref = in.sixteen();
        const Money budget = Money::from_cents(static_cast<std::int64_t>(in.u64()));
        const std::uint32_t weight = in.u32();
        closed.bidders.push_back({ref, budget, weight, in.u8() == 1});
    }
    ByteReader group_in{groups};
    group_in.skip(std::string_view{"strikeoff/groups/v1"}.size() + 1);
    for (std::uint32_t left = group_in.u32(); left > 0; --left) {
        BookGroup group{.ref = group_in.sixteen()};
        for (std::uint32_t members = group_in.u32(); members > 0; --members)
            group.members.push_back(BidderNumberId{Uuid{group_in.sixteen()}});
        closed.groups.push_back(std::move(group));
    }
    return closed;
}

Transcript load_closed(db::Connection& connection, const BatchReplay& replay) {
    auto row = connection.maybe_one(closed_records, replay.batch);
    if (!row) throw std::logic_error("the batch has no close record yet");
    ClosedBook book = decode_book(row->book, row->groups);
    return {.terms = replay.chain.terms,
            .rules = replay.chain.rules,
            .opening = replay.chain.opening,
            .changes = replay.chain.changes,
            .head_leaves = static_cast<std::uint64_t>(row->n),
            .root = row->root,
            .closed_at = row->closed_at,
            .head = {row->head_hash, row->head_signature},
            .lots = std::move(book.lots),
            .bidders = std::move(book.bidders),
            .groups = std::move(book.groups),
            .book_hash = row->book_hash,
            .groups_hash = row->groups_hash,
            .close = {row->close_hash, row->close_signature}};
}

void add_operator_secrets(db::Connection& connection, const Keys& keys, Transcript& transcript) {
    const BatchId batch = transcript.terms.batch;
    const SecretsRow row = connection.one(secrets_of_batch, batch);
    assert(row.county_secret); // The order of revealing.
    transcript.operator_secret = opened_secret(keys, row.operator_secret, "operator_secret", batch);
    transcript.k_blind = opened_secret(keys, row.k_blind, "k_blind", batch);
    if (row.county_signature)
        transcript.county_secret =
            CountySecret{*row.county_secret, row.county_received_at.value(), *row.county_signature};
}

std::optional<std::string> published_transcript(db::Connection& connection, const Keys& keys,
                                                BatchId batch) {
    const auto digest = connection.maybe_one(digest_of_leaves, batch);
    if (!digest) return std::nullopt;
    const BatchReplay replay = load_replay(connection, keys, batch);
    Transcript transcript = load_closed(connection, replay);
    add_operator_secrets(connection, keys, transcript);
    transcript.leaves_count = static_cast<std::uint64_t>(digest->leaves_size) / leaf_size;
    transcript.leaves_sha256 = digest->leaves_sha256;
    for (const ResultRecord& record : connection.all(results_of_batch, batch))
        transcript.results.push_back(result_of(record));
    return write_transcript(transcript, keys.signing());
}

} // namespace strikeoff::auctions
