#pragma once

#include "http/router.hpp"

namespace strikeoff {

/// Puts every endpoint of the service into the table.
void add_routes(http::Router& router);

} // namespace strikeoff
