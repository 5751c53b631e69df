// The two-person rule over HTTP: who may propose, who may approve, and that nothing happens before.
#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using http::Permission;

const std::string reason = R"({"reason":"a test"})";

Reply post(const std::string& path, const TestUser& user, const std::string& body = "") {
    return LiveServer::instance().call("POST", path, user.key, body);
}

Reply get(const std::string& path, const TestUser& user) {
    return LiveServer::instance().call("GET", path, user.key);
}

std::string approve_path(const Reply& proposed) {
    return "/api/v1/approvals/" + proposed.text("id") + "/approve";
}

std::string refuse_path(const Reply& proposed) {
    return "/api/v1/approvals/" + proposed.text("id") + "/refuse";
}

/// A paused sale, whose resumption is what the tests propose.
struct PausedSale : TestSale {
    PausedSale() : TestSale{{.first_end = 7200s}} {
        path = "/api/v1/auctions/" + auction;
        EXPECT_EQ(post(path + "/pause", staff, reason).status, 200) << "pausing takes one";
    }
    std::string status() const { return get(path, staff).text("status"); }
    std::string path;
};

TEST(Approvals, are_given_by_a_second_person) {
    const PausedSale sale;
    const Reply proposed = post(sale.path + "/resume", sale.staff);
    ASSERT_EQ(proposed.status, 202) << proposed.body;
    EXPECT_EQ(proposed.text("status"), "pending");
    EXPECT_EQ(sale.status(), "paused") << "nothing happens before";
    EXPECT_EQ(post(sale.path + "/resume", sale.second).reason(), "approval.pending");
    EXPECT_EQ(post(approve_path(proposed), sale.staff).reason(), "approval.same_person");
    EXPECT_EQ(sale.status(), "paused");
    const Reply approved = post(approve_path(proposed), sale.second);
    EXPECT_EQ(approved.status, 200) << approved.body;
    EXPECT_EQ(approved.text("status"), "approved");
    EXPECT_EQ(approved.text("decided_by"), sale.second.id);
    EXPECT_NE(sale.status(), "paused");
    EXPECT_EQ(post(approve_path(proposed), sale.second).reason(), "approval.decided");
    EXPECT_EQ(
        one_value("SELECT string_agg(action, ' ' ORDER BY seq) FROM audit_logs WHERE entity_id "
                  "IN ('" +
                  proposed.text("id") + "', '" + sale.auction +
                  "') AND action <> "
                  "'auction.published'"),
        "auction.paused approval.proposed auction.resumed approval.approved");
}

TEST(Approvals, are_not_given_by_strangers) {
    const PausedSale sale;
    const TestSale other{{}};
    const Reply proposed = post(sale.path + "/resume", sale.staff);
    const TestUser importer = make_user("county_admin", sale.county, Permission::imports);
    const TestUser auditor = make_user("viewer", sale.county);
    for (const TestUser& stranger : {other.staff, importer, auditor, make_user("investor")}) {
        EXPECT_EQ(post(approve_path(proposed), stranger).status, 404);
        EXPECT_EQ(post(refuse_path(proposed), stranger).status, 404);
        EXPECT_EQ(get("/api/v1/approvals/" + proposed.text("id"), stranger).status, 404);
    }
    EXPECT_EQ(post("/api/v1/approvals/" + fresh_bid_id() + "/approve", sale.second).status, 404);
    const auto listed = [&](const TestUser& user) {
        return get("/api/v1/approvals", user).json().at("items").as_array().size();
    };
    EXPECT_EQ(listed(sale.second), 1U);
    EXPECT_EQ(listed(importer), 0U);
    EXPECT_EQ(listed(other.staff), 0U);
    const TestUser seller = make_user("county_admin", sale.county, Permission::sales);
    EXPECT_EQ(post(approve_path(proposed), seller).status, 200);
}

TEST(Approvals, can_be_refused_and_proposed_again) {
    const PausedSale sale;
    const Reply proposed = post(sale.path + "/resume", sale.staff);
    EXPECT_EQ(post(refuse_path(proposed), sale.staff).text("status"), "refused")
        << "who proposed it may think again";
    EXPECT_EQ(post(approve_path(proposed), sale.second).reason(), "approval.decided");
    EXPECT_EQ(sale.status(), "paused");
    EXPECT_EQ(post(sale.path + "/resume", sale.second).status, 202);
}

