#include "core/clearing.hpp"

#include <benchmark/benchmark.h>

#include <random>

namespace strikeoff {
namespace {

constexpr std::uint32_t item_count = 50'000;
constexpr std::uint32_t bidder_count = 5'000;
constexpr std::uint32_t bids_per_item = 200;

struct Sale {
    std::vector<ClearingItem> items;
    std::vector<ClearingBidder> bidders;
    std::vector<LiveBid> bids;
};

/// A county's whole sale as one batch, its bids in a random order. `steps` rates above the floor
/// are bid: with 1 every bid of an item ties, as in a Florida sale where all bid 0.25.
Sale make_sale(std::uint32_t steps) {
    std::mt19937_64 random{20260527};
    Sale sale;
    for (std::uint32_t i = 0; i < item_count; ++i)
        sale.items.push_back(
            {.adv_no = i + 1,
             .certificate_id = {make_uuid_v8(sha256(as_bytes(std::to_string(i))))},
             .face = Money::from_cents(50'000 + static_cast<std::int64_t>(random() % 1'000'000))});
    for (std::uint32_t i = 0; i < bidder_count; ++i)
        sale.bidders.push_back(
            {.ref = first16(sha256(as_bytes("bidder " + std::to_string(i)))),
             .budget = Money::from_cents(static_cast<std::int64_t>(random() % 2'000'000'000)),
             .weight = i % 50 == 0 ? 200U : 1U});
    for (std::uint32_t item = 0; item < item_count; ++item) {
        const auto first = static_cast<std::uint32_t>(random() % bidder_count);
        for (std::uint32_t i = 0; i < bids_per_item; ++i)
            sale.bids.push_back(
                {.item = item,
                 .bidder = (first + i * 24) % bidder_count,
                 .rank = static_cast<std::uint32_t>(sale.bids.size()),
                 .rate_bp = static_cast<std::uint16_t>(25 + 25 * (random() % steps))});
    }
    std::ranges::shuffle(sale.bids, random);
    return sale;
}

void clear_county_sale(benchmark::State& state) {
    const Sale sale = make_sale(static_cast<std::uint32_t>(state.range(0)));
    const Hash prk = sha256(std::string_view{"prk"});
    for (auto _ : state)
        benchmark::DoNotOptimize(clear({}, sale.items, sale.bidders, sale.bids, prk));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(sale.bids.size()));
}
BENCHMARK(clear_county_sale)->ArgName("rates")->Arg(72)->Arg(1)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace strikeoff

BENCHMARK_MAIN();
