#include "db/cluster_place.hpp"

#include "core/bytes.hpp"
#include "core/sha256.hpp"
#include "log.hpp"

#include <fmt/format.h>

#include <sys/un.h>
#include <unistd.h>

namespace strikeoff::db {
namespace {

namespace fs = std::filesystem;
constexpr int major_min = 15;

fs::path find_programs(const fs::path& wanted) {
    fs::path bin = wanted;
    if (bin.empty()) {
        int best = 0;
        std::error_code ignored; // A directory that is not there holds no PostgreSQL.
        for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
            const int major = std::atoi(entry.path().filename().c_str());
            if (major > best && fs::exists(entry.path() / "bin" / "postgres")) best = major;
        }
        if (best > 0) bin = fmt::format("/usr/lib/postgresql/{}/bin", best);
        if (best > 0 && best < major_min)
            throw ClusterError(fmt::format("PostgreSQL {} is too old: {} or newer is needed "
                                           "(apt-get install postgresql)",
                                           best, major_min));
    }
    if (bin.empty() || !fs::exists(bin / "postgres"))
        throw ClusterError("no PostgreSQL is installed: run `apt-get install postgresql`, name its "
                           "programs with --postgres-bin, or use your own with --database URL");
    return bin;
}

void choose_directory(const fs::path& data, ClusterPlace& place) {
    fs::create_directories(data);
    place.root = fs::canonical(data);
    if (place.user.uid == 0) {
        const auto postgres = find_os_user("postgres");
        if (!postgres)
            throw ClusterError("PostgreSQL refuses to run as root and there is no system user "
                               "`postgres` to run it as");
        place.user = *postgres;
        // The user must be able to walk down to the directory.
        if (run_process({"/usr/bin/test", "-x", place.root.parent_path()}, place.user).exit_code !=
            0) {
            const std::string hash = to_hex(sha256(place.root.string())).substr(0, 16);
            place.root = fs::path{"/var/lib/strikeoff"} / hash;
            log::info("user postgres cannot reach the data; the database is elsewhere",
                      log::Field{"data", log::Text{data.native()}},
                      log::Field{"database", log::Text{place.root.native()}});
            fs::create_directories(place.root);
        }
    }
    const std::string socket = place.root / "run" / ".s.PGSQL.5432";
    if (socket.size() >= sizeof(sockaddr_un::sun_path))
        throw ClusterError(fmt::format("the socket path {} has {} bytes and {} are allowed: choose "
                                       "a shorter --data",
                                       socket, socket.size(), sizeof(sockaddr_un::sun_path) - 1));
}

} // namespace

ClusterPlace find_cluster_place(const ClusterOptions& options) {
    ClusterPlace place{
        .user = current_os_user(), .root = {}, .postgres_bin = find_programs(options.postgres_bin)};
    choose_directory(options.data, place);
    return place;
}

std::string cluster_conninfo(const fs::path& root, const std::string& role,
                             const std::string& database) {
    return fmt::format("host={} user={} dbname={} connect_timeout=5 application_name=strikeoff",
                       (root / "run").string(), role, database);
}

std::string ClusterPlace::program_major() const {
    const ProcessResult version = run_process({program("postgres"), "--version"}, user);
    // "postgres (PostgreSQL) 15.18 (Debian ...)"
    const std::size_t at = version.output.find(") ");
    if (at == std::string::npos) return "";
    return version.output.substr(at + 2, version.output.find('.') - at - 2);
}

void ClusterPlace::make_directory(const fs::path& path) const {
    fs::create_directories(path);
    fs::permissions(path, fs::perms::owner_all);
    give(path);
}

void ClusterPlace::give(const fs::path& path) const {
    if (::geteuid() == 0 && ::chown(path.c_str(), user.uid, user.gid) != 0)
        throw ClusterError(fmt::format("cannot give {} to user {}", path.string(), user.name));
}

} // namespace strikeoff::db
