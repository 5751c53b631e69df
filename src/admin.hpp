#pragma once

#include "db/pool.hpp"
#include "http/server.hpp"
#include "metrics.hpp"
#include "status.hpp"

#include <thread>

namespace strikeoff {

/// A second listener, for the operator's machine alone: `/metrics` and `/status`. It has threads
/// and a database connection of its own, so that it answers while the service is at its limits.
class AdminListener {
public:
    /// Binds. Throws std::runtime_error when the port is taken.
    AdminListener(App& app, const std::string& address, unsigned short port);
    AdminListener(const AdminListener&) = delete;
    AdminListener& operator=(const AdminListener&) = delete;
    ~AdminListener();

    void start();
    unsigned short port() const { return port_; }
    Status status();
    std::string metrics_text();
    /// False for a request that came to a loopback address under another name: a page in the
    /// operator's browser, whose name was made to point here, must not read along.
    bool is_meant(const http::Request& request) const;

private:
    App& app_;
    const std::string address_;
    const metrics::Stopwatch uptime_;
    db::Pool pool_;
    http::Admission admission_{http::AdmissionOptions{}};
    boost::asio::io_context io_{1};
    http::Workers workers_{1};
    http::Router router_;
    http::Server server_;
    unsigned short port_ = 0;
    std::thread thread_;
};

} // namespace strikeoff
