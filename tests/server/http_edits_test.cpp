// Conditions on the real resources: what may be kept, and edits that name the state they edit.
#include "support/server/raw_connection.hpp"
#include "support/server/test_server.hpp"

#include <gtest/gtest.h>

#include <latch>

namespace strikeoff::testing {
namespace {

unsigned short port() {
    return LiveServer::instance().app().port();
}

RawAnswer send(const std::string& method, const std::string& path, const std::string& key,
               const std::string& fields = "", const std::string& body = "") {
    return exchange_raw(port(), method + " " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                                    std::to_string(body.size()) + "\r\n" +
                                    (key.empty() ? "" : "Authorization: Bearer " + key + "\r\n") +
                                    fields + "\r\n" + body);
}

TEST(EditConditions, an_edit_of_another_state_is_412_and_changes_nothing) {
    TestSale sale{{}};
    const TestUser bidder = sale.add_bidder("500.00");
    const std::string path = "/api/v1/auctions/" + sale.auction + "/bidders/" + bidder.id;
    const std::string seen = send("GET", path, sale.staff.key).header("ETag");
    ASSERT_FALSE(seen.empty());
    const auto set = [&](const std::string& tag, const std::string& deposits) {
        return send("PUT", path + "/budget", sale.staff.key,
                    tag.empty() ? "" : "If-Match: " + tag + "\r\n",
                    R"({"deposits":")" + deposits + R"("})");
    };
    EXPECT_EQ(set(seen, "600.00").status, 200);
    const RawAnswer late = set(seen, "700.00");
    EXPECT_EQ(late.status, 412);
    EXPECT_EQ(late.reason(), "precondition.failed");
    const RawAnswer now = send("GET", path, sale.staff.key);
    EXPECT_NE(now.body.find(R"("deposits":"600.00")"), std::string::npos) << now.body;
    EXPECT_EQ(set("W/" + now.header("ETag"), "700.00").status, 412) << "weak tags match nothing";
    EXPECT_EQ(set("\"other\", " + now.header("ETag"), "700.00").status, 200);
    EXPECT_EQ(set("*", "800.00").status, 200);
    EXPECT_EQ(set("", "900.00").status, 200);
    // What one may not see has no state to name.
    const TestSale other{{}};
    EXPECT_EQ(send("PUT", path + "/budget", other.staff.key, "If-Match: *\r\n", "{}").status, 404);
}

TEST(EditConditions, hold_for_limits_and_bars_too) {
    TestSale sale{{}};
    const TestUser bidder = sale.add_bidder("500.00");
    const std::string own = "/api/v1/auctions/" + sale.auction + "/me";
    const std::string tag = send("GET", own, bidder.key).header("ETag");
    const auto limit = [&](const std::string& amount) {
        return send("PUT", own + "/limit", bidder.key, "If-Match: " + tag + "\r\n",
                    R"({"own_limit":")" + amount + R"("})")
            .status;
    };
    EXPECT_EQ(limit("100.00"), 200);
    EXPECT_EQ(limit("50.00"), 412);
    const std::string bar = "/api/v1/auctions/" + sale.auction + "/bidders/" + bidder.id + "/bar";
    EXPECT_EQ(
        send("POST", bar, sale.staff.key, "If-Match: \"x\"\r\n", R"({"reason":"test"})").status,
        412);
    // A command on something that has no ETag cannot meet one.
    const std::string pause = "/api/v1/auctions/" + sale.auction + "/pause";
    EXPECT_EQ(
        send("POST", pause, sale.staff.key, "If-Match: \"x\"\r\n", R"({"reason":"test"})").status,
        412);
}

TEST(EditConditions, of_parallel_edits_of_one_state_one_is_done) {
    TestSale sale{{}};
    const TestUser bidder = sale.add_bidder("500.00");
    const std::string path = "/api/v1/auctions/" + sale.auction + "/bidders/" + bidder.id;
    const std::string tag = send("GET", path, sale.staff.key).header("ETag");
    std::latch start{6};
    std::atomic<int> done = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            const int status =
                send("PUT", path + "/budget", sale.staff.key, "If-Match: " + tag + "\r\n",
                     fmt::format(R"({{"deposits":"{}.00"}})", 600 + i))
                    .status;
            done += status == 200 ? 1 : 0;
            refused += status == 412 ? 1 : 0;
        });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(done, 1);
    EXPECT_EQ(refused, 5);
}

TEST(SealedHttp, tags_of_an_open_batch_do_not_move_with_its_bids) {
    TestSale sale{{}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    std::vector<std::string> paths{"/api/v1/batches/" + sale.batches[0],
                                   "/api/v1/auctions/" + sale.auction,
                                   "/api/v1/auctions/" + sale.auction + "/batches",
                                   "/api/v1/batches/" + sale.batches[0] + "/items",
                                   "/api/v1/batches/" + sale.batches[0] + "/chain"};
    std::map<std::string, std::string> before;
    for (const std::string& path : paths)
        before[path] = send("GET", path, "").header("ETag");
    for (int lot = 0; lot < 5; ++lot)
        ASSERT_EQ(sale.bid(bidder, lot, "5.25").status, 200);
    for (const std::string& path : paths) {
        EXPECT_FALSE(before[path].empty()) << path;
        EXPECT_EQ(send("GET", path, "", "If-None-Match: " + before[path] + "\r\n").status, 304)
            << path;
    }
}

TEST(SealedHttp, answers_to_bids_are_neither_compressed_nor_kept_under_a_key) {
    TestSale sale{{}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    const std::string path = "/api/v1/batches/" + sale.batches[0] + "/bids";
    const std::string fields = "Accept-Encoding: gzip\r\nIdempotency-Key: k\r\n";
    const auto bid = [&](int lot) {
        return fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","rate":"5.25"}})",
                           fresh_bid_id(), sale.certificate(lot));
    };
    const RawAnswer first = send("POST", path, bidder.key, fields, bid(0));
    const RawAnswer second = send("POST", path, bidder.key, fields, bid(1));
    EXPECT_EQ(first.status, 200) << first.body;
    EXPECT_EQ(second.status, 200) << second.body;
    EXPECT_GT(first.body.size(), 1024u);
    for (const RawAnswer& answer : {first, second}) {
        EXPECT_EQ(answer.header("Content-Encoding"), "");
        EXPECT_EQ(answer.header("Vary"), "");
        EXPECT_EQ(answer.header("ETag"), "");
        EXPECT_EQ(answer.header("Idempotency-Replayed"), "");
    }
}

} // namespace
} // namespace strikeoff::testing
