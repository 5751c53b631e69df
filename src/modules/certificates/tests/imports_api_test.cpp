#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

class ImportsApiTest : public ::testing::Test {
protected:
    ImportsApiTest() {
        const Reply made =
            server_.call("POST", "/api/v1/counties", server_.admin_key(),
                         R"({"name":"Imports )" + fresh_bid_id() + R"(","state":"FL"})");
        path_ = "/api/v1/counties/" + made.text("id");
        staff_ = make_user("county_admin", made.text("id"));
        second_ = make_user("county_admin", made.text("id"));
    }
    /// One of staff sends it, another publishes it: what that came to, or why it was refused.
    Reply send(const std::string& format, const std::string& text, const std::string& query = "") {
        Reply staged = server_.call("POST", path_ + "/imports/" + format + query, staff_.key, text,
                                    "text/csv");
        if (staged.status != 202) return staged;
        const Reply approved = server_.call(
            "POST", "/api/v1/approvals/" + staged.text("id") + "/approve", second_.key);
        return {approved.status, approved.text("outcome")};
    }
    boost::json::value certificates(const std::string& query) {
        return server_.call("GET", path_ + "/certificates" + query, staff_.key).json();
    }

    LiveServer& server_ = LiveServer::instance();
    std::string path_;
    TestUser staff_;
    TestUser second_;
};

TEST_F(ImportsApiTest, staff_send_a_list_and_read_the_certificates) {
    const Reply reply =
        send("advertised", "Adv No.,Parcel No.,Face Amount\n1,A,500\n2,B,600\n3,C,x\n",
             "?tax_year=2024&file_name=list.csv");
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.text("created"), "2");
    EXPECT_EQ(reply.text("rejected"), "1");
    EXPECT_EQ(reply.text("total_face"), "1100.00");
    EXPECT_EQ(reply.json().at("errors").at(0).at("line").as_int64(), 4);
    db::Connection connection = server_.connect("strikeoff_worker");
    const db::PgResult import = connection.execute(
        "SELECT file_name, created_by FROM imports WHERE id = '" + reply.text("import_id") + "'");
    EXPECT_STREQ(PQgetvalue(import.get(), 0, 0), "list.csv");
    EXPECT_EQ(PQgetvalue(import.get(), 0, 1), staff_.id);

    const auto first = certificates("?limit=1");
    EXPECT_EQ(first.at("items").at(0).at("parcel_id").as_string(), "A");
    EXPECT_EQ(first.at("items").at(0).at("face_value").as_string(), "500.00");
    EXPECT_EQ(first.at("items").at(0).at("status").as_string(), "pending");
    const std::string cursor{first.at("next_cursor").as_string()};
    const auto second = certificates("?limit=1&cursor=" + cursor);
    EXPECT_EQ(second.at("items").at(0).at("parcel_id").as_string(), "B");
    EXPECT_TRUE(second.at("next_cursor").is_null());
    const Reply admin = server_.call("GET", path_ + "/certificates", server_.admin_key());
    EXPECT_EQ(admin.json().at("items").as_array().size(), 2U) << "of any county";
}

TEST_F(ImportsApiTest, certificates_are_filtered) {
    send("advertised", "Parcel No.,Face Amount,Tax Year,Homestead\n"
                       "A,500,2023,\nB,100,2024,HX\nC,500,2024,\n");
    EXPECT_EQ(certificates("?status=pending").at("items").as_array().size(), 2U);
    EXPECT_EQ(certificates("?tax_year=2024").at("items").as_array().size(), 2U);
    EXPECT_EQ(certificates("?holder=county").at("items").at(0).at("parcel_id").as_string(), "B");
    EXPECT_EQ(certificates("?holder=county").at("items").as_array().size(), 1U);
    EXPECT_TRUE(certificates("?number=2024-000001").at("items").as_array().empty());
    const std::string path = path_ + "/certificates";
    EXPECT_EQ(server_.call("GET", path + "?status=lost", staff_.key).reason(), "query.status");
    EXPECT_EQ(server_.call("GET", path + "?cursor=1", staff_.key).reason(), "query.cursor");
    EXPECT_EQ(server_.call("GET", path + "?tax_year=24", staff_.key).reason(), "query.tax_year");
}

TEST_F(ImportsApiTest, a_roll_makes_delinquent_certificates) {
    ASSERT_EQ(send("parcels", "parcel_id,assessed_value,taxable_county,exempt_codes\n"
                              "A,200000,125000,\n")
                  .text("created"),
              "1");
    const Reply reply = server_.call("POST", path_ + "/delinquent", staff_.key,
                                     R"({"tax_year":2024,"seed":1,"percent":100})");
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.text("created"), "1");
    EXPECT_EQ(reply.text("total_face"), "2178.00");
    EXPECT_EQ(send("nal", "PARCEL_ID,SEQ_NO,JV_HMSTD,EXMPT_01\nA,1,,\n").text("updated"), "1");
}

TEST_F(ImportsApiTest, what_is_no_file_of_the_kind_is_a_problem) {
    EXPECT_EQ(send("advertised", "a,b\n1,2\n").reason(), "import.column_missing");
    EXPECT_EQ(send("advertised", "Parcel No.,Face Amount\nA,1\n").reason(), "import.tax_year");
    EXPECT_EQ(send("nal", "").reason(), "import.no_header");
    EXPECT_EQ(send("parcels", "x\n", "?tax_year=soon").status, 422);
    EXPECT_EQ(send("results", "x\n").status, 404);
    EXPECT_EQ(server_.call("POST", path_ + "/delinquent", staff_.key, R"({"tax_year":24,"seed":1})")
                  .reason(),
              "delinquent.invalid");
}

TEST_F(ImportsApiTest, staff_of_another_county_may_not) {
    const TestSale other{{}};
    const std::string list = "Parcel No.,Face Amount\nA,1\n";
    for (const char* format : {"nal", "parcels", "advertised"})
        EXPECT_EQ(
            server_.call("POST", path_ + "/imports/" + format, other.staff.key, list, "text/csv")
                .status,
            404);
    EXPECT_EQ(
        server_
            .call("POST", path_ + "/delinquent", other.staff.key, R"({"tax_year":2024,"seed":1})")
            .status,
        404);
    EXPECT_EQ(server_.call("GET", path_ + "/certificates", other.staff.key).status, 404);
}

} // namespace
} // namespace strikeoff::testing
