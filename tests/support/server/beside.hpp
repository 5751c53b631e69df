#pragma once

#include "support/server/process.hpp"
#include "support/server/served_process.hpp"

#include <optional>
#include <string>
#include <vector>

namespace strikeoff::testing {

/// Another process of the service on the live service's database.
class ServiceBeside {
public:
    /// Returns when it listens. `database` stands for the live service's own way to its database.
    /// Throws std::runtime_error with its log when it does not serve.
    explicit ServiceBeside(const std::string& database = "",
                           const std::vector<std::string>& flags = {});

    unsigned short port() const { return port_; }
    unsigned short admin_port() const { return admin_port_; }
    std::string log_text() const { return process_->log_text(); }

private:
    OpenDirectory directory_;
    unsigned short port_ = free_port();
    unsigned short admin_port_ = free_port();
    std::optional<Process> process_;
};

/// How a service reaches the live service's database through a port of 127.0.0.1 that leads to its
/// socket.
std::string database_url(unsigned short port);
/// The path of that socket.
std::string database_socket();

} // namespace strikeoff::testing
