// Keys of programs: made by people, good for their scopes, and for nothing once they are revoked.
#include "support/server/browser.hpp"

#include <gmock/gmock.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

const std::string keys = "/api/v1/account/api-keys";

/// A signed-in person.
struct Owner {
    explicit Owner(const Person& known) : person{known} {
        if (browser.sign_in(person.email, person.password).status != 200)
            throw std::runtime_error(browser.last().body);
    }
    Reply make(const std::string& scopes, const std::string& more = "") {
        return browser.post(keys, R"({"name":"a program","scopes":)" + scopes + more + "}");
    }
    std::string key(const std::string& scopes, const std::string& more = "") {
        return make(scopes, more).text("key");
    }

    Person person;
    Browser browser;
};

Reply call(const std::string& method, const std::string& path, const std::string& key,
           const std::string& body = "") {
    return LiveServer::instance().call(method, path, key, body);
}

TEST(ApiKeys, are_shown_once_and_listed_without_themselves) {
    Owner owner{sign_up()};
    const Reply made = owner.make(R"(["read","bid","read"])");
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string key = made.text("key");
    EXPECT_EQ(key.size(), 67U);
    EXPECT_EQ(one_value("SELECT count(*) FROM api_keys WHERE token_hash = sha256('" + key + "')"),
              "1");
    const Reply list = owner.browser.get(keys);
    EXPECT_EQ(list.body.find(key), std::string::npos);
    const boost::json::value item = list.json().at("items").as_array().at(0);
    EXPECT_EQ(item.at("id").as_string(), made.text("id"));
    EXPECT_EQ(boost::json::serialize(item.at("scopes")), R"(["read","bid"])");
    EXPECT_TRUE(item.at("revoked_at").is_null());
    EXPECT_EQ(call("GET", "/api/v1/account", key).text("user_id"), owner.person.id);
    EXPECT_EQ(count_events(owner.person.id, "api_key_created"), 1);
    EXPECT_EQ(count_mails(owner.person.email, "api_key_created"), 1);
    Owner stranger{sign_up()};
    EXPECT_EQ(stranger.browser.post(keys + "/" + made.text("id") + "/revoke").status, 404);
    EXPECT_EQ(call("GET", "/api/v1/account", key).status, 200);
    EXPECT_EQ(owner.browser.post(keys + "/" + made.text("id") + "/revoke").status, 204);
    EXPECT_EQ(owner.browser.post(keys + "/" + made.text("id") + "/revoke").status, 404);
    EXPECT_EQ(call("GET", "/api/v1/account", key).reason(), "auth.key_unknown");
    EXPECT_EQ(count_events(owner.person.id, "api_key_revoked"), 2) << "in vain, too";
}

TEST(ApiKeys, are_made_by_people_who_proved_lately_who_they_are) {
    Owner owner{sign_up()};
    const std::string all = owner.key(R"(["read","bid","manage"])");
    const Reply by_key = call("POST", keys, all, R"({"name":"x","scopes":["read"]})");
    EXPECT_EQ(by_key.status, 409);
    EXPECT_EQ(by_key.reason(), "auth.session_needed");
    EXPECT_EQ(call("GET", keys, all).reason(), "auth.session_needed");
    EXPECT_EQ(call("POST", "/api/v1/auth/ask-for-reset", all,
                   R"({"email":")" + owner.person.email + R"("})")
                  .reason(),
              "auth.session_needed");
    EXPECT_EQ(count_events(owner.person.id, "access_denied", "session_needed"), 3);
    LiveServer::instance().advance(6min);
    EXPECT_EQ(owner.make(R"(["read"])").reason(), "auth.step_up_required");
    EXPECT_EQ(count_events(owner.person.id, "api_key_created", "auth.step_up_required"), 1);
    EXPECT_EQ(
        owner.browser
            .post("/api/v1/account/step-up", R"({"password":")" + owner.person.password + R"("})")
            .status,
        204);
    EXPECT_EQ(owner.make(R"(["read"])").status, 201);
}

TEST(ApiKeys, are_refused_without_name_scope_or_time_to_come) {
    Owner owner{sign_up()};
    const auto reason = [&](const std::string& body) {
        return owner.browser.post(keys, body).reason();
    };
    EXPECT_EQ(reason(R"({"name":"","scopes":["read"]})"), "key.name_invalid");
    EXPECT_EQ(reason(R"({"name":"a\u000ab","scopes":["read"]})"), "key.name_invalid");
    EXPECT_EQ(reason(R"({"name":"x","scopes":[]})"), "key.scopes_missing");
    EXPECT_EQ(reason(R"({"name":"x","scopes":["all"]})"), "body.invalid");
    EXPECT_EQ(reason(R"({"name":"x","scopes":["read"],"expires_at":"2020-01-01T00:00:00Z"})"),
              "key.expiry_past");
    EXPECT_EQ(reason(R"({"name":"x","scopes":["read"],"county_id":")" + fresh_bid_id() + R"("})"),
              "key.county_not_yours");
    EXPECT_EQ(count_events(owner.person.id, "api_key_created", "key.%"), 5);
}

TEST(ApiKeys, are_twenty_an_hour) {
    Owner owner{sign_up()};
    for (int i = 0; i < 20; ++i)
        ASSERT_EQ(owner.make(R"(["read"])").status, 201);
    EXPECT_EQ(owner.make(R"(["read"])").status, 429);
    const int wait = std::stoi(owner.browser.last().header("Retry-After"));
    EXPECT_GT(wait, 3500);
    EXPECT_LE(wait, 3600);
    EXPECT_EQ(owner.browser.last().header("RateLimit-Policy"), "\"api_keys\";q=20;w=3600");
    EXPECT_EQ(count_events(owner.person.id, "api_key_created", "limited"), 1);
}

