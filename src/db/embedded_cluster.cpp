#include "db/embedded_cluster.hpp"

#include "core/bytes.hpp"
#include "core/sha256.hpp"
#include "db/connection.hpp"
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
#include <sys/un.h>
#include <thread>
#include <unistd.h>

namespace strikeoff::db {
namespace {

namespace fs = std::filesystem;
constexpr int major_min = 15;
constexpr std::uintmax_t free_bytes_min = 256ULL << 20;

std::string read_first_line(const fs::path& path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    return line;
}

void write_file(const fs::path& path, std::string_view text) {
    std::ofstream out(path, std::ios::trunc);
    out << text;
    out.flush();
    if (!out)
        throw ClusterError(fmt::format("cannot write {}: {}", path.string(),
                                       std::generic_category().message(errno)));
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

EmbeddedCluster::EmbeddedCluster(ClusterOptions options)
    : options_{std::move(options)}, user_{current_os_user()} {
    find_programs();
    choose_directory();
    const FileLock starting{root_ / "start.lock", FileLock::Mode::exclusive};
    if (!fs::exists(root_ / "pg" / "PG_VERSION")) create();
    check_version();
    check_host();
    if (!answers()) start();
    member_ = std::make_unique<FileLock>(root_ / "members.lock", FileLock::Mode::shared);
}

EmbeddedCluster::~EmbeddedCluster() {
    try {
        const FileLock stopping{root_ / "start.lock", FileLock::Mode::exclusive};
        if (!member_ || !member_->try_exclusive()) return; // Another process still uses it.
        run_process({program("pg_ctl"), "stop", "-D", root_ / "pg", "-m", "fast", "-w", "-t", "60"},
                    user_);
    } catch (const std::exception& error) {
        log::error("PostgreSQL was not stopped", log::Field{"error", log::Text{error.what()}});
    }
}

void EmbeddedCluster::find_programs() {
    if (options_.postgres_bin.empty()) {
        int best = 0;
        std::error_code ignored; // A directory that is not there holds no PostgreSQL.
        for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
            const int major = std::atoi(entry.path().filename().c_str());
            if (major > best && fs::exists(entry.path() / "bin" / "postgres")) best = major;
        }
        if (best > 0) options_.postgres_bin = fmt::format("/usr/lib/postgresql/{}/bin", best);
        if (best > 0 && best < major_min)
            throw ClusterError(fmt::format("PostgreSQL {} is too old: {} or newer is needed "
                                           "(apt-get install postgresql)",
                                           best, major_min));
    }
    if (options_.postgres_bin.empty() || !fs::exists(program("postgres")))
        throw ClusterError("no PostgreSQL is installed: run `apt-get install postgresql`, name its "
                           "programs with --postgres-bin, or use your own with --database URL");
}

void EmbeddedCluster::choose_directory() {
    fs::create_directories(options_.data);
    root_ = fs::canonical(options_.data);
    if (user_.uid == 0) {
        const auto postgres = find_os_user("postgres");
        if (!postgres)
            throw ClusterError("PostgreSQL refuses to run as root and there is no system user "
                               "`postgres` to run it as");
        user_ = *postgres;
        // The user must be able to walk down to the directory.
        if (run_process({"/usr/bin/test", "-x", root_.parent_path()}, user_).exit_code != 0) {
            const std::string hash = to_hex(sha256(root_.string())).substr(0, 16);
            root_ = fs::path{"/var/lib/strikeoff"} / hash;
            log::info("user postgres cannot reach the data; the database is elsewhere",
                      log::Field{"data", log::Text{options_.data.native()}},
                      log::Field{"database", log::Text{root_.native()}});
            fs::create_directories(root_);
        }
    }
    const std::string socket = root_ / "run" / ".s.PGSQL.5432";
    if (socket.size() >= sizeof(sockaddr_un::sun_path))
        throw ClusterError(fmt::format("the socket path {} has {} bytes and {} are allowed: choose "
                                       "a shorter --data",
                                       socket, socket.size(), sizeof(sockaddr_un::sun_path) - 1));
}

void EmbeddedCluster::check_version() const {
    const std::string cluster = read_first_line(root_ / "pg" / "PG_VERSION");
    const ProcessResult version = run_process({program("postgres"), "--version"}, user_);
    // "postgres (PostgreSQL) 15.18 (Debian ...)"
    const std::size_t at = version.output.find(") ");
    const std::string program_version =
        at == std::string::npos ? ""
                                : version.output.substr(at + 2, version.output.find('.') - at - 2);
    if (cluster != program_version)
        throw ClusterError(fmt::format(
            "{} was made by PostgreSQL {} but {} is PostgreSQL {}: install PostgreSQL {} or move "
            "the data with pg_upgrade (docs/OPERATIONS.md)",
            (root_ / "pg").string(), cluster, program("postgres").string(), program_version,
            cluster));
}

void EmbeddedCluster::check_host() const {
    const fs::path host_file = root_ / "host";
    const std::string host = read_first_line(host_file);
    if (!host.empty() && host != host_name() && fs::exists(root_ / "pg" / "postmaster.pid"))
        throw ClusterError(fmt::format("{} is in use by host {} (if that host is gone for good, "
                                       "remove {})",
                                       root_.string(), host, host_file.string()));
    write_file(host_file, host_name() + "\n");
}

void EmbeddedCluster::create() {
    struct statvfs space{};
    if (::statvfs(root_.c_str(), &space) == 0 && space.f_bavail * space.f_frsize < free_bytes_min)
        throw ClusterError(fmt::format("the disk of {} is full: {} MiB are free and {} are needed",
                                       root_.string(), (space.f_bavail * space.f_frsize) >> 20,
                                       free_bytes_min >> 20));
    log::info("creating a PostgreSQL cluster",
              log::Field{"directory", log::Text{(root_ / "pg").native()}});
    fs::remove_all(root_ / "pg.new"); // What an interrupted creation left.
    for (const char* name : {"pg.new", "run"}) {
        fs::create_directories(root_ / name);
        fs::permissions(root_ / name, fs::perms::owner_all);
        if (::geteuid() == 0 && ::chown((root_ / name).c_str(), user_.uid, user_.gid) != 0)
            throw ClusterError(
                fmt::format("cannot give {} to user {}", (root_ / name).string(), user_.name));
    }
    const ProcessResult made =
        run_process({program("initdb"), "-D", root_ / "pg.new", "-U", "postgres",
                     "--data-checksums", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=peer"},
                    user_);
    if (made.exit_code != 0)
        throw ClusterError(
            fmt::format("PostgreSQL could not create its cluster:\n{}", made.output));
    fs::rename(root_ / "pg.new", root_ / "pg");
    created_ = true;
}

void EmbeddedCluster::write_configuration() const {
    const fs::path pg = root_ / "pg";
    write_file(pg / "strikeoff.conf",
               fmt::format(R"(# Written at every start.
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
                           (root_ / "run").string(), options_.max_connections));
    const std::string include = "include 'strikeoff.conf'";
    const fs::path main = pg / "postgresql.conf";
    std::ifstream in(main);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (text.find(include) == std::string::npos) write_file(main, text + "\n" + include + "\n");

    write_file(pg / "pg_hba.conf", "local all all peer map=strikeoff\n");
    std::string map = "# map system-user database-user\n";
    for (const std::string& os_user : {user_.name, current_os_user().name})
        for (const char* role : {"postgres", "strikeoff_owner", "strikeoff_app", "strikeoff_worker",
                                 "strikeoff_report"})
            map += fmt::format("strikeoff {} {}\n", os_user, role);
    write_file(pg / "pg_ident.conf", map);
}

void EmbeddedCluster::start() {
    write_configuration();
    const fs::path log = root_ / "postgres.log";
    if (::geteuid() == 0) {
        std::ofstream(log, std::ios::app).flush();
        if (::chown(log.c_str(), user_.uid, user_.gid) != 0)
            throw ClusterError(fmt::format("cannot give {} to user {}", log.string(), user_.name));
    }
    // A killed postmaster holds its lock file until it is reaped, and its children the shared
    // memory a moment longer.
    ProcessResult started;
    for (int attempt = 0; attempt < 30; ++attempt) {
        started = run_process(
            {program("pg_ctl"), "start", "-D", root_ / "pg", "-l", log, "-w", "-t", "120", "-s"},
            user_);
        if (started.exit_code == 0 && answers()) return;
        const std::string said = last_lines(log, 600);
        if (said.find("shared memory block") == std::string::npos &&
            said.find("lock file") == std::string::npos)
            break;
        std::this_thread::sleep_for(std::chrono::seconds{1});
    }
    throw ClusterError(fmt::format("PostgreSQL does not start in {}: {}\n{}", root_.string(),
                                   started.output, last_lines(log, 1500)));
}

/// True when our cluster answers on its socket; another program's postmaster is an error.
bool EmbeddedCluster::answers() const {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection{
        PQconnectdb(conninfo("postgres", "postgres").c_str()), &PQfinish};
    if (PQstatus(connection.get()) != CONNECTION_OK) {
        const int pid = postmaster_pid();
        const std::string socket_directory = [&] {
            std::ifstream in(root_ / "pg" / "postmaster.pid");
            std::string line;
            for (int i = 0; i < 5; ++i)
                std::getline(in, line);
            return line;
        }();
        if (is_running(pid) && !socket_directory.empty() && socket_directory != root_ / "run")
            throw ClusterError(fmt::format("{} is in use by another program's PostgreSQL, process "
                                           "{}, socket directory {}",
                                           (root_ / "pg").string(), pid, socket_directory));
        return false;
    }
    const PgResult directory{PQexec(connection.get(), "SHOW data_directory")};
    if (PQntuples(directory.get()) != 1 || PQgetvalue(directory.get(), 0, 0) != root_ / "pg")
        throw ClusterError(
            fmt::format("another PostgreSQL answers in {}", (root_ / "run").string()));
    return true;
}

bool EmbeddedCluster::revive() {
    if (is_running(postmaster_pid())) return false;
    const FileLock starting{root_ / "start.lock", FileLock::Mode::exclusive};
    if (answers()) return false; // Another process was faster.
    log::error("PostgreSQL is gone; starting it again");
    start();
    return true;
}

int EmbeddedCluster::postmaster_pid() const {
    return std::atoi(read_first_line(root_ / "pg" / "postmaster.pid").c_str());
}

std::string EmbeddedCluster::conninfo(const std::string& role, const std::string& database) const {
    return fmt::format("host={} user={} dbname={} connect_timeout=10 application_name=strikeoff",
                       (root_ / "run").string(), role, database);
}

} // namespace strikeoff::db
