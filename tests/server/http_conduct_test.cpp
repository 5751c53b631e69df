// How the server treats its connections: deadlines, methods, representations, the end.
#include "core/sha256.hpp"
#include "http/conditional.hpp"
#include "http/gzip.hpp"
#include "support/server/raw_connection.hpp"
#include "support/server/test_server.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <set>
#include <zlib.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using http::Access;
using http::Request;
using http::Response;
using std::chrono::steady_clock;

/// Holds the handlers of /slow until it is opened.
struct Gate {
    std::mutex mutex;
    std::condition_variable changed;
    bool open = false;
    int waiting = 0;

    void pass() {
        std::unique_lock lock{mutex};
        ++waiting;
        changed.notify_all();
        changed.wait(lock, [this] { return open; });
    }
    bool wait_for_one() {
        std::unique_lock lock{mutex};
        return changed.wait_for(lock, 10s, [this] { return waiting > 0; });
    }
    void release() {
        const std::lock_guard lock{mutex};
        open = true;
        changed.notify_all();
    }
};
Gate gate;

const std::string large_body = [] {
    std::string text = "[\"";
    for (int i = 0; i < 4000; ++i)
        text += std::to_string(i * 7919 % 1000) + " ";
    return text + "\"]";
}();

Result<Response> get_large(App&, const Request&) {
    return Response{.body = large_body};
}
Result<Response> get_small(App&, const Request&) {
    return Response{.body = R"({"a":1})"};
}
Result<Response> get_slow(App&, const Request&) {
    gate.pass();
    return Response{.body = R"({"slow":true})"};
}
Result<Response> get_image(App&, const Request&) {
    return Response{.content_type = "image/png", .body = large_body};
}
Result<Response> post_size(App&, const Request& request) {
    return Response{.body = fmt::format(R"({{"size":{}}})", request.body.size())};
}

void add_test_routes(http::Router& router) {
    router.get("/large", get_large, {.id = "getLarge", .access = Access::visitor});
    router.get("/private", get_large, {.id = "getPrivate", .access = Access::admin});
    router.get("/small", get_small, {.id = "getSmall", .access = Access::visitor});
    router.get("/slow", get_slow, {.id = "getSlow", .access = Access::visitor});
    router.get("/image", get_image, {.id = "getImage", .access = Access::visitor});
    router.post("/size", post_size, {.id = "postSize", .access = Access::visitor});
}

http::ServerOptions impatient() {
    return {.head_timeout = 400ms,
            .body_timeout = 400ms,
            .rate_min = 1'000'000,
            .idle_timeout = 1'000ms,
            .sweep_interval = 50ms};
}

