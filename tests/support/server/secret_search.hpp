#pragma once

#include "core/bytes.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace strikeoff::testing {

/// Looks for many secrets at once: as they are, in hexadecimal of both cases, and in Base64 of
/// either alphabet wherever it was begun.
class SecretSearch {
public:
    /// `what` names the secret when it is found. It has at least 9 bytes.
    void add(const std::string& what, std::string_view secret);
    void add(const std::string& what, ByteView secret) { add(what, as_text(secret)); }
    std::size_t secrets() const { return secrets_; }

    /// What was found, each with its form, in order and once.
    std::vector<std::string> search(std::string_view text) const;
    /// The same for a file, or for all files below a directory.
    std::vector<std::string> search_files(const std::filesystem::path& path) const;

private:
    struct Pattern {
        std::string what;
        std::string text;
    };
    void add_pattern(const std::string& what, std::string text);

    std::size_t secrets_ = 0;
    std::unordered_map<std::uint64_t, std::vector<Pattern>> by_begin_; ///< By their first 8 bytes.
    std::vector<bool> begins_ = std::vector<bool>(1 << 16);            ///< By their first two.
};

} // namespace strikeoff::testing
