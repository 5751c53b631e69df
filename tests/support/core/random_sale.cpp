#include "support/core/random_sale.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace strikeoff::testing_support {
namespace {

constexpr std::uint64_t first_seed = 20'260'527'000'000;

Rate random_multiple(Random& random, std::int32_t step, std::uint64_t most) {
    return Rate::from_bp(step * static_cast<std::int32_t>(random.between(1, most)));
}

AwardRules random_rules(Random& random) {
    AwardRules rules;
    rules.format = random.one_in(4) ? Format::sealed : Format::proxy;
    if (random.one_in(2)) {
        rules.rate_step = random_multiple(random, 5, 20);
        rules.rate_start = random_multiple(random, 10, 180);
        rules.rate_floor = Rate::from_bp(static_cast<std::int32_t>(random.between(1, 100)));
        rules.rate_floor = std::min(rules.rate_floor, rules.rate_start);
    }
    rules.zero_bids = random.one_in(3) ? ZeroBids::refused : ZeroBids::allowed;
    rules.blocked_bids_set_price = random.one_in(2);
    rules.group_price = random.either(GroupPrice::as_one, GroupPrice::as_many);
    rules.tie_weight = random.either(TieWeight::per_bidder, TieWeight::per_group);
    rules.tie = random.one_in(4) ? Tie::first_received : Tie::random;
    return rules;
}

/// The legal rates, lowest first.
std::vector<std::uint16_t> legal_rates(const AwardRules& rules) {
    std::vector<std::uint16_t> rates;
    for (int bp = 0; bp <= rules.rate_start.bp(); ++bp)
        if (is_legal_rate(rules, Rate::from_bp(bp)))
            rates.push_back(static_cast<std::uint16_t>(bp));
    return rates;
}

Bytes16 random_bytes(Random& random) {
    Bytes16 bytes;
    store_be64(bytes.data(), random.engine()());
    store_be64(bytes.data() + 8, random.engine()());
    return bytes;
}

std::vector<ClearingItem> random_items(Random& random, std::size_t count) {
    std::vector<ClearingItem> items;
    std::uint32_t adv_no = 0;
    const std::uint64_t face_most = random.one_in(2) ? 10 : 100'000;
    for (std::size_t i = 0; i < count; ++i) {
        adv_no += static_cast<std::uint32_t>(random.between(1, 3));
        items.push_back(
            {.adv_no = adv_no,
             .certificate_id = {{random_bytes(random)}},
             .face = Money::from_cents(static_cast<std::int64_t>(random.between(1, face_most))),
             .round = static_cast<std::uint32_t>(random.below(3)),
             .offered = !random.one_in(20)});
    }
    std::ranges::shuffle(items, random.engine());
    return items;
}

/// Below zero, nothing, or anything up to a part or the whole of the sale.
Money random_budget(Random& random, std::int64_t total_face) {
    if (random.one_in(15)) return Money::from_cents(-100);
    const std::int64_t most =
        std::array{std::int64_t{0}, total_face / 10, total_face / 3, total_face}[random.below(4)];
    return Money::from_cents(
        static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(most) + 1)));
}

std::vector<ClearingBidder> random_bidders(Random& random, std::size_t count,
                                           std::int64_t total_face) {
    std::vector<ClearingBidder> bidders;
    // References that differ in one byte only show whether all of them are compared.
    const bool alike = random.one_in(4);
    const std::size_t place = random.below(16);
    for (std::size_t i = 0; i < count; ++i) {
        ClearingBidder bidder;
        bidder.eligible = !random.one_in(10);
        if (alike)
            bidder.ref[place] = static_cast<std::uint8_t>(251 * i);
        else
            bidder.ref = random_bytes(random);
        bidder.budget = random_budget(random, total_face);
        if (random.one_in(4))
            bidder.weight =
                static_cast<std::uint32_t>(random.between(2, random.one_in(4) ? 300 : 5));
        bidders.push_back(bidder);
    }
    std::ranges::shuffle(bidders, random.engine());
    return bidders;
}

std::vector<LiveBid> random_bids(Random& random, const RandomSale& sale) {
    const std::vector<std::uint16_t> rates = legal_rates(sale.rules);
    if (rates.empty()) return {};
    const std::size_t lowest = random.one_in(3) ? random.below(rates.size()) : 0;
    const std::size_t spread =
        random.between(1, random.one_in(2) ? rates.size() - lowest
                                           : std::min<std::size_t>(rates.size() - lowest, 5));
    const std::uint64_t density = random.between(1, 4);
    std::vector<LiveBid> bids;
    for (std::uint32_t item = 0; item < sale.items.size(); ++item)
        for (std::uint32_t bidder = 0; bidder < sale.bidders.size(); ++bidder)
            if (random.below(4) < density)
                bids.push_back({.item = item,
                                .bidder = bidder,
                                .rate_bp = rates[lowest + random.below(spread)]});
    std::ranges::shuffle(bids, random.engine());
    for (std::uint32_t i = 0; i < bids.size(); ++i)
        bids[i].rank = i;
    std::ranges::shuffle(bids, random.engine());
    return bids;
}

std::string describe(const RandomSale& sale) {
    return fmt::format("{} lots, {} bidders, {} bids, rules {}", sale.items.size(),
                       sale.bidders.size(), sale.bids.size(), canonical_award_rules(sale.rules));
}

} // namespace

const LiveBid* RandomSale::bid_of(std::uint32_t bidder, std::uint32_t item) const {
    for (const LiveBid& bid : bids)
        if (bid.bidder == bidder && bid.item == item) return &bid;
    return nullptr;
}

RandomSale random_sale(Random& random, bool largest) {
    // Small sales are common and quick; their failures are also the ones that can be read.
    const std::size_t items =
        largest ? sale_items_max : random.between(1, random.between(1, sale_items_max));
    const std::size_t bidders =
        largest ? sale_bidders_max : random.between(1, random.between(1, sale_bidders_max));
    RandomSale sale;
    sale.rules = random_rules(random);
    sale.items = random_items(random, items);
    std::int64_t total_face = 0;
    for (const ClearingItem& item : sale.items)
        total_face += item.face.cents();
    sale.bidders = random_bidders(random, bidders, total_face);
    sale.bids = random_bids(random, sale);
    const Bytes16 key = random_bytes(random);
    sale.prk = sha256(ByteView{key});
    return sale;
}

void check_sales(const std::function<std::string(const RandomSale&, Random&)>& property) {
    const char* const only = std::getenv("STRIKEOFF_SEED");
    for (int i = 0; i < property_cases; ++i) {
        const std::uint64_t seed =
            only ? std::strtoull(only, nullptr, 10) : first_seed + static_cast<std::uint64_t>(i);
        Random random{seed};
        const RandomSale sale = random_sale(random, /*largest=*/seed % 100 == 0);
        const std::string fault = property(sale, random);
        if (!fault.empty()) {
            ADD_FAILURE() << fault << "\nSTRIKEOFF_SEED=" << seed << ": " << describe(sale);
            return;
        }
        if (only) return;
    }
}

} // namespace strikeoff::testing_support
