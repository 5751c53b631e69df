#include "core/face.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace strikeoff {
namespace {

constexpr std::int64_t whole_bp = 10'000; ///< 100 %.

} // namespace

FaceParts build_face(const FaceRules& rules, Money tax) {
    FaceParts parts{.tax = tax, .costs = rules.costs};
    parts.interest = std::max(
        mul_div_half_up(tax, std::int64_t{rules.interest.bp()} * rules.months, 12 * whole_bp),
        mul_div_half_up(tax, rules.interest_minimum.bp(), whole_bp));
    const Money base = rules.commission_base == CommissionBase::tax ? tax : tax + parts.interest;
    parts.commission = mul_div_half_up(base, rules.commission.bp(), whole_bp);
    parts.face = tax + parts.interest + parts.commission + parts.costs;
    return parts;
}

Result<TaxBehindFace> tax_behind_face(const FaceRules& rules, Money face) {
    // A cent more of tax is at least a cent more of face, so the tax can be searched for by halves.
    std::int64_t low = 0;
    std::int64_t high = (face - rules.costs).cents();
    if (high <= 0)
        return fail(ErrorCode::invalid_input, "face.below_costs",
                    fmt::format("the face {} is not above the costs {}", format_money(face),
                                format_money(rules.costs)));
    while (low < high) {
        const std::int64_t middle = low + (high - low + 1) / 2;
        if (build_face(rules, Money::from_cents(middle)).face <= face)
            low = middle;
        else
            high = middle - 1;
    }
    TaxBehindFace found{.parts = build_face(rules, Money::from_cents(low))};
    found.exact = found.parts.face == face;
    return found;
}

bool is_near_homestead_threshold(Money tax, Money threshold) {
    const Money margin = mul_div_half_up(threshold, 5, 100);
    return tax >= threshold - margin && tax <= threshold + margin;
}

} // namespace strikeoff
