// Where a message begins and ends: whatever two parsers could read in two ways is refused, and the
// connection is closed, so that nothing behind it is taken for a request.
#include "support/server/live_server.hpp"
#include "support/server/raw_connection.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

unsigned short port() {
    return LiveServer::instance().app().port();
}

struct Refusal {
    std::string name;
    std::string bytes;
    int status = 400;
};

const std::string get = "GET /healthz HTTP/1.1\r\n";
const std::string host = "Host: localhost\r\n";
const std::string post = "POST /api/v1/counties HTTP/1.1\r\nHost: localhost\r\n";
const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
/// What an attacker wants to be taken for the next request.
const std::string smuggled = "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n";

void expect_refused(const std::vector<Refusal>& refusals) {
    for (const Refusal& refusal : refusals) {
        RawConnection connection{port()};
        connection.send(refusal.bytes);
        const RawAnswer answer = connection.receive();
        EXPECT_EQ(answer.status, refusal.status) << refusal.name << "\n" << answer.body;
        EXPECT_EQ(answer.header("Connection"), "close") << refusal.name;
        EXPECT_FALSE(answer.header("X-Request-Id").empty()) << refusal.name;
        EXPECT_EQ(connection.receive_to_end(), "") << refusal.name << ": was answered twice";
    }
}

TEST(HttpFraming, two_statements_of_the_length_are_refused) {
    const std::string length = "Content-Length: 0\r\n";
    const std::string coded = "Transfer-Encoding: chunked\r\n";
    expect_refused({
        {"CL.TE", post + length + coded + "\r\n0\r\n\r\n" + smuggled},
        {"TE.CL", post + coded + length + "\r\n0\r\n\r\n" + smuggled},
        {"CL.CL", post + length + "Content-Length: 40\r\n\r\n" + smuggled},
        {"equal CL.CL", post + length + length + "\r\n" + smuggled},
        {"CL list", post + "Content-Length: 0, 0\r\n\r\n" + smuggled},
        {"TE.TE", post + coded + coded + "\r\n0\r\n\r\n" + smuggled},
        {"TE.TE of two kinds", post + coded + "Transfer-Encoding: identity\r\n\r\n" + smuggled},
    });
}

TEST(HttpFraming, a_malformed_length_is_refused) {
    std::vector<Refusal> refusals;
    for (const char* value : {"", "+1", "-1", "1 1", "0x1", "1e0", "1.0", "01",
                              "\x0b"
                              "1",
                              "1;", "18446744073709551616", "99999999999999999999999999", "one"})
        refusals.push_back({std::string("length ") + value,
                            post + "Content-Length: " + value + "\r\n\r\nx" + smuggled});
    expect_refused(refusals);
}

TEST(HttpFraming, an_unknown_or_disguised_transfer_coding_is_refused) {
    std::vector<Refusal> refusals;
    for (const char* value : {"gzip, chunked", "chunked, identity", "xchunked", "identity", "",
                              "\"chunked\"", "chunked;q=1", "chunked,", "cow",
                              "\xa0"
                              "chunked"})
        refusals.push_back({std::string("coding ") + value,
                            post + "Transfer-Encoding: " + value + "\r\n\r\n0\r\n\r\n" + smuggled,
                            501});
    for (const char* line :
         {"Transfer-Encoding : chunked", " Transfer-Encoding: chunked",
          "Transfer-Encoding\t: chunked",
          "Transfer-Encoding: \x0b"
          "chunked",
          "Transfer-Encoding:\r\n chunked", "X: y\r\n\tTransfer-Encoding: chunked",
          "Transfer\\Encoding: chunked", "X: y\rTransfer-Encoding: chunked",
          "X: y\nTransfer-Encoding: chunked", ": chunked", "Transfer-Encoding"})
        refusals.push_back({line, post + line + "\r\n\r\n0\r\n\r\n" + smuggled});
    refusals.push_back({"coding of HTTP/1.0",
                        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 505});
    expect_refused(refusals);
}

