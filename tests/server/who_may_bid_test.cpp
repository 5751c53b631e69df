#include "support/server/live_server.hpp"

#include <gmock/gmock.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// A sale that is open, and what staff and bidders do about who may bid in it.
class WhoMayBid : public ::testing::Test {
protected:
    explicit WhoMayBid(
        const std::string& settings = R"({"deposit_minimum":"500.00","group_freeze_hours":0})")
        : sale{{.items_a_batch = 4, .first_end = 24h, .settings = settings}} {}

    std::string path(const TestUser& bidder, const std::string& what = "") const {
        return "/api/v1/auctions/" + sale.auction + "/bidders/" + bidder.id + what;
    }
    /// Registers an investor with the further members that are given, each after a comma.
    TestUser enrol(const std::string& members = "", const std::string& name = "Ann Heron") {
        const TestUser user = make_user("investor");
        const Reply made =
            server.call("POST", "/api/v1/auctions/" + sale.auction + "/bidders", sale.staff.key,
                        fmt::format(R"({{"user_id":"{}","bidder_number":"{}","name":"{}"{}}})",
                                    user.id, fresh_bid_id(), name, members));
        EXPECT_EQ(made.status, 201) << made.body;
        return user;
    }
    std::string missing(const TestUser& bidder) {
        return server.call("GET", path(bidder), sale.staff.key).text("missing");
    }
    Reply put(const TestUser& bidder, const std::string& what, const std::string& body) {
        return server.call("PUT", path(bidder, what), sale.staff.key, body);
    }
    Reply tax_form(const TestUser& bidder, int year, const std::string& kind = "w9",
                   const std::string& verdict = "accepted", const std::string& name = "Ann Heron") {
        return put(bidder, "/tax-form",
                   fmt::format(R"({{"kind":"{}","form_year":{},"legal_name":"{}","verdict":"{}"}})",
                               kind, year, name, verdict));
    }
    Reply agree(const TestUser& bidder) {
        return server.call("POST", "/api/v1/auctions/" + sale.auction + "/me/agreement",
                           bidder.key);
    }
    Reply own(const TestUser& bidder, int lot, bool is_owner) {
        return put(bidder, "/parcels/" + sale.certificate(lot),
                   fmt::format(R"({{"is_owner":{},"reason":"the deed of 2019"}})", is_owner));
    }
    void set_owner(int lot, const std::string& name) {
        server.connect().execute("UPDATE properties SET owner_name = '" + name +
                                 "' WHERE id = (SELECT property_id FROM certificates WHERE id = '" +
                                 sale.certificate(lot) + "')");
    }
    std::string changes(int kind) {
        return one_value(fmt::format("SELECT count(*) FROM book_changes WHERE batch_id = '{}' "
                                     "AND kind = {}",
                                     sale.batches[0], kind));
    }

    LiveServer& server = LiveServer::instance();
    TestSale sale;
};

TEST_F(WhoMayBid, each_paper_is_a_condition_of_its_own_and_counts_at_once) {
    sale.wait_until_open();
    const TestUser bidder = enrol();
    EXPECT_EQ(missing(bidder), R"(["tax_form","agreement","deposit"])");
    const Reply refused = sale.bid(bidder, 0, "5.00");
    EXPECT_EQ(refused.reason(), "bid.not_eligible") << refused.body;
    EXPECT_THAT(refused.text("detail"),
                AllOf(HasSubstr("tax form"), HasSubstr("agreement"), HasSubstr("deposit")));

    const Reply agreed = agree(bidder);
    ASSERT_EQ(agreed.status, 200) << agreed.body;
    const boost::json::value mine = agreed.json().at("bidder");
    EXPECT_EQ(boost::json::serialize(mine.at("missing")), R"(["tax_form","deposit"])");
    EXPECT_EQ(mine.at("agreement_by").as_string(), bidder.id);
    EXPECT_EQ(agree(bidder).json().at("bidder").at("agreement_at"), mine.at("agreement_at"));
    EXPECT_EQ(tax_form(bidder, sale.year()).text("missing"), R"(["deposit"])");
    const Reply poor = sale.bid(bidder, 0, "5.00");
    EXPECT_THAT(poor.text("detail"), AllOf(HasSubstr("deposit"), Not(HasSubstr("agreement"))));
    EXPECT_EQ(put(bidder, "/budget", R"({"deposits":"499.99"})").text("missing"), R"(["deposit"])");
    EXPECT_EQ(put(bidder, "/budget", R"({"deposits":"500.00"})").text("missing"), "[]");
    EXPECT_EQ(sale.bid(bidder, 0, "5.00").status, 200);
    EXPECT_EQ(changes(18), "0") << "nothing of this made the book narrower";
    EXPECT_EQ(one_value("SELECT status || ' ' || (reviewed_by = '" + sale.staff.id +
                        "') FROM tax_forms WHERE user_id = '" + bidder.id + "'"),
              "accepted true");
}

