#include "client/county_tool.hpp"

#include "client/chain_check.hpp"

#include <algorithm>

namespace strikeoff::client {
namespace {

using auctions::Batch;
using auctions::BatchStatus;
using auctions::ChainLink;

struct KeyEntry {
    std::string algorithm;
    PublicKey public_key{};
};
BOOST_DESCRIBE_STRUCT(KeyEntry, (), (algorithm, public_key))
struct KeyList {
    std::vector<KeyEntry> keys;
};
BOOST_DESCRIBE_STRUCT(KeyList, (), (keys))

bool is_over(const Batch& batch) {
    return batch.status == BatchStatus::closed || batch.status == BatchStatus::canceled;
}

bool sale_is_over(auctions::AuctionStatus status) {
    using auctions::AuctionStatus;
    return status == AuctionStatus::closed || status == AuctionStatus::settled ||
           status == AuctionStatus::canceled;
}

} // namespace

std::string CountyTool::batches_path() const {
    return fmt::format("/api/v1/auctions/{}/batches", options_.auction.text());
}

Result<void> CountyTool::check_key() {
    SO_TRY(const KeyList list, api_.get<KeyList>("/.well-known/strikeoff-keys.json"));
    const auto names = [&](const PublicKey& key) {
        return std::ranges::any_of(list.keys,
                                   [&](const KeyEntry& entry) { return entry.public_key == key; });
    };
    if (list.keys.empty())
        return fail(ErrorCode::conflict, "key.missing", "the server publishes no key");
    key_ = options_.server_key.value_or(list.keys.front().public_key);
    if (!names(key_))
        return fail(ErrorCode::conflict, "key.changed",
                    "the server does not publish the key " + to_hex(key_));
    return journal_.pin_key(key_);
}

Result<void> CountyTool::commit() {
    SO_TRY(const std::vector<Batch> batches, api_.list<Batch>(batches_path()));
    return commit_batches(batches);
}

/// One by one: a batch that has a commitment already must not hold up the others.
Result<void> CountyTool::commit_batches(const std::vector<Batch>& batches) {
    for (const Batch& batch : batches) {
        if (batch.status != BatchStatus::scheduled || batch.opened || committed_.contains(batch.id))
            continue;
        const Hash value =
            commitment(SecretRole::county, batch.id, county_secret(master_, batch.id));
        const auto told =
            api_.tell(fmt::format("/api/v1/auctions/{}/commitments", options_.auction.text()),
                      auctions::Commitments{{{.batch_id = batch.id, .commitment = value}}});
        // Somebody has committed for it before us, and perhaps it has opened since we looked.
        const bool given = !told && (told.error().reason == "commitment.given" ||
                                     told.error().reason == "batch.opened");
        if (!told && !given) return std::unexpected(told.error());
        committed_.insert(batch.id);
        if (given) continue;
        journal_.note_commitment(batch.id, value);
        say_(fmt::format("committed for batch {} ({})", batch.number, to_hex(value)));
    }
    return {};
}

Result<bool> CountyTool::follow() {
    SO_TRY(const std::vector<Batch> batches, api_.list<Batch>(batches_path()));
    SO_TRY_VOID(commit_batches(batches));
    for (const Batch& batch : batches) {
        if (!batch.opened || refused_.contains(batch.id) || journal_.has_receipt(batch.id))
            continue;
        // A closed batch of ours without a receipt: the answer was lost, or the time ran out.
        const bool late = batch.status == BatchStatus::closed && journal_.has_commitment(batch.id);
        if (batch.status != BatchStatus::closing && !late) continue;
        const auto followed = follow_batch(batch);
        if (followed) continue;
        const ErrorCode code = followed.error().code;
        if (code != ErrorCode::conflict && code != ErrorCode::rule_violation)
            return std::unexpected(followed.error());
        refused_.insert(batch.id);
        say_(fmt::format("batch {}: its secret is withheld: {}", batch.number,
                         followed.error().message));
    }
    SO_TRY(const auto auction,
           api_.get<auctions::Auction>("/api/v1/auctions/" + options_.auction.text()));
    return sale_is_over(auction.status) && std::ranges::all_of(batches, is_over);
}

Result<void> CountyTool::follow_batch(const Batch& batch) {
    const std::string path = "/api/v1/batches/" + batch.id.text();
    PublicBatch seen;
    SO_TRY(seen.chain, api_.get<auctions::Chain>(path + "/chain"));
    const auto& links = seen.chain.links;
    const auto close = std::ranges::find(links, "close", &ChainLink::record);
    if (close == links.end()) return {};
    SO_TRY(seen.items, api_.list<auctions::Item>(path + "/items"));
    seen.batch = batch;
    const Hash own = commitment(SecretRole::county, batch.id, county_secret(master_, batch.id));
    const auto opening = std::ranges::find(links, "opening", &ChainLink::record);
    if (opening != links.end() && opening->c_county == no_hash) {
        say_(fmt::format("batch {}: it was opened without our commitment", batch.number));
        refused_.insert(batch.id);
        return {};
    }
    SO_TRY_VOID(client::check_chain(seen, own, key_));
    for (const ChainLink& link : links) {
        if (link.record == "close") continue;
        SO_TRY_VOID(
            journal_.note_record(batch.id, link.record, link.number, link.hash, link.signature));
    }
    return release(batch, *close);
}

Result<void> CountyTool::release(const Batch& batch, const ChainLink& close) {
    SO_TRY_VOID(journal_.note_close(batch.id, close.hash, close.signature));
    const Hash secret = county_secret(master_, batch.id);
    const auto receipt = api_.post<auctions::SecretReceipt>(
        fmt::format("/api/v1/batches/{}/secret", batch.id.text()),
        auctions::RevealSecret{.secret = secret, .close_hash = close.hash});
    if (!receipt) return std::unexpected(receipt.error());
    std::int64_t micros = 0;
    const std::string& at = receipt->received_at;
    const auto [end, error] = std::from_chars(at.data(), at.data() + at.size(), micros);
    const Instant received_at = Instant::from_micros(micros);
    if (error != std::errc{} || end != at.data() + at.size() || receipt->batch_id != batch.id ||
        receipt->close_hash != close.hash ||
        !verify_signature(key_, secret_message(batch.id, close.hash, secret, received_at),
                          receipt->signature))
        return fail(ErrorCode::conflict, "secret.receipt",
                    "the server's receipt for the secret is not signed as it must be");
    journal_.note_receipt(batch.id, close.hash, received_at, receipt->signature);
    say_(fmt::format("released the secret of batch {} against {}", batch.number,
                     to_hex(close.hash)));
    return {};
}

} // namespace strikeoff::client
