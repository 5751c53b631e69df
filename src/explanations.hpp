#pragma once

#include "http/router.hpp"

namespace strikeoff {

/// Tells the description of the API which refusals the modules give, and shows bodies that are no
/// described JSON. A test holds the answers of the service against it.
void explain_routes(http::Router& router);

} // namespace strikeoff
