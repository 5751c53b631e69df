#pragma once

#include <filesystem>
#include <string>

namespace strikeoff {

/// The first line of a file that is for its owner alone; empty when it has none. Throws
/// std::runtime_error when it cannot be read, or is open to others.
std::string read_secret_file(const std::filesystem::path& file);

} // namespace strikeoff
