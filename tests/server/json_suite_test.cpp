// The public JSON parsing suite as bodies of requests to the running service.
#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace strikeoff::testing {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Names and texts of the cases whose names begin with `letter`.
std::vector<std::pair<std::string, std::string>> cases(char letter) {
    std::vector<std::pair<std::string, std::string>> found;
    for (const auto& entry :
         fs::directory_iterator(fs::path{STRIKEOFF_TEST_DATA} / "json" / "test_parsing"))
        if (entry.path().filename().string().starts_with(letter))
            found.emplace_back(entry.path().filename().string(), read_file(entry.path()));
    return found;
}

Reply post(const std::string& body) {
    LiveServer& server = LiveServer::instance();
    return server.call("POST", "/api/v1/counties", server.admin_key(), body);
}

TEST(JsonSuite, what_must_be_accepted_is_read_as_json) {
    const auto files = cases('y');
    EXPECT_EQ(files.size(), 95u);
    for (const auto& [name, text] : files) {
        const Reply reply = post(text);
        // None of them is a county. Those with a fraction, a big number or a repeated key are
        // JSON, and are told that they are of a kind that we do not take.
        EXPECT_EQ(reply.status, 422) << name;
        EXPECT_TRUE(reply.reason() == "body.invalid" || reply.reason() == "json.unsupported")
            << name << ": " << reply.body;
    }
}

TEST(JsonSuite, what_must_be_refused_is_malformed) {
    const auto files = cases('n');
    EXPECT_EQ(files.size(), 188u);
    for (const auto& [name, text] : files) {
        const Reply reply = post(text);
        EXPECT_EQ(reply.status, 422) << name;
        EXPECT_EQ(reply.reason(), "json.malformed") << name << ": " << reply.body;
    }
}

TEST(JsonSuite, what_is_free_is_refused_and_breaks_nothing) {
    for (const auto& [name, text] : cases('i')) {
        const Reply reply = post(text);
        EXPECT_EQ(reply.status, 422) << name << ": " << reply.body;
    }
}

TEST(JsonSuite, repeated_keys_big_integers_and_bad_utf8_are_refused) {
    const auto refusal = [](const std::string& body) { return post(body).reason(); };
    EXPECT_EQ(refusal(R"({"name":"A","name":"A","state":"FL"})"), "json.unsupported");
    EXPECT_EQ(refusal(R"({"name":"A","state":"FL","nme":9007199254740992})"), "json.unsupported");
    EXPECT_EQ(refusal(R"({"name":"A","state":"FL","nme":1e400})"), "json.unsupported");
    EXPECT_EQ(refusal("{\"name\":\"\xff\",\"state\":\"FL\"}"), "json.malformed");
    EXPECT_EQ(refusal("{\"name\":\"\xed\xa0\x80\",\"state\":\"FL\"}"), "json.malformed");
}

TEST(JsonSuite, texts_that_the_database_cannot_hold_are_refused) {
    const Reply nul = post(R"({"name":"A\u0000B","state":"FL"})");
    EXPECT_EQ(nul.status, 422) << nul.body;
    EXPECT_EQ(nul.reason(), "body.invalid");
    const Reply giant = post(R"({"name":")" + std::string(10'001, 'x') + R"(","state":"FL"})");
    EXPECT_EQ(giant.status, 422) << giant.body;
    EXPECT_EQ(giant.reason(), "body.invalid");
}

} // namespace
} // namespace strikeoff::testing
