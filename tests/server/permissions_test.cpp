// Roles and permissions by function, and who may change them.
#include "db/transaction.hpp"
#include "support/server/browser.hpp"
#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using http::Permission;

Reply post(const std::string& path, const std::string& key, const std::string& body = "") {
    return LiveServer::instance().call("POST", path, key, body);
}

Reply get(const std::string& path, const std::string& key) {
    return LiveServer::instance().call("GET", path, key);
}

std::string email_of(const TestUser& user) {
    return one_value("SELECT email FROM users WHERE id = '" + user.id + "'");
}

TEST(Permissions, let_staff_do_what_is_theirs_and_no_more) {
    const TestSale sale{{.first_end = 7200s}};
    const std::string auction = "/api/v1/auctions/" + sale.auction;
    const std::string county = "/api/v1/counties/" + sale.county;
    const auto staff = [&](Permission one) { return make_user("county_admin", sale.county, one); };
    const TestUser seller = staff(Permission::sales);
    const TestUser importer = staff(Permission::imports);
    const TestUser clerk = staff(Permission::approvals);
    const TestUser treasurer = staff(Permission::money);
    const std::string pause = R"({"reason":"a test"})";
    for (const TestUser& other : {importer, clerk, treasurer})
        EXPECT_EQ(post(auction + "/pause", other.key, pause).status, 404);
    EXPECT_EQ(post(auction + "/pause", seller.key, pause).status, 200);
    for (const TestUser& other : {seller, clerk, treasurer})
        EXPECT_EQ(LiveServer::instance()
                      .call("POST", county + "/imports/nal", other.key, "A\n1\n", "text/csv")
                      .status,
                  404);
    EXPECT_EQ(LiveServer::instance()
                  .call("POST", county + "/imports/nal", importer.key, "A\n1\n", "text/csv")
                  .status,
              422);
    const TestUser investor = make_user("investor");
    const std::string bidder =
        R"({"user_id":")" + investor.id + R"(","bidder_number":"P1","name":"Pat"})";
    for (const TestUser& other : {seller, importer, treasurer})
        EXPECT_EQ(post(auction + "/bidders", other.key, bidder).status, 404);
    EXPECT_EQ(post(auction + "/bidders", clerk.key, bidder).status, 201);
    const std::string budget = auction + "/bidders/" + investor.id + "/budget";
    for (const TestUser& other : {seller, importer, clerk})
        EXPECT_EQ(
            LiveServer::instance().call("PUT", budget, other.key, R"({"deposits":"5.00"})").status,
            404);
    EXPECT_EQ(
        LiveServer::instance().call("PUT", budget, treasurer.key, R"({"deposits":"5.00"})").status,
        200);
}

TEST(Permissions, let_viewers_read_and_never_write) {
    const TestSale sale{{.first_end = 7200s}};
    const std::string auction = "/api/v1/auctions/" + sale.auction;
    const TestUser auditor = make_user("viewer", sale.county, Permission::reports);
    const TestUser all = make_user("viewer", sale.county);
    const TestUser elsewhere = make_user("viewer", TestSale{{}}.county);
    for (const std::string& path :
         {auction + "/bidders", "/api/v1/counties/" + sale.county + "/certificates"}) {
        EXPECT_EQ(get(path, auditor.key).status, 200) << path;
        EXPECT_EQ(get(path, elsewhere.key).status, 404) << path;
    }
    EXPECT_EQ(post(auction + "/pause", all.key, R"({"reason":"a test"})").status, 404);
    EXPECT_EQ(get("/api/v1/approvals", all.key).status, 404);
}

TEST(Permissions, give_nothing_to_an_investor_who_has_rows) {
    const TestSale sale{{.first_end = 7200s}};
    const TestUser investor = make_user("investor", sale.county);
    EXPECT_EQ(get("/api/v1/auctions/" + sale.auction + "/bidders", investor.key).status, 404);
}

TEST(Permissions, are_given_by_two_and_taken_by_one) {
    const TestSale sale{{.first_end = 7200s}};
    const std::string county = "/api/v1/counties/" + sale.county;
    const TestUser newcomer = make_user("viewer", TestSale{{}}.county);
    const std::string wanted =
        R"({"email":")" + email_of(newcomer) + R"(","permissions":["reports"]})";
    const std::string certificates = county + "/certificates";
    const TestUser seller = make_user("county_admin", sale.county, Permission::sales);
    EXPECT_EQ(post(county + "/staff", seller.key, wanted).status, 404);
    const Reply proposed = post(county + "/staff", sale.staff.key, wanted);
    ASSERT_EQ(proposed.status, 202) << proposed.body;
    EXPECT_EQ(get(certificates, newcomer.key).status, 404);
    EXPECT_EQ(sale.second.id.empty(), false);
    EXPECT_EQ(post("/api/v1/approvals/" + proposed.text("id") + "/approve", sale.second.key).status,
              200);
    const TestUser witness{newcomer.id, newcomer.key};
    EXPECT_TRUE(eventually([&] { return get(certificates, witness.key).status == 200; }));
    const boost::json::value people = get(county + "/staff", sale.staff.key).json();
    EXPECT_EQ(people.at("items").as_array().size(), 4U) << people;

    const std::string take = county + "/staff/" + newcomer.id + "/take-away";
    const std::string reports = R"({"permissions":["reports"]})";
    EXPECT_EQ(post(take, seller.key, reports).status, 404);
    EXPECT_EQ(post(take, sale.staff.key, reports).status, 204);
    EXPECT_EQ(post(take, sale.staff.key, reports).status, 404) << "no person of the county now";
    EXPECT_EQ(post(county + "/staff/" + sale.staff.id + "/take-away", sale.staff.key,
                   R"({"permissions":["all"]})")
                  .reason(),
              "staff.own");
    const TestUser investor = make_user("investor");
    EXPECT_EQ(post(county + "/staff", sale.staff.key,
                   R"({"email":")" + email_of(investor) + R"(","permissions":["reports"]})")
                  .reason(),
              "staff.wrong_role");
    EXPECT_EQ(post(county + "/staff", sale.staff.key,
                   R"({"email":"nobody@example.org","permissions":["reports"]})")
                  .reason(),
              "user.unknown");
}

