#pragma once

#include "db/pool.hpp"

namespace strikeoff::auctions {

/// Does an open batch end within ten minutes? Then bidders come, and what can wait has to.
bool end_is_near(db::Pool& pool);

} // namespace strikeoff::auctions
