#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace strikeoff::client {

/// A `strikeoff` command run by this process: the same binary, in a process group of its own so
/// that Ctrl-C reaches only us and we decide in which order things end. It is asked to end when we
/// die and when this object goes.
class ChildProcess {
public:
    /// Starts it with both outputs going to `log`. Throws std::system_error.
    ChildProcess(std::vector<std::string> arguments, std::filesystem::path log);
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ~ChildProcess();

    /// The exit code once it has ended (128 + signal as in a shell).
    std::optional<int> poll();
    int wait();
    /// Asks it to end and waits; after `patience` it is killed. Returns the exit code.
    int stop(std::chrono::seconds patience = std::chrono::seconds{60});
    const std::filesystem::path& log() const { return log_; }
    std::string log_text() const;

private:
    std::filesystem::path log_;
    pid_t pid_ = -1;
    std::optional<int> exit_code_;
};

/// Runs a command to its end and returns its exit code and outputs.
struct Finished {
    int exit_code = 0;
    std::string output;
    std::string errors;
};
Finished run_to_end(const std::vector<std::string>& arguments,
                    const std::filesystem::path& scratch);

} // namespace strikeoff::client
