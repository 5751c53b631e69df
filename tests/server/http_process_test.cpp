// `strikeoff serve` as a process: its flags and its signals.
#include "support/run_command.hpp"
#include "support/server/certificate.hpp"
#include "support/server/live_server.hpp"
#include "support/server/process.hpp"
#include "support/server/raw_connection.hpp"
#include "support/server/secure_exchange.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace strikeoff::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// A service on a folder of its own, with a certificate beside it.
class ServeProcess : public ::testing::Test {
protected:
    ServeProcess() {
        fs::permissions(folder_.path(), fs::perms{0755}); // For the system user postgres.
    }
    std::vector<std::string> serve(const std::vector<std::string>& flags) const {
        std::vector<std::string> command{STRIKEOFF_BINARY, "serve",
                                         "--data",         folder_.path() / "data",
                                         "--keys",         folder_.path() / "keys"};
        command.insert(command.end(), flags.begin(), flags.end());
        return command;
    }
    const TemporaryFolder folder_;
    const fs::path log_ = folder_.path() / "log";
    const std::string key_ = folder_.path() / "key.pem";
    const std::string certificate_ = folder_.path() / "certificate.pem";
    const unsigned short port_ = free_port();
    const std::string get_ = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
};

TEST_F(ServeProcess, reads_its_certificate_again_at_sighup_and_ends_at_sigterm) {
    write_certificate(key_, certificate_, "first");
    Process service{
        serve({"--port", std::to_string(port_), "--tls-cert", certificate_, "--tls-key", key_}),
        log_};
    ASSERT_TRUE(listens(port_)) << service.log_text();
    const auto subject = [&] { return exchange_securely(port_, get_).subject; };
    EXPECT_EQ(subject(), "/CN=first");
    write_certificate(key_, certificate_, "second");
    EXPECT_EQ(subject(), "/CN=first") << "nobody asked yet";
    service.signal(SIGHUP);
    EXPECT_TRUE(eventually([&] { return subject() == "/CN=second"; }));
    fs::resize_file(certificate_, 10);
    service.signal(SIGHUP);
    EXPECT_TRUE(eventually([&] {
        return service.log_text().find("the old certificate stays in use") != std::string::npos;
    }));
    EXPECT_EQ(subject(), "/CN=second");
    service.signal(SIGTERM);
    EXPECT_EQ(service.wait(30s), 0) << service.log_text();
}

TEST_F(ServeProcess, answers_what_is_under_way_at_sigterm) {
    Process service{serve({"--port", std::to_string(port_)}), log_};
    ASSERT_TRUE(listens(port_)) << service.log_text();
    RawConnection connection{port_};
    const std::string post =
        "POST /api/v1/counties HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n";
    connection.send(post + "{");
    RawConnection idle{port_};
    idle.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(idle.receive().status, 200);
    service.signal(SIGTERM);
    EXPECT_TRUE(idle.is_closed_within(5s));
    connection.send("}");
    const RawAnswer answer = connection.receive();
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_EQ(service.wait(30s), 0) << service.log_text();
}

TEST_F(ServeProcess, believes_the_proxies_that_it_was_told) {
    Process service{serve({"--port", std::to_string(port_), "--behind-proxy", "127.0.0.0/8",
                           "--behind-proxy", "10.0.0.0/8"}),
                    log_};
    ASSERT_TRUE(listens(port_)) << service.log_text();
    const RawAnswer answer =
        exchange_raw(port_, "GET /healthz HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: https\r\n\r\n");
    EXPECT_EQ(answer.header("Strict-Transport-Security"), "max-age=31536000; includeSubDomains");
}

TEST_F(ServeProcess, refuses_flags_that_would_expose_it) {
    const auto failure = [&](const std::vector<std::string>& flags) {
        Process service{serve(flags), log_};
        const int code = service.wait(60s);
        return std::to_string(code == 0 || code == -1 ? code : 1) + " " + service.log_text();
    };
    const std::string open = failure({"--port", "0", "--address", "0.0.0.0"});
    EXPECT_TRUE(open.starts_with("1 ")) << open;
    EXPECT_NE(open.find("can be reached from other machines"), std::string::npos) << open;
    EXPECT_NE(failure({"--behind-proxy", "10.0.0.0/99"}).find("is no network"), std::string::npos);
    EXPECT_NE(failure({"--tls-cert", certificate_}).find("--tls-key"), std::string::npos);
    EXPECT_NE(failure({"--tls-cert", certificate_, "--tls-key", key_}).find("cannot use"),
              std::string::npos);
    Process told{serve({"--port", std::to_string(port_), "--address", "0.0.0.0", "--plain-http"}),
                 log_};
    EXPECT_TRUE(listens(port_)) << told.log_text();
}

} // namespace
} // namespace strikeoff::testing
