#pragma once

#include "db/connection.hpp"
#include "keys.hpp"

namespace strikeoff::onboarding {

/// The key of the pseudonyms of a sale, made with the auction.
void make_auction_secret(db::Connection& connection, const Keys& keys, CountyId county,
                         AuctionId auction);
Hash open_auction_secret(db::Connection& connection, const Keys& keys, AuctionId auction);

} // namespace strikeoff::onboarding
