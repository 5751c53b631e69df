#pragma once

#include "modules/auctions/closing_store.hpp"
#include "modules/bids/desk.hpp"
#include "modules/bids/projection_store.hpp"

#include <string>
#include <vector>

namespace strikeoff::torture {

/// A batch of the sale under torture, as bidders know it.
struct BatchFacts {
    BatchId id;
    std::vector<bids::Lot> lots;
};

/// A bidder with what the deposits cover.
struct BidderFacts {
    UserId user;
    std::uint32_t number = 0;
    Bytes16 ref{};
    Money cover;
    std::string key = {}; ///< Bearer key, where requests are real.
};

struct SaleFacts {
    CountyId county;
    AuctionId auction;
    std::vector<BatchFacts> batches = {};
    std::vector<BidderFacts> bidders = {};
    Hash county_master{};       ///< What the county's secrets are made from.
    std::string staff_key = {}; ///< Bearer key of the county's staff, where requests are real.
    Format format = Format::proxy;
    bool reserves = false; ///< Whether bids reserve budget.
};

/// A row of the projection.
struct RowFacts {
    std::int64_t seq = 0;
    bids::BidStatus status = bids::BidStatus::standing;
};

/// What is published of a closed batch.
struct BatchFiles {
    std::string transcript;
    Bytes leaves;
};

/// Money of the sale: the ledger must agree with the awards, awards with budgets.
struct MoneyFacts {
    Money receivable;           ///< Sum of the ledger's account of awards to be paid.
    Money faces;                ///< Sum of the faces of the awards that stand.
    std::vector<Money> awarded; ///< By bidder, as its budget says.
};

/// How large a sale is, and how it begins.
struct WorldShape {
    int batches = 2;
    int lots_a_batch = 4;
    int bidders = 5;
    std::uint64_t seed = 0;
    Format format = Format::proxy;
    counties::BudgetModel budget_model = counties::BudgetModel::at_award;
};

/// A sale on a store, with the hands of its staff. What staff may not do at the moment is refused
/// and changes nothing.
class World {
public:
    virtual ~World() = default;

    virtual bids::Journal& journal() = 0;
    virtual bids::BookSource& books() = 0;
    virtual bids::ProjectionStore& projections() = 0;
    virtual auctions::ClosingStore& closings() = 0;
    virtual const SigningKey& key() const = 0;

    /// Grows when a clean-up batch is added.
    virtual SaleFacts sale() = 0;
    virtual Instant now() = 0;
    virtual void advance(std::chrono::microseconds by) = 0;
    virtual bool clock_can_go_back() const = 0;

    virtual bool withdraw_lot(BatchId batch, std::uint32_t number) = 0;
    virtual bool bar(const BidderFacts& bidder) = 0;
    virtual bool pause() = 0;
    virtual bool resume() = 0;
    virtual bool move_end(BatchId batch, Instant end) = 0;
    virtual bool cancel(BatchId batch) = 0;
    /// The county's tool hands in what secrets are due.
    virtual void hand_in_secrets() = 0;
    /// Takes one award back and offers its item again in a clean-up batch.
    virtual bool offer_again() = 0;

    /// An append whose connection is lost while it is under way, or before it begins; it may
    /// commit later. False when the store cannot do that.
    virtual bool lose(CountyId county, std::vector<bids::Offer> offers, bool under_way) = 0;
    /// Appends that were lost and can still commit do, one of them.
    virtual bool commit_lost() = 0;

    virtual auctions::BatchStatus status(BatchId batch) = 0;
    virtual Instant end_time(BatchId batch) = 0;
    virtual std::vector<bids::Block> blocks(BatchId batch) = 0;
    virtual std::vector<RowFacts> rows(BatchId batch) = 0;
    virtual BatchFiles files(BatchId batch) = 0;
    virtual MoneyFacts money() = 0;
};

/// A lock that has to be waited for lets others go on meanwhile.
using Interleave = std::function<void()>;

std::unique_ptr<World> make_model(const WorldShape& shape, Interleave interleave);

} // namespace strikeoff::torture
