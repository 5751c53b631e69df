// Where a request comes from: proxies that are believed, and TLS.
#include "support/server/certificate.hpp"
#include "support/server/raw_connection.hpp"
#include "support/server/secure_exchange.hpp"
#include "support/server/test_server.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace strikeoff::testing {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using http::Access;
using http::Request;
using http::Response;
using http::TrustedProxies;

Result<Response> get_origin(App&, const Request& request) {
    return Response{.body = fmt::format("{} {}", request.remote_address, request.secure)};
}

void add_origin(http::Router& router) {
    router.get("/origin", get_origin, {.id = "getOrigin", .access = Access::visitor});
}

std::string get(const std::string& fields = "") {
    return "GET /origin HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

TEST(TrustedProxies, are_those_of_the_networks_that_were_named) {
    const auto proxies = TrustedProxies::parse({"10.1.0.0/16", "192.0.2.7", "fd00::/8"});
    ASSERT_TRUE(proxies);
    for (const char* inside : {"10.1.2.3", "192.0.2.7", "fd12::1", "::ffff:10.1.0.1"})
        EXPECT_TRUE(proxies->contains(asio::ip::make_address(inside))) << inside;
    for (const char* outside : {"10.2.0.1", "192.0.2.8", "127.0.0.1", "::1", "::ffff:10.2.0.1"})
        EXPECT_FALSE(proxies->contains(asio::ip::make_address(outside))) << outside;
    for (const char* bad :
         {"", "10.0.0.0/33", "10.0.0/8", "example.org", "fd00::/129", "10.0.0.1/"})
        EXPECT_EQ(TrustedProxies::parse({bad}).error().reason, "proxy.malformed") << bad;
}

TEST(TrustedProxies, an_ipv4_network_written_as_ipv6_is_that_network) {
    const auto proxies = TrustedProxies::parse({"::ffff:10.1.0.0/112", "::ffff:192.0.2.7"});
    ASSERT_TRUE(proxies);
    for (const char* inside : {"10.1.2.3", "::ffff:10.1.2.3", "192.0.2.7"})
        EXPECT_TRUE(proxies->contains(asio::ip::make_address(inside))) << inside;
    for (const char* outside : {"10.2.0.1", "192.0.2.8", "::ffff:10.2.0.1"})
        EXPECT_FALSE(proxies->contains(asio::ip::make_address(outside))) << outside;
    EXPECT_FALSE(TrustedProxies::parse({"::ffff:10.1.0.0/95"})) << "of both families at once";
}

TEST(TrustedProxies, are_named_without_regard_to_the_network_card) {
    const auto proxies = TrustedProxies::parse({"fe80::1%1"});
    ASSERT_TRUE(proxies);
    for (const char* inside : {"fe80::1", "fe80::1%1", "fe80::1%2"})
        EXPECT_TRUE(proxies->contains(asio::ip::make_address(inside))) << inside;
}

TEST(TrustedProxies, without_them_nobody_is_believed) {
    const TestServer server{{}, add_origin};
    const RawAnswer answer = exchange_raw(
        server.port(), get("X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"
                           "Forwarded: for=203.0.113.9;proto=https\r\nX-Real-IP: 203.0.113.9\r\n"));
    EXPECT_EQ(answer.body, "127.0.0.1 false");
    EXPECT_EQ(answer.header("Strict-Transport-Security"), "");
}

TEST(TrustedProxies, a_peer_outside_of_them_is_not_believed) {
    http::ServerOptions options;
    options.proxies = *TrustedProxies::parse({"10.0.0.0/8"});
    const TestServer server{options, add_origin};
    EXPECT_EQ(exchange_raw(server.port(),
                           get("X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"))
                  .body,
              "127.0.0.1 false");
}

TEST(TrustedProxies, the_last_address_that_is_no_proxy_is_the_client) {
    http::ServerOptions options;
    options.proxies = *TrustedProxies::parse({"127.0.0.0/8", "10.0.0.0/8"});
    const TestServer server{options, add_origin};
    const auto origin = [&](const std::string& fields) {
        return exchange_raw(server.port(), get(fields)).body;
    };
    EXPECT_EQ(origin(""), "127.0.0.1 false");
    EXPECT_EQ(origin("X-Forwarded-For: 203.0.113.9\r\n"), "203.0.113.9 false");
    EXPECT_EQ(origin("X-Forwarded-For: 198.51.100.1, 203.0.113.9, 10.0.0.1\r\n"),
              "203.0.113.9 false")
        << "what stands left of it was written by the client";
    EXPECT_EQ(origin("X-Forwarded-For: 198.51.100.1\r\nX-Forwarded-For: 203.0.113.9\r\n"),
              "203.0.113.9 false");
    EXPECT_EQ(origin("X-Forwarded-For: 203.0.113.9, nonsense, 10.0.0.1\r\n"), "10.0.0.1 false");
    EXPECT_EQ(origin("X-Forwarded-For: ::ffff:203.0.113.9\r\n"), "203.0.113.9 false");
    EXPECT_EQ(origin("X-Forwarded-For: fe80::1%1\r\n"), "fe80::1 false");
    EXPECT_EQ(origin("X-Forwarded-Proto: https\r\n"), "127.0.0.1 true");
    EXPECT_EQ(origin("X-Forwarded-Proto: https, http\r\n"), "127.0.0.1 false");
    const RawAnswer secure = exchange_raw(server.port(), get("X-Forwarded-Proto: https\r\n"));
    EXPECT_EQ(secure.header("Strict-Transport-Security"), "max-age=31536000; includeSubDomains");
}

class HttpTls : public ::testing::Test {
protected:
    HttpTls() { write_certificate(key_, certificate_, "first"); }
    http::ServerOptions options() {
        return {.tls = &tls_.emplace(certificate_.string(), key_.string())};
    }
    const TemporaryFolder folder_;
    const fs::path key_ = folder_.path() / "key.pem";
    const fs::path certificate_ = folder_.path() / "certificate.pem";
    std::optional<http::Tls> tls_;
};

TEST_F(HttpTls, serves_1_2_and_1_3_and_asks_to_stay) {
    const TestServer server{options(), add_origin};
    const std::string bytes = get("Connection: close\r\n");
    for (const int version : {0, TLS1_2_VERSION}) {
        const SecureExchange outcome = exchange_securely(server.port(), bytes, version);
        EXPECT_EQ(outcome.failure, "");
        EXPECT_EQ(outcome.version, version == 0 ? "TLSv1.3" : "TLSv1.2");
        EXPECT_TRUE(outcome.answer.starts_with("HTTP/1.1 200")) << outcome.answer;
        EXPECT_TRUE(outcome.answer.ends_with("127.0.0.1 true")) << outcome.answer;
        EXPECT_NE(outcome.answer.find("Strict-Transport-Security: max-age=31536000"),
                  std::string::npos);
    }
    EXPECT_EQ(exchange_securely(server.port(), bytes, 0, "\x02h2\x08http/1.1").failure, "");
}

TEST_F(HttpTls, refuses_older_versions_other_protocols_and_plain_text) {
    const TestServer server{options(), add_origin};
    EXPECT_NE(exchange_securely(server.port(), get(), TLS1_1_VERSION).failure, "");
    EXPECT_NE(exchange_securely(server.port(), get(), TLS1_VERSION).failure, "");
    EXPECT_NE(exchange_securely(server.port(), get(), 0, "\x02h2").failure, "");
    RawConnection plain{server.port()};
    plain.send(get());
    EXPECT_EQ(plain.receive_to_end().find("HTTP/1.1 200"), std::string::npos);
    EXPECT_EQ(exchange_securely(server.port(), get("Connection: close\r\n")).failure, "");
}

TEST_F(HttpTls, a_handshake_that_stops_is_ended) {
    http::ServerOptions wanted = options();
    wanted.head_timeout = std::chrono::milliseconds{300};
    wanted.sweep_interval = std::chrono::milliseconds{50};
    const TestServer server{wanted, add_origin};
    RawConnection silent{server.port()};
    EXPECT_TRUE(silent.is_closed_within(std::chrono::seconds{5}));
}

TEST_F(HttpTls, reads_a_new_certificate_and_keeps_the_old_one_when_that_is_bad) {
    const TestServer server{options(), add_origin};
    const std::string bytes = get("Connection: close\r\n");
    EXPECT_EQ(exchange_securely(server.port(), bytes).subject, "/CN=first");
    std::ofstream{certificate_} << "nonsense";
    EXPECT_THROW(tls_->reload(), std::runtime_error);
    EXPECT_EQ(exchange_securely(server.port(), bytes).subject, "/CN=first");
    const fs::path other = folder_.path() / "other.pem";
    write_certificate(other, certificate_, "not of this key");
    EXPECT_THROW(tls_->reload(), std::runtime_error);
    write_certificate(key_, certificate_, "second");
    tls_->reload();
    EXPECT_EQ(exchange_securely(server.port(), bytes).subject, "/CN=second");
}

} // namespace
} // namespace strikeoff::testing
