#include "core/folding.hpp"
#include "core/merkle.hpp"
#include "core/receipt.hpp"
#include "core/transcript.hpp"
#include "core/verify.hpp"

#include <benchmark/benchmark.h>

#include <random>
#include <stdexcept>

namespace {

using namespace strikeoff;

constexpr std::uint32_t lot_count = 2500;
constexpr std::uint32_t bidder_count = 2000;
constexpr std::int64_t start = 1'790'000'000'000'000;

template <class Id>
Id numbered_id(std::uint64_t number) {
    Id id;
    store_be64(id.uuid.bytes.data() + 8, number * 0x9e3779b97f4a7c15);
    return id;
}

struct Published {
    std::string transcript;
    Bytes leaves;
};

SignedRecord sign(const SigningKey& key, const Hash& hash) {
    return {hash, key.sign(chain_message(hash))};
}

Transcript opened(const SigningKey& key) {
    Transcript sale;
    sale.terms.batch = numbered_id<BatchId>(1);
    sale.terms.auction = numbered_id<AuctionId>(2);
    sale.terms.start = Instant::from_micros(start);
    sale.terms.end = sale.closed_at = Instant::from_micros(start + 3'600'000'000);
    sale.terms.key = key.public_key();
    for (std::uint32_t i = 0; i < lot_count; ++i)
        sale.lots.push_back(
            {i + 1, numbered_id<CertificateId>(i + 10), Money::from_cents(100'000 + i), true});
    for (std::uint32_t i = 0; i < bidder_count; ++i) {
        BookBidder bidder{.ref = {}, .budget = Money::from_cents(5'000'000)};
        store_be32(bidder.ref.data(), i); // Ascending, as the book is.
        sale.bidders.push_back(bidder);
    }
    sale.terms.rules_hash = sha256(canonical_award_rules(sale.rules));
    sale.terms.lots_hash = lots_hash(sale.lots);
    sale.terms.operator_commitment =
        commitment(SecretRole::operator_, sale.terms.batch, sale.operator_secret);
    sale.opening = sign(key, opening_hash(sale.terms));
    return sale;
}

Published published(std::size_t leaf_count) {
    const SigningKey key{Hash{7}};
    Transcript sale = opened(key);
    const HmacSha256 k_blind{sale.k_blind};
    std::mt19937_64 random{1};
    Folding folding{1, leaf_count};
    MerkleTree tree;
    Published out;
    out.leaves.reserve(leaf_count * leaf_size);
    for (std::size_t i = 0; i < leaf_count; ++i) {
        const auto lot = static_cast<std::uint32_t>(random() % lot_count);
        // The first leaves see to it that everybody bids.
        const auto bidder =
            static_cast<std::uint32_t>(i < bidder_count ? i : random() % bidder_count);
        Leaf leaf{.batch = sale.terms.batch,
                  .bid = numbered_id<BidId>(i),
                  .certificate = sale.lots[lot].certificate,
                  .bidder_ref = sale.bidders[bidder].ref,
                  .rate = Rate::from_bp(static_cast<std::int32_t>(25 * (random() % 73))),
                  .accepted_at = Instant::from_micros(start + static_cast<std::int64_t>(i / 8))};
        leaf.blind = blind(k_blind, leaf.bid);
        const LeafBytes bytes = encode_leaf(leaf);
        out.leaves.insert(out.leaves.end(), bytes.begin(), bytes.end());
        tree.append(merkle_leaf_hash(bytes));
        folding.apply(bidder, lot, leaf.bid, leaf.kind, leaf.rate);
    }
    const std::vector<LiveBid> bids = folding.live_bids();
    std::vector<Money> live_total(bidder_count);
    for (const LiveBid& bid : bids)
        live_total[bid.bidder] += sale.lots[bid.item].face;
    for (std::size_t i = 0; i < bidder_count; ++i)
        sale.bidders[i].budget = published_budget(sale.bidders[i].budget, live_total[i]);

    sale.leaves_count = sale.head_leaves = leaf_count;
    sale.root = tree.root();
    sale.leaves_sha256 = sha256(ByteView{out.leaves});
    const BatchId batch = sale.terms.batch;
    sale.head =
        sign(key, head_hash(batch, sale.opening.hash, leaf_count, sale.root, sale.closed_at));
    sale.book_hash = book_hash(sale.lots, sale.bidders);
    sale.groups_hash = groups_hash(sale.groups);
    sale.close = sign(key, close_hash(batch, sale.head.hash, sale.book_hash, sale.groups_hash));
    sale.results = award_batch(sale.rules, sale.lots, std::vector<std::uint32_t>(lot_count),
                               sale.bidders, bids, transcript_draw_key(sale));
    out.transcript = write_transcript(sale, key);
    return out;
}

void verify(benchmark::State& state) {
    const Published batch = published(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        const auto summary = verify_transcript(batch.transcript, batch.leaves);
        if (!summary) throw std::runtime_error(summary.error().message);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(verify)->Arg(500'000)->Arg(10'000'000)->Unit(benchmark::kMillisecond)->Iterations(1);

/// One tree of 64 bids: hashed, signed, and its receipts written.
void receipts(benchmark::State& state) {
    const SigningKey key{Hash{7}};
    const BatchId batch = numbered_id<BatchId>(1);
    std::vector<LeafBytes> leaves(receipt_tree_size);
    for (std::size_t i = 0; i < leaves.size(); ++i)
        store_be64(leaves[i].data() + 24, i); // Any bytes do, as long as they differ.
    std::vector<Hash> hashes(receipt_tree_size);
    std::string out;
    for (auto _ : state) {
        for (std::size_t i = 0; i < leaves.size(); ++i)
            hashes[i] = merkle_leaf_hash(leaves[i]);
        const InclusionTree tree{hashes};
        const Signature signature =
            key.sign(receipt_message(batch, Hash{}, tree.size(), tree.root()));
        out.clear();
        std::array<Hash, 6> path;
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            const std::size_t length = tree.path_into(i, path.data());
            append_receipt_json(out, batch, Hash{}, leaves[i], i, tree.size(),
                                std::span{path}.first(length), signature);
        }
        benchmark::DoNotOptimize(out.data());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(receipt_tree_size));
}
BENCHMARK(receipts);

} // namespace

BENCHMARK_MAIN();
