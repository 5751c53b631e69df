#pragma once

#include "core/id.hpp"
#include "db/transaction.hpp"
#include "http/router.hpp"
#include "modules/auctions/auctions.hpp"

namespace strikeoff {
class App;
}

namespace strikeoff::auctions {

/// The sale that the path names. Fails as unknown unless the caller may act in its county.
Result<AuctionId> staffed_auction(App& app, const http::Request& request);
/// The same for the path's batch.
Result<BatchId> staffed_batch(App& app, const http::Request& request);

/// A number of the path; what is none names nothing.
Result<std::int32_t> path_number(const http::Request& request, std::string_view name);

CountyId county_of(App& app, AuctionId auction);
CountyId county_of(App& app, BatchId batch);

/// Whom row security is told of. It knows no administrators: they read as the staff of the county
/// that it is about.
db::Identity reader_of(App& app, const http::Request& request, AuctionId auction);
db::Identity reader_of(App& app, const http::Request& request, BatchId batch);

/// As the caller may see them.
Result<Auction> read_auction(App& app, const http::Request& request, AuctionId id);
Result<Batch> read_batch(App& app, const http::Request& request, BatchId id);

void add_staff_routes(http::Router& router);

} // namespace strikeoff::auctions
