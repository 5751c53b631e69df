#include "app.hpp"
#include "backup_manifest.hpp"
#include "cli/commands.hpp"
#include "cli/service_options.hpp"

#include <cstdio>
#include <memory>

namespace strikeoff::cli {
namespace {

namespace fs = std::filesystem;

struct BackupOptions {
    Config config;
    fs::path directory;
    bool with_keys = false;
};

Exit refuse(const std::string& message) {
    std::fprintf(stderr, "%s\n", message.c_str());
    return Exit::bad_input;
}

/// Runs one of PostgreSQL's programs. Throws ClusterError with what it said.
void run_program(const db::ClusterPlace& place, const char* name,
                 const std::vector<std::string>& flags) {
    std::vector<std::string> arguments{place.program(name)};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    const db::ProcessResult result = db::run_process(arguments, place.user);
    if (result.exit_code != 0)
        throw db::ClusterError(fmt::format("{} failed:\n{}", name, result.output));
}

/// Makes the directory, or takes an empty one, and makes sure that PostgreSQL's user can write
/// there. Nothing that stands there already is touched.
void prepare_directory(const db::ClusterPlace& place, const fs::path& directory) {
    if (fs::exists(directory) && !fs::is_empty(directory))
        throw db::ClusterError(fmt::format("{} is not empty", directory.string()));
    place.make_directory(directory);
    if (db::run_process({"/usr/bin/test", "-w", directory}, place.user).exit_code != 0)
        throw db::ClusterError(fmt::format("user {} cannot write to {}: choose a directory that it "
                                           "can reach",
                                           place.user.name, directory.string()));
}

std::int32_t schema_version(const db::EmbeddedCluster& cluster) {
    db::Connection connection{cluster.conninfo("postgres")};
    const db::PgResult version =
        connection.execute("SELECT max(version) FROM public.schema_migrations");
    return std::atoi(PQgetvalue(version.get(), 0, 0));
}

void copy_keys(const fs::path& keys, const fs::path& directory) {
    fs::create_directory(directory);
    fs::permissions(directory, fs::perms::owner_all);
    for (const char* name : {"signing.key", "kek.key"})
        fs::copy_file(keys / name, directory / name);
    std::fputs("warning: this backup holds the keys. Whoever has it can open the secrets of every "
               "sale and sign receipts: keep it as you keep the keys.\n",
               stderr);
}

/// Fills the directory; the manifest comes last.
BackupManifest fill(const db::EmbeddedCluster& cluster, const BackupOptions& options,
                    const fs::path& directory) {
    const db::ClusterPlace& place = cluster.place();
    BackupManifest manifest{.format = backup_format,
                            .created_at = machine_now(),
                            .strikeoff_version = STRIKEOFF_VERSION,
                            .postgres_major = place.program_major(),
                            .schema_version = schema_version(cluster),
                            .with_keys = options.with_keys};
    run_program(place, "pg_basebackup",
                {"-h", place.root / "run", "-U", "postgres", "-D", directory / "pg",
                 "--wal-method=stream", "--checkpoint=fast", "--manifest-checksums=SHA256",
                 "--no-password"});
    // Holds what was written against the digests that the server sent along.
    run_program(place, "pg_verifybackup", {"--quiet", directory / "pg"});
    if (options.with_keys) copy_keys(options.config.keys, directory / "keys");
    list_backup(directory, manifest);
    write_manifest(directory, manifest);
    return manifest;
}

Exit run_backup(const BackupOptions& options) {
    if (!options.config.database_url.reveal().empty())
        return refuse("the database is your own: back it up with its own tools "
                      "(docs/OPERATIONS.md)");
    const db::ClusterOptions where{.data = options.config.data,
                                   .postgres_bin = options.config.postgres_bin};
    if (!fs::exists(where.data)) return refuse("there is no " + where.data.string());
    if (!db::find_cluster_place(where).holds_cluster())
        return refuse(where.data.string() + " holds no database");
    const db::EmbeddedCluster cluster{where};
    const fs::path directory = fs::absolute(options.directory);
    prepare_directory(cluster.place(), directory);
    try {
        const BackupManifest manifest = fill(cluster, options, directory);
        write_backup_note(cluster.directory(),
                          {.finished_at = machine_now(), .directory = directory.string()});
        std::printf("%zu files, %lld bytes, schema %d, in %s\n", manifest.files.size(),
                    static_cast<long long>(manifest.bytes()), manifest.schema_version,
                    directory.c_str());
        if (!options.with_keys)
            std::puts("The keys are not in it. Without them no sale under way can be finished: "
                      "keep a copy of them elsewhere.");
    } catch (...) {
        // Half a backup would be taken for one.
        for (const auto& entry : fs::directory_iterator(directory))
            fs::remove_all(entry.path());
        throw;
    }
    return Exit::success;
}

} // namespace

void add_backup(CLI::App& app, Exit& exit) {
    auto options = std::make_shared<BackupOptions>();
    CLI::App* command =
        app.add_subcommand("backup", "Copy the service's own PostgreSQL while it runs");
    command->add_option("directory", options->directory, "A directory that is empty or not there")
        ->required();
    command->add_flag("--with-keys", options->with_keys, "Put the keys into it as well");
    add_database_options(*command, options->config);
    command->callback([options, &exit] {
        set_up_logging();
        exit = run_backup(*options);
    });
}

} // namespace strikeoff::cli
