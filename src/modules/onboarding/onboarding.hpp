#pragma once

#include "core/describe.hpp"
#include "db/pool.hpp"
#include "http/router.hpp"
#include "keys.hpp"

namespace strikeoff::onboarding {

/// What staff enter to let an account bid in a sale.
struct NewBidder {
    UserId user_id;
    std::string bidder_number;
    std::string name; ///< As on the W-9.
    std::optional<Money> deposits;
    std::optional<Money> staff_grant;
};
BOOST_DESCRIBE_STRUCT(NewBidder, (), (user_id, bidder_number, name, deposits, staff_grant))

struct Bidder {
    int number = 0; ///< Of the journal; given once per sale.
    UserId user_id;
    std::string bidder_number;
    std::string name;
    Bytes16 bidder_ref{};
    int weight = 1; ///< Bidder numbers that a bid stands for.
    std::string status;
    Money deposits;
    std::optional<Money> own_limit;
    std::optional<Money> staff_grant;
    Money awarded;
};
BOOST_DESCRIBE_STRUCT(Bidder, (),
                      (number, user_id, bidder_number, name, bidder_ref, weight, status, deposits,
                       own_limit, staff_grant, awarded))

struct SetBudget {
    std::optional<Money> deposits;
    std::optional<Money> staff_grant;
};
BOOST_DESCRIBE_STRUCT(SetBudget, (), (deposits, staff_grant))

struct SetLimit {
    std::optional<Money> own_limit; ///< Null lifts it.
};
BOOST_DESCRIBE_STRUCT(SetLimit, (), (own_limit))

struct Bar {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Bar, (), (reason))

struct Group {
    int members = 0;
    int usable = 0; ///< floor(deposits / deposit_minimum), or all when there is no minimum.
};
BOOST_DESCRIBE_STRUCT(Group, (), (members, usable))

/// A bidder's own standing in a sale, with the key that proves the own pseudonym.
struct OwnBidder {
    Bidder bidder;
    Hash bidder_key{};
    std::optional<Money> budget_left; ///< Null when nothing limits it.
};
BOOST_DESCRIBE_STRUCT(OwnBidder, (), (bidder, bidder_key, budget_left))

/// Who may bid in a sale, for whom, and up to what amount.
class OnboardingService {
public:
    OnboardingService(db::Pool& worker_pool, const Keys& keys) : pool_{worker_pool}, keys_{keys} {}

    /// Has the person a bidder number in the county?
    bool is_bidder_in(CountyId county, UserId user);
    /// Fails with bidder.registered, bidder.number_taken, user.unknown.
    Result<Bidder> register_bidder(AuctionId auction, const NewBidder& wanted);
    Result<Bidder> set_budget(AuctionId auction, UserId user, const SetBudget& wanted);
    Result<OwnBidder> set_limit(AuctionId auction, UserId user, const SetLimit& wanted);
    /// From now on no bid of the user is accepted in this sale, and none counts at a close.
    Result<Bidder> bar(AuctionId auction, UserId user, const Bar& wanted);
    /// Replaces the members of the user's bidding group by the `number,name` lines of a CSV; the
    /// user's own number comes first. Fails with group.malformed or group.frozen.
    Result<Group> set_group(AuctionId auction, UserId user, std::string_view csv);
    /// Freezes the groups of every sale whose freeze time has come: from then on neither members
    /// nor weights change, whatever happens to the batches' ends.
    void freeze_groups(db::Pool& pool);
    Result<Bidder> find(AuctionId auction, UserId user);
    Result<OwnBidder> find_own(AuctionId auction, UserId user);
    std::vector<Bidder> list(AuctionId auction, int after, int limit);

private:
    db::Pool& pool_;
    const Keys& keys_;
};

void add_routes(http::Router& router);

} // namespace strikeoff::onboarding