TEST(Approvals, expire_after_a_week) {
    const PausedSale sale;
    const Reply proposed = post(sale.path + "/resume", sale.staff);
    LiveServer::instance().advance(24h * 7 + 1s);
    EXPECT_EQ(get("/api/v1/approvals/" + proposed.text("id"), sale.second).text("status"),
              "expired");
    EXPECT_EQ(post(approve_path(proposed), sale.second).reason(), "approval.decided");
    EXPECT_EQ(sale.status(), "paused");
    EXPECT_EQ(post(sale.path + "/resume", sale.staff).status, 202);
}

TEST(Approvals, tell_at_once_what_cannot_be_done) {
    const TestSale sale{{.first_end = 7200s}};
    EXPECT_EQ(post("/api/v1/auctions/" + sale.auction + "/resume", sale.staff).reason(),
              "auction.not_paused");
    EXPECT_EQ(post("/api/v1/batches/" + sale.batches[0] + "/cancel", sale.staff, R"({"reason":""})")
                  .reason(),
              "reason.missing");
    EXPECT_EQ(one_value("SELECT count(*) FROM approvals WHERE county_id = '" + sale.county + "'"),
              "0");
}

TEST(Approvals, still_wait_when_carrying_out_fails) {
    PausedSale sale;
    const std::string cancel = "/api/v1/batches/" + sale.batches[0] + "/cancel";
    const Reply first = post(cancel, sale.staff, reason);
    ASSERT_EQ(first.status, 202) << first.body;
    LiveServer::instance().connect().execute("UPDATE batches SET status = 'canceled' WHERE id = '" +
                                             sale.batches[0] + "'");
    EXPECT_EQ(post(approve_path(first), sale.second).reason(), "batch.closed");
    EXPECT_EQ(get("/api/v1/approvals/" + first.text("id"), sale.second).text("status"), "pending");
}

TEST(Approvals, cancel_a_batch_and_release_its_items) {
    TestSale sale{{.first_end = 7200s}};
    const Reply proposed =
        post("/api/v1/batches/" + sale.batches[0] + "/cancel", sale.staff, reason);
    EXPECT_EQ(get("/api/v1/batches/" + sale.batches[0], sale.staff).text("status"), "scheduled");
    EXPECT_EQ(post(approve_path(proposed), sale.second).status, 200);
    EXPECT_EQ(get("/api/v1/batches/" + sale.batches[0], sale.staff).text("status"), "canceled");
}

TEST(Approvals, publish_an_import_of_which_both_saw_the_preview) {
    const TestSale sale{{}};
    const std::string list = "Adv No,Parcel ID,Tax Year,Face Amount\n"
                             "901,R-1,2024,120.00\n902,R-2,2024,1.234\n";
    const std::string path = "/api/v1/counties/" + sale.county + "/imports/advertised";
    const auto certificates = [&] {
        return one_value(
            "SELECT count(*) FROM certificates WHERE tax_year = 2024 AND county_id = '" +
            sale.county + "'");
    };
    const Reply staged =
        LiveServer::instance().call("POST", path, sale.staff.key, list, "text/csv");
    ASSERT_EQ(staged.status, 202) << staged.body;
    EXPECT_EQ(staged.json().at("preview").at("rows"), 2) << staged.body;
    EXPECT_EQ(staged.json().at("preview").at("rejected"), 1) << staged.body;
    EXPECT_EQ(certificates(), "0");
    const std::string files =
        "SELECT count(*) FROM staged_imports WHERE county_id = '" + sale.county + "'";
    EXPECT_EQ(one_value(files), "1");
    const Reply done = post(approve_path(staged), sale.second);
    EXPECT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(done.json().at("outcome").at("created"), 1) << done.body;
    EXPECT_EQ(certificates(), "1");
    EXPECT_EQ(one_value(files), "0") << "the file is not kept";
    EXPECT_EQ(LiveServer::instance().call("POST", path, sale.staff.key, list, "text/csv").reason(),
              "import.repeated");
}

} // namespace
} // namespace strikeoff::testing
