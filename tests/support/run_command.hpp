#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace strikeoff::testing_support {

/// A directory of its own for one test, removed with everything in it.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();

    std::string path(std::string_view name) const { return (path_ / name).string(); }
    /// Writes a file and returns its path.
    std::string write(std::string_view name, std::string_view text) const;

private:
    std::filesystem::path path_;
};

std::string read_file(const std::string& path);

struct CommandOutcome {
    int exit_code = 0; ///< 128 + the signal that ended it, as a shell says.
    std::string output;
    std::string errors;
};

/// Runs the built `strikeoff` to its end. Standard input is empty.
CommandOutcome run_strikeoff(const std::vector<std::string>& arguments);

/// The same, and sends it a signal as soon as its standard output holds `mark`.
CommandOutcome run_strikeoff_until(const std::vector<std::string>& arguments, std::string_view mark,
                                   int signal);

} // namespace strikeoff::testing_support