TEST(HttpFraming, a_malformed_chunk_is_refused) {
    std::vector<Refusal> refusals;
    for (const char* body : {"0x5\r\nhello\r\n0\r\n\r\n",
                             "+5\r\nhello\r\n0\r\n\r\n",
                             "-1\r\n",
                             " 5\r\nhello\r\n0\r\n\r\n",
                             "5 \r\nhello\r\n0\r\n\r\n",
                             "5\nhello\r\n0\r\n\r\n",
                             "5\r\nhello0\r\n\r\n",
                             "5\r\nhello\n0\r\n\r\n",
                             "5\r\nhelloXX0\r\n\r\n",
                             "\r\n",
                             ";a=b\r\n",
                             "g\r\n",
                             "5;a\nb\r\nhello\r\n0\r\n\r\n",
                             "5;a\rb\r\nhello\r\n0\r\n\r\n",
                             "5;\r\nhello\r\n0\r\n\r\n",
                             "5;a=\r\nhello\r\n0\r\n\r\n",
                             "5;a b\r\nhello\r\n0\r\n\r\n",
                             "5;a=\"\r\nhello\r\n0\r\n\r\n",
                             "5;a=\"b\\\"\r\nhello\r\n0\r\n\r\n",
                             "5;a=\"b\"c\r\nhello\r\n0\r\n\r\n",
                             "10000000000000000\r\n",
                             "ffffffffffffffffffff\r\n",
                             "0\r\nContent-Length: 5\r\n\r\n",
                             "0\r\nTransfer-Encoding: chunked\r\n\r\n",
                             "0\r\nHost: b\r\n\r\n",
                             "0\r\nno colon\r\n\r\n",
                             "0\r\n folded: line\r\n\r\n",
                             "0\r\nX: y\n\r\n"})
        refusals.push_back({body, chunked + body + smuggled});
    refusals.push_back({"body over 1 MiB", chunked + "100001\r\n", 413});
    refusals.push_back({"size of 60 bits", chunked + "fffffffffffffff\r\n", 413});
    std::string crumbs;
    for (int i = 0; i < 30'000; ++i)
        crumbs += "1;e\r\nx\r\n";
    refusals.push_back({"more lines than data", chunked + crumbs, 413});
    expect_refused(refusals);
}

TEST(HttpFraming, a_good_chunked_body_is_read_in_any_pieces) {
    const std::string body = "4;a=b;c=\"d\"\r\n{\"na\r\n00e\r\nme\":\"C\",\"state\r\n"
                             "7\r\n\":\"\"  }\r\n0\r\nTrailer: 1\r\n\r\n";
    const std::string bytes = "POST /api/v1/counties HTTP/1.1\r\nHost: localhost\r\n"
                              "Authorization: Bearer " +
                              LiveServer::instance().admin_key() +
                              "\r\nTransfer-Encoding: Chunked\r\n\r\n" + body;
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, bytes.size()}) {
        RawConnection connection{port()};
        for (std::size_t at = 0; at < bytes.size(); at += piece)
            connection.send(std::string_view{bytes}.substr(at, piece));
        const RawAnswer answer = connection.receive();
        EXPECT_EQ(answer.status, 422) << answer.body;
        EXPECT_EQ(answer.reason(), "county.invalid") << answer.body;
        connection.send(smuggled);
        EXPECT_EQ(connection.receive().status, 200) << "the connection stays usable";
    }
}

