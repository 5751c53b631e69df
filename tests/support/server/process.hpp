#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace strikeoff::testing {

/// A program that runs beside the test, with both outputs in a file. Killed when this goes.
class Process {
public:
    Process(const std::vector<std::string>& command, const std::filesystem::path& log);
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process();

    void signal(int number) const;
    /// The exit code once it has ended (128 + signal as in a shell); -1 when it has not in time.
    int wait(std::chrono::milliseconds patience);
    std::string log_text() const;
    pid_t pid() const { return pid_; }

private:
    std::filesystem::path log_;
    pid_t pid_ = -1;
    bool ended_ = false;
    int exit_code_ = -1;
};

/// A port of this machine that nobody listens on at the moment.
unsigned short free_port();

/// Waits until somebody listens on the port.
bool listens(unsigned short port);

} // namespace strikeoff::testing