TEST_F(WhoMayBid, staff_register_a_complete_bidder_in_one_call) {
    sale.wait_until_open();
    const TestUser bidder = enrol(R"(,"deposits":"500.00",)" + sale.papers());
    EXPECT_EQ(missing(bidder), "[]");
    const Reply seen = server.call("GET", path(bidder), sale.staff.key);
    EXPECT_EQ(seen.text("agreement_by"), sale.staff.id) << "who has the paper";
    EXPECT_EQ(sale.bid(bidder, 0, "5.00").status, 200);
    const TestUser unsigned_one = enrol(R"(,"deposits":"500.00","agreement_signed":false)");
    EXPECT_EQ(missing(unsigned_one), R"(["tax_form","agreement"])");
}

TEST_F(WhoMayBid, what_is_lost_is_refused_at_the_next_bid_and_never_awarded) {
    const TestUser bidder = enrol(R"(,"deposits":"500.00",)" + sale.papers());
    sale.wait_until_open();
    ASSERT_EQ(sale.bid(bidder, 0, "5.00").status, 200);
    const auto is_refused = [&] {
        return sale.bid(bidder, 1, "5.00").reason() == "bid.not_eligible";
    };
    EXPECT_EQ(put(bidder, "/budget", R"({"deposits":"400.00"})").text("missing"), R"(["deposit"])");
    EXPECT_TRUE(is_refused());
    put(bidder, "/budget", R"({"deposits":"600.00"})");
    EXPECT_EQ(sale.bid(bidder, 1, "5.25").status, 200);
    put(bidder, "/budget", R"({"deposit_required":"600.01"})");
    EXPECT_TRUE(is_refused()) << "more is required of this bidder than of others";
    put(bidder, "/budget", R"({"deposit_required":"0.00"})");
    EXPECT_EQ(sale.bid(bidder, 1, "5.50").status, 200);
    EXPECT_EQ(changes(18), "2");
    EXPECT_EQ(tax_form(bidder, sale.year(), "w9", "refused").text("missing"), R"(["tax_form"])");
    EXPECT_TRUE(is_refused());
    sale.close_all();
    const boost::json::value results = sale.results();
    for (int lot : {0, 1})
        EXPECT_EQ(results.at("items").at(static_cast<std::size_t>(lot)).at("status").as_string(),
                  "struck");
    // The close record says so for good: what comes late changes nothing.
    const std::string name = "/transcripts/transcript-" + sale.batches[0] + ".json";
    const std::string before = server.call("GET", name).body;
    EXPECT_EQ(tax_form(bidder, sale.year()).text("missing"), "[]");
    EXPECT_EQ(server.call("GET", name).body, before);
}

