// A sale's catalogue: what is found, in which order, how it is counted and exported.
#include "support/server/live_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

class ItemSearch : public ::testing::Test {
protected:
    Reply get(const std::string& rest) {
        return LiveServer::instance().call("GET", "/api/v1/auctions/" + sale.auction + rest);
    }
    static std::vector<std::int64_t> numbers(const boost::json::value& page) {
        std::vector<std::int64_t> out;
        for (const boost::json::value& item : page.at("items").as_array())
            out.push_back(item.at("adv_no").as_int64());
        return out;
    }
    std::vector<std::int64_t> found(const std::string& query) {
        return numbers(get("/items?" + query).json());
    }
    static std::string facet(const boost::json::value& facets, const char* name) {
        std::string out;
        for (const boost::json::value& each : facets.at(name).as_array())
            out += fmt::format("{}:{} ", each.at("value").as_string().c_str(),
                               each.at("count").as_int64());
        return out;
    }

    /// The list of a year, sent by one of staff and published by another.
    void advertise(int tax_year, const std::string& lines) {
        const Reply staged = LiveServer::instance().call(
            "POST",
            fmt::format("/api/v1/counties/{}/imports/advertised?tax_year={}", sale.county,
                        tax_year),
            sale.staff.key, "Adv No.,Parcel No.,Face Amount\n" + lines, "text/csv");
        ASSERT_EQ(sale.approve(staged).status, 200) << staged.body;
    }
    /// A published sale of what the county advertised for 2024, in one batch of two. Nobody tells
    /// its secret, and it is not waited for.
    TestSale earlier_sale() {
        LiveServer& server = LiveServer::instance();
        const auto post = [&](const std::string& path, const std::string& body) {
            const Reply made = server.call("POST", path, sale.staff.key, body);
            if (made.status >= 300) throw std::runtime_error(path + ": " + made.body);
            return made;
        };
        TestSale earlier = sale;
        earlier.auction = post("/api/v1/counties/" + sale.county + "/auctions",
                               R"({"name":"Earlier sale","tax_year":2024,"settings":)"
                               R"({"group_freeze_hours":0,"reveal_minutes":0}})")
                              .text("id");
        const std::string path = "/api/v1/auctions/" + earlier.auction;
        const std::string batch =
            post(path + "/batches",
                 fmt::format(R"({{"start_time":"{}","end_time":"{}","adv_from":1,"adv_to":2}})",
                             format_instant(server.now()),
                             format_instant(server.now() + std::chrono::seconds{300})))
                .text("id");
        post(path + "/publish", "");
        post(path + "/commitments",
             fmt::format(R"({{"commitments":[{{"batch_id":"{}","commitment":"{}"}}]}})", batch,
                         to_hex(random_hash())));
        earlier.batches = {batch};
        earlier.certificates = {{}};
        const boost::json::value page = server.call("GET", path + "/items").json();
        for (const boost::json::value& item : page.at("items").as_array())
            earlier.certificates[0].emplace_back(item.at("certificate_id").as_string());
        return earlier;
    }

    /// Two batches of three: faces 100.00 to 105.00.
    TestSale sale{{.batches = 2, .items_a_batch = 3}};
};

TEST_F(ItemSearch, finds_by_batch_face_and_parcel) {
    EXPECT_THAT(found(""), ElementsAre(1, 2, 3, 4, 5, 6));
    EXPECT_THAT(found("batch=2"), ElementsAre(4, 5, 6));
    EXPECT_THAT(found("face_min=101.00&face_max=103.00"), ElementsAre(2, 3, 4));
    EXPECT_THAT(found("status=withdrawn"), ElementsAre());
    EXPECT_THAT(found("homestead=false"), ElementsAre(1, 2, 3, 4, 5, 6));
    const boost::json::value page = get("/items?limit=1").json();
    const std::string parcel{page.at("items").at(0).at("parcel_id").as_string()};
    EXPECT_THAT(found("q=" + parcel), ElementsAre(1));
    EXPECT_THAT(found("q=%25"), ElementsAre()) << "a wildcard is a character like others";
}

TEST_F(ItemSearch, pages_go_on_where_the_one_before_ended_in_every_order) {
    for (const auto& [sort, expected] :
         std::map<std::string, std::vector<std::int64_t>>{{"number", {1, 2, 3, 4, 5, 6}},
                                                          {"-number", {6, 5, 4, 3, 2, 1}},
                                                          {"face", {1, 2, 3, 4, 5, 6}},
                                                          {"-face", {6, 5, 4, 3, 2, 1}},
                                                          {"rate", {1, 2, 3, 4, 5, 6}}}) {
        std::vector<std::int64_t> all;
        std::string cursor;
        for (int pages = 0; pages < 10; ++pages) {
            const auto page = get("/items?limit=4&sort=" + sort + cursor).json();
            for (const std::int64_t number : numbers(page))
                all.push_back(number);
            if (page.at("next_cursor").is_null()) break;
            cursor = "&cursor=" + std::string(page.at("next_cursor").as_string());
        }
        EXPECT_EQ(all, expected) << sort;
    }
}

