#include "core/receipt.hpp"
#include "support/server/live_server.hpp"
#include "support/server/raw_connection.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

class PlaceBid : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        sale_ = new TestSale{{.items_a_batch = 20, .first_end = std::chrono::hours{24}}};
        sale_->wait_until_open();
    }
    static void TearDownTestSuite() {
        delete sale_;
        sale_ = nullptr;
    }
    TestSale& sale() { return *sale_; }
    LiveServer& server() { return LiveServer::instance(); }

private:
    static inline TestSale* sale_ = nullptr;
};

TEST_F(PlaceBid, an_accepted_bid_is_answered_with_a_receipt_that_holds) {
    const TestUser bidder = sale().add_bidder();
    const Reply reply = sale().bid(bidder, 0, "5.25");
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.text("status"), "accepted");
    const auto receipt = read_receipt(reply.text("receipt"));
    ASSERT_TRUE(receipt) << receipt.error().message;
    EXPECT_TRUE(verify_receipt(*receipt, server().app().keys.signing().public_key()));
    EXPECT_EQ(receipt->size, receipt_tree_size);
    const auto leaf = decode_leaf(receipt->leaf);
    ASSERT_TRUE(leaf);
    EXPECT_EQ(leaf->rate, Rate::from_bp(525));
    EXPECT_EQ(leaf->certificate.text(), sale().certificate(0));
    const Reply own =
        server().call("GET", "/api/v1/auctions/" + sale().auction + "/me", bidder.key);
    EXPECT_EQ(own.json().at("bidder").at("bidder_ref").as_string(), to_hex(leaf->bidder_ref));
}

TEST_F(PlaceBid, the_same_request_again_gets_the_first_answer) {
    const TestUser bidder = sale().add_bidder();
    const std::string id = fresh_bid_id();
    const Reply first = sale().bid(bidder, 1, "5.25", 0, id);
    const Reply again = sale().bid(bidder, 1, "5.25", 0, id);
    EXPECT_EQ(again.text("status"), "replayed");
    EXPECT_EQ(again.text("bid"), first.text("bid"));
    EXPECT_EQ(read_receipt(again.text("receipt"))->leaf, read_receipt(first.text("receipt"))->leaf);
    const Reply other = sale().bid(bidder, 1, "5.00", 0, id);
    EXPECT_EQ(other.status, 409);
    EXPECT_EQ(other.reason(), "bid.id_reused");
}

TEST_F(PlaceBid, the_rate_that_stands_is_unchanged_and_keeps_its_rank) {
    const TestUser bidder = sale().add_bidder();
    const Reply first = sale().bid(bidder, 2, "5.25");
    const Reply same = sale().bid(bidder, 2, "5.25");
    EXPECT_EQ(same.text("status"), "unchanged");
    EXPECT_EQ(same.text("bid"), first.text("bid"));
    EXPECT_EQ(sale().bid(bidder, 2, "5.00").text("status"), "accepted");
    EXPECT_EQ(sale().bid(bidder, 2, "5.25").text("status"), "accepted");
}

TEST_F(PlaceBid, a_bid_can_be_withdrawn_and_placed_again) {
    const TestUser bidder = sale().add_bidder();
    EXPECT_EQ(sale().withdraw_bid(bidder, 3).reason(), "bid.nothing_to_withdraw");
    sale().bid(bidder, 3, "5.25");
    EXPECT_EQ(sale().withdraw_bid(bidder, 3).text("status"), "accepted");
    EXPECT_EQ(sale().bid(bidder, 3, "5.25").text("status"), "accepted");
    const Reply mine =
        server().call("GET", "/api/v1/batches/" + sale().batches[0] + "/bids/mine", bidder.key);
    ASSERT_EQ(mine.json().at("items").as_array().size(), 2);
    EXPECT_EQ(mine.json().at("items").at(0).at("status").as_string(), "withdrawn");
    EXPECT_EQ(mine.json().at("items").at(1).at("status").as_string(), "standing");
}

TEST_F(PlaceBid, a_device_may_call_itself_anything) {
    const TestUser bidder = sale().add_bidder();
    const std::string cut_in_two = std::string(199, 'x') + "\xc3\xa9";
    for (const std::string& device : {std::string{"\xff"}, cut_in_two}) {
        const std::string body =
            fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","rate":"5.25"}})", fresh_bid_id(),
                        sale().certificate(4));
        const RawAnswer answer = exchange_raw(
            server().app().port(),
            fmt::format("POST /api/v1/batches/{}/bids HTTP/1.1\r\nHost: a\r\nUser-Agent: {}\r\n"
                        "Authorization: Bearer {}\r\nContent-Length: {}\r\n\r\n{}",
                        sale().batches[0], device, bidder.key, body.size(), body));
        EXPECT_EQ(answer.status, 200) << answer.body;
    }
}

TEST_F(PlaceBid, illegal_rates_are_refused_by_reason) {
    const TestUser bidder = sale().add_bidder();
    for (const char* rate : {"4.80", "18.25", "0.10", "0.01", "100.00"})
        EXPECT_EQ(sale().bid(bidder, 4, rate).reason(), "bid.rate_off_step") << rate;
    for (const char* rate : {"-1", "abc", "", "5.255", "1e1"})
        EXPECT_EQ(sale().bid(bidder, 4, rate).reason(), "body.invalid") << rate;
    for (const char* rate : {"0.00", "0", "0.25", "18.00", "17.75", "18"})
        EXPECT_EQ(sale().bid(bidder, 4, rate).status, 200) << rate;
}

