#include "core/ed25519.hpp"
#include "core/sha256.hpp"
#include "core/verify.hpp"
#include "support/server/live_server.hpp"

#include <gmock/gmock.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// A sale of two batches, the first of them closed: lot 0 to the first bidder at 7.75, lot 1 to the
/// second, lot 2 to the county.
class Amendment : public ::testing::Test {
protected:
    explicit Amendment(const std::string& settings = "{\"group_freeze_hours\":0}")
        : sale{{.batches = 2, .items_a_batch = 3, .interval = 3600s, .settings = settings}},
          winner{sale.add_bidder()}, other{sale.add_bidder()},
          colleague{make_user("county_admin", sale.county)} {
        sale.wait_until_open();
        sale.bid(winner, 0, "5.00");
        sale.bid(other, 0, "8.00");
        sale.bid(other, 1, "9.00");
        server.advance(601s);
        EXPECT_TRUE(eventually([&] {
            sale.reveal_due();
            return server.call("GET", "/api/v1/batches/" + batch()).text("status") == "closed";
        }));
    }

    std::string batch() const { return sale.batches[0]; }
    Reply propose(const std::string& kind, int adv_no, const std::string& key) {
        return server.call(
            "POST", "/api/v1/batches/" + batch() + "/amendments", key,
            fmt::format(R"({{"kind":"{}","adv_no":{},"reason":"paid at the counter"}})", kind,
                        adv_no));
    }
    Reply decide(const std::string& id, const std::string& what, const std::string& key) {
        return server.call("POST", "/api/v1/amendments/" + id + "/" + what, key);
    }
    std::string awarded(const TestUser& user) {
        return one_value("SELECT awarded FROM budgets WHERE auction_id = '" + sale.auction +
                         "' AND user_id = '" + user.id + "'");
    }
    Reply transcript() {
        return server.call("GET", "/transcripts/transcript-" + batch() + ".json");
    }

    LiveServer& server = LiveServer::instance();
    TestSale sale;
    TestUser winner;
    TestUser other;
    TestUser colleague;
};

TEST_F(Amendment, of_a_paid_item_takes_two_people_and_leaves_everyone_elses_result) {
    const std::string before = transcript().body;
    EXPECT_EQ(awarded(winner), "100.00");
    const Reply proposed = propose("void_paid", 1, sale.staff.key);
    ASSERT_EQ(proposed.status, 201) << proposed.body;
    const std::string id = proposed.text("id");
    EXPECT_EQ(decide(id, "approve", sale.staff.key).reason(), "amendment.same_person");
    EXPECT_EQ(propose("award_voided", 1, colleague.key).reason(), "amendment.exists");
    const std::string list = "/api/v1/batches/" + batch() + "/amendments";
    EXPECT_EQ(server.call("GET", list).json().at("items").as_array().size(), 0U);
    EXPECT_EQ(server.call("GET", list, sale.staff.key).json().at("items").as_array().size(), 1U);

    const Reply done = decide(id, "approve", colleague.key);
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(done.text("status"), "published");
    EXPECT_EQ(decide(id, "approve", colleague.key).reason(), "amendment.decided");
    EXPECT_EQ(decide(id, "refuse", colleague.key).reason(), "amendment.decided");

    EXPECT_EQ(awarded(winner), "0.00");
    EXPECT_EQ(awarded(other), "101.00");
    const boost::json::value results = sale.results();
    EXPECT_EQ(results.at("items").at(0).at("status").as_string(), "void_paid");
    EXPECT_EQ(results.at("items").at(0).at("amendment").as_string(), "void_paid");
    EXPECT_TRUE(results.at("items").at(0).at("winner_number").is_null());
    EXPECT_TRUE(results.at("items").at(0).at("certificate_number").is_null());
    EXPECT_EQ(results.at("items").at(1).at("status").as_string(), "awarded");
    EXPECT_EQ(one_value("SELECT status || ' ' || coalesce(award_rate::text, '-') FROM certificates "
                        "WHERE id = '" +
                        sale.certificate(0) + "'"),
              "canceled -");
    EXPECT_EQ(one_value("SELECT sum(e.amount) FROM ledger_entries e JOIN transactions t ON t.id = "
                        "e.transaction_id JOIN ledger_accounts a ON a.id = e.account_id "
                        "WHERE a.code = 'certificates_receivable' AND t.user_id = '" +
                        winner.id + "'"),
              "0.00");
    EXPECT_EQ(transcript().body, before); // The draw stands.
}

TEST_F(Amendment, is_signed_over_its_canonical_body) {
    const std::string id = propose("void_paid", 3, sale.staff.key).text("id"); // Struck, then paid.
    const Reply done = decide(id, "approve", colleague.key);
    ASSERT_EQ(done.status, 200) << done.body;
    const std::string body = done.text("body");
    const Hash hash = sha256(body);
    EXPECT_EQ(done.text("hash"), to_hex(hash));
    ByteWriter message;
    message.label("strikeoff/amendment/v1").bytes(hash);
    const auto signature = from_hex_fixed<64>(done.text("signature"));
    ASSERT_TRUE(signature);
    EXPECT_TRUE(
        verify_signature(server.app().keys.signing().public_key(), message.data(), *signature));
    EXPECT_THAT(body, HasSubstr(to_hex(sha256(transcript().body))));
}

