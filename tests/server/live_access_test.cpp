// Who may open a live socket, and how it ends with their access or with the service.
#include "support/server/beside.hpp"
#include "support/server/browser.hpp"
#include "support/server/certificate.hpp"
#include "support/server/live_client.hpp"

#include <boost/asio/ssl.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <gmock/gmock.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

// ------------------------------------------------------------------------------- the handshake

const std::string good_handshake = "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                                   "Sec-WebSocket-Version: 13\r\n"
                                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

RawAnswer shake(const std::string& fields, const std::string& after = "") {
    RawConnection connection{LiveServer::instance().app().port()};
    connection.send("GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n" + after);
    return connection.receive();
}

std::string without(std::string text, const std::string& part) {
    return text.erase(text.find(part), part.size());
}

TEST(LiveHandshake, is_that_of_the_standard) {
    const RawAnswer answer = shake(good_handshake);
    EXPECT_EQ(answer.status, 101);
    EXPECT_EQ(answer.header("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    EXPECT_EQ(answer.header("X-Request-Id").size(), 16U);
    const RawAnswer plain = shake("");
    EXPECT_EQ(plain.status, 426);
    EXPECT_EQ(plain.reason(), "live.upgrade_needed");
    EXPECT_EQ(plain.header("Upgrade"), "websocket");
    const std::string version = "Sec-WebSocket-Version: 13\r\n";
    EXPECT_EQ(shake(without(good_handshake, version)).status, 426);
    EXPECT_EQ(shake(good_handshake + version).status, 426);
    EXPECT_EQ(shake(good_handshake + "Upgrade: h2c\r\n").status, 426);
    EXPECT_EQ(shake(good_handshake + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n").status,
              400);
    EXPECT_EQ(shake(without(good_handshake, "ZQ=")).status, 400);
    EXPECT_EQ(shake(good_handshake + "Content-Length: 2\r\n", "{}").status, 400);
    EXPECT_EQ(shake(good_handshake, "GET /healthz HTTP/1.1\r\n\r\n").status, 400)
        << "no request hides behind a handshake";
    EXPECT_EQ(shake(good_handshake + "Transfer-Encoding: chunked\r\n", "0\r\n\r\n").status, 101);
    EXPECT_THAT(LiveServer::instance().raw("HEAD /api/v1/live HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                HasSubstr("HTTP/1.1 426 "));
    EXPECT_EQ(LiveServer::instance().call("POST", "/api/v1/live").status, 405);
}

TEST(LiveHandshake, is_done_by_pages_of_our_own_alone) {
    const Person known = with_password(make_user("investor"));
    Browser browser;
    ASSERT_EQ(browser.sign_in(known.email, known.password).status, 200);
    const std::string cookie =
        "Cookie: __Host-so_s=" + browser.cookie("__Host-so_s") + "\r\n" + good_handshake;
    EXPECT_EQ(shake(cookie + "Origin: http://localhost\r\n").status, 101);
    EXPECT_EQ(shake(cookie).reason(), "auth.foreign_page");
    for (const char* origin : {"https://localhost", "http://localhost:81", "http://evil.example",
                               "null", "http://localhost.evil.example"}) {
        const std::string field = fmt::format("Origin: {}\r\n", origin);
        EXPECT_EQ(shake(cookie + field).reason(), "auth.foreign_page") << origin;
        EXPECT_EQ(shake(good_handshake + field).reason(), "auth.foreign_page") << origin;
    }
    EXPECT_EQ(shake(good_handshake + "Authorization: Bearer nobody\r\n").status, 401);
}

// ------------------------------------------------------------------------- whose access is over

LiveWish of_session(const Browser& browser, unsigned short port = 0) {
    return {.port = port,
            .headers = {{"Cookie", "__Host-so_s=" + browser.cookie("__Host-so_s")},
                        {"Origin", "http://localhost"}}};
}

TEST(LiveAccess, of_a_family_whose_token_came_twice_is_over_in_five_seconds) {
    const ServiceBeside beside;
    const Person known = with_password(make_user("investor"));
    Browser browser;
    ASSERT_EQ(browser.sign_in(known.email, known.password).status, 200);
    const std::string first = browser.cookie("__Host-so_r");
    ASSERT_EQ(browser.post("/api/v1/auth/refresh").status, 204);
    LiveClient here{of_session(browser)};
    LiveClient there{of_session(browser, beside.port())};
    LiveClient stranger;
    here.expect("hello");
    there.expect("hello");
    EXPECT_FALSE(there.close_code(1500ms)) << "a refresh ends nobody's socket";
    Browser thief{"Other/2.0"};
    thief.set_cookie("__Host-so_r", first);
    ASSERT_EQ(thief.post("/api/v1/auth/refresh").reason(), "auth.refresh_reused");
    EXPECT_EQ(here.close_code(5s), 4001);
    EXPECT_EQ(there.close_code(5s), 4001);
    EXPECT_FALSE(stranger.close_code(0ms));
}

TEST(LiveAccess, of_a_revoked_key_and_a_changed_person_is_over_in_five_seconds) {
    for (const std::string change :
         {"UPDATE api_keys SET revoked_at = strikeoff.clock() WHERE user_id = '{}' RETURNING id",
          "UPDATE users SET status = 'inactive' WHERE id = '{}' RETURNING id",
          "UPDATE users SET role = 'viewer' WHERE id = '{}' RETURNING id"}) {
        const TestUser user = make_user("investor");
        LiveClient client{{.headers = {{"Authorization", "Bearer " + user.key}}}};
        ASSERT_EQ(client.status(), 101);
        client.expect("hello");
        one_value(fmt::format(fmt::runtime(change), user.id));
        EXPECT_EQ(client.close_code(5s), 4001) << change;
    }
}

TEST(LiveAccess, of_staff_ends_with_their_permission) {
    TestSale sale{{.items_a_batch = 1, .first_end = 24h}};
    LiveClient client{{.headers = {{"Authorization", "Bearer " + sale.staff.key}}}};
    client.expect("hello");
    one_value("DELETE FROM user_permissions WHERE user_id = '" + sale.staff.id +
              "' RETURNING user_id");
    EXPECT_EQ(client.close_code(5s), 4001);
}

TEST(LiveAccess, of_a_session_runs_out) {
    const Person known = with_password(make_user("investor"));
    Browser browser;
    ASSERT_EQ(browser.sign_in(known.email, known.password).status, 200);
    LiveClient client{of_session(browser)};
    client.expect("hello");
    LiveServer::instance().advance(25h);
    EXPECT_EQ(client.close_code(5s), 4001);
}

// ---------------------------------------------------------------------- the service as a process

/// Another one on the live service's database.
ServeOptions process_beside(const std::filesystem::path& log, std::vector<std::string> flags) {
    const std::filesystem::path& directory = LiveServer::instance().directory();
    flags.insert(flags.end(), {"--test-clock"});
    if (const char* url = std::getenv("STRIKEOFF_TEST_DATABASE"))
        flags.insert(flags.end(), {"--database", url});
    return {.data = directory / "data",
            .keys = directory / "keys",
            .log = log,
            .flags = std::move(flags)};
}

TEST(LiveProcess, takes_its_leave_when_the_service_ends) {
    const TemporaryFolder folder;
    ServedProcess service{process_beside(folder.path() / "log", {"--behind-proxy", "127.0.0.0/8"})};
    service.wait_until_it_listens();
    // As a proxy passes it on that speaks TLS.
    LiveClient client{{.port = service.port(),
                       .headers = {{"Host", "sale.example"},
                                   {"Origin", "https://sale.example"},
                                   {"X-Forwarded-For", "203.0.113.7"},
                                   {"X-Forwarded-Proto", "https"}}}};
    ASSERT_EQ(client.status(), 101);
    client.expect("hello");
    client.subscribe("sales");
    client.expect("subscribed");
    EXPECT_EQ(service.stop(), 0);
    EXPECT_EQ(client.close_code(), 1001);
}

TEST(LiveProcess, speaks_under_tls) {
    namespace beast = boost::beast;
    namespace ssl = boost::asio::ssl;
    using Socket = boost::asio::ip::tcp::socket;
    const TemporaryFolder folder;
    write_certificate(folder.path() / "key", folder.path() / "certificate", "localhost");
    ServeOptions options =
        process_beside(folder.path() / "log", {"--tls-cert", folder.path() / "certificate",
                                               "--tls-key", folder.path() / "key"});
    options.port = free_port();
    const ServedProcess service{options};
    service.wait_until_it_listens();
    boost::asio::io_context io;
    ssl::context context{ssl::context::tls_client};
    beast::websocket::stream<ssl::stream<Socket>> stream{io, context};
    stream.next_layer().next_layer().connect(
        {boost::asio::ip::address_v4::loopback(), options.port});
    stream.next_layer().handshake(ssl::stream_base::client);
    stream.set_option(beast::websocket::stream_base::decorator{
        [](auto& request) { request.set("Origin", "https://localhost"); }});
    stream.handshake("localhost", "/api/v1/live");
    const auto next = [&] {
        beast::flat_buffer buffer;
        stream.read(buffer);
        return beast::buffers_to_string(buffer.data());
    };
    EXPECT_THAT(next(), HasSubstr(R"({"hello":)"));
    stream.write(boost::asio::buffer(std::string(R"({"subscribe":{"topic":"sales"}})")));
    EXPECT_THAT(next(), HasSubstr(R"({"subscribed":{"topic":"sales")"));
    boost::system::error_code error;
    stream.close(beast::websocket::close_code::normal, error);
    EXPECT_FALSE(error && error != ssl::error::stream_truncated) << error.message();
}

} // namespace
} // namespace strikeoff::testing