TEST_F(PlaceBid, bad_requests_get_a_problem_and_store_nothing) {
    const TestUser bidder = sale().add_bidder();
    const std::string path = "/api/v1/batches/" + sale().batches[0] + "/bids";
    const std::string certificate = sale().certificate(5);
    struct Case {
        std::string body;
        std::string reason;
    };
    const std::vector<Case> cases{
        {"", "json.malformed"},
        {"{", "json.malformed"},
        {"[]", "body.invalid"},
        {"{}", "body.invalid"},
        {R"({"bid_id":")" + fresh_bid_id() + R"(","certificate_id":")" + certificate + R"("})",
         "bid.rate_missing"},
        {R"({"bid_id":")" + fresh_bid_id() + R"(","certificate_id":")" + certificate +
             R"(","rate":5.25})",
         "json.unsupported"},
        {R"({"bid_id":")" + fresh_bid_id() + R"(","certificate_id":")" + certificate +
             R"(","rate":5})",
         "body.invalid"},
        {R"({"bid_id":")" + fresh_bid_id() + R"(","certificate_id":")" + certificate +
             R"(","rate":"5.25","status":"accepted"})",
         "body.invalid"},
        {R"({"bid_id":")" + fresh_bid_id() + R"(","rate":"5.25","rate":"5.00","certificate_id":")" +
             certificate + R"("})",
         "json.unsupported"},
        {R"({"bid_id":"6e0d0d3c-3c84-4d8c-8f3a-0f6a3f3f3f3f","certificate_id":")" + certificate +
             R"(","rate":"5.25"})",
         "bid.id_malformed"},
        {R"({"bid_id":")" + fresh_bid_id() + R"(","certificate_id":")" + fresh_bid_id() +
             R"(","rate":"5.25"})",
         "not_found"}};
    for (const Case& c : cases)
        EXPECT_EQ(server().call("POST", path, bidder.key, c.body).reason(), c.reason) << c.body;
    const Reply mine =
        server().call("GET", "/api/v1/batches/" + sale().batches[0] + "/bids/mine", bidder.key);
    EXPECT_TRUE(mine.json().at("items").as_array().empty());
}

TEST_F(PlaceBid, only_registered_investors_bid) {
    const TestUser stranger = make_user("investor");
    EXPECT_EQ(sale().bid(stranger, 6, "5.25").reason(), "bid.not_registered");
    EXPECT_EQ(sale().bid(sale().staff, 6, "5.25").status, 404);
    EXPECT_EQ(sale().bid({"", ""}, 6, "5.25").status, 401);
    EXPECT_EQ(sale().bid({"", "so_nonsense"}, 6, "5.25").reason(), "auth.key_unknown");
    // A bidder who registers while the batch is open is found at the first bid.
    EXPECT_EQ(sale().bid(sale().add_bidder(), 6, "5.25").status, 200);
}

TEST_F(PlaceBid, a_barred_bidder_is_refused_at_the_next_bid) {
    const TestUser bidder = sale().add_bidder();
    EXPECT_EQ(sale().bid(bidder, 7, "5.25").status, 200);
    EXPECT_EQ(server()
                  .call("POST",
                        "/api/v1/auctions/" + sale().auction + "/bidders/" + bidder.id + "/bar",
                        sale().staff.key, R"({"reason":"no W-9"})")
                  .status,
              200);
    EXPECT_EQ(sale().bid(bidder, 8, "5.25").reason(), "bid.barred");
}

TEST_F(PlaceBid, many_at_once_get_a_verdict_each_and_one_tree) {
    const TestUser bidder = sale().add_bidder();
    std::string body = R"({"bids":[)";
    for (int lot = 10; lot < 15; ++lot)
        body += fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","rate":"{}"}},)",
                            fresh_bid_id(), sale().certificate(lot), lot == 12 ? "4.80" : "3.00");
    body += fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","rate":"2.00"}}]}})",
                        fresh_bid_id(), sale().certificate(10));
    const Reply reply = server().call("POST", "/api/v1/batches/" + sale().batches[0] + "/bids/bulk",
                                      bidder.key, body);
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.text("accepted"), "4");
    EXPECT_EQ(reply.text("refused"), "2");
    const boost::json::value document = reply.json();
    const auto& lines = document.at("lines").as_array();
    EXPECT_EQ(lines.at(2).at("reason").as_string(), "bid.rate_off_step");
    EXPECT_EQ(lines.at(5).at("reason").as_string(), "bid.repeated_item");
    for (const std::size_t i : {0U, 1U, 3U, 4U}) {
        const auto receipt = read_receipt(boost::json::serialize(lines.at(i).at("receipt")));
        ASSERT_TRUE(receipt) << receipt.error().message;
        EXPECT_EQ(receipt->size, 4);
        EXPECT_TRUE(verify_receipt(*receipt, server().app().keys.signing().public_key()));
    }
}

TEST_F(PlaceBid, parallel_posts_of_one_bid_have_one_effect) {
    const TestUser bidder = sale().add_bidder();
    const std::string id = fresh_bid_id();
    std::atomic<int> accepted = 0;
    std::atomic<int> replayed = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 64; ++i)
        threads.emplace_back([&] {
            const Reply reply = sale().bid(bidder, 9, "1.00", 0, id);
            if (reply.text("status") == "accepted") ++accepted;
            if (reply.text("status") == "replayed") ++replayed;
        });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(accepted, 1);
    EXPECT_EQ(replayed, 63);
}

} // namespace
} // namespace strikeoff::testing
