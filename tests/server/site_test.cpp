// The web site as the service gives it out: codings, how long what is kept, what a page may do.
#include "http/gzip.hpp"
#include "support/server/live_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

namespace strikeoff::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string get(const std::string& path, const std::string& fields = "") {
    return LiveServer::instance().raw("GET " + path + " HTTP/1.1\r\nHost: a\r\n" + fields +
                                      "Connection: close\r\n\r\n");
}

std::string head_of(const std::string& answer) {
    return answer.substr(0, answer.find("\r\n\r\n") + 2);
}

std::string body_of(const std::string& answer) {
    return answer.substr(answer.find("\r\n\r\n") + 4);
}

/// The script that the page loads.
std::string script() {
    const std::string page = get("/");
    std::smatch found;
    if (!std::regex_search(page, found, std::regex{R"re(src="(/assets/[^"]+\.js)")re"}))
        throw std::runtime_error("the page has no script: " + page);
    return found[1];
}

TEST(Site, a_page_may_run_its_own_scripts_and_nothing_else) {
    for (const char* path :
         {"/", "/sales/01a0c459-9d3b-7fe6-aaad-a4d044eab9bc", "/reset-password"}) {
        const std::string head = head_of(get(path));
        EXPECT_THAT(head, StartsWith("HTTP/1.1 200")) << path;
        EXPECT_THAT(head, HasSubstr("Content-Type: text/html; charset=utf-8\r\n"));
        EXPECT_THAT(head, HasSubstr("Content-Security-Policy: default-src 'none'; "
                                    "script-src 'self'; style-src 'self'; "));
        for (const char* part : {"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
                                 "require-trusted-types-for 'script'", "trusted-types default"})
            EXPECT_THAT(head, HasSubstr(part)) << path;
        EXPECT_THAT(head, Not(HasSubstr("unsafe")));
        EXPECT_THAT(head, HasSubstr("Cache-Control: no-cache\r\n"));
        EXPECT_THAT(head, HasSubstr("Referrer-Policy: no-referrer\r\n"));
    }
}

TEST(Site, has_nothing_inline_and_nothing_from_elsewhere) {
    const std::string page = body_of(get("/"));
    const std::regex inline_code{
        R"re(<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=|https?://)re"};
    EXPECT_FALSE(std::regex_search(page, inline_code)) << page;
}

TEST(Site, files_are_kept_for_good_in_the_coding_that_is_asked_for) {
    const std::string path = script();
    const std::string whole = get(path);
    const std::string brotli = get(path, "Accept-Encoding: gzip, deflate, br\r\n");
    const std::string gzipped = get(path, "Accept-Encoding: gzip, br;q=0\r\n");
    for (const std::string* answer : {&whole, &brotli, &gzipped}) {
        EXPECT_THAT(*answer, StartsWith("HTTP/1.1 200"));
        const std::string head = head_of(*answer);
        EXPECT_THAT(head, HasSubstr("Content-Type: text/javascript; charset=utf-8\r\n"));
        EXPECT_THAT(head, HasSubstr("Cache-Control: public, max-age=31536000, immutable\r\n"));
        EXPECT_THAT(head, HasSubstr("Vary: Accept-Encoding\r\n"));
        EXPECT_THAT(head, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
    }
    EXPECT_THAT(head_of(whole), Not(HasSubstr("Content-Encoding")));
    EXPECT_THAT(head_of(brotli), HasSubstr("Content-Encoding: br\r\n"));
    EXPECT_THAT(head_of(gzipped), HasSubstr("Content-Encoding: gzip\r\n"));
    EXPECT_LT(body_of(brotli).size(), body_of(gzipped).size());
    EXPECT_LT(body_of(gzipped).size(), body_of(whole).size());
    EXPECT_THAT(body_of(gzipped), StartsWith("\x1f\x8b"));
}

TEST(Site, an_unknown_address_is_404_in_a_page_for_people_and_a_problem_for_programs) {
    const std::string page = get("/no/such/page", "Accept: text/html,application/xhtml+xml\r\n");
    EXPECT_THAT(page, StartsWith("HTTP/1.1 404"));
    EXPECT_THAT(page, HasSubstr("<!doctype html>"));
    EXPECT_THAT(head_of(page), HasSubstr("require-trusted-types-for"));
    const std::string problem = get("/no/such/page");
    EXPECT_THAT(problem, StartsWith("HTTP/1.1 404"));
    EXPECT_THAT(problem, HasSubstr("application/problem+json"));
    const std::string api = get("/api/v1/nothing", "Accept: text/html\r\n");
    EXPECT_THAT(api, HasSubstr("application/problem+json"));
    for (const char* path : {"/assets/index.html", "/assets/none.js", "/assets/..%2findex.html"})
        EXPECT_THAT(get(path), StartsWith("HTTP/1.1 404")) << path;
}

TEST(AcceptEncoding, names_codings_with_weights) {
    EXPECT_TRUE(http::accepts_coding("gzip, br", "br"));
    EXPECT_TRUE(http::accepts_coding("*", "br"));
    EXPECT_FALSE(http::accepts_coding("br;q=0, *", "br"));
    EXPECT_FALSE(http::accepts_coding("gzip", "br"));
    EXPECT_FALSE(http::accepts_coding("", "br"));
    EXPECT_TRUE(http::accepts_coding("x-gzip", "gzip"));
    EXPECT_FALSE(http::accepts_coding("x-gzip", "br"));
}

} // namespace
} // namespace strikeoff::testing