std::string get(const std::string& path, const std::string& fields = "") {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

std::string gunzip(std::string_view bytes) {
    z_stream stream{};
    EXPECT_EQ(::inflateInit2(&stream, 15 + 16), Z_OK);
    std::string out(1 << 20, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(::inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    ::inflateEnd(&stream);
    return out;
}

TEST(HttpDeadlines, a_dribbled_header_is_ended_with_408) {
    const TestServer server{impatient(), add_test_routes};
    RawConnection connection{server.port()};
    const std::string bytes = get("/small", "X: " + std::string(1000, 'x') + "\r\n");
    const auto begin = steady_clock::now();
    bool open = true;
    for (std::size_t i = 0; i < bytes.size() && open && steady_clock::now() < begin + 5s; ++i) {
        open = connection.send(bytes.substr(i, 1));
        std::this_thread::sleep_for(20ms);
    }
    EXPECT_FALSE(open) << "each byte must not buy new time";
    EXPECT_LT(steady_clock::now() - begin, 4s);
}

TEST(HttpDeadlines, a_header_or_body_that_stops_is_told_so) {
    const TestServer server{impatient(), add_test_routes};
    for (const char* bytes :
         {"GET /sm", "POST /size HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx",
          "POST /size HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n"}) {
        RawConnection connection{server.port()};
        connection.send(bytes);
        const RawAnswer answer = connection.receive();
        EXPECT_EQ(answer.status, 408) << bytes;
        EXPECT_EQ(answer.reason(), "http.timeout") << bytes;
        EXPECT_TRUE(connection.is_closed_within(3s)) << bytes;
    }
}

TEST(HttpDeadlines, a_slow_body_lives_as_long_as_it_keeps_the_pace) {
    http::ServerOptions options = impatient();
    options.rate_min = 1024;
    const TestServer server{options, add_test_routes};
    RawConnection connection{server.port()};
    connection.send("POST /size HTTP/1.1\r\nHost: a\r\nContent-Length: 6000\r\n\r\n");
    for (int i = 0; i < 12; ++i) {
        connection.send(std::string(500, 'x'));
        std::this_thread::sleep_for(100ms);
    }
    EXPECT_EQ(connection.receive().body, R"({"size":6000})");
}

TEST(HttpDeadlines, an_idle_connection_is_closed_without_a_word) {
    const TestServer server{impatient(), add_test_routes};
    RawConnection fresh{server.port()};
    RawConnection used{server.port()};
    used.send(get("/small"));
    EXPECT_EQ(used.receive().status, 200);
    EXPECT_EQ(fresh.receive_to_end(5s), "");
    EXPECT_TRUE(fresh.is_closed_within(0ms));
    EXPECT_EQ(used.receive_to_end(5s), "");
    EXPECT_TRUE(used.is_closed_within(0ms));
}

TEST(HttpDeadlines, many_dribblers_do_not_keep_others_out) {
    const TestServer server{{}, add_test_routes};
    std::vector<std::unique_ptr<RawConnection>> dribblers;
    for (int i = 0; i < 500; ++i) {
        dribblers.push_back(std::make_unique<RawConnection>(server.port()));
        dribblers.back()->send("GET /small HT");
    }
    EXPECT_EQ(exchange_raw(server.port(), get("/small")).status, 200);
}

TEST(HttpMethods, head_has_the_head_of_get_and_no_body) {
    const TestServer server{{}, add_test_routes};
    const RawAnswer whole = exchange_raw(server.port(), get("/large"));
    RawConnection connection{server.port()};
    connection.send("HEAD /large HTTP/1.1\r\nHost: a\r\n\r\n" + get("/small"));
    const RawAnswer head = connection.receive(/*with_body=*/false);
    EXPECT_EQ(head.status, 200);
    for (const char* name : {"Content-Length", "Content-Type", "ETag", "Vary", "Cache-Control"})
        EXPECT_EQ(head.header(name), whole.header(name)) << name;
    EXPECT_EQ(connection.receive().body, R"({"a":1})") << "no body stood in between";
    connection.send("HEAD /nowhere HTTP/1.1\r\nHost: a\r\n\r\n" + get("/small"));
    EXPECT_EQ(connection.receive(/*with_body=*/false).status, 404);
    EXPECT_EQ(connection.receive().status, 200);
}

TEST(HttpMethods, options_and_405_name_what_the_path_knows) {
    const TestServer server{{}, add_test_routes};
    const auto ask = [&](const std::string& line) {
        return exchange_raw(server.port(), line + " HTTP/1.1\r\nHost: a\r\n\r\n");
    };
    EXPECT_EQ(ask("OPTIONS /small").status, 204);
    EXPECT_EQ(ask("OPTIONS /small").header("Allow"), "OPTIONS, GET, HEAD");
    EXPECT_EQ(ask("OPTIONS /size").header("Allow"), "OPTIONS, POST");
    EXPECT_EQ(ask("OPTIONS *").status, 204);
    EXPECT_EQ(ask("OPTIONS /nowhere").status, 404);
    const RawAnswer refused = ask("DELETE /small");
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(refused.reason(), "method_not_allowed");
    EXPECT_EQ(refused.header("Allow"), "OPTIONS, GET, HEAD");
    EXPECT_EQ(ask("GET /size").header("Allow"), "OPTIONS, POST");
}

TEST(HttpConditions, a_get_is_answered_304_when_nothing_changed) {
    const TestServer server{{}, add_test_routes};
    const RawAnswer first = exchange_raw(server.port(), get("/small"));
    const std::string tag = first.header("ETag");
    EXPECT_EQ(tag, "\"" + to_hex(ByteView{sha256(first.body)}.first(16)) + "\"");
    EXPECT_EQ(first.header("Cache-Control"), "no-cache");
    for (const std::string& value :
         {tag, "W/" + tag, "\"x\", " + tag, std::string("*"), "\"a,b\" , W/\"c\"," + tag}) {
        const RawAnswer again =
            exchange_raw(server.port(), get("/small", "If-None-Match: " + value + "\r\n"));
        EXPECT_EQ(again.status, 304) << value;
        EXPECT_EQ(again.header("ETag"), tag);
        EXPECT_EQ(again.header("Content-Length"), "");
    }
    for (const std::string& value : {std::string("\"x\""), tag.substr(1), std::string("W/\"x\"")})
        EXPECT_EQ(
            exchange_raw(server.port(), get("/small", "If-None-Match: " + value + "\r\n")).status,
            200)
            << value;
    RawConnection connection{server.port()};
    connection.send(get("/small", "If-None-Match: *\r\n") + get("/large"));
    EXPECT_EQ(connection.receive().status, 304);
    EXPECT_EQ(connection.receive().body, large_body) << "a 304 has no body";
}

TEST(HttpConditions, a_private_answer_is_never_kept) {
    const TestServer server{{}, add_test_routes};
    const RawAnswer answer = exchange_raw(
        server.port(),
        get("/private", "Authorization: Bearer " + LiveServer::instance().admin_key() + "\r\n"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
}

TEST(HttpConditions, a_get_with_another_if_match_is_412) {
    const TestServer server{{}, add_test_routes};
    const std::string tag = exchange_raw(server.port(), get("/small")).header("ETag");
    EXPECT_EQ(exchange_raw(server.port(), get("/small", "If-Match: " + tag + "\r\n")).status, 200);
    EXPECT_EQ(exchange_raw(server.port(), get("/small", "If-Match: W/" + tag + "\r\n")).status,
              412);
    const RawAnswer other = exchange_raw(server.port(), get("/small", "If-Match: \"x\"\r\n"));
    EXPECT_EQ(other.status, 412);
    EXPECT_EQ(other.reason(), "precondition.failed");
}

TEST(HttpCompression, gzip_is_sent_to_who_takes_it_and_is_the_same_body) {
    const TestServer server{{}, add_test_routes};
    const RawAnswer plain = exchange_raw(server.port(), get("/large"));
    EXPECT_EQ(plain.header("Content-Encoding"), "");
    EXPECT_EQ(plain.header("Vary"), "Accept-Encoding");
    EXPECT_EQ(plain.body, large_body);
    for (const char* value : {"gzip", "deflate, GZIP;q=0.5", "*", "br;q=1, *;q=0.1", "x-gzip"}) {
        const RawAnswer coded = exchange_raw(
            server.port(), get("/large", std::string("Accept-Encoding: ") + value + "\r\n"));
        EXPECT_EQ(coded.header("Content-Encoding"), "gzip") << value;
        EXPECT_LT(coded.body.size(), large_body.size() / 2) << value;
        EXPECT_EQ(gunzip(coded.body), large_body) << value;
        EXPECT_NE(coded.header("ETag"), plain.header("ETag")) << "other bytes, another tag";
        EXPECT_EQ(
            exchange_raw(server.port(), get("/large", "Accept-Encoding: gzip\r\nIf-None-Match: " +
                                                          coded.header("ETag") + "\r\n"))
                .status,
            304);
    }
    for (const char* value :
         {"", "identity", "gzip;q=0", "gzip; q=0.000", "*;q=0", "br", "gzipped"})
        EXPECT_EQ(exchange_raw(server.port(),
                               get("/large", std::string("Accept-Encoding: ") + value + "\r\n"))
                      .header("Content-Encoding"),
                  "")
            << value;
}

TEST(HttpCompression, small_bodies_and_pictures_stay_as_they_are) {
    const TestServer server{{}, add_test_routes};
    for (const char* path : {"/small", "/image"}) {
        const RawAnswer answer =
            exchange_raw(server.port(), get(path, "Accept-Encoding: gzip\r\n"));
        EXPECT_EQ(answer.header("Content-Encoding"), "") << path;
        EXPECT_EQ(answer.header("Vary"), "") << path;
    }
}

TEST(HttpAnswers, have_an_id_of_their_own_that_tells_nothing) {
    const TestServer server{{}, add_test_routes};
    std::set<std::string> ids;
    for (int i = 0; i < 50; ++i)
        ids.insert(exchange_raw(server.port(), get("/small", "X-Request-Id: mine\r\n"))
                       .header("X-Request-Id"));
    EXPECT_EQ(ids.size(), 50u);
    EXPECT_FALSE(ids.contains("mine"));
    const RawAnswer refused = exchange_raw(server.port(), "GET\r\n\r\n");
    EXPECT_NE(refused.body.find(refused.header("X-Request-Id")), std::string::npos);
    EXPECT_EQ(refused.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(refused.header("Strict-Transport-Security"), "") << "this is plain HTTP";
}

TEST(HttpDrain, lets_requests_finish_and_closes_the_rest) {
    TestServer server{{}, add_test_routes};
    RawConnection idle{server.port()};
    idle.send(get("/small"));
    EXPECT_EQ(idle.receive().status, 200);
    RawConnection busy{server.port()};
    busy.send(get("/slow") + get("/small"));
    ASSERT_TRUE(gate.wait_for_one());
    server.begin_drain();
    EXPECT_TRUE(idle.is_closed_within(5s));
    EXPECT_TRUE(eventually([&] {
        try {
            const RawConnection late{server.port()};
            return false;
        } catch (const std::system_error&) {
            return true;
        }
    })) << "nobody new is let in";
    EXPECT_FALSE(server.is_drained()) << "a request is still under way";
    gate.release();
    const RawAnswer answer = busy.receive();
    EXPECT_EQ(answer.body, R"({"slow":true})");
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_EQ(busy.receive_to_end(), "") << "nothing new is begun";
    const auto answered = steady_clock::now();
    EXPECT_TRUE(eventually([&] { return server.is_drained(); }));
    EXPECT_LT(steady_clock::now() - answered, 4s) << "it ends with the last request";
}

TEST(HttpDrain, waits_no_longer_than_it_was_told) {
    http::ServerOptions options;
    options.drain_timeout = 300ms;
    const auto begin = steady_clock::now();
    {
        TestServer server{options, add_test_routes};
        RawConnection half{server.port()};
        half.send("GET /sma");
        std::this_thread::sleep_for(50ms);
        server.begin_drain();
        EXPECT_TRUE(half.is_closed_within(5s));
    }
    EXPECT_LT(steady_clock::now() - begin, 3s);
}

} // namespace
} // namespace strikeoff::testing
