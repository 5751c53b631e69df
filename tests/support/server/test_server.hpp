#pragma once

#include "http/server.hpp"
#include "support/server/live_server.hpp"

#include <boost/asio.hpp>

#include <thread>

namespace strikeoff::testing {

/// A server of its own, with its own options and endpoints, over the live service's database and
/// accounts. Ends with its drain.
class TestServer {
public:
    using Routes = std::function<void(http::Router&)>;
    TestServer(http::ServerOptions options, const Routes& routes,
               const http::AdmissionOptions& admission = {});
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;
    ~TestServer();

    unsigned short port() const { return port_; }
    void begin_drain();
    bool is_drained() const { return drained_; }

private:
    http::Admission admission_;
    boost::asio::io_context io_{1};
    http::Workers workers_{4};
    http::Workers reserved_{2};
    http::Router router_;
    std::unique_ptr<http::Server> server_;
    std::thread thread_;
    unsigned short port_ = 0;
    std::atomic<bool> draining_ = false;
    std::atomic<bool> drained_ = false;
};

} // namespace strikeoff::testing
