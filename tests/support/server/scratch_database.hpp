#pragma once

#include "db/connection.hpp"

#include <string>

namespace strikeoff::testing {

/// A second database in the live service's cluster with the whole schema and nothing in it. In its
/// sessions triggers and foreign keys are off, so that a row of any table can be made without those
/// it belongs to, and nothing but row security and grants stands in the way of a statement.
class ScratchDatabase {
public:
    static ScratchDatabase& instance();

    /// As strikeoff_owner, another login, or who made the cluster.
    std::string conninfo(const std::string& role) const;
    db::Connection connect(const std::string& role) const { return db::Connection{conninfo(role)}; }
    db::Connection connect_as_superuser() const { return db::Connection{superuser_conninfo()}; }

private:
    ScratchDatabase();
    std::string superuser_conninfo() const;
};

/// The first column of a query's rows.
std::vector<std::string> first_column(db::Connection& connection, const std::string& sql);

} // namespace strikeoff::testing
