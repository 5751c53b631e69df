#include "core/split.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <numeric>

namespace strikeoff {

Result<SplitAmount> split_by_share(Money amount, CertifiedShare share) {
    if (share.part <= 0 || share.part >= share.whole)
        return fail(ErrorCode::invalid_input, "share.malformed",
                    fmt::format("{} of {} is not a part of a whole", share.part, share.whole));
    const Money part = mul_div_half_up(amount, share.part, share.whole);
    return SplitAmount{.share = part, .rest = amount - part};
}

std::vector<Money> allocate(Money amount, std::span<const std::int64_t> weights) {
    assert(amount >= Money{});
    int128 total = 0;
    for (const std::int64_t weight : weights) {
        assert(weight >= 0);
        total += weight;
    }
    assert(total > 0);

    std::vector<Money> parts;
    std::vector<int128> fractions;
    Money left = amount;
    for (const std::int64_t weight : weights) {
        const int128 product = int128{amount.cents()} * weight;
        parts.push_back(Money::from_cents(static_cast<std::int64_t>(product / total)));
        fractions.push_back(product % total);
        left -= parts.back();
    }

    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return fractions[a] != fractions[b] ? fractions[a] > fractions[b] : a < b;
    });
    for (std::size_t i = 0; left > Money{}; ++i, left -= Money::from_cents(1))
        parts[order[i]] += Money::from_cents(1);
    return parts;
}

Result<PartialRedemption> redeem_share(const RedemptionRules& rules, Money face, Rate rate,
                                       int periods, CertifiedShare share) {
    SO_TRY(const SplitAmount faces, split_by_share(face, share));
    if (faces.share <= Money{} || faces.rest <= Money{})
        return fail(ErrorCode::rule_violation, "share.empty",
                    fmt::format("a share of {} in {} leaves a face of 0.00",
                                format_money(faces.share), format_money(face)));
    return PartialRedemption{.face = faces,
                             .quote = quote_redemption(rules, faces.share, rate, periods)};
}

} // namespace strikeoff
