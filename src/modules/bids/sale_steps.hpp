#pragma once

#include "core/award_rules.hpp"
#include "core/id.hpp"
#include "db/connection.hpp"

#include <cstdint>

namespace strikeoff::bids {

/// What steps of the staff change of what bids have written. The caller holds the batch's lock,
/// under which nobody adds to the journal.

/// Gives back what the bids on a lot that is withdrawn have reserved, where bids reserve.
void release_lot(db::Connection& connection, BatchId batch, std::uint32_t lot, Money face,
                 Format format);

/// Open format: the ends of items follow that of their batch, of those whose bidding had not ended
/// when the time was stopped.
void move_item_ends(db::Connection& connection, BatchId batch, const AwardRules& rules,
                    Instant since, Instant end);

} // namespace strikeoff::bids
