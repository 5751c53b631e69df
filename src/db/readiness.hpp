#pragma once

#include <chrono>
#include <string>

namespace strikeoff::db {

/// Waits while a PostgreSQL is there and takes no connections, as it does while it recovers from a
/// crash; no longer than `patience`. Returns whether it takes them.
bool wait_while_it_recovers(const std::string& conninfo,
                            std::chrono::seconds patience = std::chrono::minutes{10});

} // namespace strikeoff::db
