#pragma once

#include "db/transaction.hpp"
#include "keys.hpp"

namespace strikeoff::auctions {

/// Makes the operator's secrets of a batch and its signed opening `O_0`, if everything it commits
/// to is there: lots, and the county's commitment unless the sale does without. Returns false when
/// something is missing or the batch is open already. The caller holds the batch's lock.
bool open_batch(db::Connection& connection, const Keys& keys, BatchId batch);

} // namespace strikeoff::auctions
