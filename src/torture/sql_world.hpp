#pragma once

#include "app.hpp"
#include "torture/world.hpp"

namespace strikeoff::torture {

/// A sale on PostgreSQL, driven by the services of `app`, which need not run. The cluster has a
/// test clock.
std::unique_ptr<World> make_sql_world(App& app, const WorldShape& shape);

} // namespace strikeoff::torture
