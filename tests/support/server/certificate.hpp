#pragma once

#include <filesystem>
#include <string>

namespace strikeoff::testing {

/// A folder of its own, removed with everything in it.
class TemporaryFolder {
public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Writes a fresh key and a certificate for `localhost` that it signs itself, valid for an hour.
void write_certificate(const std::filesystem::path& key, const std::filesystem::path& certificate,
                       const std::string& common_name);

} // namespace strikeoff::testing
