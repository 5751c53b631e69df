#include "core/leaf.hpp"
#include "db/transaction.hpp"
#include "modules/counties/settings.hpp"
#include "modules/onboarding/group_file.hpp"
#include "modules/onboarding/onboarding.hpp"
#include "modules/onboarding/pseudonyms.hpp"

namespace strikeoff::onboarding {
namespace {

constexpr std::size_t members_a_statement = 10'000;
constexpr std::int16_t bidder_barred_change = 16; ///< In book_changes; chain kinds are 1 to 5.

const db::Statement<bool(CountyId, UserId)> has_number{{"onboarding.has_number", R"sql(
    SELECT EXISTS (SELECT 1 FROM bidder_numbers WHERE county_id = $1 AND user_id = $2))sql"}};

struct BidderRow {
    std::int32_t number = 0;
    UserId user_id;
    std::string bidder_number;
    std::string name;
    Bytes16 bidder_ref{};
    std::int32_t weight = 1;
    std::string status;
    Money deposits;
    std::optional<Money> own_limit;
    std::optional<Money> staff_grant;
    Money awarded;
};
BOOST_DESCRIBE_STRUCT(BidderRow, (),
                      (number, user_id, bidder_number, name, bidder_ref, weight, status, deposits,
                       own_limit, staff_grant, awarded))

const db::Statement<BidderRow(AuctionId, std::optional<UserId>, std::int32_t, std::int32_t)>
    list_bidders{{"onboarding.list_bidders", R"sql(
    SELECT ab.number, ab.user_id, n.number AS bidder_number, n.name, ab.bidder_ref, ab.weight,
           ab.status::text AS status, b.deposits, b.own_limit, b.staff_grant, b.awarded
    FROM auction_bidders ab
    JOIN bidder_numbers n ON n.id = ab.bidder_number_id
    JOIN budgets b ON b.auction_id = ab.auction_id AND b.user_id = ab.user_id
    WHERE ab.auction_id = $1 AND ($2::uuid IS NULL OR ab.user_id = $2) AND ab.number > $3
    ORDER BY ab.number
    LIMIT $4)sql"}};

const db::Statement<CountyId(AuctionId)> lock_auction{{"onboarding.lock_auction", R"sql(
    SELECT county_id FROM auctions WHERE id = $1 FOR NO KEY UPDATE)sql"}};

const db::Statement<bool(UserId)> is_investor{{"onboarding.is_investor", R"sql(
    SELECT EXISTS (SELECT 1 FROM users
                   WHERE id = $1 AND role = 'investor' AND status = 'active'
                     AND kyc_status = 'verified'))sql"}};

const db::Statement<BidderNumberId(CountyId, std::string, UserId, std::string)> insert_number{
    {"onboarding.insert_number", R"sql(
    INSERT INTO bidder_numbers (county_id, number, user_id, name)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (county_id, number) DO UPDATE SET name = excluded.name
        WHERE bidder_numbers.user_id = excluded.user_id
    RETURNING id)sql"}};

const db::Statement<std::int32_t(CountyId, AuctionId, UserId, BidderNumberId, Bytes16)>
    insert_bidder{{"onboarding.insert_bidder", R"sql(
    INSERT INTO auction_bidders (county_id, auction_id, number, user_id, bidder_number_id, bidder_ref,
                                 agreement_accepted_at)
    SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, strikeoff.clock()
    FROM auction_bidders WHERE auction_id = $2
    ON CONFLICT DO NOTHING
    RETURNING number)sql"}};

const db::Statement<void(AuctionId, UserId, CountyId, Money, std::optional<Money>)> insert_budget{
    {"onboarding.insert_budget", R"sql(
    INSERT INTO budgets (auction_id, user_id, county_id, deposits, staff_grant)
    VALUES ($1, $2, $3, $4, $5))sql"}};

const db::Statement<void(AuctionId, UserId, std::optional<Money>, std::optional<Money>)>
    update_budget{{"onboarding.update_budget", R"sql(
    UPDATE budgets SET deposits = coalesce($3, deposits), staff_grant = coalesce($4, staff_grant)
    WHERE auction_id = $1 AND user_id = $2)sql"}};

const db::Statement<void(AuctionId, UserId, std::optional<Money>)> update_limit{
    {"onboarding.update_limit", R"sql(
    UPDATE budgets SET own_limit = $3 WHERE auction_id = $1 AND user_id = $2)sql"}};

const db::Statement<BatchId(AuctionId)> unclosed_batches{{"onboarding.unclosed_batches", R"sql(
    SELECT id FROM batches
    WHERE auction_id = $1 AND status IN ('scheduled', 'open', 'paused')
    ORDER BY id
    FOR NO KEY UPDATE)sql"}};

// Only what narrows a book raises its version: a process with an older book is told by the journal.
const db::Statement<void(BatchId, std::int16_t, std::int32_t)> narrow_book{
    {"onboarding.narrow_book", R"sql(
    WITH raised AS (
        UPDATE batches SET book_version = book_version + 1 WHERE id = $1
        RETURNING county_id, id, book_version)
    INSERT INTO book_changes (county_id, batch_id, version, kind, bidder_no)
    SELECT county_id, id, book_version, $2, $3 FROM raised)sql"}};

const db::Statement<std::int32_t(AuctionId, UserId, std::string)> bar_bidder{
    {"onboarding.bar_bidder", R"sql(
    UPDATE auction_bidders SET status = 'barred', barred_reason = $3
    WHERE auction_id = $1 AND user_id = $2
    RETURNING number)sql"}};

struct GroupRow {
    Uuid id;
    std::optional<Instant> frozen_at;
};
BOOST_DESCRIBE_STRUCT(GroupRow, (), (id, frozen_at))

const db::Statement<GroupRow(AuctionId, UserId)> upsert_group{{"onboarding.upsert_group", R"sql(
    INSERT INTO bidding_groups (county_id, auction_id, user_id, name)
    SELECT ab.county_id, ab.auction_id, ab.user_id, n.name
    FROM auction_bidders ab JOIN bidder_numbers n ON n.id = ab.bidder_number_id
    WHERE ab.auction_id = $1 AND ab.user_id = $2
    ON CONFLICT (auction_id, user_id) DO UPDATE SET name = excluded.name
    RETURNING id, frozen_at)sql"}};

const db::Statement<bool(AuctionId, std::int32_t)> freeze_time_has_come{
    {"onboarding.freeze_time_has_come", R"sql(
    SELECT coalesce(strikeoff.clock() >= coalesce(a.groups_freeze_at,
                        (SELECT min(end_time) FROM batches b
                         WHERE b.auction_id = a.id AND b.status <> 'canceled')
                        - make_interval(hours => $2)), false)
    FROM auctions a WHERE a.id = $1)sql"}};

const db::Statement<AuctionId()> auctions_with_loose_groups{
    {"onboarding.auctions_with_loose_groups", R"sql(
    SELECT DISTINCT g.auction_id
    FROM bidding_groups g JOIN auctions a ON a.id = g.auction_id
    WHERE g.frozen_at IS NULL AND a.published_at IS NOT NULL
      AND a.status NOT IN ('settled', 'canceled'))sql"}};

const db::Statement<void(AuctionId)> freeze_groups_of{{"onboarding.freeze_groups_of", R"sql(
    UPDATE bidding_groups SET frozen_at = strikeoff.clock()
    WHERE auction_id = $1 AND frozen_at IS NULL)sql"}};

const db::Statement<void(Uuid)> clear_members{{"onboarding.clear_members", R"sql(
    DELETE FROM bidding_group_members WHERE group_id = $1)sql"}};

const db::Statement<void(CountyId, std::vector<std::string>, std::vector<std::string>)>
    insert_affiliates{{"onboarding.insert_affiliates", R"sql(
    INSERT INTO bidder_numbers (county_id, number, name)
    SELECT $1, a.number, a.name
    FROM unnest($2, $3) AS a (number, name)
    ON CONFLICT (county_id, number) DO NOTHING)sql"}};

// The primary stands first, the others by ascending number.
const db::Statement<void(AuctionId, UserId, Uuid, std::vector<std::string>)> insert_members{
    {"onboarding.insert_members", R"sql(
    INSERT INTO bidding_group_members (county_id, group_id, position, bidder_number_id)
    SELECT ab.county_id, $3,
           (row_number() OVER (ORDER BY n.id <> ab.bidder_number_id, n.number) - 1)::int, n.id
    FROM auction_bidders ab
    JOIN bidder_numbers n ON n.county_id = ab.county_id
         AND (n.id = ab.bidder_number_id OR (n.number = ANY ($4) AND n.user_id IS NULL))
    WHERE ab.auction_id = $1 AND ab.user_id = $2)sql"}};

const db::Statement<std::int32_t(AuctionId, UserId, Uuid, std::optional<Money>)> weigh_group{
    {"onboarding.weigh_group", R"sql(
    WITH members AS (SELECT count(*)::int AS count FROM bidding_group_members WHERE group_id = $3),
    sized AS (UPDATE bidding_groups SET member_count = (SELECT count FROM members) WHERE id = $3)
    UPDATE auction_bidders ab
    SET weight = greatest(1, CASE WHEN $4 > 0
                                  THEN least(m.count, floor(b.deposits / $4))::int ELSE m.count END)
    FROM members m, budgets b
    WHERE ab.auction_id = $1 AND ab.user_id = $2 AND b.auction_id = $1 AND b.user_id = $2
    RETURNING ab.weight)sql"}};

const db::Statement<std::int64_t(Uuid)> count_members{{"onboarding.count_members", R"sql(
    SELECT count(*) FROM bidding_group_members WHERE group_id = $1)sql"}};

const db::Statement<GroupRow(AuctionId, UserId)> find_group{{"onboarding.find_group", R"sql(
    SELECT id, frozen_at FROM bidding_groups WHERE auction_id = $1 AND user_id = $2)sql"}};

Bidder from_row(const BidderRow& r) {
    return {r.number, r.user_id,  r.bidder_number, r.name,        r.bidder_ref, r.weight,
            r.status, r.deposits, r.own_limit,     r.staff_grant, r.awarded};
}

std::unexpected<Error> unknown_bidder() {
    return fail(ErrorCode::not_found, "bidder.unknown", "there is no such bidder in this sale");
}

/// The smallest of the limits that are set, less what was awarded (domain.md section 5).
std::optional<Money> budget_left(const Bidder& bidder, int deposit_percent) {
    std::optional<Money> limit;
    const auto take = [&](std::optional<Money> other) {
        if (other && (!limit || *other < *limit)) limit = other;
    };
    take(bidder.own_limit);
    take(bidder.staff_grant);
    if (deposit_percent > 0)
        take(Money::from_cents(bidder.deposits.cents() * 100 / deposit_percent));
    if (!limit) return std::nullopt;
    return std::max(*limit - bidder.awarded, Money{});
}

} // namespace

bool OnboardingService::is_bidder_in(CountyId county, UserId user) {
    auto lease = pool_.acquire();
    return lease->one(has_number, county, user);
}

Result<Bidder> OnboardingService::register_bidder(AuctionId auction, const NewBidder& wanted) {
    std::vector<FieldError> errors;
    if (wanted.bidder_number.empty() || wanted.bidder_number.size() > 50)
        errors.push_back({"bidder_number", "must have 1 to 50 characters"});
    if (wanted.name.empty() || wanted.name.size() > 200)
        errors.push_back({"name", "must have 1 to 200 characters"});
    if (wanted.deposits.value_or(Money{}) < Money{})
        errors.push_back({"deposits", "must not be negative"});
    if (wanted.staff_grant.value_or(Money{}) < Money{})
        errors.push_back({"staff_grant", "must not be negative"});
    if (!errors.empty())
        return fail(ErrorCode::invalid_input, "bidder.invalid", "the bidder is not complete",
                    std::move(errors));
    db::Transaction transaction{pool_};
    const CountyId county = transaction->one(lock_auction, auction);
    if (!transaction->one(is_investor, wanted.user_id))
        return fail(ErrorCode::invalid_input, "user.unknown",
                    "there is no active, verified investor with this id");
    const auto number = transaction->maybe_one(insert_number, county, wanted.bidder_number,
                                               wanted.user_id, wanted.name);
    if (!number)
        return fail(ErrorCode::conflict, "bidder.number_taken", "the bidder number is taken");
    const Hash secret = open_auction_secret(transaction.connection(), keys_, auction);
    const Hash key = bidder_key(HmacSha256{ByteView{secret}}, wanted.user_id);
    const auto given = transaction->maybe_one(insert_bidder, county, auction, wanted.user_id,
                                              *number, bidder_ref(key, wanted.user_id));
    if (!given)
        return fail(ErrorCode::conflict, "bidder.registered", "the account is registered already");
    transaction->run(insert_budget, auction, wanted.user_id, county,
                     wanted.deposits.value_or(Money{}), wanted.staff_grant);
    transaction.commit();
    return find(auction, wanted.user_id);
}

Result<Bidder> OnboardingService::find(AuctionId auction, UserId user) {
    auto lease = pool_.acquire();
    const auto row = lease->maybe_one(list_bidders, auction, std::optional{user}, 0, 1);
    if (!row) return unknown_bidder();
    return from_row(*row);
}

std::vector<Bidder> OnboardingService::list(AuctionId auction, int after, int limit) {
    auto lease = pool_.acquire();
    std::vector<Bidder> bidders;
    for (const BidderRow& row :
         lease->all(list_bidders, auction, std::optional<UserId>{}, after, limit))
        bidders.push_back(from_row(row));
    return bidders;
}

Result<OwnBidder> OnboardingService::find_own(AuctionId auction, UserId user) {
    SO_TRY(Bidder bidder, find(auction, user));
    auto lease = pool_.acquire();
    const Hash secret = open_auction_secret(*lease, keys_, auction);
    const auto settings = counties::load_settings(*lease, auction);
    OwnBidder own{.bidder = std::move(bidder),
                  .bidder_key = bidder_key(HmacSha256{ByteView{secret}}, user)};
    own.budget_left = budget_left(own.bidder, settings.deposit_percent);
    return own;
}

Result<Bidder> OnboardingService::set_budget(AuctionId auction, UserId user,
                                             const SetBudget& wanted) {
    if (wanted.deposits.value_or(Money{}) < Money{} ||
        wanted.staff_grant.value_or(Money{}) < Money{})
        return fail(ErrorCode::invalid_input, "budget.negative", "amounts must not be negative");
    db::Transaction transaction{pool_};
    if (transaction->run(update_budget, auction, user, wanted.deposits, wanted.staff_grant) == 0)
        return unknown_bidder();
    const auto settings = counties::load_settings(transaction.connection(), auction);
    if (const auto group = transaction->maybe_one(find_group, auction, user);
        group && !group->frozen_at &&
        !transaction->one(freeze_time_has_come, auction, settings.group_freeze_hours)) {
        transaction->maybe_one(weigh_group, auction, user, group->id,
                               std::optional{settings.deposit_minimum});
    }
    transaction.commit();
    return find(auction, user);
}

Result<OwnBidder> OnboardingService::set_limit(AuctionId auction, UserId user,
                                               const SetLimit& wanted) {
    if (wanted.own_limit.value_or(Money{}) < Money{})
        return fail(ErrorCode::invalid_input, "budget.negative", "a limit is not negative",
                    {{"own_limit", "must not be negative"}});
    {
        auto lease = pool_.acquire();
        if (lease->run(update_limit, auction, user, wanted.own_limit) == 0) return unknown_bidder();
    }
    return find_own(auction, user);
}

Result<Bidder> OnboardingService::bar(AuctionId auction, UserId user, const Bar& wanted) {
    if (wanted.reason.empty() || wanted.reason.size() > 1000)
        return fail(ErrorCode::invalid_input, "reason.missing", "a reason is needed",
                    {{"reason", "must have 1 to 1000 characters"}});
    db::Transaction transaction{pool_};
    const auto batches = transaction->all(unclosed_batches, auction);
    const auto number = transaction->maybe_one(bar_bidder, auction, user, wanted.reason);
    if (!number) return unknown_bidder();
    for (const BatchId batch : batches)
        transaction->run(narrow_book, batch, bidder_barred_change, *number);
    transaction.commit();
    return find(auction, user);
}

Result<Group> OnboardingService::set_group(AuctionId auction, UserId user, std::string_view csv) {
    SO_TRY(const GroupMembers members, read_group_file(csv));
    db::Transaction transaction{pool_};
    const CountyId county = transaction->one(lock_auction, auction);
    const auto group = transaction->maybe_one(upsert_group, auction, user);
    if (!group) return unknown_bidder();
    const auto settings = counties::load_settings(transaction.connection(), auction);
    if (group->frozen_at ||
        transaction->one(freeze_time_has_come, auction, settings.group_freeze_hours))
        return fail(ErrorCode::conflict, "group.frozen", "the members of groups are frozen by now");
    transaction->run(clear_members, group->id);
    for (std::size_t from = 0; from < members.numbers.size(); from += members_a_statement) {
        const std::size_t to = std::min(from + members_a_statement, members.numbers.size());
        const auto part = [&](const std::vector<std::string>& all) {
            return std::vector<std::string>(all.begin() + static_cast<std::ptrdiff_t>(from),
                                            all.begin() + static_cast<std::ptrdiff_t>(to));
        };
        transaction->run(insert_affiliates, county, part(members.numbers), part(members.names));
    }
    transaction->run(insert_members, auction, user, group->id, members.numbers);
    const auto usable = transaction->one(weigh_group, auction, user, group->id,
                                         std::optional{settings.deposit_minimum});
    const auto count = transaction->one(count_members, group->id);
    transaction.commit();
    return Group{static_cast<int>(count), usable};
}

void OnboardingService::freeze_groups(db::Pool& pool) {
    std::vector<AuctionId> auctions;
    {
        auto lease = pool.acquire();
        auctions = lease->all(auctions_with_loose_groups);
    }
    for (const AuctionId auction : auctions) {
        db::Transaction transaction{pool};
        transaction->one(lock_auction, auction);
        const auto settings = counties::load_settings(transaction.connection(), auction);
        if (!transaction->one(freeze_time_has_come, auction, settings.group_freeze_hours)) continue;
        transaction->run(freeze_groups_of, auction);
        transaction.commit();
    }
}

} // namespace strikeoff::onboarding
