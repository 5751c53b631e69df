// Sessions over HTTP, as browsers see them.
#include "support/server/browser.hpp"

#include <gmock/gmock.h>

#include <future>
#include <set>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string account = "/api/v1/account";
const std::string refresh = "/api/v1/auth/refresh";

TEST(Sessions, are_cookies_that_no_script_and_no_other_site_gets) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    ASSERT_EQ(browser.set_cookies().size(), 3U);
    for (const std::string& cookie : browser.set_cookies())
        EXPECT_THAT(cookie, AllOf(HasSubstr("__Host-so_"), HasSubstr("; Secure"),
                                  HasSubstr("; HttpOnly"), HasSubstr("; SameSite=Strict"),
                                  HasSubstr("; Path=/"), Not(HasSubstr("Domain"))));
    // Only their hashes are kept.
    const std::string token = browser.cookie("__Host-so_s");
    EXPECT_EQ(one_value("SELECT count(*) FROM sessions WHERE token_hash = sha256('" + token + "')"),
              "1");
}

TEST(Sessions, do_nothing_for_other_sites) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    const std::string path = "/api/v1/account/sessions/end-others";
    using Headers = std::map<std::string, std::string>;
    for (const Headers& foreign :
         {Headers{}, Headers{{"X-Strikeoff", "1"}}, Headers{{"Sec-Fetch-Site", "same-origin"}},
          Headers{{"X-Strikeoff", "1"}, {"Sec-Fetch-Site", "cross-site"}},
          Headers{{"X-Strikeoff", "1"}, {"Sec-Fetch-Site", "same-site"}},
          Headers{{"X-Strikeoff", "1"}, {"Origin", "http://127.0.0.2"}},
          Headers{{"X-Strikeoff", "1"}, {"Origin", "null"}},
          Headers{{"X-Strikeoff", "1"}, {"Origin", "https://localhost"}}}) {
        browser.headers = foreign;
        const Reply answer = browser.post(path);
        EXPECT_EQ(answer.status, 403) << answer.body;
        EXPECT_EQ(answer.reason(), "auth.foreign_page");
    }
    browser.headers = {{"X-Strikeoff", "1"}, {"Origin", "http://localhost"}};
    EXPECT_EQ(browser.post(path).status, 204);
    browser.headers = {};
    EXPECT_EQ(browser.get(account).status, 200) << "reading changes nothing";
    EXPECT_EQ(Browser{}.sign_in(person.email, person.password).status, 200);
    Browser stranger;
    stranger.headers = {};
    EXPECT_EQ(stranger.sign_in(person.email, person.password).status, 403)
        << "nobody is signed in as somebody else either";
}

TEST(Sessions, are_not_mixed_with_keys) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    browser.headers["Authorization"] = "Bearer " + LiveServer::instance().admin_key();
    EXPECT_EQ(browser.get(account).reason(), "auth.malformed");
}

TEST(Sessions, go_on_by_refresh_tokens_that_are_good_once) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    const std::string first = browser.cookie("__Host-so_r");
    ASSERT_EQ(browser.post(refresh).status, 204);
    const std::string second = browser.cookie("__Host-so_r");
    EXPECT_NE(first, second);
    EXPECT_EQ(browser.get(account).status, 200);
    ASSERT_EQ(browser.post(refresh).status, 204);
    // Somebody has kept the first one.
    Browser thief;
    thief.set_cookie("__Host-so_r", first);
    EXPECT_EQ(thief.post(refresh).reason(), "auth.refresh_reused");
    EXPECT_EQ(browser.get(account).status, 401) << "all that came of the sign-in has ended";
    EXPECT_EQ(browser.post(refresh).status, 401);
    EXPECT_EQ(count_events(person.id, "token_reuse"), 1);
}

