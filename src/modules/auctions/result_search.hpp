#pragma once

#include "modules/auctions/catalogue_search.hpp"
#include "modules/auctions/results.hpp"

namespace strikeoff::auctions {

/// Which results of a batch. What is not set does not narrow.
struct ResultFilter {
    BatchId batch;
    std::optional<std::string> text; ///< In the parcel's or certificate's number or the winner.
    std::optional<LotStatus> status;
    std::optional<bool> drawn;
    std::optional<Rate> rate;
};

/// Which bids on an item of a batch.
struct BidFilter {
    BatchId batch;
    std::int32_t adv_no = 0;
    bool losers = false;               ///< Others than the winning one as well.
    std::optional<std::string> bidder; ///< How the pseudonym begins, in hexadecimal.
};

/// Fails with query.filter.
Result<ResultFilter> result_filter_of(const http::Request& request, BatchId batch);

/// None while the batch is not closed. As the connection's role may see them.
std::vector<Sorted<ResultItem>> search_results(db::Connection& connection,
                                               const ResultFilter& filter, const std::string& sort,
                                               const Place& after, std::int32_t limit);
ResultFacets count_results(db::Connection& connection, const ResultFilter& filter);
std::vector<Sorted<ClosedBid>> search_bids(db::Connection& connection, const BidFilter& filter,
                                           const std::string& sort, const Place& after,
                                           std::int32_t limit);

} // namespace strikeoff::auctions