TEST_F(Amendment, of_a_voided_award_lets_the_clean_up_batch_offer_the_item_again) {
    const std::string id = propose("award_voided", 2, sale.staff.key).text("id");
    ASSERT_EQ(decide(id, "approve", colleague.key).status, 200);
    EXPECT_EQ(awarded(other), "0.00");
    EXPECT_EQ(one_value("SELECT status FROM certificates WHERE id = '" + sale.certificate(1) + "'"),
              "pending");
    const Instant now = server.now();
    const Reply cleanup =
        server.call("POST", "/api/v1/auctions/" + sale.auction + "/cleanup", sale.staff.key,
                    fmt::format(R"({{"start_time":"{}","end_time":"{}"}})",
                                format_instant(now + 60s), format_instant(now + 7200s)));
    ASSERT_EQ(cleanup.status, 201) << cleanup.body;
    EXPECT_EQ(cleanup.text("items"), "1");
    EXPECT_EQ(one_value("SELECT adv_no || ' ' || round FROM batch_certificates WHERE batch_id = '" +
                        cleanup.text("id") + "'"),
              "2 1");
}

class Forfeiture : public Amendment {
protected:
    explicit Forfeiture(const std::string& settings = R"({"group_freeze_hours":0})")
        : Amendment{settings} {}

    /// Two people say that the winner of lot 0 did not pay.
    Reply forfeit() {
        const Reply proposed = propose("forfeited", 1, sale.staff.key);
        EXPECT_EQ(proposed.status, 201) << proposed.body;
        const Reply done = decide(proposed.text("id"), "approve", colleague.key);
        EXPECT_EQ(done.status, 200) << done.body;
        EXPECT_EQ(awarded(winner), "0.00");
        EXPECT_EQ(awarded(other), "101.00");
        EXPECT_EQ(one_value("SELECT payment_status || ' ' || void_reason FROM winning_bids WHERE "
                            "certificate_id = '" +
                            sale.certificate(0) + "'"),
                  "forfeited paid at the counter");
        EXPECT_EQ(one_value("SELECT coalesce(sum(e.amount), 0) || ' ' || count(*) FROM "
                            "ledger_entries e JOIN transactions t ON t.id = e.transaction_id JOIN "
                            "ledger_accounts a ON a.id = e.account_id WHERE a.code = "
                            "'certificates_receivable' AND t.user_id = '" +
                            winner.id + "'"),
                  "0.00 2");
        EXPECT_EQ(one_value("SELECT event_type || ' ' || performed_by FROM certificate_history "
                            "WHERE certificate_id = '" +
                            sale.certificate(0) + "' ORDER BY id DESC LIMIT 1"),
                  "forfeited " + colleague.id);
        const boost::json::value item = sale.results().at("items").at(0);
        EXPECT_EQ(item.at("status").as_string(), "awarded") << "the draw stands";
        EXPECT_EQ(item.at("amendment").as_string(), "forfeited");
        EXPECT_TRUE(item.at("winner_number").is_null());
        return done;
    }
    std::string certificate() {
        return one_value("SELECT status || ' ' || coalesce(award_rate::text, '-') || ' ' || "
                         "coalesce(certificate_number, '-') || ' ' || (holder_id IS NULL) || ' ' "
                         "|| (issue_date IS NULL) FROM certificates WHERE id = '" +
                         sale.certificate(0) + "'");
    }
    Reply clean_up() {
        const Instant now = server.now();
        return server.call("POST", "/api/v1/auctions/" + sale.auction + "/cleanup", sale.staff.key,
                           fmt::format(R"({{"start_time":"{}","end_time":"{}"}})",
                                       format_instant(now + 60s), format_instant(now + 7200s)));
    }
    void expect_verified() {
        const Reply leaves = server.call("GET", "/transcripts/transcript-" + batch() + ".leaves");
        const auto verified = verify_transcript(transcript().body, as_bytes(leaves.body),
                                                {.key = server.app().keys.signing().public_key()});
        EXPECT_TRUE(verified) << verified.error().message;
    }
};

TEST_F(Forfeiture, offers_the_certificate_again_by_default) {
    const std::string before = transcript().body;
    EXPECT_THAT(forfeit().text("body"), HasSubstr(R"("on_default":"readvertise")"));
    EXPECT_EQ(certificate(), "pending - - true true");
    EXPECT_EQ(transcript().body, before);
    expect_verified();
    const Reply cleanup = clean_up();
    ASSERT_EQ(cleanup.status, 201) << cleanup.body;
    EXPECT_EQ(one_value("SELECT adv_no || ' ' || round FROM batch_certificates WHERE batch_id = '" +
                        cleanup.text("id") + "'"),
              "1 1");
}

