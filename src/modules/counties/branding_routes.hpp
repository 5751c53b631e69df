#pragma once

#include "modules/counties/counties.hpp"

namespace strikeoff::counties {

/// As anybody may see it.
Result<County> read_county(App& app, CountyId id);

/// The route by which a county's staff give its pages their name and colours.
void add_branding_routes(http::Router& router);

} // namespace strikeoff::counties
