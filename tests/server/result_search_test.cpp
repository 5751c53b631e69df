// What became of a closed batch: found, sorted, counted and exported, and the bids on an item.
#include "support/server/live_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// A batch of four, 100.00 to 103.00: a draw among two at 5.00, an award at the maximum, one at
/// 7.75 before a runner-up of 8.00, and one that nobody wanted.
class ResultSearch : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        sale_ = new TestSale{{.items_a_batch = 4}};
        const TestUser heron = sale_->add_bidder();
        const TestUser ibis = sale_->add_bidder();
        sale_->wait_until_open();
        const auto bid = [&](const TestUser& who, int lot, const char* rate) {
            EXPECT_EQ(sale_->bid(who, lot, rate).text("status"), "accepted");
        };
        bid(heron, 0, "5.00");
        bid(ibis, 0, "5.00");
        bid(heron, 1, "12.00");
        bid(ibis, 2, "8.00");
        bid(heron, 2, "3.00");
        sale_->close_all();
        EXPECT_TRUE(eventually([&] { return get("/items/1/bids").status == 200; }));
    }
    static void TearDownTestSuite() {
        delete sale_;
        sale_ = nullptr;
    }

    static Reply get(const std::string& rest) {
        return LiveServer::instance().call("GET", "/api/v1/batches/" + sale_->batches[0] + rest);
    }
    static std::vector<std::int64_t> numbers(const std::string& query) {
        std::vector<std::int64_t> out;
        const boost::json::value page = get("/results?" + query).json();
        for (const boost::json::value& item : page.at("items").as_array())
            out.push_back(item.at("adv_no").as_int64());
        return out;
    }
    static std::vector<std::string> rates(const std::string& query) {
        std::vector<std::string> out;
        const boost::json::value page = get("/items/3/bids" + query).json();
        for (const boost::json::value& bid : page.at("items").as_array())
            out.emplace_back(bid.at("rate").as_string());
        return out;
    }
    static std::string facet(const boost::json::value& facets, const char* name) {
        std::string out;
        for (const boost::json::value& each : facets.at(name).as_array())
            out += fmt::format("{}:{} ", each.at("value").as_string().c_str(),
                               each.at("count").as_int64());
        return out;
    }
    /// All of a list, two rows at a time.
    static std::vector<std::int64_t> paged(const std::string& sort) {
        std::vector<std::int64_t> all;
        std::string cursor;
        for (int pages = 0; pages < 10; ++pages) {
            const std::string query = "limit=2&sort=" + sort + cursor;
            for (const std::int64_t number : numbers(query))
                all.push_back(number);
            const boost::json::value page = get("/results?" + query).json();
            if (page.at("next_cursor").is_null()) break;
            cursor = "&cursor=" + std::string(page.at("next_cursor").as_string());
        }
        return all;
    }

    static TestSale* sale_;
};

TestSale* ResultSearch::sale_ = nullptr;

TEST_F(ResultSearch, finds_by_state_draw_rate_and_winner) {
    EXPECT_THAT(numbers(""), ElementsAre(1, 2, 3, 4));
    EXPECT_THAT(numbers("status=struck"), ElementsAre(4));
    EXPECT_THAT(numbers("drawn=true"), ElementsAre(1));
    EXPECT_THAT(numbers("drawn=false&status=awarded"), ElementsAre(2, 3));
    EXPECT_THAT(numbers("rate=7.75"), ElementsAre(3));
    const boost::json::value page = get("/results").json();
    const boost::json::value& third = page.at("items").at(2);
    for (const char* member : {"parcel_id", "certificate_number"})
        EXPECT_THAT(numbers("q=" + std::string(third.at(member).as_string())), ElementsAre(3))
            << member;
    const std::string winner{third.at("winner_ref").as_string()};
    EXPECT_THAT(numbers("status=awarded&q=" + winner.substr(0, 12)), ::testing::Contains(3));
    EXPECT_THAT(numbers("q=%25"), ElementsAre()) << "a wildcard is a character like others";
}

TEST_F(ResultSearch, pages_go_on_where_the_one_before_ended_in_every_order) {
    EXPECT_THAT(paged("number"), ElementsAre(1, 2, 3, 4));
    EXPECT_THAT(paged("-number"), ElementsAre(4, 3, 2, 1));
    EXPECT_THAT(paged("-face"), ElementsAre(4, 3, 2, 1));
    EXPECT_THAT(paged("rate"), ElementsAre(1, 3, 2, 4));
    EXPECT_THAT(paged("-rate"), ElementsAre(2, 4, 3, 1));
    EXPECT_THAT(paged("bids"), ElementsAre(4, 2, 1, 3));
    EXPECT_THAT(paged("-tied").front(), 1);
}

