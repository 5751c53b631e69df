// What a bidder may still be awarded in a sale, and the limit that it sets itself.
#include "modules/onboarding/budgets.hpp"

#include "core/leaf.hpp"
#include "modules/counties/settings.hpp"
#include "modules/onboarding/pseudonyms.hpp"

namespace strikeoff::onboarding {
namespace {

const db::Statement<void(AuctionId, UserId, std::optional<Money>)> update_limit{
    {"onboarding.update_limit", R"sql(
    UPDATE budgets SET own_limit = $3 WHERE auction_id = $1 AND user_id = $2)sql"}};

// By bids that stand, or lead, in batches whose awards are still to come.
const db::Statement<Money(AuctionId, UserId)> reserved_by{{"onboarding.reserved_by", R"sql(
    SELECT coalesce(sum(e.exposed), 0)::numeric(14,2)
    FROM auction_bidders ab
    JOIN bidder_exposures e ON e.auction_id = ab.auction_id AND e.number = ab.number
    JOIN batches b ON b.id = e.batch_id
    WHERE ab.auction_id = $1 AND ab.user_id = $2 AND b.status NOT IN ('closed', 'canceled'))sql"}};

struct BudgetRow {
    Money deposits;
    std::optional<Money> own_limit;
    std::optional<Money> staff_grant;
    Money awarded;
};
BOOST_DESCRIBE_STRUCT(BudgetRow, (), (deposits, own_limit, staff_grant, awarded))

const db::Statement<BudgetRow(AuctionId, UserId)> read_budget{{"onboarding.read_budget", R"sql(
    SELECT deposits, own_limit, staff_grant, awarded
    FROM budgets WHERE auction_id = $1 AND user_id = $2)sql"}};

/// The smallest of the limits that are set (domain.md section 5); below zero when more was awarded.
template <class Budget>
std::optional<Money> unawarded(const Budget& budget, int deposit_percent) {
    std::optional<Money> limit;
    const auto take = [&](std::optional<Money> other) {
        if (other && (!limit || *other < *limit)) limit = other;
    };
    take(budget.own_limit);
    take(budget.staff_grant);
    if (deposit_percent > 0)
        take(Money::from_cents(budget.deposits.cents() * 100 / deposit_percent));
    if (limit) *limit -= budget.awarded;
    return limit;
}

} // namespace

Result<void> check_lead(db::Connection& connection, AuctionId auction, UserId user) {
    const auto settings = counties::load_settings(connection, auction);
    if (settings.format != Format::open) return {};
    const auto budget = connection.maybe_one(read_budget, auction, user);
    const Money reserved = connection.one(reserved_by, auction, user);
    const auto left = budget ? unawarded(*budget, settings.deposit_percent) : std::nullopt;
    if (!left || *left >= reserved) return {};
    return fail(ErrorCode::conflict, "budget.reserved",
                "the items that the bidder leads have reserved " + format_money(reserved));
}

Result<OwnBidder> OnboardingService::find_own(AuctionId auction, UserId user) {
    SO_TRY(Bidder bidder, find(auction, user));
    auto lease = pool_.acquire();
    const Hash secret = open_auction_secret(*lease, keys_, auction);
    const auto settings = counties::load_settings(*lease, auction);
    OwnBidder own{.bidder = std::move(bidder),
                  .bidder_key = bidder_key(HmacSha256{ByteView{secret}}, user),
                  .reserved = lease->one(reserved_by, auction, user)};
    if (const auto left = unawarded(own.bidder, settings.deposit_percent))
        own.budget_left = std::max(*left - own.reserved, Money{});
    return own;
}

Result<OwnBidder> OnboardingService::set_limit(AuctionId auction, UserId user,
                                               const SetLimit& wanted) {
    if (wanted.own_limit.value_or(Money{}) < Money{})
        return fail(ErrorCode::invalid_input, "budget.negative", "a limit is not negative",
                    {{"own_limit", "must not be negative"}});
    {
        db::Transaction transaction{pool_};
        if (transaction->run(update_limit, auction, user, wanted.own_limit) == 0)
            return fail(ErrorCode::not_found, "bidder.unknown",
                        "there is no such bidder in this sale");
        SO_TRY_VOID(check_lead(transaction.connection(), auction, user));
        transaction.commit();
    }
    return find_own(auction, user);
}

} // namespace strikeoff::onboarding
