#pragma once

#include "db/transaction.hpp"
#include "keys.hpp"

namespace strikeoff::auctions {

/// Awards a batch whose secrets are complete and writes everything that follows from it: outcomes,
/// winning bids, holders and history of the certificates, budgets, ledger, transcript digests,
/// audit and outbox. All ids are hashes of what they name and all times are `closed_at`. The caller
/// holds the batch's lock and commits.
void write_awards(db::Connection& connection, const Keys& keys, BatchId batch);

} // namespace strikeoff::auctions