TEST(HttpFraming, a_malformed_request_line_is_refused) {
    const std::string rest = " HTTP/1.1\r\n" + host + "\r\n";
    expect_refused({
        {"two spaces", "GET  /healthz" + rest},
        {"tab", "GET\t/healthz" + rest},
        {"space before", " GET /healthz" + rest},
        {"space in the target", "GET /heal thz" + rest},
        {"control character", "GET /heal\x01thz" + rest},
        {"eighth bit", "GET /heal\xc3\xa9thz" + rest},
        {"fragment", "GET /healthz#top" + rest},
        {"backslash", "GET /\\healthz" + rest},
        {"half a percent triple", "GET /healthz?a=%4" + rest},
        {"no target", "GET HTTP/1.1\r\n" + host + "\r\n"},
        {"no version", "GET /healthz\r\n" + host + "\r\n"},
        {"lower-case version", "GET /healthz http/1.1\r\n" + host + "\r\n"},
        {"no slash", "GET healthz" + rest},
        {"asterisk of another method", "GET *" + rest},
        {"another scheme", "GET ftp://localhost/healthz" + rest},
        {"two empty lines before", "\r\n\r\n" + get + host + "\r\n"},
        {"bare LF throughout", "GET /healthz HTTP/1.1\nHost: localhost\n\n"},
        {"bare LF at the end", get + "Host: localhost\r\n\n"},
        {"unknown method", "BREW /healthz" + rest, 501},
        {"lower-case method", "get /healthz" + rest, 501},
        {"TRACE", "TRACE /healthz" + rest, 501},
        {"CONNECT", "CONNECT localhost:80" + rest, 501},
        {"HTTP/1.0", "GET /healthz HTTP/1.0\r\n" + host + "\r\n", 505},
        {"HTTP/1.10", "GET /healthz HTTP/1.10\r\n" + host + "\r\n", 505},
        {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
    });
}

TEST(HttpFraming, a_malformed_header_is_refused) {
    expect_refused({
        {"no host", get + "\r\n"},
        {"two hosts", get + host + "Host: b\r\n\r\n"},
        {"the same host twice", get + host + host + "\r\n"},
        {"empty host", get + "Host:\r\n\r\n"},
        {"host with a path", get + "Host: localhost/x\r\n\r\n"},
        {"host with a user", get + "Host: me@localhost\r\n\r\n"},
        {"list of hosts", get + "Host: a, b\r\n\r\n"},
        {"host against the target", "GET http://b/healthz HTTP/1.1\r\n" + host + "\r\n"},
        {"user in the target", "GET http://localhost@b/ HTTP/1.1\r\n" + host + "\r\n"},
        {"folded line", get + host + "X: a\r\n b\r\n\r\n"},
        {"first line folded", get + " X: a\r\n" + host + "\r\n"},
        {"space before the colon", get + "Host : localhost\r\n\r\n"},
        {"no colon", get + host + "nonsense\r\n\r\n"},
        {"empty name", get + host + ": x\r\n\r\n"},
        {"name with a space", get + host + "X Y: z\r\n\r\n"},
        {"name of the eighth bit", get + host + "X\xc3\xa9: z\r\n\r\n"},
        {"NUL in a value", get + host + std::string("X: a\0b\r\n\r\n", 10)},
        {"NUL in a name", get + host + std::string("X\0: ab\r\n\r\n", 10)},
        {"CR in a value", get + host + "X: a\rb\r\n\r\n"},
        {"DEL in a value", get + host + "X: a\x7f\r\n\r\n"},
        {"LF in a value", get + host + "X: a\nY: b\r\n\r\n"},
        {"two keys", get + host + "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n"},
        {"unknown expectation", post + "Expect: 200-maybe\r\nContent-Length: 1\r\n\r\nx", 417},
    });
}

TEST(HttpFraming, a_head_has_at_most_16_KiB_and_100_fields) {
    const std::string room(16 * 1024 - (get + host + "X: \r\n\r\n").size(), 'x');
    EXPECT_EQ(exchange_raw(port(), get + host + "X: " + room + "\r\n\r\n").status, 200);
    std::string many;
    for (int i = 0; i < 100; ++i)
        many += "X: y\r\n";
    expect_refused({
        {"one byte more", get + host + "X: " + room + "x\r\n\r\n", 431},
        {"no end", get + host + "X: " + std::string(40'000, 'x'), 431},
        {"too many", get + host + many + "\r\n", 431},
    });
}

TEST(HttpFraming, the_forms_that_are_allowed_are_served) {
    for (const std::string& bytes :
         {get + host + "\r\n", "\r\n" + get + host + "\r\n",
          "GET http://localhost/healthz HTTP/1.1\r\n" + host + "\r\n",
          "GET HTTPS://LOCALHOST/healthz?a=%41 HTTP/1.1\r\n" + host + "\r\n",
          get + "hOsT:\t localhost \t\r\n\r\n", get + "Host: [::1]:8080\r\n\r\n",
          get + host + "Content-Length: 5\r\n\r\nhello", get + host + "X: \xc3\xa9\r\n\r\n"})
        EXPECT_EQ(exchange_raw(port(), bytes).status, 200) << bytes;
}

TEST(HttpFraming, a_body_has_at_most_what_its_route_allows) {
    const auto refused = [](const std::string& path, const std::string& size,
                            const std::string& fields = "") {
        return exchange_raw(port(), "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + fields +
                                        "Content-Length: " + size + "\r\n\r\n");
    };
    EXPECT_EQ(refused("/api/v1/counties", "1048577").reason(), "http.body_too_large");
    EXPECT_EQ(refused("/nowhere", "1048577").status, 413);
    const std::string bulk = "/api/v1/batches/01a0c459-9d3b-7fe6-aaad-a4d044eab9bc/bids/bulk";
    EXPECT_EQ(
        refused(bulk, "4194305", "Authorization: Bearer " + make_user("investor").key + "\r\n")
            .status,
        413);
    // One that may be larger than most is not read before its sender is known.
    EXPECT_EQ(refused(bulk, "4194304").status, 401);
    const std::string import = "/api/v1/counties/01a0c459-9d3b-7fe6-aaad-a4d044eab9bc/imports/nal";
    EXPECT_EQ(refused(import, "60000000").status, 401);
    const std::string fits = R"({"name":"X","state":""})" + std::string((1 << 20) - 23, ' ');
    RawConnection connection{port()};
    connection.send(post + "Authorization: Bearer " + LiveServer::instance().admin_key() +
                    "\r\nContent-Length: 1048576\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(connection.receive().status, 100);
    connection.send(fits);
    EXPECT_EQ(connection.receive().reason(), "county.invalid");
}

TEST(HttpFraming, pipelined_requests_are_answered_in_order) {
    RawConnection connection{port()};
    const std::string miss = "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n";
    const std::string sent = post + "Content-Length: 2\r\n\r\n{}";
    connection.send(get + host + "\r\n" + miss + sent + "HEAD /healthz HTTP/1.1\r\n" + host +
                    "\r\n" + get + host + "Connection: foo, Close\r\n\r\n" + smuggled);
    EXPECT_EQ(connection.receive().body, "ok\n");
    EXPECT_EQ(connection.receive().status, 404);
    EXPECT_EQ(connection.receive().status, 401);
    const RawAnswer head = connection.receive(/*with_body=*/false);
    EXPECT_EQ(head.header("Content-Length"), "3");
    EXPECT_EQ(connection.receive().header("Connection"), "close");
    EXPECT_EQ(connection.receive_to_end(), "") << "nothing is served after close";
}

TEST(HttpFraming, a_query_that_is_no_text_is_refused) {
    for (const char* query : {"a=%00", "a=%ff", "%c0%80=1", "a=%ed%a0%80"}) {
        const RawAnswer answer = exchange_raw(port(), std::string("GET /api/v1/auctions?") + query +
                                                          " HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_EQ(answer.status, 400) << query;
        EXPECT_EQ(answer.reason(), "http.malformed") << query;
    }
}

TEST(HttpFraming, headers_do_not_change_method_or_path) {
    const RawAnswer answer = exchange_raw(
        port(), get + host +
                    "X-HTTP-Method-Override: DELETE\r\nX-Original-URL: /nowhere\r\n"
                    "X-Rewrite-URL: /nowhere\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "ok\n");
}

} // namespace
} // namespace strikeoff::testing
