// The same attacks through nginx and haproxy, which keep connections to us open for all their
// clients: if proxy and service ever disagree about where a request ends, somebody gets the answer
// to another's request.
#include "support/server/certificate.hpp"
#include "support/server/process.hpp"
#include "support/server/raw_connection.hpp"
#include "support/server/test_server.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace strikeoff::testing {
namespace {

namespace fs = std::filesystem;
using http::Access;
using http::Request;
using http::Response;
using namespace std::chrono_literals;

/// Requests that reached a handler, by path.
struct Served {
    std::mutex mutex;
    std::map<std::string, int> by_path;
    int of(const std::string& path) {
        const std::lock_guard lock{mutex};
        return by_path[path];
    }
};
Served served;

Result<Response> echo(App&, const Request& request) {
    {
        const std::lock_guard lock{served.mutex};
        ++served.by_path[std::string(request.path)];
    }
    const auto number = request.query.find("n");
    return Response{.content_type = "text/plain",
                    .body =
                        fmt::format("echo {} n={} size={} from={} secure={}\n", request.path,
                                    number == request.query.end() ? "" : number->second,
                                    request.body.size(), request.remote_address, request.secure)};
}

void add_echo(http::Router& router) {
    router.get("/victim", echo, {.id = "getVictim", .access = Access::visitor});
    router.get("/smuggled", echo, {.id = "getSmuggled", .access = Access::visitor});
    router.post("/post", echo, {.id = "post", .access = Access::visitor});
}

std::string nginx_settings(const fs::path& folder, unsigned short port, unsigned short service) {
    std::string temporary;
    for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
        temporary += fmt::format("{}_temp_path {}/{};\n", kind, folder.string(), kind);
    return fmt::format(R"(
daemon off;
master_process off;
worker_processes 1;
pid {0}/nginx.pid;
error_log {0}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    {1}
    upstream service {{ server 127.0.0.1:{3}; keepalive 4; }}
    server {{
        listen 127.0.0.1:{2};
        underscores_in_headers on;
        ignore_invalid_headers off;
        location / {{
            proxy_pass http://service;
            proxy_http_version 1.1;
            proxy_request_buffering off;
            proxy_set_header Connection "";
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto https;
        }}
    }}
}}
)",
                       folder.string(), temporary, port, service);
}

std::string haproxy_settings(unsigned short port, unsigned short service) {
    return fmt::format(R"(
global
    maxconn 64
defaults
    mode http
    timeout connect 5s
    timeout client 10s
    timeout server 10s
    http-reuse always
    option accept-invalid-http-request
frontend public
    bind 127.0.0.1:{}
    option forwardfor
    http-request set-header X-Forwarded-Proto https
    default_backend service
backend service
    server one 127.0.0.1:{}
)",
                       port, service);
}

/// The service with a proxy of the given kind before it.
class BehindProxy : public ::testing::TestWithParam<std::string> {
protected:
    BehindProxy() {
        const std::string settings = GetParam() == "nginx"
                                         ? nginx_settings(folder_.path(), port_, server_.port())
                                         : haproxy_settings(port_, server_.port());
        const std::string file = folder_.path() / "proxy.conf";
        std::ofstream{file} << settings;
        const std::vector<std::string> command =
            GetParam() == "nginx"
                ? std::vector<std::string>{"/usr/sbin/nginx", "-c", file, "-p", folder_.path()}
                : std::vector<std::string>{"/usr/sbin/haproxy", "-db", "-f", file};
        proxy_.emplace(command, folder_.path() / "log");
        if (!listens(port_)) throw std::runtime_error(proxy_->log_text());
    }
    static http::ServerOptions options() {
        http::ServerOptions options;
        options.proxies = *http::TrustedProxies::parse({"127.0.0.1"});
        return options;
    }
    std::string victim(int number) {
        return exchange_raw(port_,
                            fmt::format("GET /victim?n={} HTTP/1.1\r\nHost: a\r\n\r\n", number))
            .body;
    }

    const TemporaryFolder folder_;
    const TestServer server_{options(), add_echo};
    const unsigned short port_ = free_port();
    std::optional<Process> proxy_;
};

const std::string post = "POST /post HTTP/1.1\r\nHost: a\r\n";
const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\nX: ";

