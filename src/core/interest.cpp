#include "core/interest.hpp"

#include "core/rules_json.hpp"

#include <algorithm>
#include <cassert>

namespace strikeoff {
namespace {

constexpr std::int64_t whole_bp = 10'000; ///< 100 %.

int months_between(Date from, Date to) {
    return (static_cast<int>(to.year()) - static_cast<int>(from.year())) * 12 +
           static_cast<int>(static_cast<unsigned>(to.month())) -
           static_cast<int>(static_cast<unsigned>(from.month()));
}

std::unexpected<Error> redeemed_before_sold(Date sold, Date redeemed) {
    return fail(
        ErrorCode::invalid_input, "redemption.before_sale",
        fmt::format("redeemed {} is before sold {}", format_date(redeemed), format_date(sold)));
}

} // namespace

Result<RedemptionRules> parse_redemption_rules(std::string_view json) {
    return read_rules<RedemptionRules>(json);
}

Result<int> periods_counted(Accrual accrual, Date sold, Date redeemed) {
    if (accrual == Accrual::daily_365) {
        const auto days = std::chrono::sys_days{redeemed} - std::chrono::sys_days{sold};
        if (days.count() < 0) return redeemed_before_sold(sold, redeemed);
        return std::max(static_cast<int>(days.count()), 1);
    }
    const int months = months_between(sold, redeemed);
    if (months < 0) return redeemed_before_sold(sold, redeemed);
    return accrual == Accrual::monthly_inclusive ? months + 1 : months;
}

Money simple_interest(Money amount, Rate rate, int periods, Accrual accrual) {
    assert(periods >= 0);
    const std::int64_t year = accrual == Accrual::daily_365 ? 365 : 12;
    return mul_div_half_up(amount, std::int64_t{rate.bp()} * periods, year * whole_bp);
}

RedemptionQuote quote_redemption(const RedemptionRules& rules, Money face, Rate rate, int periods) {
    RedemptionQuote quote{.periods = periods, .fee = rules.fee};
    quote.accrued = simple_interest(face, rate, periods, rules.accrual);
    if (rate != Rate{} || rules.minimum_at_zero_rate)
        quote.minimum = mul_div_half_up(face, rules.minimum_percent.bp(), whole_bp);
    quote.interest = std::max(quote.accrued, quote.minimum);
    quote.holder_receives = face + quote.interest;
    quote.owner_pays = quote.holder_receives + quote.fee;
    return quote;
}

Result<PurchaseQuote> quote_purchase(const CountyHeldRules& rules, Money face, Date issued,
                                     Date bought) {
    const auto months = periods_counted(Accrual::monthly_inclusive, issued, bought);
    if (!months)
        return fail(
            ErrorCode::invalid_input, "purchase.before_issue",
            fmt::format("bought {} is before issued {}", format_date(bought), format_date(issued)));
    PurchaseQuote quote{.months = *months, .fee = rules.fee};
    quote.interest = simple_interest(face, rules.rate, *months, Accrual::monthly_inclusive);
    quote.price = face + quote.interest + quote.fee;
    quote.new_face = quote.price;
    return quote;
}

CancellationRefund refund_for_cancellation(Money price, Rate certificate_rate, int months,
                                           Rate rate_max) {
    CancellationRefund refund{.rate = std::min(certificate_rate, rate_max)};
    refund.interest = simple_interest(price, refund.rate, months, Accrual::monthly_inclusive);
    refund.refund = price + refund.interest;
    return refund;
}

} // namespace strikeoff