TEST_F(WhoMayBid, a_form_is_of_the_year_in_which_bidding_opens) {
    const TestUser bidder = enrol(R"(,"deposits":"500.00","agreement_signed":true)");
    EXPECT_EQ(tax_form(bidder, sale.year() - 1).text("missing"), R"(["tax_form"])");
    EXPECT_EQ(tax_form(bidder, sale.year() + 1).text("missing"), R"(["tax_form"])");
    EXPECT_EQ(tax_form(bidder, sale.year()).text("missing"), "[]");
    EXPECT_EQ(tax_form(bidder, 1899).reason(), "tax_form.invalid");
    EXPECT_EQ(tax_form(bidder, sale.year(), "w9", "accepted", "").reason(), "tax_form.invalid");
    EXPECT_EQ(tax_form(make_user("investor"), sale.year()).status, 404);
}

TEST_F(WhoMayBid, the_year_is_that_of_the_countys_own_calendar) {
    // In Florida it is still 2030, until a batch moves the beginning.
    const auto draft = [&](const std::string& start) {
        return server
            .call("POST", "/api/v1/counties/" + sale.county + "/auctions", sale.staff.key,
                  R"({"name":"New Year","tax_year":2025,"start_date":")" + start + "\"}")
            .text("id");
    };
    const TestUser bidder = make_user("investor");
    const auto missing_in = [&](const std::string& auction, int year) {
        const Reply made = server.call(
            "POST", "/api/v1/auctions/" + auction + "/bidders", sale.staff.key,
            fmt::format(R"({{"user_id":"{}","bidder_number":"NY-{}","name":"Ann Heron",)"
                        R"("tax_form":{{"kind":"w9","form_year":{}}},"agreement_signed":true}})",
                        bidder.id, year, year));
        EXPECT_EQ(made.status, 201) << made.body;
        return made.text("missing");
    };
    EXPECT_EQ(missing_in(draft("2031-01-01T04:59:59Z"), 2030), R"([])");
    EXPECT_EQ(missing_in(draft("2031-01-01T04:59:59Z"), 2031), R"(["tax_form"])");
    const std::string moved = draft("2031-01-01T05:00:00Z");
    EXPECT_EQ(missing_in(moved, 2031), R"([])");
    server.connect().execute("WITH parcel AS (INSERT INTO properties (county_id, parcel_id) "
                             "VALUES ('" +
                             sale.county +
                             "', 'NY') RETURNING id, county_id) INSERT INTO certificates "
                             "(county_id, property_id, tax_year, face_value, advertised_number) "
                             "SELECT county_id, id, 2025, 100, 900 FROM parcel");
    const Reply batch =
        server.call("POST", "/api/v1/auctions/" + moved + "/batches", sale.staff.key,
                    R"({"start_time":"2030-12-31T20:00:00Z","end_time":"2031-01-05T20:00:00Z",)"
                    R"("adv_from":900,"adv_to":900})");
    ASSERT_EQ(batch.status, 201) << batch.body;
    EXPECT_EQ(
        server.call("GET", "/api/v1/auctions/" + moved + "/bidders/" + bidder.id, sale.staff.key)
            .text("missing"),
        R"(["tax_form"])");
}

TEST_F(WhoMayBid, a_form_counts_in_every_sale_of_the_county) {
    const TestUser bidder = enrol(R"(,"deposits":"500.00","agreement_signed":true)");
    const std::string other = server
                                  .call("POST", "/api/v1/counties/" + sale.county + "/auctions",
                                        sale.staff.key, R"({"name":"Another","tax_year":2024})")
                                  .text("id");
    const std::string number =
        server.call("GET", path(bidder), sale.staff.key).text("bidder_number");
    const Reply registered =
        server.call("POST", "/api/v1/auctions/" + other + "/bidders", sale.staff.key,
                    fmt::format(R"({{"user_id":"{}","bidder_number":"{}","name":"Ann Heron",)"
                                R"("agreement_signed":true}})",
                                bidder.id, number));
    EXPECT_EQ(registered.text("missing"), R"(["tax_form"])") << registered.body;
    EXPECT_EQ(tax_form(bidder, sale.year()).text("missing"), "[]");
    EXPECT_EQ(
        server.call("GET", "/api/v1/auctions/" + other + "/bidders/" + bidder.id, sale.staff.key)
            .text("missing"),
        "[]");
}

