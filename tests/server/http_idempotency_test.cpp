// A request that its sender named acts once, however often it comes.
#include "support/server/browser.hpp"
#include "support/server/raw_connection.hpp"
#include "support/server/test_server.hpp"

#include <gtest/gtest.h>

#include <latch>
#include <set>

namespace strikeoff::testing {
namespace {

using http::Access;
using http::Request;
using http::Response;
using namespace std::chrono_literals;

std::atomic<int> carried_out = 0;
std::atomic<bool> may_finish = true;

Result<Response> post_count(App&, const Request& request) {
    const int n = ++carried_out;
    while (!may_finish)
        std::this_thread::sleep_for(5ms);
    if (request.body == "refuse") return fail(ErrorCode::conflict, "test.refused", "no");
    if (request.body == "throw") throw std::runtime_error("the world broke");
    if (request.body == "unknown") throw db::Unavailable("the connection broke in a commit");
    return Response{.status = 201, .body = fmt::format(R"({{"n":{}}})", n)};
}

void add_count(http::Router& router) {
    router.post("/count", post_count, {.id = "postCount", .access = Access::admin});
    router.post("/other", post_count, {.id = "postOther", .access = Access::admin});
}

std::string post(const std::string& path, const std::string& key, const std::string& body,
                 const std::string& bearer = LiveServer::instance().admin_key()) {
    return "POST " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + bearer +
           "\r\nIdempotency-Key: " + key + "\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

class IdempotencyKey : public ::testing::Test {
protected:
    static TestServer& server() {
        static TestServer server{{}, add_count};
        return server;
    }
    RawAnswer send(const std::string& bytes) { return exchange_raw(server().port(), bytes); }
    const std::string key_ = fresh_bid_id();
    const int before_ = carried_out;
    int times() const { return carried_out - before_; }
};

TEST_F(IdempotencyKey, the_same_request_again_gets_the_first_answer) {
    const RawAnswer first = send(post("/count", key_, "{}"));
    const RawAnswer again = send(post("/count", key_, "{}"));
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(first.header("Idempotency-Replayed"), "");
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.header("Content-Type"), first.header("Content-Type"));
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(times(), 1);
}

TEST_F(IdempotencyKey, a_refusal_is_replayed_as_well) {
    const RawAnswer first = send(post("/count", key_, "refuse"));
    const RawAnswer again = send(post("/count", key_, "refuse"));
    EXPECT_EQ(first.reason(), "test.refused");
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(times(), 1);
}

TEST_F(IdempotencyKey, another_body_or_query_is_refused) {
    send(post("/count", key_, "{}"));
    for (const RawAnswer& answer :
         {send(post("/count", key_, "{ }")), send(post("/count?a=b", key_, "{}"))}) {
        EXPECT_EQ(answer.status, 422);
        EXPECT_EQ(answer.reason(), "idempotency.other_body");
    }
    EXPECT_EQ(times(), 1);
}

TEST_F(IdempotencyKey, belongs_to_one_user_and_one_route) {
    const TestUser other = make_user("admin");
    EXPECT_EQ(send(post("/count", key_, "{}")).status, 201);
    EXPECT_EQ(send(post("/other", key_, "{}")).status, 201);
    EXPECT_EQ(send(post("/count", key_, "{}", other.key)).status, 201);
    EXPECT_EQ(times(), 3);
}

TEST_F(IdempotencyKey, a_request_under_way_is_not_begun_again) {
    may_finish = false;
    RawConnection first{server().port()};
    first.send(post("/count", key_, "{}"));
    EXPECT_TRUE(eventually([&] { return times() == 1; }));
    const RawAnswer second = send(post("/count", key_, "{}"));
    may_finish = true;
    EXPECT_EQ(second.status, 409);
    EXPECT_EQ(second.reason(), "idempotency.in_flight");
    EXPECT_EQ(first.receive().status, 201);
    EXPECT_EQ(send(post("/count", key_, "{}")).status, 201);
    EXPECT_EQ(times(), 1);
}

TEST_F(IdempotencyKey, of_parallel_requests_one_is_carried_out) {
    std::latch start{8};
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::multiset<int> statuses;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            start.arrive_and_wait();
            const int status = send(post("/count", key_, "{}")).status;
            const std::lock_guard lock{mutex};
            statuses.insert(status);
        });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(times(), 1);
    EXPECT_GE(statuses.count(201), 1u);
    EXPECT_EQ(statuses.count(201) + statuses.count(409), 8u);
}

TEST_F(IdempotencyKey, after_a_failure_the_request_may_be_tried_again) {
    EXPECT_EQ(send(post("/count", key_, "throw")).status, 500);
    EXPECT_EQ(send(post("/count", key_, "throw")).status, 500);
    EXPECT_EQ(times(), 2);
}

TEST_F(IdempotencyKey, after_an_unknown_outcome_nothing_is_done_twice) {
    EXPECT_EQ(send(post("/count", key_, "unknown")).status, 503);
    const RawAnswer again = send(post("/count", key_, "unknown"));
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(again.reason(), "idempotency.in_flight");
    EXPECT_EQ(times(), 1);
}

TEST_F(IdempotencyKey, has_1_to_200_visible_characters) {
    for (const std::string& key :
         {std::string(201, 'x'), std::string("a b"), std::string("\xc3\xa9")})
        EXPECT_EQ(send(post("/count", key, "{}")).reason(), "idempotency.key_malformed") << key;
    EXPECT_EQ(times(), 0);
    EXPECT_EQ(send(post("/count", key_ + std::string(164, 'x'), "{}")).status, 201);
}

TEST_F(IdempotencyKey, is_forgotten_after_a_day) {
    EXPECT_EQ(send(post("/count", key_, "{}")).status, 201);
    LiveServer::instance().connect().execute("UPDATE idempotency_keys SET created_at = now() - "
                                             "interval '25 hours' WHERE key = '" +
                                             key_ + "'");
    EXPECT_EQ(send(post("/count", key_, "{}")).status, 201);
    EXPECT_EQ(times(), 2);
}

TEST_F(IdempotencyKey, makes_a_county_once_in_the_real_service) {
    const std::string body = R"({"name":"Once )" + key_ + R"(","state":"FL"})";
    const unsigned short port = LiveServer::instance().app().port();
    const RawAnswer first = exchange_raw(port, post("/api/v1/counties", key_, body));
    const RawAnswer again = exchange_raw(port, post("/api/v1/counties", key_, body));
    EXPECT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(again.status, 201) << "without the key it would be 409 county.exists";
    EXPECT_EQ(again.body, first.body);
}

TEST_F(IdempotencyKey, keeps_nothing_of_an_account) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    browser.headers["Idempotency-Key"] = key_;
    const std::string path = "/api/v1/account/second-factor/enrol";
    const std::string first = browser.post(path).text("secret");
    EXPECT_EQ(first.size(), 32U);
    EXPECT_NE(browser.post(path).text("secret"), first) << "a new one each time";
    const db::PgResult kept = LiveServer::instance().connect().execute(
        "SELECT 1 FROM idempotency_keys WHERE key = '" + key_ + "'");
    EXPECT_EQ(PQntuples(kept.get()), 0);
}

} // namespace
} // namespace strikeoff::testing