TEST(Roles, are_changed_by_two_administrators) {
    LiveServer& server = LiveServer::instance();
    const TestUser second = make_user("admin");
    const TestUser person = make_user("investor");
    const std::string path = "/api/v1/users/" + person.id;
    const TestSale sale{{}};
    EXPECT_EQ(post(path + "/role", sale.staff.key, R"({"role":"admin"})").status, 404);
    const Reply proposed = post(path + "/role", server.admin_key(), R"({"role":"viewer"})");
    ASSERT_EQ(proposed.status, 202) << proposed.body;
    EXPECT_EQ(post("/api/v1/approvals/" + proposed.text("id") + "/approve", sale.staff.key).status,
              404)
        << "a county does not change the platform";
    EXPECT_EQ(get(path, second.key).text("role"), "investor");
    EXPECT_EQ(post("/api/v1/approvals/" + proposed.text("id") + "/approve", second.key).status,
              200);
    EXPECT_EQ(get(path, second.key).text("role"), "viewer");
    EXPECT_EQ(post(path + "/role", second.key, R"({"role":"viewer"})").reason(), "role.unchanged");
    EXPECT_EQ(
        post("/api/v1/users/" + second.id + "/role", second.key, R"({"role":"viewer"})").reason(),
        "role.own");
}

TEST(Roles, of_closed_accounts_are_worth_nothing) {
    LiveServer& server = LiveServer::instance();
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    const std::string path = "/api/v1/users/" + person.id;
    EXPECT_EQ(post(path + "/status", server.admin_key(), R"({"status":"inactive"})").status, 200);
    EXPECT_EQ(browser.get("/api/v1/account").status, 401);
    EXPECT_EQ(browser.post("/api/v1/auth/refresh").status, 401);
    EXPECT_EQ(browser.sign_in(person.email, person.password).reason(), "auth.account_inactive");
    EXPECT_EQ(post(path + "/status", server.admin_key(), R"({"status":"active"})").status, 200);
    EXPECT_EQ(browser.sign_in(person.email, person.password).status, 200);
    const Reply found = get("/api/v1/users?email=" + person.email, server.admin_key());
    EXPECT_EQ(found.json().at("items").at(0).at("user_id").as_string(), person.id);
}

/// The tables that have a county, by name.
std::vector<std::string> tenant_tables() {
    db::Connection owner = LiveServer::instance().connect();
    const db::PgResult rows = owner.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE a.attname = 'county_id' AND NOT a.attisdropped AND NOT c.relispartition "
        "AND c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace ORDER BY 1");
    std::vector<std::string> names;
    for (int i = 0; i < PQntuples(rows.get()); ++i)
        names.emplace_back(PQgetvalue(rows.get(), i, 0));
    return names;
}

TEST(Confinement, keeps_what_is_done_for_a_county_within_it) {
    const TestSale mine{{.first_end = 7200s}};
    const TestSale other{{.first_end = 7200s}};
    LiveServer& server = LiveServer::instance();
    int seen = 0;
    db::Connection worker = server.connect("strikeoff_worker");
    for (const std::string& table : tenant_tables()) {
        worker.execute("BEGIN");
        worker.execute("SELECT set_config('strikeoff.acting_in', '{" + mine.county + "}', true)");
        const auto count = [&](const std::string& county) {
            try {
                worker.execute("SAVEPOINT asked");
                const db::PgResult rows = worker.execute("SELECT count(*) FROM " + table +
                                                         " WHERE county_id = '" + county + "'");
                return std::stoi(PQgetvalue(rows.get(), 0, 0));
            } catch (const db::DatabaseError& error) {
                EXPECT_EQ(error.sqlstate(), "42501") << table; // No privilege at all.
                worker.execute("ROLLBACK TO SAVEPOINT asked");
                return 0;
            }
        };
        seen += count(mine.county) > 0 ? 1 : 0;
        EXPECT_EQ(count(other.county), 0) << table;
        worker.execute("ROLLBACK");
    }
    EXPECT_GT(seen, 4) << "the own rows are there to be seen";
    const db::ActingIn acting{{CountyId{*parse_uuid(mine.county)}}};
    db::Transaction transaction{server.app().worker_pool};
    const auto touch = [&](const TestSale& sale) {
        const db::PgResult done = transaction.connection().execute(
            "UPDATE auctions SET name = name WHERE id = '" + sale.auction + "'");
        return std::string(PQcmdTuples(done.get()));
    };
    EXPECT_EQ(touch(mine), "1");
    EXPECT_EQ(touch(other), "0");
    EXPECT_THROW(
        transaction.connection().execute("INSERT INTO properties (county_id, parcel_id) VALUES ('" +
                                         other.county + "', 'X')"),
        db::DatabaseError);
}

} // namespace
} // namespace strikeoff::testing
