#include "core/chain.hpp"

#include "core/sha256.hpp"

namespace strikeoff {
namespace {

using namespace std::string_view_literals;

std::string_view role_name(SecretRole role) {
    return role == SecretRole::county ? "county"sv : "operator"sv;
}

Hash hash_of(const ByteWriter& message) {
    return sha256(ByteView{message.data()});
}

} // namespace

Hash commitment(SecretRole role, BatchId batch, const Hash& secret) {
    ByteWriter message;
    message.label("strikeoff/commit/v1").label(role_name(role)).bytes(batch.bytes()).bytes(secret);
    return hash_of(message);
}

Hash county_secret(const Hash& master, BatchId batch) {
    return hmac_sha256(master, "strikeoff/county/v1\0"sv, batch.bytes());
}

Bytes opening_message(const OpeningTerms& terms) {
    ByteWriter message;
    message.label("strikeoff/open/v1").bytes(terms.batch.bytes()).bytes(terms.auction.bytes());
    message.i64(terms.start.micros()).i64(terms.end.micros());
    message.bytes(terms.county_commitment).bytes(terms.operator_commitment);
    message.bytes(terms.rules_hash).bytes(terms.lots_hash).bytes(terms.key);
    return message.take();
}

Hash opening_hash(const OpeningTerms& terms) {
    return sha256(ByteView{opening_message(terms)});
}

Hash change_hash(BatchId batch, std::uint32_t number, const Hash& previous, const Change& change) {
    ByteWriter message;
    message.label("strikeoff/change/v1").bytes(batch.bytes()).u32(number).bytes(previous);
    message.u8(static_cast<std::uint8_t>(change.kind));
    message.i64(change.at.micros()).i64(change.new_end.micros());
    message.bytes(change.certificate.bytes()).bytes(change.reason_hash);
    return hash_of(message);
}

Hash head_hash(BatchId batch, const Hash& opening, std::uint64_t leaves, const Hash& root,
               Instant closed_at) {
    ByteWriter message;
    message.label("strikeoff/head/v1").bytes(batch.bytes()).bytes(opening);
    message.u64(leaves).bytes(root).i64(closed_at.micros());
    return hash_of(message);
}

Hash close_hash(BatchId batch, const Hash& head, const Hash& book, const Hash& groups) {
    ByteWriter message;
    message.label("strikeoff/close/v1").bytes(batch.bytes()).bytes(head).bytes(book).bytes(groups);
    return hash_of(message);
}

Bytes chain_message(const Hash& record) {
    ByteWriter message;
    return message.label("strikeoff/chain/v1").bytes(record).take();
}

Bytes receipt_message(BatchId batch, const Hash& opening, std::uint64_t size, const Hash& root) {
    ByteWriter message;
    message.label("strikeoff/receipt/v1").bytes(batch.bytes()).bytes(opening);
    return message.u64(size).bytes(root).take();
}

Bytes secret_message(BatchId batch, const Hash& close, const Hash& secret, Instant received_at) {
    ByteWriter message;
    message.label("strikeoff/secret/v1").bytes(batch.bytes()).bytes(close).bytes(secret);
    return message.i64(received_at.micros()).take();
}

Bytes amendment_message(const Hash& amendment_hash) {
    ByteWriter message;
    return message.label("strikeoff/amendment/v1").bytes(amendment_hash).take();
}

Bytes transcript_message(const Hash& file_hash) {
    ByteWriter message;
    return message.label("strikeoff/transcript/v1").bytes(file_hash).take();
}

} // namespace strikeoff
