#pragma once

#include "support/run_command.hpp"

#include <string>
#include <sys/types.h>

namespace strikeoff::testing {

/// A temporary directory that the system user postgres can reach.
class OpenDirectory : public testing_support::TemporaryDirectory {
public:
    OpenDirectory();
};

/// `strikeoff serve` as a process of its own, on free ports.
class ServedProcess {
public:
    /// Returns when it listens. Throws std::runtime_error with its log when it does not.
    ServedProcess(const std::string& data, const std::string& keys, std::string log);
    ServedProcess(const ServedProcess&) = delete;
    ServedProcess& operator=(const ServedProcess&) = delete;
    ~ServedProcess() { stop(); }

    /// The body of a success, or what was refused.
    std::string fetch(const std::string& path) const;
    const std::string& admin_port() const { return admin_port_; }
    std::string log_text() const { return testing_support::read_file(log_); }
    /// Returns the exit code.
    int stop();

private:
    std::string port_after(const std::string& message) const;

    std::string log_;
    pid_t child_ = 0;
    std::string port_;
    std::string admin_port_;
};

} // namespace strikeoff::testing
