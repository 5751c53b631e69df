#pragma once

#include "db/cluster_place.hpp"

#include <filesystem>
#include <string>

namespace strikeoff::db {

/// A file lock (flock) for as long as the object lives; the kernel drops it with the process.
class FileLock {
public:
    enum class Mode : std::uint8_t { shared, exclusive };
    FileLock(const std::filesystem::path& path, Mode mode);
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();
    /// Turns a shared lock into an exclusive one if nobody else shares it.
    bool try_exclusive();

private:
    int descriptor_;
};

/// A PostgreSQL cluster under the service's data directory, reached by a Unix socket only.
///
/// Every process that uses it holds a shared lock on `members.lock`. Starting and stopping happen
/// under `start.lock`: the first process creates and starts the cluster, a later one joins, the
/// last one out stops it. The postmaster is a session of its own, so that it survives the death of
/// the process that started it and the next process adopts it.
class EmbeddedCluster {
public:
    /// Creates, starts or joins. Throws ClusterError.
    explicit EmbeddedCluster(const ClusterOptions& options);
    EmbeddedCluster(const EmbeddedCluster&) = delete;
    EmbeddedCluster& operator=(const EmbeddedCluster&) = delete;
    /// Stops the cluster if this was the last process that used it.
    ~EmbeddedCluster();

    /// libpq connection string for a role of the cluster.
    std::string conninfo(const std::string& role, const std::string& database = "strikeoff") const;
    /// Starts the cluster again if its postmaster is gone. Returns whether it had to.
    bool revive();
    bool was_created() const { return created_; }
    const std::filesystem::path& directory() const { return place_.root; }
    const ClusterPlace& place() const { return place_; }
    int postmaster_pid() const; ///< 0 when none runs.

private:
    void check_version() const;
    void check_host() const;
    void create();
    void write_configuration() const;
    void start();
    bool answers() const;

    ClusterPlace place_;
    int max_connections_;
    bool created_ = false;
    std::unique_ptr<FileLock> member_;
};

} // namespace strikeoff::db
