#pragma once

#include "http/router.hpp"

namespace strikeoff::admin {

/// Accounts as others see and change them: staff of a county, roles, lost second factors.
void add_routes(http::Router& router);
/// Tells the two-person rule how what it lets through is done.
void carry_approved_changes(App& app);

} // namespace strikeoff::admin
