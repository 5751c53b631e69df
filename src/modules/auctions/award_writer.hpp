#pragma once

#include "modules/auctions/closing_store.hpp"

namespace strikeoff::auctions {

/// Writes what an award comes to: outcomes, winning bids, holders and history of the certificates,
/// budgets, ledger, transcript digests, audit and outbox. All ids are hashes of what they name and
/// all times are `closed_at`. The caller holds the batch's lock and commits.
void write_awards(db::Connection& connection, const Awards& awards);

} // namespace strikeoff::auctions
