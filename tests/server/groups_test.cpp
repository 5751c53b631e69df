#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

TEST(Groups, stay_frozen_when_the_first_close_moves_away) {
    TestSale sale{
        {.first_end = 7200s, .settings = R"({"group_freeze_hours":1,"deposit_minimum":"100.00"})"}};
    LiveServer& server = LiveServer::instance();
    const TestUser primary = sale.add_bidder("200.00");
    const std::string bidder = "/api/v1/auctions/" + sale.auction + "/bidders/" + primary.id;
    const auto set_members = [&](const std::string& csv) {
        return server.call("PUT", bidder + "/group", sale.staff.key, csv, "text/csv");
    };
    const auto weight = [&] {
        return one_value("SELECT weight FROM auction_bidders WHERE auction_id = '" + sale.auction +
                         "' AND user_id = '" + primary.id + "'");
    };
    const std::string four = "number,name\nB1,One\nB2,Two\nB3,Three\n";
    ASSERT_EQ(set_members(four).text("usable"), "2"); // By the deposit.
    server.advance(3601s);
    ASSERT_TRUE(eventually([&] {
        return one_value("SELECT frozen_at IS NOT NULL FROM bidding_groups WHERE auction_id = '" +
                         sale.auction + "'") == "t";
    }));
    EXPECT_EQ(set_members("number,name\nB4,Four\n").reason(), "group.frozen");
    ASSERT_EQ(server
                  .call("POST", "/api/v1/batches/" + sale.batches[0] + "/end", sale.staff.key,
                        fmt::format(R"({{"end_time":"{}","reason":"power cut"}})",
                                    format_instant(server.now() + 24h)))
                  .status,
              200);
    EXPECT_EQ(set_members("number,name\nB4,Four\n").reason(), "group.frozen");
    ASSERT_EQ(
        server.call("PUT", bidder + "/budget", sale.staff.key, R"({"deposits":"900.00"})").status,
        200);
    EXPECT_EQ(weight(), "2");
}

TEST(Groups, the_largest_deposit_covers_every_member) {
    TestSale sale{
        {.first_end = 7200s, .settings = R"({"group_freeze_hours":0,"deposit_minimum":"0.01"})"}};
    const TestUser primary = sale.add_bidder("999999999999.99");
    const Reply reply = LiveServer::instance().call(
        "PUT", "/api/v1/auctions/" + sale.auction + "/bidders/" + primary.id + "/group",
        sale.staff.key, "number,name\nL1,One\nL2,Two\n", "text/csv");
    EXPECT_EQ(reply.text("usable"), "3") << reply.body;
}

TEST(Groups, the_largest_deposit_does_not_hold_up_a_close) {
    TestSale sale{{}};
    const TestUser rich = sale.add_bidder("999999999999.99");
    sale.wait_until_open();
    ASSERT_EQ(sale.bid(rich, 0, "5.00").status, 200);
    sale.close_all();
    EXPECT_EQ(sale.results().at("items").at(0).at("status").as_string(), "awarded");
}

TEST(Groups, a_bidder_with_a_negative_grant_is_refused) {
    TestSale sale{{.first_end = 7200s}};
    const TestUser known = sale.add_bidder();
    const Reply reply = LiveServer::instance().call(
        "POST", "/api/v1/auctions/" + sale.auction + "/bidders", sale.staff.key,
        fmt::format(R"({{"user_id":"{}","bidder_number":"N1","name":"N","staff_grant":"-0.01"}})",
                    known.id));
    EXPECT_EQ(reply.reason(), "bidder.invalid") << reply.body;
}

TEST(Groups, a_file_that_is_no_text_is_refused) {
    TestSale sale{{.first_end = 7200s}};
    const TestUser primary = sale.add_bidder("200.00");
    const std::string group =
        "/api/v1/auctions/" + sale.auction + "/bidders/" + primary.id + "/group";
    for (const char* csv : {"number,name\nB1,Caf\xe9\n", "number,name\nB\xff,One\n"}) {
        const Reply reply =
            LiveServer::instance().call("PUT", group, sale.staff.key, csv, "text/csv");
        EXPECT_EQ(reply.status, 422) << reply.body;
        EXPECT_EQ(reply.reason(), "group.malformed") << reply.body;
    }
}

} // namespace
} // namespace strikeoff::testing