TEST_F(WhoMayBid, a_foreign_form_is_refused_where_the_county_takes_none) {
    const TestUser bidder = enrol(R"(,"deposits":"500.00","agreement_signed":true)");
    EXPECT_EQ(tax_form(bidder, sale.year(), "w8").reason(), "tax_form.foreign");
    EXPECT_EQ(missing(bidder), R"(["tax_form"])");
    const Reply registered =
        server.call("POST", "/api/v1/auctions/" + sale.auction + "/bidders", sale.staff.key,
                    fmt::format(R"({{"user_id":"{}","bidder_number":"W8","name":"Ann Heron",)"
                                R"("tax_form":{{"kind":"w8","form_year":2026}}}})",
                                make_user("investor").id));
    EXPECT_EQ(registered.reason(), "tax_form.foreign") << registered.body;
    const Reply no_year =
        server.call("POST", "/api/v1/auctions/" + sale.auction + "/bidders", sale.staff.key,
                    fmt::format(R"({{"user_id":"{}","bidder_number":"W9","name":"Ann Heron",)"
                                R"("tax_form":{{"kind":"w9","form_year":26}}}})",
                                make_user("investor").id));
    EXPECT_EQ(no_year.reason(), "bidder.invalid") << no_year.body;
}

class WhoMayBidAnyYear : public WhoMayBid {
protected:
    WhoMayBidAnyYear() : WhoMayBid{R"({"w9_yearly":false,"foreign_bidders":true})"} {}
};

TEST_F(WhoMayBidAnyYear, forms_of_other_years_and_countries_do_where_the_county_says_so) {
    const TestUser bidder = enrol(R"(,"agreement_signed":true)");
    EXPECT_EQ(missing(bidder), R"(["tax_form"])") << "but one there must be";
    EXPECT_EQ(tax_form(bidder, 2019, "w8").text("missing"), "[]");
    EXPECT_EQ(tax_form(bidder, 2019, "w8", "refused").text("missing"), R"(["tax_form"])");
    EXPECT_EQ(tax_form(bidder, 2020).text("missing"), "[]");
}

TEST_F(WhoMayBid, nobody_bids_on_a_parcel_of_the_own_name) {
    set_owner(0, "HERON, ANN");
    const TestUser owner = enrol(R"(,"deposits":"500.00",)" + sale.papers());
    const TestUser other = enrol(R"(,"deposits":"500.00",)" + sale.papers(), "Anna Heron");
    sale.wait_until_open();
    const Reply refused = sale.bid(owner, 0, "5.00");
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.reason(), "bid.owner_of_parcel") << refused.body;
    EXPECT_EQ(sale.bid(owner, 1, "5.00").status, 200);
    EXPECT_EQ(sale.bid(other, 0, "5.00").status, 200);

    // A namesake is let in at once, and who turns out to be the owner is kept out at once.
    const Reply namesake = own(owner, 0, false);
    EXPECT_EQ(namesake.status, 200) << namesake.body;
    EXPECT_EQ(namesake.text("owner_name"), "HERON, ANN");
    EXPECT_EQ(sale.bid(owner, 0, "6.00").status, 200);
    ASSERT_EQ(own(owner, 1, true).status, 200);
    EXPECT_EQ(sale.bid(owner, 1, "4.00").reason(), "bid.owner_of_parcel");
    EXPECT_EQ(sale.withdraw_bid(owner, 1).status, 200) << "what stands may be withdrawn";
    EXPECT_EQ(changes(19), "1");
    const Reply list = server.call("GET", path(owner, "/parcels"), sale.staff.key);
    ASSERT_EQ(list.json().at("items").as_array().size(), 2U) << list.body;
    EXPECT_EQ(list.json().at("items").at(0).at("recorded_by").as_string(), sale.staff.id);
    EXPECT_EQ(own(owner, 1, false).status, 200);
    EXPECT_EQ(sale.bid(owner, 1, "4.00").status, 200);
    EXPECT_EQ(one_value("SELECT count(*) FROM audit_logs WHERE action = 'ownership.recorded' AND "
                        "county_id = '" +
                        sale.county + "'"),
              "3");
}

