#include "core/tests/sale_fixture.hpp"

#include "core/folding.hpp"
#include "core/merkle.hpp"
#include "core/tests/draw_kat.hpp"

#include <algorithm>

namespace strikeoff::draw_kat {
namespace {

Change change_of(const boost::json::value& row) {
    Change change{.kind = static_cast<ChangeKind>(number<int>(row.at("kind"))),
                  .at = instant(row.at("at")),
                  .new_end = instant(row.at("new_end")),
                  .certificate = {},
                  .reason_hash = hash(row.at("reason_hash"))};
    if (!row.at("certificate_id").is_null())
        change.certificate = id<CertificateId>(row.at("certificate_id"));
    return change;
}

/// Leaves of unknown lots or bidders are left out; whoever checks finds them earlier.
std::vector<LiveBid> live_bids(const Sale& sale) {
    const auto& [transcript, leaves, secret] = sale;
    Folding folding{7};
    for (const Leaf& leaf : leaves) {
        const auto lot =
            std::ranges::find(transcript.lots, leaf.certificate, &BookLot::certificate);
        const auto bidder =
            std::ranges::find(transcript.bidders, leaf.bidder_ref, &BookBidder::ref);
        if (lot == transcript.lots.end() || bidder == transcript.bidders.end()) continue;
        folding.apply(static_cast<std::uint32_t>(bidder - transcript.bidders.begin()),
                      static_cast<std::uint32_t>(lot - transcript.lots.begin()), leaf.bid,
                      leaf.kind, leaf.rate);
    }
    return folding.live_bids();
}

void seal_leaves(Sale& sale) {
    const HmacSha256 k_blind{sale.transcript.k_blind};
    for (Leaf& leaf : sale.leaves)
        leaf.blind = blind(k_blind, leaf.bid);
    MerkleTree tree;
    for (const Leaf& leaf : sale.leaves)
        tree.append(merkle_leaf_hash(encode_leaf(leaf)));
    sale.transcript.leaves_count = sale.transcript.head_leaves = tree.size();
    sale.transcript.root = tree.root();
    sale.transcript.leaves_sha256 = sha256(leaves_file(sale));
}

} // namespace

const SigningKey& sale_key() {
    static const SigningKey key{answer("secret_key_seed")};
    return key;
}

SignedRecord signed_record(const Hash& hash) {
    return {hash, sale_key().sign(chain_message(hash))};
}

std::string leaves_file(const Sale& sale) {
    std::string file;
    for (const Leaf& leaf : sale.leaves)
        file += as_text(encode_leaf(leaf));
    return file;
}

void seal(Sale& sale) {
    Transcript& out = sale.transcript;
    const BatchId batch = out.terms.batch;
    out.terms.key = sale_key().public_key();
    out.terms.rules_hash = sha256(canonical_award_rules(out.rules));
    out.terms.lots_hash = lots_hash(out.lots);
    out.terms.operator_commitment = commitment(SecretRole::operator_, batch, out.operator_secret);
    if (out.county_secret)
        out.terms.county_commitment = commitment(SecretRole::county, batch, sale.county_secret);
    out.opening = signed_record(opening_hash(out.terms));
    Hash latest = out.opening.hash;
    std::uint32_t number = 0;
    for (auto& [change, record] : out.changes) {
        record = signed_record(change_hash(batch, ++number, latest, change));
        latest = record.hash;
    }
    seal_leaves(sale);
    out.head = signed_record(head_hash(batch, latest, out.head_leaves, out.root, out.closed_at));
    out.book_hash = book_hash(out.lots, out.bidders);
    out.groups_hash = groups_hash(out.groups);
    out.close = signed_record(close_hash(batch, out.head.hash, out.book_hash, out.groups_hash));
    if (auto& county = out.county_secret) {
        county->secret = sale.county_secret;
        county->signature = sale_key().sign(
            secret_message(batch, out.close.hash, county->secret, county->received_at));
    }
    out.results = award_batch(out.rules, out.lots, std::vector<std::uint32_t>(out.lots.size()),
                              out.bidders, live_bids(sale), transcript_draw_key(out));
}

Sale known_sale() {
    const auto& file = transcript();
    Sale sale;
    Transcript& out = sale.transcript;
    out.lots = lots();
    out.bidders = bidders();
    out.groups = groups();
    out.terms.batch = batch();
    out.terms.auction = id<AuctionId>(file.at("auction_id"));
    out.terms.start = instant(file.at("open").at("start"));
    out.terms.end = instant(file.at("open").at("end"));
    for (const auto& row : file.at("changes").as_array())
        out.changes.push_back({change_of(row), {}});
    out.closed_at = instant(file.at("head").at("closed_at"));
    out.county_secret.emplace().received_at =
        instant(file.at("secrets").at("county").at("received_at"));
    out.operator_secret = answer("S_operator");
    out.k_blind = answer("k_blind");
    sale.county_secret = answer("S_county");
    sale.leaves = leaves();
    seal(sale);
    return sale;
}

} // namespace strikeoff::draw_kat
