#pragma once

#include "core/describe.hpp"
#include "core/money.hpp"
#include "core/result.hpp"

namespace strikeoff {

/// What the collector's commission is a percentage of.
enum class CommissionBase : std::uint8_t { tax, tax_and_interest };
BOOST_DESCRIBE_ENUM(CommissionBase, tax, tax_and_interest)

/// How the face of a certificate grows out of the tax. The defaults are Florida's (F.A.C.
/// 12D-13.045).
struct FaceRules {
    Rate interest = Rate::from_bp(1800);        ///< A year, by month.
    Rate interest_minimum = Rate::from_bp(300); ///< Of the tax.
    int months = 2;                             ///< From delinquency (1 April) to the sale.
    Rate commission = Rate::from_bp(500);
    CommissionBase commission_base = CommissionBase::tax_and_interest;
    Money costs; ///< Advertising and sale costs of each certificate.
};

/// A face and what it is made of.
struct FaceParts {
    Money tax;
    Money interest;
    Money commission;
    Money costs;
    Money face;

    friend bool operator==(const FaceParts&, const FaceParts&) = default;
};
FaceParts build_face(const FaceRules& rules, Money tax);

/// The tax behind a face.
struct TaxBehindFace {
    FaceParts parts;    ///< Of the largest tax whose face is not above the given one.
    bool exact = false; ///< Whether it is the given one; no tax has every face.
};
/// Fails with `face.below_costs` when there would be no tax in it.
Result<TaxBehindFace> tax_behind_face(const FaceRules& rules, Money face);

/// Homestead tax below this is never offered: it goes to the county (F.S. 197.432(4)).
constexpr Money homestead_threshold = Money::from_cents(25'000);

/// Whether a tax that was computed, not told, lies within 5 % of the threshold, so that costs
/// slightly other than ours could move it to the other side.
bool is_near_homestead_threshold(Money tax, Money threshold = homestead_threshold);

} // namespace strikeoff
