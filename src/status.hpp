#pragma once

#include "core/describe.hpp"
#include "core/id.hpp"
#include "core/time.hpp"
#include "db/connection.hpp"
#include "mail/relay.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace strikeoff {

/// What somebody has to do something about; docs/OPERATIONS.md has a paragraph for each.
enum class AlarmKind : std::uint8_t {
    service_unreachable,
    database_unreachable,
    disk_low,
    server_errors,
    projector_behind,
    opening_missed,
    closing_stalled,
    outbox_stuck,
    mail_stuck,
    backup_old,
    bids_shed,
    clock_jumped
};
BOOST_DESCRIBE_ENUM(AlarmKind, service_unreachable, database_unreachable, disk_low, server_errors,
                    projector_behind, opening_missed, closing_stalled, outbox_stuck, mail_stuck,
                    backup_old, bids_shed, clock_jumped)

struct Alarm {
    AlarmKind kind = AlarmKind::service_unreachable;
    std::string message;
};
BOOST_DESCRIBE_STRUCT(Alarm, (), (kind, message))

struct BatchStatus {
    BatchId id;
    std::int32_t number = 0;
    std::string status;
    Instant start_time;
    Instant end_time;
};
BOOST_DESCRIBE_STRUCT(BatchStatus, (), (id, number, status, start_time, end_time))

struct SaleStatus {
    AuctionId id;
    std::string county;
    std::string name;
    std::string status;
    std::vector<BatchStatus> batches;
};
BOOST_DESCRIBE_STRUCT(SaleStatus, (), (id, county, name, status, batches))

/// Ages are in seconds of the database's clock.
struct DatabaseStatus {
    Instant now;
    std::int32_t schema_version = 0;
    std::int64_t projector_lag_records = 0;
    std::int64_t projector_lag_seconds = 0; ///< Age of the oldest record that is not copied.
    std::int64_t openings_missed = 0;       ///< Batches past their start that have not opened.
    std::int64_t closings_unfinished = 0;
    std::int64_t closing_oldest_seconds = 0; ///< Of those, since the end of bidding.
    std::int64_t outbox_waiting = 0;
    std::int64_t outbox_oldest_seconds = 0;
    std::int64_t outbox_failing = 0; ///< Tried in vain at least once.
    mail::Queue mails;
    std::optional<Instant> last_closing;
    std::vector<SaleStatus> sales; ///< Published and not older than a week.
};
BOOST_DESCRIBE_STRUCT(DatabaseStatus, (),
                      (now, schema_version, projector_lag_records, projector_lag_seconds,
                       openings_missed, closings_unfinished, closing_oldest_seconds, outbox_waiting,
                       outbox_oldest_seconds, outbox_failing, mails, last_closing, sales))

struct ProcessStatus {
    std::string version;
    std::int64_t uptime_seconds = 0;
    std::int64_t open_sockets = 0;
    std::int64_t server_errors = 0; ///< Answers of 5xx.
    std::optional<Instant> last_server_error;
    std::optional<Instant> last_bid_shed; ///< A bid found no room.
    /// By how much the database's clock was set, as this process sees it; 0 is in step.
    std::int64_t clock_jump_ms = 0;
};
BOOST_DESCRIBE_STRUCT(ProcessStatus, (),
                      (version, uptime_seconds, open_sockets, server_errors, last_server_error,
                       last_bid_shed, clock_jump_ms))

struct DiskStatus {
    std::string directory;
    std::int64_t free_bytes = 0;
    std::int64_t size_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(DiskStatus, (), (directory, free_bytes, size_bytes))

/// What `strikeoff backup` notes beside the cluster.
struct BackupNote {
    Instant finished_at;
    std::string directory;
};
BOOST_DESCRIBE_STRUCT(BackupNote, (), (finished_at, directory))

/// All of it. What could not be read is null.
struct Status {
    Instant at; ///< By this machine's clock.
    bool private_cluster = true;
    std::optional<ProcessStatus> service;
    std::optional<DatabaseStatus> database;
    std::optional<DiskStatus> disk; ///< Of a private cluster.
    std::optional<BackupNote> last_backup;
    std::vector<Alarm> alarms;
};
BOOST_DESCRIBE_STRUCT(Status, (),
                      (at, private_cluster, service, database, disk, last_backup, alarms))

/// As strikeoff_worker.
DatabaseStatus read_database_status(db::Connection& connection);
/// The disk of a directory; nothing when it cannot be read.
std::optional<DiskStatus> read_disk(const std::filesystem::path& directory);
/// So little is free that bids are refused: what is left is for closing what is under way.
bool is_too_full(const DiskStatus& disk);
/// Disk and backups of a private cluster in `directory`.
void read_cluster_directory(const std::filesystem::path& directory, Status& status);
void write_backup_note(const std::filesystem::path& directory, const BackupNote& note);
/// What of it is alarming.
std::vector<Alarm> alarms_of(const Status& status);
/// This machine's clock.
Instant machine_now();

} // namespace strikeoff