TEST_F(Forfeiture, is_of_an_award_that_is_not_paid_and_of_nothing_else) {
    EXPECT_EQ(propose("forfeited", 3, sale.staff.key).reason(), "award.none"); // Struck.
    const auto set = [&](const std::string& status) {
        server.connect().execute("UPDATE winning_bids SET payment_status = '" + status +
                                 "' WHERE certificate_id = '" + sale.certificate(0) + "'");
    };
    for (const char* status : {"paid", "processing", "refunded", "void", "forfeited"}) {
        set(status);
        EXPECT_EQ(propose("forfeited", 1, sale.staff.key).reason(), "award.settled") << status;
    }
    set("invoiced");
    EXPECT_EQ(propose("award_voided", 1, sale.staff.key).reason(), "award.settled");
    const Reply proposed = propose("forfeited", 1, sale.staff.key);
    EXPECT_EQ(proposed.status, 201) << proposed.body;
    EXPECT_EQ(decide(proposed.text("id"), "approve", sale.staff.key).reason(),
              "amendment.same_person");
    set("paid"); // In the meantime.
    EXPECT_EQ(decide(proposed.text("id"), "approve", colleague.key).reason(), "award.settled");
}

class ForfeitureToCounty : public Forfeiture {
protected:
    ForfeitureToCounty() : Forfeiture{R"({"group_freeze_hours":0,"on_default":"county_held"})"} {}
};

TEST_F(ForfeitureToCounty, strikes_the_certificate_off_at_the_maximum_rate) {
    const std::string number = one_value(
        "SELECT certificate_number FROM certificates WHERE id = '" + sale.certificate(0) + "'");
    EXPECT_THAT(forfeit().text("body"), HasSubstr(R"("on_default":"county_held")"));
    EXPECT_EQ(certificate(), "sold 18.00 " + number + " true false");
    expect_verified();
    EXPECT_EQ(clean_up().reason(), "cleanup.nothing_to_offer");
    server.connect().execute("UPDATE auctions SET settings_json = settings_json || "
                             "'{\"cleanup_content\":\"struck\"}' WHERE id = '" +
                             sale.auction + "'");
    const Reply cleanup = clean_up();
    ASSERT_EQ(cleanup.status, 201) << cleanup.body;
    EXPECT_EQ(one_value("SELECT string_agg(adv_no || ':' || round, ' ' ORDER BY adv_no) FROM "
                        "batch_certificates WHERE batch_id = '" +
                        cleanup.text("id") + "'"),
              "1:1 3:0");
    EXPECT_EQ(certificate().substr(0, 9), "pending -");
}

TEST_F(Amendment, is_refused_where_there_is_nothing_to_take_back) {
    EXPECT_EQ(propose("award_voided", 3, sale.staff.key).reason(), "award.none");
    EXPECT_EQ(propose("void_paid", 9, sale.staff.key).status, 404);
    EXPECT_EQ(propose("void_paid", 1, winner.key).status, 404);
    const TestUser stranger = make_user("county_admin", TestSale{{}}.county);
    EXPECT_EQ(propose("void_paid", 1, stranger.key).reason(), "not_found");
    EXPECT_EQ(server
                  .call("POST", "/api/v1/batches/" + sale.batches[1] + "/amendments",
                        sale.staff.key, R"({"kind":"void_paid","adv_no":4,"reason":"early"})")
                  .reason(),
              "batch.not_closed");
    const std::string id = propose("void_paid", 1, sale.staff.key).text("id");
    EXPECT_EQ(decide(id, "approve", stranger.key).reason(), "not_found");
    EXPECT_EQ(decide(id, "refuse", sale.staff.key).text("status"), "refused");
    EXPECT_EQ(decide(id, "approve", colleague.key).reason(), "amendment.decided");
    EXPECT_EQ(propose("void_paid", 1, sale.staff.key).status, 201); // And proposed again.
}

TEST_F(Amendment, closed_bids_of_an_item_are_shown_by_the_setting) {
    const std::string path = "/api/v1/batches/" + batch() + "/items/1/bids";
    ASSERT_TRUE(eventually([&] { return server.call("GET", path).status == 200; }));
    const boost::json::value all = server.call("GET", path).json();
    ASSERT_EQ(all.at("items").as_array().size(), 2U);
    EXPECT_EQ(all.at("items").at(0).at("rate").as_string(), "5.00");
    EXPECT_TRUE(all.at("items").at(0).at("awarded").as_bool());
    EXPECT_FALSE(all.at("items").at(1).at("awarded").as_bool());
    EXPECT_EQ(server.call("GET", "/api/v1/batches/" + sale.batches[1] + "/items/4/bids").status,
              404); // Still open.
    db::Connection owner = server.connect();
    owner.execute("UPDATE auctions SET settings_json = settings_json || "
                  "'{\"results_visibility\":\"winners\"}' WHERE id = '" +
                  sale.auction + "'");
    const boost::json::value winners = server.call("GET", path).json();
    ASSERT_EQ(winners.at("items").as_array().size(), 1U);
    EXPECT_TRUE(winners.at("items").at(0).at("awarded").as_bool());
}

} // namespace
} // namespace strikeoff::testing
