#pragma once

#include "app.hpp"
#include "torture/world.hpp"

namespace strikeoff::torture {

/// A sale on PostgreSQL, driven by the services of `app`, which need not run. The cluster has a
/// test clock.
std::unique_ptr<World> make_sql_world(App& app, const WorldShape& shape);

/// Hands in the county's secrets that are due, by the service's own means.
void hand_in_secrets(App& app, const SaleFacts& sale);

/// What is published of a batch, made from the database that the service is on.
BatchFiles files_of(App& app, BatchId batch);

} // namespace strikeoff::torture
