#include "core/leaf.hpp"
#include "db/transaction.hpp"
#include "modules/counties/settings.hpp"
#include "modules/onboarding/admission.hpp"
#include "modules/onboarding/budgets.hpp"
#include "modules/onboarding/group_file.hpp"
#include "modules/onboarding/onboarding.hpp"
#include "modules/onboarding/pseudonyms.hpp"

#include <ranges>

namespace strikeoff::onboarding {
namespace {

constexpr std::size_t members_a_statement = 10'000;

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
    std::string missing;
    std::optional<Instant> agreement_accepted_at;
    std::optional<UserId> agreement_by;
    Money deposit_required;
    Money deposits;
    std::optional<Money> own_limit;
    std::optional<Money> staff_grant;
    Money awarded;
};
BOOST_DESCRIBE_STRUCT(BidderRow, (),
                      (number, user_id, bidder_number, name, bidder_ref, weight, status, missing,
                       agreement_accepted_at, agreement_by, deposit_required, deposits, own_limit,
                       staff_grant, awarded))

const db::Statement<BidderRow(AuctionId, std::optional<UserId>, std::int32_t, std::int32_t)>
    list_bidders{{"onboarding.list_bidders", R"sql(
    SELECT ab.number, ab.user_id, n.number AS bidder_number, n.name, ab.bidder_ref, ab.weight,
           ab.status::text AS status, array_to_string(ab.missing, ',') AS missing,
           ab.agreement_accepted_at, ab.agreement_by, ab.deposit_required, b.deposits,
           b.own_limit, b.staff_grant, b.awarded
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

// Everything is missing until it is weighed: nobody's admission ends here.
const db::Statement<std::int32_t(CountyId, AuctionId, UserId, BidderNumberId, Bytes16,
                                 std::optional<UserId>)>
    insert_bidder{{"onboarding.insert_bidder", R"sql(
    INSERT INTO auction_bidders (county_id, auction_id, number, user_id, bidder_number_id, bidder_ref,
                                 agreement_accepted_at, agreement_by, missing)
    SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5,
           CASE WHEN $6::uuid IS NOT NULL THEN strikeoff.clock() END, $6,
           ARRAY['tax_form', 'agreement', 'deposit']
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

struct NumberRow {
    BidderNumberId id;
    std::optional<std::string> name_key;
};
BOOST_DESCRIBE_STRUCT(NumberRow, (), (id, name_key))

// The first lock of whatever changes a name or a tax form.
const db::Statement<NumberRow(CountyId, std::string, UserId)> lock_number{
    {"onboarding.lock_number", R"sql(
    SELECT id, name_key FROM bidder_numbers
    WHERE county_id = $1 AND number = $2 AND user_id = $3
    FOR NO KEY UPDATE)sql"}};

const db::Statement<NumberRow(BidderNumberId)> read_number{{"onboarding.read_number", R"sql(
    SELECT id, name_key FROM bidder_numbers WHERE id = $1)sql"}};

const db::Statement<CountyId(AuctionId)> county_of{{"onboarding.county_of", R"sql(
    SELECT county_id FROM auctions WHERE id = $1)sql"}};

const db::Statement<BidderNumberId(AuctionId, UserId)> number_of{{"onboarding.number_of", R"sql(
    SELECT bidder_number_id FROM auction_bidders WHERE auction_id = $1 AND user_id = $2)sql"}};

const db::Statement<void(AuctionId, UserId, Money)> require_deposit{
    {"onboarding.require_deposit", R"sql(
    UPDATE auction_bidders SET deposit_required = $3
    WHERE auction_id = $1 AND user_id = $2)sql"}};

const db::Statement<void(AuctionId, UserId, std::string)> bar_bidder{
    {"onboarding.bar_bidder", R"sql(
    UPDATE auction_bidders SET status = 'barred', barred_reason = $3
    WHERE auction_id = $1 AND user_id = $2)sql"}};

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
    Bidder bidder{.number = r.number,
                  .user_id = r.user_id,
                  .bidder_number = r.bidder_number,
                  .name = r.name,
                  .bidder_ref = r.bidder_ref,
                  .weight = r.weight,
                  .status = r.status,
                  .agreement_at = r.agreement_accepted_at,
                  .agreement_by = r.agreement_by,
                  .deposit_required = r.deposit_required,
                  .deposits = r.deposits,
                  .own_limit = r.own_limit,
                  .staff_grant = r.staff_grant,
                  .awarded = r.awarded};
    for (const auto& word : r.missing | std::views::split(','))
        bidder.missing.push_back(parse_enum<Missing>(std::string_view{word}).value());
    return bidder;
}

std::unexpected<Error> unknown_bidder() {
    return fail(ErrorCode::not_found, "bidder.unknown", "there is no such bidder in this sale");
}

Result<void> check_new_bidder(const NewBidder& wanted) {
    std::vector<FieldError> errors;
    if (wanted.bidder_number.empty() || wanted.bidder_number.size() > 50)
        errors.push_back({"bidder_number", "must have 1 to 50 characters"});
    if (wanted.name.empty() || wanted.name.size() > 200)
        errors.push_back({"name", "must have 1 to 200 characters"});
    if (wanted.deposits.value_or(Money{}) < Money{})
        errors.push_back({"deposits", "must not be negative"});
    if (wanted.staff_grant.value_or(Money{}) < Money{})
        errors.push_back({"staff_grant", "must not be negative"});
    if (wanted.tax_form && !is_form_year(wanted.tax_form->form_year))
        errors.push_back({"tax_form.form_year", "must be a year"});
    if (errors.empty()) return {};
    return fail(ErrorCode::invalid_input, "bidder.invalid", "the bidder is not complete",
                std::move(errors));
}

} // namespace

bool OnboardingService::is_bidder_in(CountyId county, UserId user) {
    auto lease = pool_.acquire();
    return lease->one(has_number, county, user);
}

Result<Bidder> OnboardingService::register_bidder(AuctionId auction, const NewBidder& wanted,
                                                  UserId by) {
    SO_TRY_VOID(check_new_bidder(wanted));
    db::Transaction transaction{pool_};
    db::Connection& connection = transaction.connection();
    const CountyId county = connection.one(county_of, auction);
    const auto known =
        connection.maybe_one(lock_number, county, wanted.bidder_number, wanted.user_id);
    if (known) lock_books(connection, known->id, std::nullopt);
    connection.one(lock_auction, auction);
    if (!connection.one(is_investor, wanted.user_id))
        return fail(ErrorCode::invalid_input, "user.unknown",
                    "there is no active, verified investor with this id");
    const auto settings = counties::load_settings(connection, auction);
    if (wanted.tax_form) SO_TRY_VOID(check_kind(wanted.tax_form->kind, settings));
    const auto number = connection.maybe_one(insert_number, county, wanted.bidder_number,
                                             wanted.user_id, wanted.name);
    if (!number)
        return fail(ErrorCode::conflict, "bidder.number_taken", "the bidder number is taken");
    if (known && connection.one(read_number, *number).name_key != known->name_key)
        narrow_books(connection, *number, std::nullopt, BookChange::owner_known);
    const Hash secret = open_auction_secret(connection, keys_, auction);
    const Hash key = bidder_key(HmacSha256{ByteView{secret}}, wanted.user_id);
    const bool has_signed = wanted.agreement_signed.value_or(false);
    if (!connection.maybe_one(insert_bidder, county, auction, wanted.user_id, *number,
                              bidder_ref(key, wanted.user_id),
                              has_signed ? std::optional{by} : std::nullopt))
        return fail(ErrorCode::conflict, "bidder.registered", "the account is registered already");
    connection.run(insert_budget, auction, wanted.user_id, county,
                   wanted.deposits.value_or(Money{}), wanted.staff_grant);
    if (wanted.tax_form)
        write_tax_form(connection, *number,
                       {.kind = wanted.tax_form->kind,
                        .form_year = wanted.tax_form->form_year,
                        .legal_name = wanted.name},
                       by);
    reconsider_everywhere(connection, *number);
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

Result<Bidder> OnboardingService::set_budget(AuctionId auction, UserId user,
                                             const SetBudget& wanted) {
    if (wanted.deposits.value_or(Money{}) < Money{} ||
        wanted.staff_grant.value_or(Money{}) < Money{} ||
        wanted.deposit_required.value_or(Money{}) < Money{})
        return fail(ErrorCode::invalid_input, "budget.negative", "amounts must not be negative");
    db::Transaction transaction{pool_};
    const auto number = transaction->maybe_one(number_of, auction, user);
    if (!number) return unknown_bidder();
    lock_books(transaction.connection(), *number, auction);
    transaction->run(update_budget, auction, user, wanted.deposits, wanted.staff_grant);
    SO_TRY_VOID(check_lead(transaction.connection(), auction, user));
    if (wanted.deposit_required)
        transaction->run(require_deposit, auction, user, *wanted.deposit_required);
    const auto settings = counties::load_settings(transaction.connection(), auction);
    if (const auto group = transaction->maybe_one(find_group, auction, user);
        group && !group->frozen_at &&
        !transaction->one(freeze_time_has_come, auction, settings.group_freeze_hours)) {
        transaction->maybe_one(weigh_group, auction, user, group->id,
                               std::optional{settings.deposit_minimum});
    }
    reconsider(transaction.connection(), auction, *number);
    transaction.commit();
    return find(auction, user);
}

Result<Bidder> OnboardingService::bar(AuctionId auction, UserId user, const Bar& wanted) {
    if (wanted.reason.empty() || wanted.reason.size() > 1000)
        return fail(ErrorCode::invalid_input, "reason.missing", "a reason is needed",
                    {{"reason", "must have 1 to 1000 characters"}});
    db::Transaction transaction{pool_};
    const auto number = transaction->maybe_one(number_of, auction, user);
    if (!number) return unknown_bidder();
    lock_books(transaction.connection(), *number, auction);
    transaction->run(bar_bidder, auction, user, wanted.reason);
    narrow_books(transaction.connection(), *number, auction, BookChange::barred);
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
