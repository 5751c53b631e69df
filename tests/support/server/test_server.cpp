#include "support/server/test_server.hpp"

namespace strikeoff::testing {

TestServer::TestServer(http::ServerOptions options, const Routes& routes,
                       const http::AdmissionOptions& admission)
    : admission_{admission} {
    App& app = LiveServer::instance().app();
    routes(router_);
    options.port = 0;
    server_ = std::make_unique<http::Server>(http::Machinery{io_, workers_, reserved_, admission_},
                                             app.worker_pool, router_, app, app.authenticator(),
                                             std::move(options));
    server_->listen();
    port_ = server_->port();
    thread_ = std::thread{[this] {
        const auto work = boost::asio::make_work_guard(io_);
        io_.run();
    }};
}

TestServer::~TestServer() {
    begin_drain();
    thread_.join();
    workers_.join();
    reserved_.join();
}

void TestServer::begin_drain() {
    if (draining_.exchange(true)) return;
    boost::asio::post(io_, [this] {
        boost::asio::co_spawn(io_, server_->drain(), [this](const std::exception_ptr&) {
            drained_ = true;
            io_.stop();
        });
    });
}

} // namespace strikeoff::testing
