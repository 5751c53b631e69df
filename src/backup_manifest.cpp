#include "backup_manifest.hpp"

#include "core/bytes.hpp"
#include "core/sha256.hpp"
#include "http/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace strikeoff {
namespace {

namespace fs = std::filesystem;

constexpr const char* manifest_name = "manifest.json";
constexpr std::size_t read_size = 1 << 20;

std::string digest_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    Sha256 hash;
    std::vector<char> buffer(read_size);
    while (in) {
        in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        hash.update(std::string_view{buffer.data(), static_cast<std::size_t>(in.gcount())});
    }
    if (!in.eof()) throw std::runtime_error("cannot read " + path.string());
    return to_hex(hash.finish());
}

/// A name that leads out of the directory would let a manifest write anywhere.
bool stays_inside(const std::string& name) {
    const fs::path path{name};
    return !name.empty() && path.is_relative() &&
           std::ranges::none_of(path, [](const fs::path& part) { return part == ".."; });
}

std::unexpected<Error> damaged(std::string message) {
    return fail(ErrorCode::invalid_input, "backup.damaged", std::move(message));
}

} // namespace

std::int64_t BackupManifest::bytes() const {
    std::int64_t sum = 0;
    for (const BackupFile& file : files)
        sum += file.size;
    return sum;
}

void list_backup(const fs::path& directory, BackupManifest& manifest) {
    for (const auto& entry : fs::recursive_directory_iterator(directory)) {
        const std::string name = fs::relative(entry.path(), directory);
        if (name == manifest_name) continue;
        if (entry.is_symlink() || (!entry.is_directory() && !entry.is_regular_file()))
            throw std::runtime_error(name + " is neither a file nor a directory");
        if (entry.is_directory())
            manifest.directories.push_back(name);
        else
            manifest.files.push_back({.path = name,
                                      .size = static_cast<std::int64_t>(entry.file_size()),
                                      .sha256 = digest_of(entry.path())});
    }
    std::ranges::sort(manifest.directories);
    std::ranges::sort(manifest.files, {}, &BackupFile::path);
}

void write_manifest(const fs::path& directory, const BackupManifest& manifest) {
    const fs::path path = directory / manifest_name;
    std::ofstream out(path, std::ios::trunc);
    out << http::to_json(manifest) << '\n';
    out.close();
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool durable = out && descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) ::close(descriptor);
    if (!durable) throw std::runtime_error("cannot write " + path.string());
}

Result<BackupManifest> read_manifest(const fs::path& directory) {
    std::ifstream in(directory / manifest_name);
    if (!in)
        return fail(
            ErrorCode::invalid_input, "backup.no_manifest",
            fmt::format("{} holds no backup: there is no {}", directory.string(), manifest_name));
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    auto manifest = http::from_json<BackupManifest>(text);
    const bool whole = manifest && manifest->format == backup_format &&
                       std::ranges::all_of(manifest->directories, stays_inside) &&
                       std::ranges::all_of(manifest->files, [](const BackupFile& file) {
                           return stays_inside(file.path);
                       });
    if (!whole)
        return fail(ErrorCode::invalid_input, "backup.malformed",
                    fmt::format("{} is damaged, or of another version of Strikeoff",
                                (directory / manifest_name).string()));
    return *std::move(manifest);
}

Result<void> check_backup(const fs::path& directory, const BackupManifest& manifest) {
    for (const BackupFile& file : manifest.files) {
        const fs::path path = directory / file.path;
        if (!fs::is_regular_file(fs::symlink_status(path)))
            return damaged(fmt::format("{} is missing", file.path));
        if (static_cast<std::int64_t>(fs::file_size(path)) != file.size)
            return damaged(fmt::format("{} has {} bytes and {} were written", file.path,
                                       fs::file_size(path), file.size));
        if (digest_of(path) != file.sha256)
            return damaged(fmt::format("{} has changed", file.path));
    }
    for (const std::string& name : manifest.directories)
        if (!fs::is_directory(fs::symlink_status(directory / name)))
            return damaged(fmt::format("directory {} is missing", name));
    for (const auto& entry : fs::recursive_directory_iterator(directory)) {
        const std::string name = fs::relative(entry.path(), directory);
        if (name == manifest_name) continue;
        const bool listed =
            entry.is_directory()
                ? std::ranges::binary_search(manifest.directories, name)
                : std::ranges::binary_search(manifest.files, name, {}, &BackupFile::path);
        if (!listed) return damaged(fmt::format("{} is not of this backup", name));
    }
    return {};
}

} // namespace strikeoff