/// Each is one message to one reader and two, or the half of one, to another.
std::vector<std::string> attacks() {
    std::vector<std::string> all;
    const std::string te = "Transfer-Encoding: chunked\r\n";
    const std::string hidden = "0\r\n\r\n" + smuggled;
    const std::string length = "Content-Length: " + std::to_string(hidden.size()) + "\r\n";
    for (const std::string& fields : std::initializer_list<std::string>{
             length + te,
             te + length,
             length + "Transfer-Encoding : chunked\r\n",
             length + " Transfer-Encoding: chunked\r\n",
             length + "Transfer-Encoding:\tchunked\r\n",
             length + "Transfer-Encoding: \x0b"
                      "chunked\r\n",
             length + "Transfer-Encoding: xchunked\r\n",
             length + "Transfer-Encoding: chunked, identity\r\n",
             length + "Transfer-Encoding:\r\n chunked\r\n",
             length + "Transfer_Encoding: chunked\r\n",
             length + "Transfer-Encoding: \"chunked\"\r\n",
             length + "X: y\nTransfer-Encoding: chunked\r\n",
             length + "X: y\rTransfer-Encoding: chunked\r\n",
             length + te + te,
             length + te + "Transfer-Encoding: identity\r\n",
             length + "Content-Length: 0\r\n",
             "Content-Length: 0\r\n" + length,
             "Content-Length: 0, " + std::to_string(hidden.size()) + "\r\n",
             "Content-Length: +" + std::to_string(hidden.size()) + "\r\n",
             "Content-Length: 0" + std::to_string(hidden.size()) + "\r\n",
             "Content_Length: 5\r\n" + length,
             "Content-Length : 0\r\n" + length,
             "Content-Length: 0x10\r\n",
             length + "Connection: Content-Length\r\n",
             length + "Expect: 100-continue\r\n",
             length + "Upgrade: h2c\r\nConnection: Upgrade\r\n"})
        all.push_back(post + fields + "\r\n" + hidden);
    for (const std::string& body :
         {"0x0\r\n\r\n", "00000000000000000000\r\n\r\n", "0;\n\r\n\r\n", "0;a\nb\r\n\r\n",
          "1;a\rb\r\nx\r\n0\r\n\r\n", "1 \r\nx\r\n0\r\n\r\n", "1\nx\n0\n\n", "1\r\nx0\r\n\r\n",
          "10000000000000000\r\n", "1\r\nxyz0\r\n\r\n", "0\r\nContent-Length: 100\r\n\r\n",
          "0\r\nX: y\n\r\n", "-1\r\n", "0\r\n \r\n\r\n"})
        all.push_back(post + te + "\r\n" + body + smuggled);
    for (const std::string& request :
         {"GET /victim HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n",
          "GET /victim HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "GET http://b/victim HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET /victim HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET /victim HTTP/1.1\nHost: a\n\n",
          "GET /victim\r\n\r\n", "HEAD /victim HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET /victim\tHTTP/1.1\r\nHost: a\r\n\r\n"})
        all.push_back(std::string(request) + smuggled);
    return all;
}

TEST_P(BehindProxy, nobody_gets_the_answer_to_anothers_request) {
    int number = 0;
    for (const std::string& attack : attacks()) {
        const int before = served.of("/smuggled");
        std::string answers;
        {
            RawConnection attacker{port_};
            attacker.send(attack);
            // The half of a request that was left open is completed, as the next client would.
            attacker.send("y\r\n\r\n");
            attacker.end();
            answers = attacker.receive_to_end(5s);
        }
        for (int i = 0; i < 5; ++i) {
            ++number;
            EXPECT_TRUE(victim(number).starts_with(fmt::format("echo /victim n={} size=0", number)))
                << attack;
        }
        // Whatever was carried out was seen by the proxy as a request, and answered as one.
        int answered = 0;
        for (std::size_t at = answers.find("echo /smuggled"); at != std::string::npos;
             at = answers.find("echo /smuggled", at + 1))
            ++answered;
        EXPECT_EQ(served.of("/smuggled") - before, answered) << attack << "\n" << answers;
    }
}

TEST_P(BehindProxy, usual_requests_pass_in_both_codings) {
    const std::string body(200'000, 'x');
    const RawAnswer sized = exchange_raw(
        port_, post + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_TRUE(sized.body.starts_with("echo /post n= size=200000")) << sized.head;
    const RawAnswer chunked = exchange_raw(
        port_, post + "Transfer-Encoding: chunked\r\n\r\n30d40\r\n" + body + "\r\n0\r\n\r\n");
    EXPECT_TRUE(chunked.body.starts_with("echo /post n= size=200000")) << chunked.head;
}

TEST_P(BehindProxy, the_client_is_who_the_proxy_says) {
    RawConnection client{port_, "127.0.0.2"};
    client.send("GET /victim HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.9\r\n"
                "X-Forwarded-Proto: http\r\n\r\n");
    const RawAnswer answer = client.receive();
    EXPECT_TRUE(answer.body.ends_with("from=127.0.0.2 secure=true\n")) << answer.body;
    EXPECT_NE(answer.header("Strict-Transport-Security"), "");
}

INSTANTIATE_TEST_SUITE_P(Proxies, BehindProxy, ::testing::Values("nginx", "haproxy"),
                         [](const auto& info) { return info.param; });

} // namespace
} // namespace strikeoff::testing
