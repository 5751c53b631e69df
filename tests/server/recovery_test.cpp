// The way back for who lost the second factor: two of staff, a day's delay, a day without bids.
#include "core/base32.hpp"
#include "core/one_time_code.hpp"
#include "support/server/browser.hpp"
#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

const std::string checked = R"({"reason":"came to the office with a driver's license"})";

Reply post(const std::string& path, const TestUser& user, const std::string& body = "") {
    return LiveServer::instance().call("POST", path, user.key, body);
}

/// A bidder with a second factor, known to the sale's county.
struct Bidder {
    explicit Bidder(TestSale& sale) : person{sign_up()} {
        EXPECT_EQ(browser.sign_in(person.email, person.password).status, 200);
        const Reply enrolment = browser.post("/api/v1/account/second-factor/enrol");
        secret = *from_base32(enrolment.text("secret"));
        EXPECT_EQ(browser.post("/api/v1/account/second-factor/confirm", code()).status, 200);
        one_value("UPDATE users SET kyc_status = 'verified' WHERE id = '" + person.id +
                  "' RETURNING id");
        const std::string bidder = R"({"user_id":")" + person.id +
                                   R"(","bidder_number":"R1","name":"R","deposits":"900000.00",)" +
                                   sale.papers() + "}";
        EXPECT_EQ(post("/api/v1/auctions/" + sale.auction + "/bidders", sale.staff, bidder).status,
                  201);
        path = "/api/v1/counties/" + sale.county + "/people/" + person.id + "/recovery";
    }
    std::string code() const {
        const auto step = static_cast<std::uint64_t>(one_time_step(LiveServer::instance().now()));
        return R"({"code":")" + counter_code(secret, step) + R"("})";
    }
    std::string next_step() {
        return Browser{}.sign_in(person.email, person.password).text("next");
    }
    Reply bid(TestSale& sale) {
        return browser.post("/api/v1/batches/" + sale.batches[0] + "/bids",
                            R"({"bid_id":")" + fresh_bid_id() + R"(","certificate_id":")" +
                                sale.certificate(0) + R"(","rate":"9.00"})");
    }
    Person person;
    Browser browser;
    Bytes secret;
    std::string path;
};

void grant(TestSale& sale, const Bidder& bidder) {
    const Reply proposed = post(bidder.path, sale.staff, checked);
    ASSERT_EQ(proposed.status, 202) << proposed.body;
    const Reply approved = sale.approve(proposed);
    ASSERT_EQ(approved.status, 200) << approved.body;
}

TEST(Recovery, takes_two_people_a_day_and_a_day_without_bids) {
    TestSale sale{{.first_end = 24h * 7}};
    Bidder bidder{sale};
    sale.wait_until_open();
    const Reply proposed = post(bidder.path, sale.staff, checked);
    ASSERT_EQ(proposed.status, 202) << proposed.body;
    EXPECT_EQ(count_mails(bidder.person.email, "recovery_requested"), 0)
        << "what was only tried is not told";
    ASSERT_EQ(sale.approve(proposed).status, 200);
    EXPECT_EQ(count_mails(bidder.person.email, "recovery_requested"), 1);
    LiveServer::instance().advance(23h);
    EXPECT_EQ(bidder.next_step(), "second_factor") << "nothing changes before the day is over";
    LiveServer::instance().advance(1h + 1s);
    EXPECT_EQ(bidder.browser.sign_in(bidder.person.email, bidder.person.password).text("next"),
              "none");
    EXPECT_EQ(count_mails(bidder.person.email, "recovery_done"), 1);
    EXPECT_EQ(bidder.bid(sale).reason(), "bid.on_hold");
    LiveServer::instance().advance(24h + 1s);
    EXPECT_EQ(bidder.browser.sign_in(bidder.person.email, bidder.person.password).status, 200);
    const Reply bid = bidder.bid(sale);
    EXPECT_EQ(bid.text("status"), "accepted") << bid.body;
}

TEST(Recovery, ends_the_sessions_of_whoever_is_signed_in) {
    TestSale sale{{.first_end = 24h * 7}};
    Bidder bidder{sale};
    grant(sale, bidder);
    for (int i = 0; i < 25; ++i) { // Kept alive until the day is over.
        LiveServer::instance().advance(58min);
        EXPECT_EQ(bidder.browser.post("/api/v1/auth/refresh").status, i < 24 ? 204 : 401);
    }
    EXPECT_EQ(bidder.next_step(), "none");
    EXPECT_EQ(bidder.browser.get("/api/v1/account").status, 401);
}

TEST(Recovery, stops_when_the_factor_turns_up) {
    TestSale sale{{.first_end = 24h * 7}};
    Bidder bidder{sale};
    grant(sale, bidder);
    LiveServer::instance().advance(1h);
    ASSERT_EQ(bidder.browser.sign_in(bidder.person.email, bidder.person.password).text("next"),
              "second_factor");
    EXPECT_EQ(bidder.browser.post("/api/v1/auth/second-factor", bidder.code()).status, 200);
    LiveServer::instance().advance(24h);
    EXPECT_EQ(bidder.next_step(), "second_factor");
}

TEST(Recovery, is_stopped_by_one_of_staff) {
    TestSale sale{{.first_end = 24h * 7}};
    Bidder bidder{sale};
    EXPECT_EQ(post(bidder.path + "/stop", sale.staff).reason(), "recovery.none");
    grant(sale, bidder);
    EXPECT_EQ(post(bidder.path, sale.staff, checked).reason(), "recovery.open");
    EXPECT_EQ(post(bidder.path + "/stop", sale.staff).status, 204);
    LiveServer::instance().advance(25h);
    EXPECT_EQ(bidder.next_step(), "second_factor");
}

TEST(Recovery, is_no_business_of_another_county) {
    TestSale sale{{.first_end = 24h * 7}};
    Bidder bidder{sale};
    const TestSale other{{}};
    const TestUser seller = make_user("county_admin", sale.county, http::Permission::sales);
    const std::string elsewhere =
        "/api/v1/counties/" + other.county + "/people/" + bidder.person.id + "/recovery";
    EXPECT_EQ(post(elsewhere, other.staff, checked).status, 404);
    EXPECT_EQ(post(bidder.path, other.staff, checked).status, 404);
    EXPECT_EQ(post(bidder.path, seller, checked).status, 404);
    EXPECT_EQ(post(bidder.path, make_user("investor"), checked).status, 404);
    EXPECT_EQ(post(bidder.path, sale.staff, R"({"reason":""})").reason(), "reason.missing");
}

} // namespace
} // namespace strikeoff::testing
