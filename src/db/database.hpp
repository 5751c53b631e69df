#pragma once

#include "db/embedded_cluster.hpp"
#include "db/pool.hpp"

#include <memory>
#include <optional>
#include <string>

namespace strikeoff::db {

struct DatabaseOptions {
    std::optional<ClusterOptions> embedded; ///< Otherwise `url` is used.
    std::string url;
    std::string owner_url; ///< Empty: `url`.
    bool test_clock = false;
    bool allow_unsafe = false;
};

/// The connection string of one's own database as one of its roles.
std::string login_conninfo(const std::string& url, const std::string& role);

/// The database of the service: embedded or the operator's own, with one login a purpose. Roles,
/// database and schema are brought up to date when it is opened.
class Database {
public:
    /// Throws ClusterError, Unavailable, DatabaseError, DatabaseIsNewer or std::runtime_error.
    explicit Database(const DatabaseOptions& options);

    /// libpq connection string of a role: strikeoff_owner, _app, _worker or _report.
    std::string conninfo(const std::string& role) const;
    EmbeddedCluster* cluster() { return cluster_.get(); }

private:
    void provision_embedded();
    void provision_external();
    void check_logins() const;
    void check_durability() const;

    DatabaseOptions options_;
    std::unique_ptr<EmbeddedCluster> cluster_;
};

} // namespace strikeoff::db
