#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace strikeoff::db {

/// A user of the operating system.
struct OsUser {
    unsigned uid = 0;
    unsigned gid = 0;
    std::string name;
};

OsUser current_os_user();
std::optional<OsUser> find_os_user(const std::string& name);

struct ProcessResult {
    int exit_code = -1; ///< 128 + signal when a signal ended it.
    std::string output; ///< Standard output and error together.
};

/// Runs a program to its end as `user`, with no shell and no standard input. Changing the user
/// needs root. Throws std::system_error when it cannot be started.
ProcessResult run_process(const std::vector<std::string>& arguments, const OsUser& user);

/// The line of /proc/PID/stat (proc(5)); empty when there is no such process.
std::string process_stat(int pid);

/// True while the process runs; one that has ended and waits for its parent does not.
bool is_running(int pid);

} // namespace strikeoff::db
