#pragma once

#include "core/interest.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace strikeoff {

/// A part of a parcel as the property appraiser certifies it: `part` of `whole`, such as 1 of 3
/// lots or 41,250 of 100,000 in assessed value.
struct CertifiedShare {
    std::int64_t part = 0;
    std::int64_t whole = 0;
};

/// An amount cut in two that add up to it.
struct SplitAmount {
    Money share; ///< Rounded half up.
    Money rest;

    friend bool operator==(const SplitAmount&, const SplitAmount&) = default;
};
/// Fails with `share.malformed` unless 0 < part < whole.
Result<SplitAmount> split_by_share(Money amount, CertifiedShare share);

/// Cuts an amount in proportion to the weights, without losing or making a cent: each part is
/// rounded down, and the cents left go to the largest fractions, the first of equals first. The
/// amount and the weights are not below 0, and one weight at least is above it.
std::vector<Money> allocate(Money amount, std::span<const std::int64_t> weights);

/// The redemption of a share: what is paid for it now, and the face that stays outstanding.
struct PartialRedemption {
    SplitAmount face;
    RedemptionQuote quote; ///< Of the share alone.
};
/// Fails with `share.malformed`, or with `share.empty` when one of the two faces would be 0.00.
Result<PartialRedemption> redeem_share(const RedemptionRules& rules, Money face, Rate rate,
                                       int periods, CertifiedShare share);

} // namespace strikeoff
