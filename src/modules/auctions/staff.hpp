#pragma once

#include "core/id.hpp"
#include "http/request.hpp"

namespace strikeoff {
class App;
}

namespace strikeoff::auctions {

/// The sale that the path names. Fails as unknown unless the caller may act in its county.
Result<AuctionId> staffed_auction(App& app, const http::Request& request);
/// The same for the path's batch.
Result<BatchId> staffed_batch(App& app, const http::Request& request);

} // namespace strikeoff::auctions
