// The name and the colours of a county's pages, as its staff set them.
#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using http::Permission;

Reply put(const std::string& county, const std::string& key, const std::string& header) {
    return LiveServer::instance().call("PUT", "/api/v1/counties/" + county + "/branding", key,
                                       R"({"name":"Office of the sale","header":")" + header +
                                           R"(","accent":"#2e8540","accent_text":"#ffffff"})");
}

TEST(CountyBranding, is_set_by_who_may_change_settings_and_seen_by_everybody) {
    const TestSale sale{{}};
    const TestUser designer = make_user("county_admin", sale.county, Permission::settings);
    EXPECT_EQ(put(sale.county, designer.key, "#1a4480").status, 200);
    const boost::json::value seen =
        LiveServer::instance().call("GET", "/api/v1/counties/" + sale.county).json();
    EXPECT_EQ(seen.at("settings").at("branding").at("header").as_string(), "#1a4480");
    EXPECT_EQ(seen.at("settings").at("branding").at("name").as_string(), "Office of the sale");
    // The settings of its sales are where they were.
    EXPECT_EQ(LiveServer::instance()
                  .call("GET", "/api/v1/auctions/" + sale.auction + "/rules")
                  .text("rate_step"),
              "0.25");
    EXPECT_EQ(one_value("SELECT user_id FROM audit_logs WHERE action = 'county.branding' AND "
                        "county_id = '" +
                        sale.county + "'"),
              designer.id);
}

TEST(CountyBranding, that_cannot_be_read_is_refused_and_changes_nothing) {
    const TestSale sale{{}};
    const Reply refused = put(sale.county, sale.staff.key, "#777777");
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.reason(), "branding.invalid");
    EXPECT_EQ(refused.json().at("fields").at(0).at("field").as_string(), "header");
    EXPECT_EQ(
        LiveServer::instance().call("GET", "/api/v1/counties/" + sale.county).body.find("branding"),
        std::string::npos);
}

TEST(CountyBranding, is_nobody_elses_to_set) {
    const TestSale sale{{}};
    const TestUser seller = make_user("county_admin", sale.county, Permission::sales);
    const TestUser stranger = make_user("county_admin", TestSale{{}}.county);
    EXPECT_EQ(put(sale.county, seller.key, "#1a4480").status, 404);
    EXPECT_EQ(put(sale.county, stranger.key, "#1a4480").status, 404);
    EXPECT_EQ(put(sale.county, "", "#1a4480").status, 401);
    EXPECT_EQ(
        put("01a0c459-9d3b-7fe6-aaad-a4d044eab9bc", LiveServer::instance().admin_key(), "#1a4480")
            .status,
        404);
}

} // namespace
} // namespace strikeoff::testing
