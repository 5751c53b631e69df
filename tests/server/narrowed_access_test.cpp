// What was taken from somebody is gone at the next call, whichever process takes it.
#include "support/server/beside.hpp"
#include "support/server/browser.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

class NarrowedAccess : public ::testing::Test {
protected:
    NarrowedAccess() { sale.wait_until_open(); }

    Reply bid_beside(Browser& browser, const std::string& rate) {
        browser.go_to(beside.port());
        const Reply reply =
            browser.post("/api/v1/batches/" + sale.batches[0] + "/bids",
                         fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","rate":"{}"}})",
                                     fresh_bid_id(), sale.certificate(0), rate));
        browser.go_to(0);
        return reply;
    }
    Reply get_beside(Browser& browser) {
        browser.go_to(beside.port());
        const Reply reply = browser.get("/api/v1/account");
        browser.go_to(0);
        return reply;
    }
    /// A program with a key.
    static Browser program(const std::string& key) {
        Browser browser{"Program/1.0"};
        browser.headers = {{"Authorization", "Bearer " + key}};
        return browser;
    }

    TestSale sale{{.items_a_batch = 2, .first_end = 24h}};
    const ServiceBeside beside;
};

TEST_F(NarrowedAccess, of_a_revoked_key_is_over_everywhere) {
    const TestUser bidder = sale.add_bidder();
    Browser person;
    const Person known = with_password(bidder);
    ASSERT_EQ(person.sign_in(known.email, known.password).status, 200);
    const Reply made =
        person.post("/api/v1/account/api-keys", R"({"name":"x","scopes":["read","bid"]})");
    Browser mine = program(made.text("key"));
    Browser other = program(bidder.key);
    ASSERT_EQ(bid_beside(mine, "9.00").status, 200);
    ASSERT_EQ(bid_beside(mine, "9.00").text("status"), "unchanged");
    ASSERT_EQ(bid_beside(other, "8.00").status, 200);
    ASSERT_EQ(get_beside(mine).status, 200);
    ASSERT_EQ(person.post("/api/v1/account/api-keys/" + made.text("id") + "/revoke").status, 204);
    EXPECT_EQ(bid_beside(mine, "8.00").reason(), "auth.key_unknown") << "no answer to what stands";
    EXPECT_EQ(bid_beside(mine, "7.00").reason(), "auth.key_unknown");
    EXPECT_EQ(bid_beside(mine, "7.01").reason(), "auth.key_unknown") << "nor to what is no bid";
    EXPECT_EQ(get_beside(mine).reason(), "auth.key_unknown");
    EXPECT_EQ(bid_beside(other, "7.00").status, 200) << "the other key of the same person";
    EXPECT_EQ(get_beside(other).status, 200);
}

TEST_F(NarrowedAccess, of_a_revoked_key_stores_nothing) {
    const TestUser bidder = sale.add_bidder();
    Browser mine = program(bidder.key);
    ASSERT_EQ(bid_beside(mine, "9.00").status, 200);
    one_value("UPDATE api_keys SET revoked_at = strikeoff.clock() WHERE user_id = '" + bidder.id +
              "' RETURNING id");
    EXPECT_EQ(bid_beside(mine, "7.00").status, 401) << "the first that this process hears of it";
    EXPECT_EQ(
        one_value("SELECT sum(count) FROM bid_blocks WHERE batch_id = '" + sale.batches[0] + "'"),
        "1");
}

TEST_F(NarrowedAccess, of_an_account_that_was_closed_or_got_another_role) {
    for (const std::string change : {"status = 'inactive'", "role = 'viewer'"}) {
        const TestUser bidder = sale.add_bidder();
        Browser mine = program(bidder.key);
        ASSERT_EQ(bid_beside(mine, "9.00").status, 200);
        one_value("UPDATE users SET " + change + " WHERE id = '" + bidder.id + "' RETURNING id");
        const int status = bid_beside(mine, "7.00").status;
        EXPECT_EQ(status, change.starts_with("role") ? 404 : 401);
    }
}

TEST_F(NarrowedAccess, of_a_session_that_ended_is_over_everywhere) {
    const Person known = with_password(sale.add_bidder());
    Browser browser;
    ASSERT_EQ(browser.sign_in(known.email, known.password).status, 200);
    ASSERT_EQ(bid_beside(browser, "9.00").status, 200);
    ASSERT_EQ(get_beside(browser).status, 200);
    Browser copy = browser; // The cookies stay behind.
    ASSERT_EQ(browser.post("/api/v1/auth/sign-out").status, 204);
    EXPECT_EQ(bid_beside(copy, "7.00").status, 401);
    EXPECT_EQ(get_beside(copy).status, 401);
}

TEST_F(NarrowedAccess, of_a_session_whose_refresh_token_came_twice) {
    const Person known = with_password(sale.add_bidder());
    Browser browser;
    ASSERT_EQ(browser.sign_in(known.email, known.password).status, 200);
    const std::string first = browser.cookie("__Host-so_r");
    ASSERT_EQ(browser.post("/api/v1/auth/refresh").status, 204);
    ASSERT_EQ(bid_beside(browser, "9.00").status, 200);
    Browser thief{"Other/2.0"};
    thief.set_cookie("__Host-so_r", first);
    ASSERT_EQ(thief.post("/api/v1/auth/refresh").reason(), "auth.refresh_reused");
    EXPECT_EQ(get_beside(browser).status, 401);
    EXPECT_EQ(bid_beside(browser, "7.00").status, 401);
    EXPECT_EQ(count_mails(known.email, "session_reused"), 1);
}

TEST_F(NarrowedAccess, of_some_does_not_hold_up_the_bids_of_others) {
    const TestUser bidder = sale.add_bidder();
    Browser mine = program(bidder.key);
    const TestUser other = make_user("investor");
    std::atomic<bool> done = false;
    std::atomic<int> changes = 0;
    std::thread changing{[&] {
        for (; !done; ++changes)
            one_value("UPDATE api_keys SET expires_at = strikeoff.clock() + interval '1 day' "
                      "WHERE user_id = '" +
                      other.id + "' RETURNING id");
    }};
    for (int i = 0; i < 50; ++i)
        EXPECT_EQ(bid_beside(mine, fmt::format("{}.00", i % 17 + 1)).text("status"), "accepted");
    done = true;
    changing.join();
    EXPECT_GT(changes, 0);
}

} // namespace
} // namespace strikeoff::testing
