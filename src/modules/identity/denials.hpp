#pragma once

#include "db/pool.hpp"
#include "http/server.hpp"

namespace strikeoff::identity {

/// Adds the row `access_denied` of a caller who is known: the route, the request, and the ids that
/// its path names.
void note_denied(db::Pool& pool, const http::Request& request, const http::Denial& denial);

} // namespace strikeoff::identity
