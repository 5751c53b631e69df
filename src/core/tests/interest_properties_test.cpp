#include "core/interest.hpp"
#include "support/core/cases.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace strikeoff {
namespace {

using namespace testing_support;

RedemptionRules random_redemption_rules(Random& random) {
    return {.accrual = std::array{Accrual::monthly_inclusive, Accrual::monthly_exclusive,
                                  Accrual::daily_365}[random.below(3)],
            .minimum_percent = Rate::from_bp(static_cast<std::int32_t>(random.below(1'500))),
            .minimum_at_zero_rate = random.one_in(4),
            .fee = Money::from_cents(static_cast<std::int64_t>(random.below(2'000)))};
}

Rate random_rate(Random& random) {
    return Rate::from_bp(random.one_in(8) ? 0
                                          : static_cast<std::int32_t>(random.between(1, 2'400)));
}

struct Case {
    RedemptionRules rules;
    Money face;
    Rate rate;
    int periods = 0;

    explicit Case(Random& random)
        : rules{random_redemption_rules(random)}, face{random_amount(random)},
          rate{random_rate(random)}, periods{static_cast<int>(random.below(121))} {}
    RedemptionQuote quote() const { return quote_redemption(rules, face, rate, periods); }
    std::string text() const {
        return fmt::format("{} at {} for {}, {}", format_money(face), format_rate(rate), periods,
                           enum_name(rules.accrual));
    }
};

/// What is wrong when the quote of `later` is below that of `earlier`.
std::string falls(const Case& earlier, const Case& later) {
    if (later.quote().interest >= earlier.quote().interest &&
        later.quote().owner_pays >= earlier.quote().owner_pays)
        return {};
    return fmt::format("{} of interest ({}) becomes {} ({})",
                       format_money(earlier.quote().interest), earlier.text(),
                       format_money(later.quote().interest), later.text());
}

TEST(InterestProperties, a_later_redemption_never_costs_less) {
    int risen = 0;
    check_cases([&](Random& random) {
        const Case earlier{random};
        Case later = earlier;
        later.periods += static_cast<int>(random.between(1, 30));
        if (later.quote().interest > earlier.quote().interest) ++risen;
        return falls(earlier, later);
    });
    EXPECT_GT(risen, property_cases / 4) << "the minimum nearly always binds";
}

TEST(InterestProperties, a_higher_rate_never_costs_less) {
    check_cases([](Random& random) {
        const Case low{random};
        Case high = low;
        high.rate =
            Rate::from_bp(low.rate.bp() + static_cast<std::int32_t>(random.between(1, 200)));
        return falls(low, high);
    });
}

TEST(InterestProperties, a_higher_face_never_costs_less) {
    check_cases([](Random& random) {
        const Case low{random};
        Case high = low;
        high.face += Money::from_cents(static_cast<std::int64_t>(random.between(1, 1'000)));
        return falls(low, high);
    });
}

TEST(InterestProperties, the_interest_is_the_larger_of_accrued_and_minimum_to_half_a_cent) {
    check_cases([](Random& random) -> std::string {
        const Case c{random};
        const RedemptionQuote quote = c.quote();
        // Both exactly, in units of cents x 10,000 x periods of a year: no rounding at all.
        const int128 year = c.rules.accrual == Accrual::daily_365 ? 365 : 12;
        const int128 unit = year * 10'000;
        const int128 accrued = int128{c.face.cents()} * c.rate.bp() * c.periods;
        const bool has_minimum = c.rate != Rate{} || c.rules.minimum_at_zero_rate;
        const int128 minimum =
            has_minimum ? int128{c.face.cents()} * c.rules.minimum_percent.bp() * year : 0;
        const int128 error = int128{quote.interest.cents()} * unit - std::max(accrued, minimum);
        if (2 * error <= -unit || 2 * error > unit)
            return fmt::format("{} is off by {} of {}", c.text(), static_cast<std::int64_t>(error),
                               static_cast<std::int64_t>(unit));
        if (quote.holder_receives != c.face + quote.interest ||
            quote.owner_pays != quote.holder_receives + c.rules.fee)
            return c.text() + ": the sums do not hold";
        return {};
    });
}

TEST(InterestProperties, months_are_those_a_calendar_turns) {
    using namespace std::chrono;
    check_cases([](Random& random) -> std::string {
        const auto random_day = [&] {
            return sys_days{year{2015} / January / 1} + days{random.below(4'000)};
        };
        sys_days sold = random_day();
        sys_days redeemed = random_day();
        if (redeemed < sold) std::swap(sold, redeemed);
        int pages = 1; // Of a calendar, turned day by day.
        for (sys_days at = sold; at < redeemed; at += days{1})
            if (Date{at}.month() != Date{at + days{1}}.month()) ++pages;
        const int inclusive =
            periods_counted(Accrual::monthly_inclusive, Date{sold}, Date{redeemed}).value();
        const int exclusive =
            periods_counted(Accrual::monthly_exclusive, Date{sold}, Date{redeemed}).value();
        if (inclusive == pages && exclusive == pages - 1) return {};
        return fmt::format("{} to {}: {} months, {} pages", format_date(Date{sold}),
                           format_date(Date{redeemed}), inclusive, pages);
    });
}

} // namespace
} // namespace strikeoff
