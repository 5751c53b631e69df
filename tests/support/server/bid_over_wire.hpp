#pragma once

#include "support/server/live_server.hpp"
#include "support/server/raw_connection.hpp"

namespace strikeoff::testing {

/// Bids 5.00 on a lot of the sale's first batch, for an answer with its header.
RawAnswer bid_over_wire(const TestSale& sale, const TestUser& user, int lot, const std::string& id);

} // namespace strikeoff::testing