TEST_F(WhoMayBid, a_name_that_changes_changes_whose_the_parcels_are) {
    set_owner(2, "BLUE HERON L.L.C.");
    const TestUser bidder = enrol(R"(,"deposits":"500.00",)" + sale.papers());
    sale.wait_until_open();
    EXPECT_EQ(sale.bid(bidder, 2, "5.00").status, 200);
    tax_form(bidder, sale.year(), "w9", "accepted", "Blue Heron, LLC");
    EXPECT_EQ(sale.bid(bidder, 2, "4.00").reason(), "bid.owner_of_parcel");
    tax_form(bidder, sale.year() - 1, "w9", "accepted", "Ann Heron");
    EXPECT_EQ(sale.bid(bidder, 2, "4.00").reason(), "bid.owner_of_parcel") << "an older form";
    tax_form(bidder, sale.year(), "w9", "accepted", "Ann Heron");
    EXPECT_EQ(sale.bid(bidder, 2, "4.00").status, 200);
}

TEST_F(WhoMayBid, of_a_group_the_primarys_own_name_counts) {
    set_owner(3, "HERON, BEA");
    const TestUser primary = enrol(R"(,"deposits":"1000.00",)" + sale.papers());
    const Reply group = server.call("PUT", path(primary, "/group"), sale.staff.key,
                                    "number,name\nA1,Bea Heron\n", "text/csv");
    EXPECT_EQ(group.text("usable"), "2") << group.body;
    sale.wait_until_open();
    EXPECT_EQ(sale.bid(primary, 3, "5.00").status, 200);
}

TEST_F(WhoMayBid, an_ownership_needs_a_reason_and_a_certificate_of_the_county) {
    const TestUser bidder = enrol();
    EXPECT_EQ(
        put(bidder, "/parcels/" + sale.certificate(0), R"({"is_owner":true,"reason":""})").reason(),
        "reason.missing");
    EXPECT_EQ(
        put(bidder, "/parcels/" + fresh_bid_id(), R"({"is_owner":true,"reason":"deed"})").status,
        404);
    const TestSale elsewhere{{.items_a_batch = 1}};
    EXPECT_EQ(
        put(bidder, "/parcels/" + elsewhere.certificate(0), R"({"is_owner":true,"reason":"deed"})")
            .status,
        404);
}

TEST(NameKey, is_the_same_for_two_spellings_of_a_name) {
    const auto key = [](const std::string& name) {
        return one_value("SELECT coalesce(strikeoff.name_key('" + name + "'), '-')");
    };
    EXPECT_EQ(key("SMITH, JOHN A"), "a john smith");
    EXPECT_EQ(key("John A Smith"), key("SMITH,JOHN A."));
    EXPECT_EQ(key("O''Brien"), key("OBRIEN"));
    EXPECT_EQ(key("Acme Liens, L.L.C."), key("ACME  LIENS LLC"));
    EXPECT_EQ(key("Müller-Lüdenscheidt"), key("LÜDENSCHEIDT MÜLLER"));
    EXPECT_EQ(key("JOSE\u0301"), key("josé"));
    EXPECT_EQ(key("ＡＣＭＥ　１２"), "12 acme");
    EXPECT_NE(key("John Smith"), key("Joan Smith"));
    EXPECT_NE(key("Smith John & Mary"), key("John Smith")) << "two owners are not one of them";
    EXPECT_EQ(key(" ,. - "), "-");
    EXPECT_EQ(key(""), "-");
}

} // namespace
} // namespace strikeoff::testing
