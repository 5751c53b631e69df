#include "routes.hpp"
#include "support/server/golden.hpp"
#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

http::Router whole_router() {
    http::Router router;
    add_routes(router);
    return router;
}

/// JSON with one member or element a line, so that its difference can be read.
void indent(std::string& out, const boost::json::value& value, int depth) {
    const std::string pad(static_cast<std::size_t>(depth) * 2 + 2, ' ');
    const std::string end(static_cast<std::size_t>(depth) * 2, ' ');
    if (value.is_object() && !value.get_object().empty()) {
        out += "{\n";
        bool first = true;
        for (const auto& member : value.get_object()) {
            out += (first ? "" : ",\n") + pad +
                   boost::json::serialize(boost::json::value(member.key())) + ": ";
            indent(out, member.value(), depth + 1);
            first = false;
        }
        out += "\n" + end + "}";
    } else if (value.is_array() && !value.get_array().empty()) {
        out += "[\n";
        bool first = true;
        for (const auto& element : value.get_array()) {
            out += (first ? "" : ",\n") + pad;
            indent(out, element, depth + 1);
            first = false;
        }
        out += "\n" + end + "]";
    } else {
        out += boost::json::serialize(value);
    }
}

TEST(ApiShape, the_access_matrix) {
    std::string matrix;
    const http::Router router = whole_router();
    for (const http::Endpoint& endpoint : router.endpoints())
        matrix +=
            fmt::format("{:13} {:6} {:6} {}\n", enum_name(endpoint.doc.access),
                        enum_name(endpoint.traffic), enum_name(endpoint.method), endpoint.path);
    expect_golden("access.txt", matrix);
}

TEST(ApiShape, the_openapi_document) {
    std::string text;
    indent(text, boost::json::value(http::openapi(whole_router(), "golden")), 0);
    expect_golden("openapi.json", text + "\n");
}

TEST(ApiShape, endpoints_are_named_once) {
    std::map<std::string_view, int> names;
    const http::Router router = whole_router();
    for (const http::Endpoint& endpoint : router.endpoints())
        EXPECT_EQ(++names[endpoint.doc.id], 1) << endpoint.doc.id;
}

TEST(ApiShape, nobody_gets_past_the_access_of_an_endpoint) {
    const TestUser investor = make_user("investor");
    LiveServer& server = LiveServer::instance();
    const http::Router router = whole_router();
    for (const http::Endpoint& endpoint : router.endpoints()) {
        std::string path = endpoint.path;
        for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{'))
            path.replace(at, path.find('}') - at + 1, "01a0c459-9d3b-7fe6-aaad-a4d044eab9bc");
        std::string method{enum_name(endpoint.method)};
        std::ranges::transform(method, method.begin(),
                               [](char c) { return static_cast<char>(c - 'a' + 'A'); });
        const int visitor = server.call(method, path).status;
        const int as_investor = server.call(method, path, investor.key).status;
        if (endpoint.doc.access == http::Access::visitor) {
            EXPECT_NE(visitor, 401) << path;
        } else {
            EXPECT_EQ(visitor, 401) << path;
        }
        if (endpoint.doc.access == http::Access::county_admin ||
            endpoint.doc.access == http::Access::admin)
            EXPECT_EQ(as_investor, 404) << path;
    }
}

TEST(ApiShape, staff_of_another_county_see_nothing) {
    const TestSale mine{{}};
    const TestSale other{{}};
    LiveServer& server = LiveServer::instance();
    const std::string reason = R"({"reason":"test"})";
    for (const std::string& path : {"/api/v1/auctions/" + mine.auction + "/pause",
                                    "/api/v1/batches/" + mine.batches[0] + "/items/1/withdraw",
                                    "/api/v1/batches/" + mine.batches[0] + "/cancel"})
        EXPECT_EQ(server.call("POST", path, other.staff.key, reason).status, 404) << path;
    EXPECT_EQ(
        server.call("GET", "/api/v1/auctions/" + mine.auction + "/bidders", other.staff.key).status,
        404);
    // A draft is its own county's business.
    const Reply draft = server.call("POST", "/api/v1/counties/" + mine.county + "/auctions",
                                    mine.staff.key, R"({"name":"Draft","tax_year":2025})");
    const std::string path = "/api/v1/auctions/" + draft.text("id");
    EXPECT_EQ(server.call("GET", path, mine.staff.key).status, 200);
    EXPECT_EQ(server.call("GET", path, other.staff.key).status, 404);
    EXPECT_EQ(server.call("GET", path).status, 404);
}

TEST(Http, answers_to_the_letter) {
    LiveServer& server = LiveServer::instance();
    EXPECT_TRUE(server.raw("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 200"));
    const std::string head = server.raw("HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(head.ends_with("\r\n\r\n")) << head;
    EXPECT_NE(
        server.raw("DELETE /healthz HTTP/1.1\r\nHost: a\r\n\r\n").find("Allow: OPTIONS, GET, HEAD"),
        std::string::npos);
    const std::string two = server.raw("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
                                       "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_NE(two.find("HTTP/1.1 200", 20), std::string::npos) << "pipelined";
    const std::string chunked = server.raw(
        "POST /api/v1/counties HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + server.admin_key() +
        "\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"name\":\"Chunky\"\r\n"
        "e\r\n,\"state\":\"FL\"}\r\n0\r\n\r\n");
    EXPECT_TRUE(chunked.starts_with("HTTP/1.1 201")) << chunked;
    const std::string big = server.raw("POST /api/v1/counties HTTP/1.1\r\nHost: a\r\n"
                                       "Content-Length: 2000000\r\n\r\n");
    EXPECT_TRUE(big.starts_with("HTTP/1.1 413")) << big;
}

TEST(Http, refuses_what_two_parsers_could_read_in_two_ways) {
    LiveServer& server = LiveServer::instance();
    const std::string get = "GET /healthz HTTP/1.1\r\n";
    for (const std::string& head :
         {get + "Host: a\r\n folded\r\n\r\n", get + "Host: a\r\nHost: b\r\n\r\n", get + "\r\n",
          get + "Host : a\r\n\r\n", get + "Host: a\nX: b\r\n\r\n", get + "Host: a\rb\r\n\r\n",
          get + "Host: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
          get + "Host: a\r\nContent-Length: +1\r\n\r\nx",
          get + "Host: a\r\nContent-Length: 1, 1\r\n\r\nx",
          get + "Host: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          std::string("GET  /healthz HTTP/1.1\r\nHost: a\r\n\r\n"),
          std::string("GET /healthz\r\nHost: a\r\n\r\n"),
          std::string("GET healthz HTTP/1.1\r\nHost: a\r\n\r\n")}) {
        const std::string answer = server.raw(head);
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 400")) << head << answer;
    }
    EXPECT_TRUE(server.raw(get + "Host: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n")
                    .starts_with("HTTP/1.1 501"));
    EXPECT_TRUE(server.raw("BREW / HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 501"));
    EXPECT_TRUE(server.raw("GET / HTTP/1.0\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 505"));
    EXPECT_TRUE(server.raw(get + "Host: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n")
                    .starts_with("HTTP/1.1 431"));
}

} // namespace
} // namespace strikeoff::testing
