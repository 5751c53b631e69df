#include "db/embedded_cluster.hpp"

#include "db/connection.hpp"
#include "db/readiness.hpp"
#include "log.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <fstream>
#include <signal.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <thread>
#include <unistd.h>

namespace strikeoff::db {
namespace {

namespace fs = std::filesystem;
constexpr std::uintmax_t free_bytes_min = 256ULL << 20;
constexpr int start_attempts_min = 3; ///< It may have been killed once more while it started.
constexpr int start_attempts_max = 100;
constexpr auto start_pause = std::chrono::milliseconds{300};

std::string read_first_line(const fs::path& path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    return line;
}

std::string read_text(const fs::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The old text stays until the new one is whole: the disk may be full.
void write_file(const fs::path& path, std::string_view text) {
    if (read_text(path) == text) return;
    const fs::path fresh = path.string() + ".new";
    std::ofstream out(fresh, std::ios::trunc);
    out << text;
    out.close();
    std::error_code failure;
    if (out) fs::rename(fresh, path, failure);
    if (out && !failure) return;
    const int error = errno;
    fs::remove(fresh, failure);
    throw ClusterError(
        fmt::format("cannot write {}: {}", path.string(), std::generic_category().message(error)));
}

std::string host_name() {
    std::array<char, 256> name{};
    ::gethostname(name.data(), name.size() - 1);
    return name.data();
}

std::string last_lines(const fs::path& log, std::size_t bytes_max) {
    std::ifstream in(log, std::ios::binary | std::ios::ate);
    if (!in) return {};
    const auto size = static_cast<std::size_t>(in.tellg());
    const std::size_t from = size > bytes_max ? size - bytes_max : 0;
    in.seekg(static_cast<std::streamoff>(from));
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

FileLock::FileLock(const fs::path& path, Mode mode)
    : descriptor_{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)} {
    if (descriptor_ < 0)
        throw ClusterError(fmt::format("cannot open {}: {}", path.string(),
                                       std::generic_category().message(errno)));
    while (::flock(descriptor_, mode == Mode::shared ? LOCK_SH : LOCK_EX) != 0 && errno == EINTR) {
    }
}

FileLock::~FileLock() {
    ::close(descriptor_);
}

bool FileLock::try_exclusive() {
    return ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
}

EmbeddedCluster::EmbeddedCluster(const ClusterOptions& options)
    : place_{find_cluster_place(options)}, max_connections_{options.max_connections} {
    const FileLock starting{place_.root / "start.lock", FileLock::Mode::exclusive};
    if (!place_.holds_cluster()) create();
    check_version();
    check_host();
    if (!answers()) start();
    member_ = std::make_unique<FileLock>(place_.root / "members.lock", FileLock::Mode::shared);
}

EmbeddedCluster::~EmbeddedCluster() {
    try {
        const FileLock stopping{place_.root / "start.lock", FileLock::Mode::exclusive};
        if (!member_ || !member_->try_exclusive()) return; // Another process still uses it.
        // One that does not answer, as it is paused, is told to stop and not waited for.
        const char* const wait = answers() ? "-w" : "-W";
        run_process({place_.program("pg_ctl"), "stop", "-D", place_.root / "pg", "-m", "fast", wait,
                     "-t", "60"},
                    place_.user);
    } catch (const std::exception& error) {
        log::error("PostgreSQL was not stopped", log::Field{"error", log::Text{error.what()}});
    }
}

void EmbeddedCluster::check_version() const {
    const std::string cluster = read_first_line(place_.root / "pg" / "PG_VERSION");
    const std::string programs = place_.program_major();
    if (cluster != programs)
        throw ClusterError(fmt::format(
            "{} was made by PostgreSQL {} but {} is PostgreSQL {}: install PostgreSQL {} or move "
            "the data (docs/OPERATIONS.md)",
            (place_.root / "pg").string(), cluster, place_.program("postgres").string(), programs,
            cluster));
}

void EmbeddedCluster::check_host() const {
    const fs::path host_file = place_.root / "host";
    const std::string host = read_first_line(host_file);
    if (!host.empty() && host != host_name() && fs::exists(place_.root / "pg" / "postmaster.pid"))
        throw ClusterError(fmt::format("{} is in use by host {} (if that host is gone for good, "
                                       "remove {})",
                                       place_.root.string(), host, host_file.string()));
    write_file(host_file, host_name() + "\n");
}

void EmbeddedCluster::create() {
    struct statvfs space{};
    if (::statvfs(place_.root.c_str(), &space) == 0 &&
        space.f_bavail * space.f_frsize < free_bytes_min)
        throw ClusterError(fmt::format(
            "the disk of {} is full: {} MiB are free and {} are needed", place_.root.string(),
            (space.f_bavail * space.f_frsize) >> 20, free_bytes_min >> 20));
    log::info("creating a PostgreSQL cluster",
              log::Field{"directory", log::Text{(place_.root / "pg").native()}});
    fs::remove_all(place_.root / "pg.new"); // What an interrupted creation left.
    for (const char* name : {"pg.new", "run"})
        place_.make_directory(place_.root / name);
    const ProcessResult made =
        run_process({place_.program("initdb"), "-D", place_.root / "pg.new", "-U", "postgres",
                     "--data-checksums", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=peer"},
                    place_.user);
    if (made.exit_code != 0)
        throw ClusterError(
            fmt::format("PostgreSQL could not create its cluster:\n{}", made.output));
    fs::rename(place_.root / "pg.new", place_.root / "pg");
    created_ = true;
}

void EmbeddedCluster::write_configuration() const {
    const fs::path pg = place_.root / "pg";
    const auto write = [this](const fs::path& path, std::string_view text) {
        write_file(path, text);
        place_.give(path);
    };
    write(pg / "strikeoff.conf", fmt::format(R"(# Written at every start.
listen_addresses = ''
unix_socket_directories = '{}'
unix_socket_permissions = 0777  # The directory is 0700 and `peer` decides.
max_connections = {}
shared_buffers = 256MB
max_wal_size = 4GB
checkpoint_timeout = 15min
wal_compression = lz4
log_timezone = 'UTC'
timezone = 'UTC'
# Sealed bids are parameters of statements: a log must not quote them.
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_min_error_statement = panic
)",
                                             (place_.root / "run").string(), max_connections_));
    const std::string include = "include 'strikeoff.conf'";
    const fs::path main = pg / "postgresql.conf";
    const std::string text = read_text(main);
    if (text.find(include) == std::string::npos) write(main, text + "\n" + include + "\n");

    write(pg / "pg_hba.conf", "local all all peer map=strikeoff\n"
                              "local replication postgres peer map=strikeoff\n");
    std::string map = "# map system-user database-user\n";
    for (const std::string& os_user : {place_.user.name, current_os_user().name})
        for (const char* role : {"postgres", "strikeoff_owner", "strikeoff_app", "strikeoff_worker",
                                 "strikeoff_report"})
            map += fmt::format("strikeoff {} {}\n", os_user, role);
    write(pg / "pg_ident.conf", map);
}

void EmbeddedCluster::start() {
    write_configuration();
    const fs::path log = place_.root / "postgres.log";
    if (::geteuid() == 0) {
        std::ofstream(log, std::ios::app).flush();
        place_.give(log);
    }
    ProcessResult started;
    for (int attempt = 0; attempt < start_attempts_max; ++attempt) {
        started = run_process({place_.program("pg_ctl"), "start", "-D", place_.root / "pg", "-l",
                               log, "-w", "-t", "120", "-s"},
                              place_.user);
        // Who started it does not matter: it may have been killed and recover by itself, or a
        // process that is dead by now has called it.
        if (answers()) return;
        // A killed postmaster holds its lock file until it is reaped, and its children the shared
        // memory a moment longer.
        const std::string said = last_lines(log, 600);
        const bool may_pass = is_running(postmaster_pid()) ||
                              said.contains("shared memory block") || said.contains("lock file");
        if (!may_pass && attempt >= start_attempts_min) break;
        std::this_thread::sleep_for(start_pause);
    }
    throw ClusterError(fmt::format("PostgreSQL does not start in {}: {}\n{}", place_.root.string(),
                                   started.output, last_lines(log, 1500)));
}

/// True when our cluster answers on its socket, which one that recovers does after a while; another
/// program's postmaster is an error.
bool EmbeddedCluster::answers() const {
    const std::string superuser = conninfo("postgres", "postgres");
    wait_while_it_recovers(superuser);
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection{PQconnectdb(superuser.c_str()),
                                                                  &PQfinish};
    if (PQstatus(connection.get()) != CONNECTION_OK) {
        const int pid = postmaster_pid();
        const std::string socket_directory = [&] {
            std::ifstream in(place_.root / "pg" / "postmaster.pid");
            std::string line;
            for (int i = 0; i < 5; ++i)
                std::getline(in, line);
            return line;
        }();
        if (is_running(pid) && !socket_directory.empty() && socket_directory != place_.root / "run")
            throw ClusterError(fmt::format("{} is in use by another program's PostgreSQL, process "
                                           "{}, socket directory {}",
                                           (place_.root / "pg").string(), pid, socket_directory));
        return false;
    }
    const PgResult directory{PQexec(connection.get(), "SHOW data_directory")};
    if (PQntuples(directory.get()) != 1 || PQgetvalue(directory.get(), 0, 0) != place_.root / "pg")
        throw ClusterError(
            fmt::format("another PostgreSQL answers in {}", (place_.root / "run").string()));
    return true;
}

bool EmbeddedCluster::revive() {
    if (is_running(postmaster_pid())) return false;
    const FileLock starting{place_.root / "start.lock", FileLock::Mode::exclusive};
    if (answers()) return false; // Another process was faster.
    log::error("PostgreSQL is gone; starting it again");
    start();
    return true;
}

int EmbeddedCluster::postmaster_pid() const {
    return std::atoi(read_first_line(place_.root / "pg" / "postmaster.pid").c_str());
}

std::string EmbeddedCluster::conninfo(const std::string& role, const std::string& database) const {
    return cluster_conninfo(place_.root, role, database);
}

} // namespace strikeoff::db
