#pragma once

#include "db/connection.hpp"

#include <string>
#include <vector>

namespace strikeoff::db {

/// The database was migrated by a newer program than this one.
class DatabaseIsNewer : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Applies what is missing, as `strikeoff_owner`: forward only, a transaction each, one process at
/// a time (advisory lock). Returns the names of the migrations it applied. Throws DatabaseIsNewer,
/// DatabaseError, or std::runtime_error when an applied migration differs from the program's.
std::vector<std::string> migrate(Connection& owner);

/// The version of the last migration that this program knows.
int newest_schema();

/// SQL that creates the roles; a database administrator may run it by hand.
std::string roles_sql();

/// Creates roles and database where they are missing. `superuser` is connected to another database
/// of the cluster, as a login that may create both.
void provision(Connection& superuser, const std::string& database);

/// Puts a movable clock in the place of the real one, for test clusters only.
void install_test_clock(Connection& owner);

} // namespace strikeoff::db
