#include "status.hpp"

#include "core/json.hpp"
#include "http/json.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sys/statvfs.h>

namespace strikeoff {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t disk_free_bytes_min = 2LL << 30;
constexpr std::int64_t disk_reserve_bytes = 1LL << 30;
constexpr std::int64_t projector_lag_seconds_max = 300;
constexpr std::int64_t closing_seconds_max = 30 * 60; ///< The county has some minutes of its own.
constexpr std::int64_t outbox_seconds_max = 15 * 60;
constexpr std::int64_t mail_seconds_max = 15 * 60;
constexpr auto backup_age_max = 26h;
constexpr auto server_errors_remembered = 10min;
constexpr const char* note_name = "last_backup.json";

struct FiguresRow {
    Instant now;
    std::int32_t schema_version = 0;
    std::int64_t openings_missed = 0;
    std::int64_t closings_unfinished = 0;
    std::int64_t closing_oldest_seconds = 0;
    std::int64_t outbox_waiting = 0;
    std::int64_t outbox_oldest_seconds = 0;
    std::int64_t outbox_failing = 0;
    std::optional<Instant> last_closing;
};
BOOST_DESCRIBE_STRUCT(FiguresRow, (),
                      (now, schema_version, openings_missed, closings_unfinished,
                       closing_oldest_seconds, outbox_waiting, outbox_oldest_seconds,
                       outbox_failing, last_closing))

// A minute's grace: the scheduler may be at work on it.
const db::Statement<FiguresRow()> read_figures{{"status.read_figures", R"sql(
    SELECT strikeoff.clock() AS now,
           (SELECT max(version) FROM schema_migrations)::int AS schema_version,
           (SELECT count(*) FROM batches b JOIN auctions a ON a.id = b.auction_id
            WHERE b.status = 'scheduled' AND b.start_time < strikeoff.clock() - interval '1 minute'
              AND a.status IN ('published', 'open', 'closing')) AS openings_missed,
           c.unfinished AS closings_unfinished,
           c.oldest AS closing_oldest_seconds,
           o.waiting AS outbox_waiting,
           o.oldest AS outbox_oldest_seconds,
           o.failing AS outbox_failing,
           (SELECT max(completed_at) FROM batch_closings) AS last_closing
    FROM (SELECT count(*) AS unfinished,
                 coalesce(extract(epoch FROM strikeoff.clock() - min(closed_at)), 0)::int8 AS oldest
          FROM batch_closings WHERE completed_at IS NULL) c,
         (SELECT count(*) AS waiting,
                 coalesce(extract(epoch FROM strikeoff.clock() - min(available_at)), 0)::int8
                     AS oldest,
                 count(*) FILTER (WHERE attempts > 0) AS failing
          FROM outbox_events WHERE delivered_at IS NULL) o)sql"}};

struct LagRow {
    std::int64_t records = 0;
    std::int64_t seconds = 0;
};
BOOST_DESCRIBE_STRUCT(LagRow, (), (records, seconds))

// Blocks behind the watermark only: what is copied is not touched.
const db::Statement<LagRow()> read_lag{{"status.read_lag", R"sql(
    SELECT coalesce(sum(l.first_seq + l.count - greatest(l.first_seq, j.projected_seq)), 0)::int8
               AS records,
           coalesce(extract(epoch FROM strikeoff.clock() - min(l.accepted_at)), 0)::int8 AS seconds
    FROM batch_journals j
    JOIN bid_blocks l ON l.batch_id = j.batch_id AND l.first_seq >= j.projected_seq)sql"}};

struct SaleRow {
    AuctionId auction_id;
    std::string county;
    std::string name;
    std::string sale_status;
    BatchId id;
    std::int32_t number = 0;
    std::string status;
    Instant start_time;
    Instant end_time;
};
BOOST_DESCRIBE_STRUCT(SaleRow, (),
                      (auction_id, county, name, sale_status, id, number, status, start_time,
                       end_time))

const db::Statement<SaleRow()> read_sales{{"status.read_sales", R"sql(
    SELECT a.id AS auction_id, c.name AS county, a.name, a.status::text AS sale_status, b.id,
           b.number, b.status::text AS status, b.start_time, b.end_time
    FROM auctions a
    JOIN counties c ON c.id = a.county_id
    JOIN batches b ON b.auction_id = a.id
    WHERE a.status <> 'draft'
      AND (a.status NOT IN ('closed', 'canceled')
           OR a.updated_at > strikeoff.clock() - interval '7 days')
    ORDER BY c.name, a.name, a.id, b.number)sql"}};

std::string text_of(std::int64_t bytes) {
    return fmt::format("{}.{} GiB", bytes >> 30, ((bytes >> 20) % 1024) * 10 / 1024);
}

void add_database_alarms(const DatabaseStatus& database, std::vector<Alarm>& alarms) {
    if (database.projector_lag_seconds > projector_lag_seconds_max)
        alarms.push_back({AlarmKind::projector_behind,
                          fmt::format("bids are shown {} s late", database.projector_lag_seconds)});
    if (database.openings_missed > 0)
        alarms.push_back({AlarmKind::opening_missed,
                          fmt::format("{} batches are past their start and have not opened",
                                      database.openings_missed)});
    if (database.closing_oldest_seconds > closing_seconds_max)
        alarms.push_back(
            {AlarmKind::closing_stalled,
             fmt::format("{} closings are unfinished, the oldest for {} min",
                         database.closings_unfinished, database.closing_oldest_seconds / 60)});
    if (database.outbox_failing > 0 && database.outbox_oldest_seconds > outbox_seconds_max)
        alarms.push_back(
            {AlarmKind::outbox_stuck,
             fmt::format("{} events were tried in vain, the oldest is {} min old",
                         database.outbox_failing, database.outbox_oldest_seconds / 60)});
    if (database.mails.oldest_seconds > mail_seconds_max)
        alarms.push_back({AlarmKind::mail_stuck,
                          fmt::format("{} mails wait, {} of them were tried in vain, the oldest is "
                                      "{} min old",
                                      database.mails.waiting, database.mails.failing,
                                      database.mails.oldest_seconds / 60)});
}

void add_backup_alarm(const Status& status, std::vector<Alarm>& alarms) {
    const bool sells = status.database && !status.database->sales.empty();
    if (!status.private_cluster || !sells) return;
    if (!status.last_backup)
        alarms.push_back({AlarmKind::backup_old, "no backup was ever made"});
    else if (status.at - status.last_backup->finished_at > backup_age_max)
        alarms.push_back(
            {AlarmKind::backup_old, fmt::format("the last backup is of {}",
                                                format_instant(status.last_backup->finished_at))});
}

} // namespace

DatabaseStatus read_database_status(db::Connection& connection) {
    const FiguresRow figures = connection.one(read_figures);
    const LagRow lag = connection.one(read_lag);
    DatabaseStatus status{.now = figures.now,
                          .schema_version = figures.schema_version,
                          .projector_lag_records = lag.records,
                          .projector_lag_seconds = lag.seconds,
                          .openings_missed = figures.openings_missed,
                          .closings_unfinished = figures.closings_unfinished,
                          .closing_oldest_seconds = figures.closing_oldest_seconds,
                          .outbox_waiting = figures.outbox_waiting,
                          .outbox_oldest_seconds = figures.outbox_oldest_seconds,
                          .outbox_failing = figures.outbox_failing,
                          .mails = mail::read_queue(connection),
                          .last_closing = figures.last_closing};
    for (const SaleRow& row : connection.all(read_sales)) {
        if (status.sales.empty() || status.sales.back().id != row.auction_id)
            status.sales.push_back({.id = row.auction_id,
                                    .county = row.county,
                                    .name = row.name,
                                    .status = row.sale_status});
        status.sales.back().batches.push_back(
            {row.id, row.number, row.status, row.start_time, row.end_time});
    }
    return status;
}

std::optional<DiskStatus> read_disk(const std::filesystem::path& directory) {
    struct statvfs space{};
    if (::statvfs(directory.c_str(), &space) != 0) return std::nullopt;
    return DiskStatus{.directory = directory.string(),
                      .free_bytes = static_cast<std::int64_t>(space.f_bavail * space.f_frsize),
                      .size_bytes = static_cast<std::int64_t>(space.f_blocks * space.f_frsize)};
}

bool is_too_full(const DiskStatus& disk) {
    return disk.free_bytes < std::min(disk.size_bytes / 20, disk_reserve_bytes);
}

void read_cluster_directory(const std::filesystem::path& directory, Status& status) {
    status.disk = read_disk(directory);
    std::ifstream in(directory / note_name);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (text.empty()) return;
    // A note that cannot be read is no backup.
    if (auto note = http::from_json<BackupNote>(text)) status.last_backup = *std::move(note);
}

void write_backup_note(const std::filesystem::path& directory, const BackupNote& note) {
    const std::filesystem::path fresh = directory / (std::string(note_name) + ".new");
    std::ofstream out(fresh, std::ios::trunc);
    out << http::to_json(note) << '\n';
    out.close();
    if (!out) throw std::runtime_error("cannot write " + fresh.string());
    std::filesystem::rename(fresh, directory / note_name);
}

std::vector<Alarm> alarms_of(const Status& status) {
    std::vector<Alarm> alarms;
    if (!status.service)
        alarms.push_back({AlarmKind::service_unreachable, "the service does not answer"});
    if (!status.database)
        alarms.push_back({AlarmKind::database_unreachable, "the database does not answer"});
    if (status.disk && (status.disk->free_bytes < disk_free_bytes_min ||
                        status.disk->free_bytes < status.disk->size_bytes / 20))
        alarms.push_back({AlarmKind::disk_low,
                          fmt::format("{} are free in {}{}", text_of(status.disk->free_bytes),
                                      status.disk->directory,
                                      is_too_full(*status.disk) ? ": bids are refused" : "")});
    if (status.service && status.service->last_server_error &&
        status.at - *status.service->last_server_error < server_errors_remembered)
        alarms.push_back({AlarmKind::server_errors,
                          fmt::format("requests failed, the last at {}: see the log",
                                      format_instant(*status.service->last_server_error))});
    if (status.service && status.service->last_bid_shed &&
        status.at - *status.service->last_bid_shed < server_errors_remembered)
        alarms.push_back(
            {AlarmKind::bids_shed, fmt::format("bids found no room, the last at {}",
                                               format_instant(*status.service->last_bid_shed))});
    if (status.service && status.service->clock_jump_ms != 0)
        alarms.push_back({AlarmKind::clock_jumped,
                          fmt::format("the database's clock was set by {} ms: nothing opens or "
                                      "closes until it is right or the service is started again",
                                      status.service->clock_jump_ms)});
    if (status.database) add_database_alarms(*status.database, alarms);
    add_backup_alarm(status, alarms);
    return alarms;
}

Instant machine_now() {
    return Instant::from_micros(std::chrono::duration_cast<std::chrono::microseconds>(
                                    std::chrono::system_clock::now().time_since_epoch())
                                    .count());
}

} // namespace strikeoff
