#pragma once

#include "core/describe.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace strikeoff {

struct BackupFile {
    std::string path; ///< From the directory of the backup, `pg/base/1/1259`.
    std::int64_t size = 0;
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(BackupFile, (), (path, size, sha256))

/// What a backup holds, written last: without it a directory is no backup.
struct BackupManifest {
    std::string format;
    Instant created_at;
    std::string strikeoff_version;
    std::string postgres_major;
    std::int32_t schema_version = 0;
    bool with_keys = false;
    std::vector<std::string> directories; ///< Empty ones count: PostgreSQL needs them.
    std::vector<BackupFile> files;

    std::int64_t bytes() const;
};
BOOST_DESCRIBE_STRUCT(BackupManifest, (),
                      (format, created_at, strikeoff_version, postgres_major, schema_version,
                       with_keys, directories, files))

inline constexpr const char* backup_format = "strikeoff-backup/1";

/// Adds everything that stands in `directory`, with its digests. Throws std::runtime_error on what
/// is neither file nor directory.
void list_backup(const std::filesystem::path& directory, BackupManifest& manifest);
/// Durable when it returns.
void write_manifest(const std::filesystem::path& directory, const BackupManifest& manifest);
/// Fails with `backup.no_manifest` or `backup.malformed`.
Result<BackupManifest> read_manifest(const std::filesystem::path& directory);
/// Reads every file. Fails with `backup.damaged`, naming the first that is missing, changed or
/// not of this backup.
Result<void> check_backup(const std::filesystem::path& directory, const BackupManifest& manifest);

} // namespace strikeoff