TEST(Sessions, give_the_same_successor_when_an_answer_was_lost) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    const std::string first = browser.cookie("__Host-so_r");
    ASSERT_EQ(browser.post(refresh).status, 204);
    const std::string second = browser.cookie("__Host-so_r");
    browser.set_cookie("__Host-so_r", first);
    ASSERT_EQ(browser.post(refresh).status, 204);
    EXPECT_EQ(browser.cookie("__Host-so_r"), second);
    // Not from another device, and not later.
    Browser other{"Other/2.0"};
    other.set_cookie("__Host-so_r", first);
    EXPECT_EQ(other.post(refresh).reason(), "auth.refresh_reused");
    EXPECT_EQ(browser.post(refresh).status, 401);
}

TEST(Sessions, end_when_the_successor_was_used_or_ten_seconds_have_passed) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    const std::string first = browser.cookie("__Host-so_r");
    ASSERT_EQ(browser.post(refresh).status, 204);
    LiveServer::instance().advance(11s);
    browser.set_cookie("__Host-so_r", first);
    EXPECT_EQ(browser.post(refresh).reason(), "auth.refresh_reused");
}

TEST(Sessions, have_one_child_of_twenty_parallel_refreshes) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    std::vector<std::future<std::string>> children;
    for (int i = 0; i < 20; ++i)
        children.push_back(std::async(std::launch::async, [browser]() mutable {
            return browser.post(refresh).status == 204 ? browser.cookie("__Host-so_r") : "";
        }));
    std::set<std::string> distinct;
    for (auto& child : children)
        distinct.insert(child.get());
    EXPECT_EQ(distinct.size(), 1U);
    EXPECT_FALSE(distinct.contains(""));
    EXPECT_EQ(one_value("SELECT count(*) FROM refresh_tokens WHERE user_id = '" + person.id + "'"),
              "2");
}

TEST(Sessions, end_when_nobody_uses_them_and_after_a_day) {
    const Person person = sign_up();
    Browser idle;
    Browser busy;
    ASSERT_EQ(idle.sign_in(person.email, person.password).status, 200);
    ASSERT_EQ(busy.sign_in(person.email, person.password).status, 200);
    LiveServer& server = LiveServer::instance();
    server.advance(16min);
    EXPECT_EQ(busy.get(account).status, 401) << "the access token lives for 15 minutes";
    EXPECT_EQ(busy.post(refresh).status, 204);
    EXPECT_EQ(busy.get(account).status, 200);
    server.advance(50min);
    EXPECT_EQ(idle.post(refresh).reason(), "auth.refresh_unknown") << "idle for over an hour";
    for (int i = 0; i < 24; ++i) {
        busy.post(refresh);
        server.advance(59min);
    }
    EXPECT_EQ(busy.post(refresh).reason(), "auth.refresh_unknown") << "a day has passed";
}

TEST(Sessions, are_listed_and_ended_one_by_one_or_all) {
    const Person person = sign_up();
    Browser one{"One/1.0"};
    Browser two{"Two/1.0"};
    Browser three{"Three/1.0"};
    for (Browser* browser : {&one, &two, &three})
        ASSERT_EQ(browser->sign_in(person.email, person.password).status, 200);
    const boost::json::value list = one.get("/api/v1/account/sessions").json();
    ASSERT_EQ(list.at("items").as_array().size(), 3U);
    std::string second;
    for (const boost::json::value& item : list.at("items").as_array()) {
        EXPECT_EQ(item.at("is_this_one").as_bool(), item.at("device") == "One/1.0");
        if (item.at("device") == "Two/1.0") second = std::string(item.at("id").as_string());
    }
    const Person stranger = sign_up();
    Browser other;
    ASSERT_EQ(other.sign_in(stranger.email, stranger.password).status, 200);
    EXPECT_EQ(other.post("/api/v1/account/sessions/" + second + "/end").status, 404);
    EXPECT_EQ(one.post("/api/v1/account/sessions/" + second + "/end").status, 204);
    EXPECT_EQ(two.get(account).status, 401);
    EXPECT_EQ(two.post(refresh).status, 401);
    EXPECT_EQ(three.get(account).status, 200);
    EXPECT_EQ(one.post("/api/v1/account/sessions/end-others").status, 204);
    EXPECT_EQ(three.get(account).status, 401);
    EXPECT_EQ(one.get(account).status, 200);
}

} // namespace
} // namespace strikeoff::testing
