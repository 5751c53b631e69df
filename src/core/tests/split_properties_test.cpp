#include "core/face.hpp"
#include "core/split.hpp"
#include "support/core/cases.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <numeric>

namespace strikeoff {
namespace {

using namespace testing_support;

CertifiedShare random_share(Random& random) {
    const std::uint64_t whole = random.between(2, random.one_in(2) ? 12 : 1'000'000);
    return {.part = static_cast<std::int64_t>(random.between(1, whole - 1)),
            .whole = static_cast<std::int64_t>(whole)};
}

TEST(SplitProperties, the_faces_of_a_split_make_the_whole) {
    check_cases([](Random& random) -> std::string {
        const Money face = random_amount(random);
        const CertifiedShare share = random_share(random);
        const SplitAmount split = split_by_share(face, share).value();
        const SplitAmount other =
            split_by_share(face, {share.whole - share.part, share.whole}).value();
        const int128 error =
            (int128{split.share.cents()} * share.whole - int128{face.cents()} * share.part) * 2;
        if (split.share + split.rest == face && split.rest >= Money{} && error <= share.whole &&
            error > -share.whole && other.share - split.rest <= Money::from_cents(1) &&
            other.share >= split.rest)
            return {};
        return fmt::format("{} of {} in {} gives {} and {}", share.part, share.whole,
                           format_money(face), format_money(split.share), format_money(split.rest));
    });
}

TEST(SplitProperties, two_halves_cost_what_the_whole_costs_to_a_cent) {
    int split = 0;
    check_cases([&](Random& random) -> std::string {
        const Money face = random_amount(random);
        const Rate rate = Rate::from_bp(static_cast<std::int32_t>(random.below(1'801)));
        const int months = static_cast<int>(random.between(1, 84));
        const auto part = redeem_share({}, face, rate, months, random_share(random));
        if (!part) return {};
        ++split;
        const RedemptionQuote rest = quote_redemption({}, part->face.rest, rate, months);
        const RedemptionQuote whole = quote_redemption({}, face, rate, months);
        // Each certificate is rounded once, so two may differ from one by a cent, never by more.
        const Money difference =
            part->quote.holder_receives + rest.holder_receives - whole.holder_receives;
        if (difference >= Money::from_cents(-1) && difference <= Money::from_cents(1)) return {};
        return fmt::format("{} splits into a difference of {}", format_money(face),
                           format_money(difference));
    });
    EXPECT_GT(split, property_cases / 2);
}

TEST(SplitProperties, proceeds_are_allocated_to_the_last_cent_and_fairly) {
    check_cases([](Random& random) -> std::string {
        const Money amount = random.one_in(20) ? Money{} : random_amount(random);
        std::vector<std::int64_t> weights;
        for (std::uint64_t count = random.between(1, 12); count > 0; --count)
            weights.push_back(
                random.one_in(5) ? 0 : static_cast<std::int64_t>(random.between(1, 1'000'000)));
        weights.push_back(1);
        const std::vector<Money> parts = allocate(amount, weights);
        const std::int64_t total = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});

        Money sum;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            sum += parts[i];
            const int128 exact = int128{amount.cents()} * weights[i];
            const int128 given = int128{parts[i].cents()} * total;
            if (given <= exact - total || given >= exact + total)
                return fmt::format("part {} of {} is a cent or more off", i, format_money(amount));
        }
        if (sum == amount) return {};
        return fmt::format("{} becomes {}", format_money(amount), format_money(sum));
    });
}

TEST(FaceProperties, the_inverse_of_the_face_finds_the_tax_back) {
    check_cases([](Random& random) -> std::string {
        FaceRules rules;
        rules.months = static_cast<int>(random.below(8));
        rules.costs = Money::from_cents(static_cast<std::int64_t>(random.below(10'000)));
        rules.commission_base =
            random.either(CommissionBase::tax, CommissionBase::tax_and_interest);
        const Money tax = random_amount(random);
        const FaceParts parts = build_face(rules, tax);
        if (parts.tax + parts.interest + parts.commission + parts.costs != parts.face)
            return fmt::format("the parts of {} do not make it", format_money(parts.face));
        const auto found = tax_behind_face(rules, parts.face);
        if (found && found->exact && found->parts == parts) return {};
        return fmt::format("the tax {} of the face {} is not found back", format_money(tax),
                           format_money(parts.face));
    });
}

TEST(FaceProperties, a_face_without_a_tax_lies_between_two_taxes) {
    int without = 0;
    check_cases([&](Random& random) -> std::string {
        FaceRules rules;
        rules.costs = Money::from_cents(static_cast<std::int64_t>(random.below(2'000)));
        const Money face = rules.costs + random_amount(random);
        const auto found = tax_behind_face(rules, face);
        if (!found) return found.error().message;
        if (!found->exact) ++without;
        const Money above = build_face(rules, found->parts.tax + Money::from_cents(1)).face;
        if (found->parts.face <= face && above > face &&
            found->exact == (found->parts.face == face))
            return {};
        return fmt::format("the face {} is not between {} and {}", format_money(face),
                           format_money(found->parts.face), format_money(above));
    });
    EXPECT_GT(without, property_cases / 50);
}

} // namespace
} // namespace strikeoff