TEST_F(ResultSearch, a_page_may_begin_anywhere) {
    EXPECT_THAT(numbers("offset=2"), ElementsAre(3, 4));
    EXPECT_THAT(numbers("offset=1&limit=2&sort=-number"), ElementsAre(3, 2));
    EXPECT_THAT(numbers("offset=9"), ElementsAre());
    EXPECT_THAT(rates("?offset=1"), ElementsAre("8.00"));
    for (const char* offset : {"-1", "99999999999"})
        EXPECT_EQ(get(std::string("/results?offset=") + offset).reason(), "query.filter") << offset;
}

TEST_F(ResultSearch, counts_each_facet_under_the_filters_of_the_others) {
    const boost::json::value facets = get("/results/facets?status=awarded").json();
    EXPECT_EQ(facets.at("total").as_int64(), 3);
    EXPECT_EQ(facets.at("face").as_string(), "303.00");
    EXPECT_EQ(facet(facets, "status"), "awarded:3 struck:1 ");
    EXPECT_EQ(facet(facets, "drawn"), "false:2 true:1 ");
    EXPECT_EQ(facet(facets, "rate"), "5.00:1 7.75:1 18.00:1 ");
}

TEST_F(ResultSearch, exports_what_is_found) {
    const Reply file = get("/results.csv?status=awarded&sort=-face");
    EXPECT_THAT(file.body, StartsWith("adv_no,parcel_id,face,status,rate,bids,tied,"));
    EXPECT_EQ(std::ranges::count(file.body, '\n'), 4);
    EXPECT_THAT(file.body, HasSubstr("\n3,"));
    EXPECT_THAT(file.body, HasSubstr(",102.00,awarded,7.75,2,1,"));
}

TEST_F(ResultSearch, lists_the_bids_on_an_item_in_both_orders_and_page_by_page) {
    EXPECT_THAT(rates(""), ElementsAre("3.00", "8.00"));
    EXPECT_THAT(rates("?sort=-rate"), ElementsAre("8.00", "3.00"));
    EXPECT_THAT(rates("?sort=time"), ElementsAre("8.00", "3.00"));
    EXPECT_THAT(rates("?sort=-time"), ElementsAre("3.00", "8.00"));
    const boost::json::value first = get("/items/3/bids?limit=1").json();
    const std::string cursor{first.at("next_cursor").as_string()};
    EXPECT_THAT(rates("?limit=1&cursor=" + cursor), ElementsAre("8.00"));
    const std::string bidder{first.at("items").at(0).at("bidder_ref").as_string()};
    EXPECT_THAT(rates("?bidder=" + bidder.substr(0, 10)), ElementsAre("3.00"));
    EXPECT_THAT(get("/items/3/bids.csv?sort=-rate").body,
                HasSubstr("bidder,rate,accepted_at,awarded\n"));
    EXPECT_EQ(std::ranges::count(get("/items/3/bids.csv").body, '\n'), 3);
}

TEST_F(ResultSearch, exports_no_more_bids_than_the_sale_shows) {
    db::Connection owner = LiveServer::instance().connect();
    const auto show = [&](const char* what) {
        owner.execute("UPDATE auctions SET settings_json = settings_json || "
                      "'{\"results_visibility\":\"" +
                      std::string(what) + "\"}' WHERE id = '" + sale_->auction + "'");
    };
    show("winners");
    EXPECT_THAT(rates(""), ElementsAre("3.00"));
    EXPECT_EQ(std::ranges::count(get("/items/3/bids.csv").body, '\n'), 2);
    show("all_bids");
}

TEST_F(ResultSearch, says_what_is_wrong_with_a_query) {
    EXPECT_EQ(get("/results?sort=owner").reason(), "query.sort");
    EXPECT_EQ(get("/results?sort=--rate").reason(), "query.sort");
    EXPECT_EQ(get("/results?status=gone").reason(), "query.filter");
    EXPECT_EQ(get("/results?drawn=maybe").reason(), "query.filter");
    EXPECT_EQ(get("/results/facets?rate=much").reason(), "query.filter");
    EXPECT_EQ(get("/items/3/bids?sort=face").reason(), "query.sort");
    for (const char* cursor : {"7", "x~1", "1~x", "1~"})
        EXPECT_EQ(get(std::string("/results?cursor=") + cursor).reason(), "query.cursor") << cursor;
}

TEST_F(ResultSearch, there_is_nothing_before_the_close) {
    const TestSale open{{.items_a_batch = 1}};
    for (const char* rest :
         {"/results", "/results/facets", "/results.csv", "/items/1/bids", "/items/1/bids.csv"})
        EXPECT_EQ(LiveServer::instance()
                      .call("GET", "/api/v1/batches/" + open.batches[0] + rest)
                      .reason(),
                  "not_found")
            << rest;
}

} // namespace
} // namespace strikeoff::testing
