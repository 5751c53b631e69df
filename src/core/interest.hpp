#pragma once

#include "core/describe.hpp"
#include "core/money.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <string_view>

namespace strikeoff {

/// How time counts. Monthly: a new month counts in full on its first day; the month of the sale
/// counts (inclusive) or does not (exclusive). Daily: actual days over 365, at least one.
enum class Accrual : std::uint8_t { monthly_inclusive, monthly_exclusive, daily_365 };
BOOST_DESCRIBE_ENUM(Accrual, monthly_inclusive, monthly_exclusive, daily_365)

/// What a redemption costs besides the face. The defaults are Florida's (F.S. 197.472).
struct RedemptionRules {
    Accrual accrual = Accrual::monthly_inclusive;
    Rate minimum_percent = Rate::from_bp(500); ///< Of the face; a floor under the interest.
    bool minimum_at_zero_rate = false;
    Money fee = Money::from_cents(625);

    friend bool operator==(const RedemptionRules&, const RedemptionRules&) = default;
};
BOOST_DESCRIBE_STRUCT(RedemptionRules, (), (accrual, minimum_percent, minimum_at_zero_rate, fee))

/// Reads rules as `quote redemption` takes them: a JSON object, every key optional. Fails with
/// `rules.malformed`.
Result<RedemptionRules> parse_redemption_rules(std::string_view json);

/// Months or days from the sale to the redemption, as `accrual` counts them; of a month any day
/// will do. Fails with `redemption.before_sale`.
Result<int> periods_counted(Accrual accrual, Date sold, Date redeemed);

/// `amount x rate x periods / (12 months or 365 days)`, rounded half up once: simple interest.
Money simple_interest(Money amount, Rate rate, int periods, Accrual accrual);

/// What the owner owes and the holder gets.
struct RedemptionQuote {
    int periods = 0; ///< Months, or days under daily_365.
    Money accrued;
    Money minimum;
    Money interest; ///< The larger of the two.
    Money fee;
    Money holder_receives;
    Money owner_pays;

    friend bool operator==(const RedemptionQuote&, const RedemptionQuote&) = default;
};
RedemptionQuote quote_redemption(const RedemptionRules& rules, Money face, Rate rate, int periods);

/// The terms on which a county sells a certificate it holds (F.S. 197.4725).
struct CountyHeldRules {
    Rate rate = Rate::from_bp(1800); ///< 1.5 % for each month or fraction.
    Money fee = Money::from_cents(625);
};

struct PurchaseQuote {
    int months = 0;
    Money interest;
    Money fee;
    Money price;
    Money new_face; ///< All that the buyer paid.

    friend bool operator==(const PurchaseQuote&, const PurchaseQuote&) = default;
};
/// Fails with `purchase.before_issue`.
Result<PurchaseQuote> quote_purchase(const CountyHeldRules& rules, Money face, Date issued,
                                     Date bought);

/// What the holder of a certificate cancelled for an error gets back: the price and simple interest
/// at the certificate's rate, but no more than `rate_max` (8 % by F.S. 197.432(10)).
struct CancellationRefund {
    Rate rate;
    Money interest;
    Money refund;

    friend bool operator==(const CancellationRefund&, const CancellationRefund&) = default;
};
CancellationRefund refund_for_cancellation(Money price, Rate certificate_rate, int months,
                                           Rate rate_max = Rate::from_bp(800));

} // namespace strikeoff
