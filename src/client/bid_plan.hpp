#pragma once

#include "core/describe.hpp"
#include "core/leaf.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace strikeoff::client {

/// How a simulated investor bids.
enum class Strategy : std::uint8_t {
    floor, ///< 0.25 on everything it fancies: most bids of a real sale.
    value, ///< A rate of its own for each item.
    zero,  ///< 0.00 on a few items, for the lien's sake.
    group  ///< The floor on many items, for all members of its group.
};
BOOST_DESCRIBE_ENUM(Strategy, floor, value, zero, group)

/// What decides a plan. The members are the keys of `simulate --plan`.
struct PlanOptions {
    std::int64_t seed = 1;
    int bids_a_bidder = 40; ///< First bids per bidder and batch, more or less.
    int singles_percent = 12;
    int rebid_percent = 8;
    int withdraw_percent = 4;
    int late_percent = 5; ///< Bidders who also try after the end, to be refused.
    int bulk_lines = 50;
    int floor_share = 62; ///< Shares of the strategies among ungrouped bidders.
    int value_share = 34;
    int zero_share = 4;
};
BOOST_DESCRIBE_STRUCT(PlanOptions, (),
                      (seed, bids_a_bidder, singles_percent, rebid_percent, withdraw_percent,
                       late_percent, bulk_lines, floor_share, value_share, zero_share))

/// Reads a plan's JSON object; every key is optional. Fails with `plan.invalid`.
Result<PlanOptions> read_plan_options(std::string_view json);

/// A change of a bid on the item with this index.
struct PlannedBid {
    std::uint32_t item = 0;
    BidKind kind = BidKind::place;
    Rate rate;

    friend bool operator==(const PlannedBid&, const PlannedBid&) = default;
};

/// One request: when, who, what.
struct PlannedRequest {
    std::uint32_t at_permille = 0; ///< Of the batch's time; above 1000 is after its end.
    std::uint32_t bidder = 0;
    bool bulk = false;
    std::vector<PlannedBid> bids;

    friend bool operator==(const PlannedRequest&, const PlannedRequest&) = default;
};

/// The strategies of `count` bidders, the first `groups` of them with groups.
std::vector<Strategy> deal_strategies(const PlanOptions& options, std::size_t count,
                                      std::size_t groups);

/// Who bids what on a batch of `items`, and when, in the order of time. The same options, batch
/// number and counts give the same plan. A bidder never changes an item to the rate that stands,
/// and withdraws only what stands.
std::vector<PlannedRequest> plan_bids(const PlanOptions& options, std::uint32_t batch_number,
                                      std::uint32_t items, const std::vector<Strategy>& bidders);

} // namespace strikeoff::client