TEST(ApiKeys, are_good_for_their_scopes_and_nothing_else) {
    TestSale sale{{.items_a_batch = 1, .first_end = 3600s}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    Owner owner{with_password(bidder)};
    const std::string read = owner.key(R"(["read"])");
    const std::string bid = owner.key(R"(["bid"])");
    const std::string manage = owner.key(R"(["manage"])");
    const std::string mine = "/api/v1/batches/" + sale.batches[0] + "/bids/mine";
    const std::string change = "/api/v1/counties"; // For administrators, which is found out first.
    const auto place = [&](const std::string& key) {
        return sale.bid({bidder.id, key}, 0, "5.00");
    };
    EXPECT_EQ(call("GET", mine, read).status, 200);
    EXPECT_EQ(place(bid).status, 200);
    for (const std::string& key : {bid, manage}) {
        const Reply refused = call("GET", mine, key);
        EXPECT_EQ(refused.status, 403);
        EXPECT_EQ(refused.reason(), "auth.scope_missing");
        EXPECT_THAT(refused.text("detail"), ::testing::HasSubstr("scope read"));
    }
    for (const std::string& key : {read, manage})
        EXPECT_THAT(place(key).text("detail"), ::testing::HasSubstr("scope bid"));
    EXPECT_EQ(call("POST", change, read, "{}").status, 404);
    EXPECT_EQ(count_events(bidder.id, "access_denied", "scope_missing"), 4);
    EXPECT_EQ(place(bidder.key).status, 200) << "the operator's key has no scopes, and needs none";
}

TEST(ApiKeys, of_staff_can_be_for_one_of_their_counties) {
    const std::string narrow = "so_" + fresh_bid_id();
    const std::string odd = "so_" + fresh_bid_id();
    const TestSale here{{.items_a_batch = 1, .commit = false}};
    const TestSale there{{.items_a_batch = 1, .commit = false}};
    one_value("INSERT INTO user_permissions (user_id, permission_name, resource_type, resource_id) "
              "VALUES ('" +
              here.staff.id + "', 'all', 'county', '" + there.county + "') RETURNING id");
    one_value("INSERT INTO api_keys (user_id, name, token_hash, scopes, county_id) VALUES ('" +
              here.staff.id + "', 'narrow', sha256('" + narrow + "'), '{read,manage}', '" +
              there.county + "') RETURNING id");
    const auto counties = [&](const std::string& key) {
        return call("GET", "/api/v1/account", key).json().at("counties").as_array();
    };
    EXPECT_EQ(counties(here.staff.key).size(), 2U);
    ASSERT_EQ(counties(narrow).size(), 1U);
    EXPECT_EQ(counties(narrow)[0].at("county_id").as_string(), there.county);
    const auto pause = [&](const TestSale& sale) {
        return call("POST", "/api/v1/auctions/" + sale.auction + "/pause", narrow,
                    R"({"reason":"a test"})")
            .status;
    };
    EXPECT_EQ(pause(here), 404);
    EXPECT_NE(pause(there), 404);
    // A key of one county would not narrow whoever has none by name.
    const TestUser bidder = make_user("investor");
    one_value("INSERT INTO api_keys (user_id, name, token_hash, county_id) VALUES ('" + bidder.id +
              "', 'odd', sha256('" + odd + "'), '" + here.county + "') RETURNING id");
    EXPECT_EQ(call("GET", "/api/v1/account", odd).status, 401);
}

TEST(ApiKeys, run_out_by_the_clock_of_the_database) {
    TestSale sale{{.items_a_batch = 1, .first_end = 7200s}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    Owner owner{with_password(bidder)};
    const Instant end = LiveServer::instance().now() + 10min;
    const std::string key =
        owner.key(R"(["read","bid"])", R"(,"expires_at":")" + format_instant(end) + R"(")");
    EXPECT_EQ(sale.bid({bidder.id, key}, 0, "5.00").status, 200);
    // The service still believes in the key; the journal, which reads the clock, does not.
    LiveServer::instance().connect().execute("SELECT strikeoff.shift_test_clock('10 minutes')");
    EXPECT_EQ(sale.bid({bidder.id, key}, 0, "4.00").reason(), "auth.key_unknown");
    EXPECT_EQ(call("GET", "/api/v1/account", key).status, 401);
    EXPECT_EQ(sale.bid(bidder, 0, "4.00").status, 200);
}

TEST(ApiKeys, say_when_they_were_used_last_to_the_minute) {
    Owner owner{sign_up()};
    const Reply made = owner.make(R"(["read"])");
    const auto used = [&] {
        return one_value("SELECT last_used_at FROM api_keys WHERE id = '" + made.text("id") + "'");
    };
    EXPECT_EQ(call("GET", "/api/v1/account", made.text("key")).status, 200);
    ASSERT_TRUE(eventually([&] { return !used().empty(); }));
    const std::string first = used();
    EXPECT_EQ(call("GET", "/api/v1/account", made.text("key")).status, 200);
    std::this_thread::sleep_for(2500ms); // Written by a thread that works each second.
    EXPECT_EQ(used(), first);
    LiveServer::instance().advance(2min);
    EXPECT_EQ(call("GET", "/api/v1/account", made.text("key")).status, 200);
    EXPECT_TRUE(eventually([&] { return used() != first; }));
}

} // namespace
} // namespace strikeoff::testing
