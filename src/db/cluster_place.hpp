#pragma once

#include "db/process.hpp"

#include <filesystem>
#include <stdexcept>
#include <string>

namespace strikeoff::db {

/// The private PostgreSQL cannot be used as things are; the message says what to do.
class ClusterError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct ClusterOptions {
    std::filesystem::path data;         ///< The service's data directory.
    std::filesystem::path postgres_bin; ///< Where `postgres` is; found by itself when empty.
    int max_connections = 300;
};

/// Where a private cluster stands, or would, and whose programs run it.
struct ClusterPlace {
    OsUser user;                        ///< Whom PostgreSQL runs as: never root.
    std::filesystem::path root;         ///< Holds `pg`, `run`, `postgres.log` and the locks.
    std::filesystem::path postgres_bin; ///< Holds `postgres`.

    std::filesystem::path program(const char* name) const { return postgres_bin / name; }
    bool holds_cluster() const { return std::filesystem::exists(root / "pg" / "PG_VERSION"); }
    std::string program_major() const; ///< `15`.
    /// A directory for the user alone; one that is there is kept. Throws ClusterError.
    void make_directory(const std::filesystem::path& path) const;
    /// Makes the user the owner, when we are root and may. Throws ClusterError.
    void give(const std::filesystem::path& path) const;
};

/// Makes the data directory if there is none. Throws ClusterError.
ClusterPlace find_cluster_place(const ClusterOptions& options);
/// libpq connection string for a role of the cluster in `root`.
std::string cluster_conninfo(const std::filesystem::path& root, const std::string& role,
                             const std::string& database);

} // namespace strikeoff::db
