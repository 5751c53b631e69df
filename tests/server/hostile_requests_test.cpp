// Over all routes: members that nobody may set, pages of other sites, and reading that writes.
#include "support/server/api_stage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

namespace json = boost::json;
using ::testing::IsEmpty;

bool reads(const http::Endpoint& endpoint) {
    return endpoint.method == http::Method::get;
}

/// The places of objects with described members within a schema's example, "" for the whole.
void find_objects(const json::object& schema, const std::string& pointer,
                  std::vector<std::pair<std::string, json::object>>& found) {
    if (const json::value* items = schema.if_contains("items"))
        find_objects(items->as_object(), pointer + "/0", found);
    const json::value* properties = schema.if_contains("properties");
    if (!properties) return;
    found.emplace_back(pointer, properties->as_object());
    for (const auto& [name, member] : properties->as_object())
        find_objects(member.as_object(), pointer + "/" + std::string(name), found);
}

TEST(HostileRequests, set_no_member_that_is_not_theirs_to_set) {
    ApiStage stage;
    const auto before = digest_at_rest();
    int sent = 0;
    for (const http::Endpoint& endpoint : stage.endpoints()) {
        if (!endpoint.request_schema) continue;
        std::vector<std::pair<std::string, json::object>> objects;
        find_objects(*endpoint.request_schema, "", objects);
        for (const auto& [pointer, properties] : objects)
            for (const char* name :
                 {"role", "status", "kyc_status", "county_id", "is_sensitive", "id"}) {
                if (properties.contains(name)) continue;
                ApiCall call = stage.call_of(endpoint);
                json::value body = *stage.body_of(endpoint);
                body.at_pointer(pointer).as_object()[name] = "admin";
                call.body = json::serialize(body);
                const RawAnswer answer = send(call);
                EXPECT_EQ(answer.status, 422) << call.method << " " << call.target << answer.body;
                EXPECT_EQ(answer.reason(), "body.invalid") << call.target << answer.body;
                // Nothing else was wrong with it.
                std::string field = pointer.empty() ? "" : pointer.substr(1) + "/";
                std::ranges::replace(field, '/', '.');
                const json::value fields = json::parse(answer.body).at("fields");
                ASSERT_EQ(fields.as_array().size(), 1U) << call.target << call.body << answer.body;
                EXPECT_EQ(std::string(fields.at(0).at("field").as_string()), field + name)
                    << call.target;
                ++sent;
            }
    }
    EXPECT_GT(sent, 100);
    EXPECT_THAT(changed_tables(before, digest_of_database()), IsEmpty());
}

TEST(HostileRequests, of_other_sites_change_nothing) {
    ApiStage stage;
    using Headers = std::map<std::string, std::string>;
    const Headers foreign[] = {
        {{"X-Strikeoff", "1"}}, // Without Origin and Sec-Fetch-Site.
        {{"X-Strikeoff", "1"}, {"Origin", "http://evil.example"}},
        {{"X-Strikeoff", "1"}, {"Origin", "http://localhost.evil.example"}},
        {{"X-Strikeoff", "1"}, {"Origin", "https://localhost"}},
        {{"X-Strikeoff", "1"}, {"Origin", "null"}},
        {{"X-Strikeoff", "1"}, {"Sec-Fetch-Site", "cross-site"}},
        {{"X-Strikeoff", "1"}, {"Sec-Fetch-Site", "same-site"}},
        {{"X-Strikeoff", "1"}, {"Sec-Fetch-Site", "none"}},
        {{"X-Strikeoff", "1"}, {"Sec-Fetch-Site", "cross-site"}, {"Origin", "http://localhost"}},
        {{"Origin", "http://localhost"}}, // A form of ours would not set X-Strikeoff.
        {{"Sec-Fetch-Site", "same-origin"}}};
    const auto before = digest_at_rest();
    int routes = 0;
    for (const http::Endpoint& endpoint : stage.endpoints()) {
        if (reads(endpoint)) continue;
        ++routes;
        ApiCall call = stage.call_of(endpoint);
        for (const Headers& headers : foreign) {
            call.headers = headers;
            call.headers["Cookie"] = stage.session_cookie();
            const RawAnswer answer = send(call);
            EXPECT_EQ(answer.status, 403) << call.target << answer.body;
            EXPECT_EQ(answer.reason(), "auth.foreign_page") << call.target << answer.body;
            EXPECT_THAT(answer.headers("Set-Cookie"), IsEmpty()) << call.target;
        }
    }
    EXPECT_GT(routes, 30);
    EXPECT_THAT(changed_tables(before, digest_of_database()), IsEmpty());
    // The same from a page of ours gets past that. Nothing of what is named is there.
    for (const http::Endpoint& endpoint : stage.endpoints()) {
        if (reads(endpoint)) continue;
        ApiCall call = stage.call_of(endpoint);
        call.headers = {{"X-Strikeoff", "1"},
                        {"Origin", "http://localhost"},
                        {"Cookie", stage.session_cookie()}};
        call.body = "{}";
        EXPECT_NE(send(call).status, 403) << call.target;
    }
}

TEST(HostileRequests, that_read_write_nothing) {
    ApiStage stage;
    const auto before = digest_at_rest();
    int routes = 0;
    for (const http::Endpoint& endpoint : stage.endpoints()) {
        if (!reads(endpoint)) continue;
        ++routes;
        ApiCall call = stage.call_of(endpoint);
        for (int i = 0; i < 2; ++i)
            EXPECT_NE(send(call).status, 500) << call.target;
        call.headers = {{"Cookie", stage.session_cookie()}};
        EXPECT_NE(send(call).status, 500) << call.target;
        call.headers = {};
        EXPECT_NE(send(call).status, 500) << call.target;
    }
    EXPECT_GT(routes, 20);
    EXPECT_THAT(changed_tables(before, digest_of_database()), IsEmpty());
    // A digest that never changed would prove nothing.
    make_user("investor");
    EXPECT_THAT(changed_tables(before, digest_of_database()),
                ::testing::IsSupersetOf({"users", "api_keys"}));
}

} // namespace
} // namespace strikeoff::testing