TEST_F(ItemSearch, a_page_may_begin_anywhere) {
    EXPECT_THAT(found("offset=4"), ElementsAre(5, 6));
    EXPECT_THAT(found("offset=1&limit=2&sort=-face"), ElementsAre(5, 4));
    EXPECT_EQ(get("/items?offset=-1").reason(), "query.filter");
}

TEST_F(ItemSearch, counts_each_facet_under_the_filters_of_the_others) {
    const boost::json::value facets = get("/facets?batch=2&face_min=101.00").json();
    EXPECT_EQ(facets.at("total").as_int64(), 3);
    EXPECT_EQ(facets.at("face").as_string(), "312.00");
    EXPECT_EQ(facet(facets, "batch"), "1:2 2:3 ");
    EXPECT_EQ(facet(facets, "status"), "offered:3 ");
}

TEST_F(ItemSearch, exports_what_is_found) {
    const Reply file = get("/items.csv?batch=1&sort=-face");
    EXPECT_THAT(file.body, StartsWith("adv_no,batch,parcel_id,"));
    EXPECT_EQ(std::ranges::count(file.body, '\n'), 4);
    EXPECT_THAT(file.body, HasSubstr("\n3,1,"));
}

TEST_F(ItemSearch, shows_an_item_with_its_parcel_and_the_rules_of_its_sale) {
    const boost::json::value detail = get("/items/2").json();
    EXPECT_EQ(detail.at("item").at("face").as_string(), "101.00");
    EXPECT_TRUE(detail.at("item").at("rate").is_null());
    EXPECT_TRUE(detail.at("values").is_array());
    EXPECT_EQ(get("/items/99").status, 404);
    EXPECT_EQ(get("/rules").text("rate_step"), "0.25");
}

TEST_F(ItemSearch, shows_what_became_of_a_parcels_certificates_of_earlier_sales) {
    // The list of 2023 was never part of a sale: it is nobody's business.
    ASSERT_NO_FATAL_FAILURE(advertise(2023, "1,P000001,400\n"));
    ASSERT_NO_FATAL_FAILURE(advertise(2024, "1,P000001,500\n2,P000002,600\n"));
    EXPECT_EQ(get("/items/1").json().at("certificates"), boost::json::array{});
    TestSale earlier = earlier_sale();
    const boost::json::value offered = {{{"tax_year", 2024},
                                         {"certificate_number", nullptr},
                                         {"status", "active"},
                                         {"face_value", "500.00"},
                                         {"award_rate", nullptr},
                                         {"issue_date", nullptr},
                                         {"redemption_date", nullptr}}};
    earlier.wait_until_open();
    ASSERT_EQ(earlier.bid(earlier.add_bidder(), 0, "5.00").status, 200);
    ASSERT_EQ(earlier.bid(earlier.add_bidder(), 0, "7.00").status, 200);
    EXPECT_EQ(get("/items/1").json().at("certificates"), offered) << "no bid shows before the end";

    earlier.close_all();
    const boost::json::value awarded = get("/items/1").json().at("certificates").at(0);
    EXPECT_EQ(awarded.at("tax_year").as_int64(), 2024);
    EXPECT_EQ(awarded.at("certificate_number").as_string(), "2024-000001");
    EXPECT_EQ(awarded.at("status").as_string(), "sold");
    EXPECT_EQ(awarded.at("face_value").as_string(), "500.00");
    EXPECT_EQ(awarded.at("award_rate").as_string(), "6.75");
    EXPECT_THAT(std::string(awarded.at("issue_date").as_string()), MatchesRegex("20..-..-.."));
    EXPECT_TRUE(awarded.at("redemption_date").is_null());
    const boost::json::value struck = get("/items/2").json().at("certificates").at(0);
    EXPECT_EQ(struck.at("award_rate").as_string(), "18.00") << "nobody wanted it";
    EXPECT_EQ(get("/items/1").json().at("certificates").as_array().size(), 1U);
    EXPECT_EQ(get("/items/3").json().at("certificates"), boost::json::array{});
}

TEST_F(ItemSearch, says_what_is_wrong_with_a_query) {
    EXPECT_EQ(get("/items?sort=owner").reason(), "query.sort");
    EXPECT_EQ(get("/items?status=gone").reason(), "query.filter");
    EXPECT_EQ(get("/items?face_min=many").reason(), "query.filter");
    EXPECT_EQ(get("/items?homestead=maybe").reason(), "query.filter");
    EXPECT_EQ(get("/facets?batch=99999999999").reason(), "query.filter");
    for (const char* cursor : {"7", "x~1", "1~x", "1~"})
        EXPECT_EQ(get(std::string("/items?cursor=") + cursor).reason(), "query.cursor") << cursor;
}

TEST_F(ItemSearch, of_a_draft_is_nobodys_business) {
    const Reply draft =
        LiveServer::instance().call("POST", "/api/v1/counties/" + sale.county + "/auctions",
                                    sale.staff.key, R"({"name":"Draft","tax_year":2025})");
    for (const char* rest : {"/items", "/facets", "/items.csv", "/items/1", "/rules"})
        EXPECT_EQ(LiveServer::instance()
                      .call("GET", "/api/v1/auctions/" + draft.text("id") + rest)
                      .status,
                  404)
            << rest;
}

} // namespace
} // namespace strikeoff::testing
