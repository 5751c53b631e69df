#pragma once

#include "support/run_command.hpp"
#include "support/server/process.hpp"

namespace strikeoff::testing {

/// A temporary directory that the system user postgres can reach.
class OpenDirectory : public testing_support::TemporaryDirectory {
public:
    OpenDirectory();
};

/// Where a service keeps what, and where it listens.
struct ServeOptions {
    std::filesystem::path data;
    std::filesystem::path keys;
    std::filesystem::path log;
    unsigned short port = 0;             ///< 0: a free one.
    std::vector<std::string> flags = {}; ///< More of the command line.
};

/// `strikeoff serve` as a process of its own. It is asked to end when this goes.
class ServedProcess {
public:
    /// Starts it and does not wait.
    explicit ServedProcess(const ServeOptions& options);

    /// Throws std::runtime_error with its log when it does not listen within half a minute.
    void wait_until_it_listens() const;
    bool listens() const;
    /// Whether it says that it is ready.
    bool answers() const;
    /// The body of a success, or what was refused.
    std::string fetch(const std::string& path) const;
    unsigned short port() const { return port_of("\"listening\""); }
    unsigned short admin_port() const { return port_of("\"listening for the operator\""); }
    std::string log_text() const { return process_.log_text(); }

    bool has_ended() { return process_.wait({}) != -1; }
    /// Asks it to end and returns its exit code; -1 when it does not end in time.
    int stop();
    /// SIGKILL: it gets to do nothing more.
    void kill();

private:
    unsigned short port_of(const std::string& message) const;

    Process process_;
};

} // namespace strikeoff::testing
