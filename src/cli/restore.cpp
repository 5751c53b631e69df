#include "app.hpp"
#include "backup_manifest.hpp"
#include "cli/commands.hpp"
#include "cli/service_options.hpp"
#include "db/migrate.hpp"

#include <cstdio>
#include <memory>
#include <sys/statvfs.h>

namespace strikeoff::cli {
namespace {

namespace fs = std::filesystem;

struct RestoreOptions {
    Config config;
    fs::path directory;
};

std::unexpected<Error> refused(std::string reason, std::string message) {
    return fail(ErrorCode::invalid_input, std::move(reason), std::move(message));
}

bool is_missing_or_empty(const fs::path& directory) {
    return !fs::exists(directory) || fs::is_empty(directory);
}

/// What can be said before anything is read or made.
Result<BackupManifest> check_plan(const RestoreOptions& options) {
    if (!options.config.database_url.reveal().empty())
        return refused("restore.own_database", "the database is your own: restore it with its own "
                                               "tools (docs/OPERATIONS.md)");
    if (!is_missing_or_empty(options.config.data))
        return refused("restore.not_empty",
                       fmt::format("{} is not empty: nothing is restored over what is there",
                                   options.config.data.string()));
    SO_TRY(BackupManifest manifest, read_manifest(options.directory));
    if (manifest.schema_version > db::newest_schema())
        return refused("restore.newer",
                       fmt::format("the backup has schema {} and this program knows {}: use the "
                                   "newer program",
                                   manifest.schema_version, db::newest_schema()));
    if (manifest.with_keys && !is_missing_or_empty(options.config.keys))
        return refused("restore.keys_not_empty",
                       fmt::format("{} is not empty and the backup holds keys: name another "
                                   "directory with --keys",
                                   options.config.keys.string()));
    return manifest;
}

Result<void> check_place(const db::ClusterPlace& place, const BackupManifest& manifest) {
    if (place.holds_cluster())
        return refused("restore.not_empty",
                       fmt::format("{} holds a database already", place.root.string()));
    const std::string major = place.program_major();
    if (major != manifest.postgres_major)
        return refused(
            "restore.other_postgres",
            fmt::format("the backup is of PostgreSQL {} and {} is PostgreSQL {}: install "
                        "PostgreSQL {}, or name its programs with --postgres-bin",
                        manifest.postgres_major, place.program("postgres").string(), major,
                        manifest.postgres_major));
    struct statvfs space{};
    if (::statvfs(place.root.c_str(), &space) == 0 &&
        static_cast<std::int64_t>(space.f_bavail * space.f_frsize) < manifest.bytes() * 11 / 10)
        return refused("restore.disk_full",
                       fmt::format("{} bytes are needed in {} and {} are free", manifest.bytes(),
                                   place.root.string(), space.f_bavail * space.f_frsize));
    return {};
}

/// Copies and gives to PostgreSQL's user, under a name that only becomes the cluster's at the end.
void copy_cluster(const fs::path& backup, const BackupManifest& manifest,
                  const db::ClusterPlace& place) {
    const fs::path fresh = place.root / "pg.new";
    fs::remove_all(fresh); // What an interrupted restore left.
    place.make_directory(fresh);
    place.make_directory(place.root / "run");
    constexpr std::string_view inside = "pg/";
    for (const std::string& name : manifest.directories)
        if (name.starts_with(inside)) place.make_directory(fresh / name.substr(inside.size()));
    for (const BackupFile& file : manifest.files) {
        if (!file.path.starts_with(inside)) continue;
        const fs::path target = fresh / file.path.substr(inside.size());
        fs::copy_file(backup / file.path, target);
        fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write);
        place.give(target);
    }
    const db::ProcessResult synced =
        db::run_process({place.program("initdb"), "--sync-only", "-D", fresh}, place.user);
    if (synced.exit_code != 0)
        throw db::ClusterError(fmt::format("the copy is not durable:\n{}", synced.output));
    fs::rename(fresh, place.root / "pg");
}

void copy_keys(const fs::path& from, const fs::path& keys) {
    fs::create_directories(keys);
    fs::permissions(keys, fs::perms::owner_all);
    for (const char* name : {"signing.key", "kek.key"}) {
        fs::copy_file(from / name, keys / name);
        fs::permissions(keys / name, fs::perms::owner_read);
    }
}

/// Starts PostgreSQL on the copy, which replays the log it came with, and stops it again.
void prove(const db::ClusterOptions& where, const BackupManifest& manifest) {
    const db::EmbeddedCluster cluster{where};
    db::Connection connection{cluster.conninfo("postgres")};
    const db::PgResult version =
        connection.execute("SELECT max(version) FROM public.schema_migrations");
    if (std::atoi(PQgetvalue(version.get(), 0, 0)) != manifest.schema_version)
        throw db::ClusterError("the restored database has another schema than the backup says");
}

Result<void> run_restore(const RestoreOptions& options) {
    SO_TRY(const BackupManifest manifest, check_plan(options));
    const db::ClusterOptions where{.data = options.config.data,
                                   .postgres_bin = options.config.postgres_bin};
    const db::ClusterPlace place = db::find_cluster_place(where);
    SO_TRY_VOID(check_place(place, manifest));
    SO_TRY_VOID(check_backup(options.directory, manifest));
    copy_cluster(options.directory, manifest, place);
    if (manifest.with_keys) copy_keys(options.directory / "keys", options.config.keys);
    prove(where, manifest);
    std::printf("restored the backup of %s, schema %d, to %s\n",
                format_instant(manifest.created_at).c_str(), manifest.schema_version,
                options.config.data.c_str());
    if (!manifest.with_keys && is_missing_or_empty(options.config.keys))
        std::fprintf(stderr,
                     "warning: the backup holds no keys and %s is empty. Put the keys of this "
                     "service there before it starts: new ones cannot open its secrets.\n",
                     options.config.keys.c_str());
    return {};
}

} // namespace

void add_restore(CLI::App& app, Exit& exit) {
    auto options = std::make_shared<RestoreOptions>();
    CLI::App* command =
        app.add_subcommand("restore", "Put a backup into a data directory that is empty");
    command->add_option("directory", options->directory, "The directory of the backup")->required();
    add_database_options(*command, options->config);
    command->callback([options, &exit] {
        set_up_logging();
        const Result<void> restored = run_restore(*options);
        if (restored) return;
        std::fprintf(stderr, "%s\n", restored.error().message.c_str());
        exit = Exit::bad_input;
    });
}

} // namespace strikeoff::cli
