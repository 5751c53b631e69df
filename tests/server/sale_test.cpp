#include "core/verify.hpp"
#include "modules/auctions/export.hpp"
#include "modules/auctions/published_batch.hpp"
#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

/// Outcome, rate and winner's number of each item, a line each.
std::string outcome(TestSale& sale, int batch = 0) {
    std::string out;
    const boost::json::value results = sale.results(batch);
    for (const boost::json::value& item : results.at("items").as_array()) {
        const auto text = [&](const char* name) {
            return item.at(name).is_null() ? std::string("-")
                                           : std::string(item.at(name).as_string());
        };
        out += fmt::format("{} {} {} {}\n", item.at("adv_no").as_int64(), text("status"),
                           text("rate"), text("winner_number"));
    }
    return out;
}

Result<VerifySummary> verify_published(const std::string& batch, const std::string& receipts = "") {
    LiveServer& server = LiveServer::instance();
    const Reply transcript = server.call("GET", "/transcripts/transcript-" + batch + ".json");
    const Reply leaves = server.call("GET", "/transcripts/transcript-" + batch + ".leaves");
    VerifyOptions options{.key = server.app().keys.signing().public_key()};
    if (!receipts.empty()) options.receipts = receipts;
    return verify_transcript(transcript.body, as_bytes(leaves.body), options);
}

TEST(Sale, awards_price_ties_budgets_and_groups_and_proves_it) {
    TestSale sale{{.batches = 2, .items_a_batch = 5}};
    const TestUser rich = sale.add_bidder();
    const TestUser other = sale.add_bidder();
    const TestUser poor = sale.add_bidder("11.00"); // Covers one award of about 100.00.
    const TestUser group = sale.add_bidder();
    std::string members = "number,name\n";
    for (int i = 0; i < 1000; ++i)
        members += fmt::format("A{:06},Affiliate {}\n", i, i);
    LiveServer& server = LiveServer::instance();
    ASSERT_EQ(server
                  .call("PUT",
                        "/api/v1/auctions/" + sale.auction + "/bidders/" + group.id + "/group",
                        sale.staff.key, members, "text/csv")
                  .text("usable"),
              "1001");
    sale.wait_until_open();
    std::string receipts = "[";
    const auto bid = [&](const TestUser& who, int lot, const char* rate) {
        const Reply reply = sale.bid(who, lot, rate);
        ASSERT_EQ(reply.text("status"), "accepted") << reply.body;
        receipts += (receipts.size() > 1 ? "," : "") + reply.text("receipt");
    };
    bid(rich, 0, "5.00"); // One step under the runner-up.
    bid(other, 0, "8.00");
    bid(rich, 1, "12.00"); // Alone: the maximum.
    bid(poor, 2, "1.00");  // Uses the budget up.
    bid(other, 2, "9.00");
    bid(poor, 3, "1.00"); // Blocked by then, so it sets no price.
    bid(rich, 3, "9.00");
    bid(other, 3, "10.00");
    receipts += "]";
    sale.close_all();
    EXPECT_EQ(outcome(sale), "1 awarded 7.75 1001\n"
                             "2 awarded 18.00 1001\n"
                             "3 awarded 8.75 1003\n"
                             "4 awarded 9.75 1001\n"
                             "5 struck 18.00 -\n");
    const auto verified = verify_published(sale.batches[0], receipts);
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_EQ(verified->leaves, 8U);
    ASSERT_TRUE(verify_published(sale.batches[1]));

    EXPECT_EQ(one_value("SELECT status FROM auctions WHERE id = '" + sale.auction + "'"), "closed");
    EXPECT_EQ(
        one_value("SELECT sum(face) FROM winning_bids WHERE auction_id = '" + sale.auction + "'"),
        "406.00");
    EXPECT_EQ(
        one_value("SELECT sum(awarded) FROM budgets WHERE auction_id = '" + sale.auction + "'"),
        "406.00");
    EXPECT_EQ(
        one_value("SELECT sum(e.amount) FROM ledger_entries e JOIN ledger_accounts a ON a.id = "
                  "e.account_id WHERE a.code = 'certificates_receivable' AND e.county_id = '" +
                  sale.county + "'"),
        "406.00");
    EXPECT_EQ(
        one_value("SELECT count(*) || ' ' || count(holder_id) FROM certificates WHERE county_id = "
                  "'" +
                  sale.county +
                  "' AND status = 'sold' AND certificate_number LIKE "
                  "'2025-00000%' OR certificate_number = '2025-000010' AND county_id = '" +
                  sale.county + "'"),
        "10 4");
    EXPECT_EQ(one_value("SELECT count(*) FROM audit_logs WHERE county_id = '" + sale.county +
                        "' AND action = 'batch.closed'"),
              "2");
    // Each close record is audited and anchored before any secret is revealed.
    EXPECT_EQ(one_value("SELECT count(*) FROM audit_checkpoints WHERE county_id = '" + sale.county +
                        "' AND published_at IS NOT NULL"),
              "2");
}

TEST(Sale, transcripts_can_wait_for_the_end_of_the_sale) {
    TestSale sale{{.batches = 2,
                   .items_a_batch = 2,
                   .settings = R"({"group_freeze_hours":0,"transcripts":"at_sale_end",)"
                               R"("draw_without_county":true})",
                   .commit = false}};
    sale.wait_until_open();
    LiveServer& server = LiveServer::instance();
    server.advance(630s);
    ASSERT_TRUE(eventually([&] {
        return server.call("GET", "/api/v1/batches/" + sale.batches[0]).text("status") == "closed";
    }));
    EXPECT_FALSE(verify_published(sale.batches[0]));
    sale.close_all();
    EXPECT_TRUE(verify_published(sale.batches[0]));
    EXPECT_TRUE(verify_published(sale.batches[1]));
}

TEST(Sale, a_tie_is_drawn_and_a_group_has_a_ticket_a_member) {
    TestSale sale{{.items_a_batch = 40}};
    const TestUser single = sale.add_bidder();
    const TestUser group = sale.add_bidder();
    std::string members = "number,name\n";
    for (int i = 0; i < 999; ++i)
        members += fmt::format("B{:06},Affiliate {}\n", i, i);
    LiveServer::instance().call(
        "PUT", "/api/v1/auctions/" + sale.auction + "/bidders/" + group.id + "/group",
        sale.staff.key, members, "text/csv");
    sale.wait_until_open();
    for (int lot = 0; lot < 40; ++lot) {
        sale.bid(single, lot, "0.25");
        sale.bid(group, lot, "0.25");
    }
    sale.close_all();
    std::set<std::string> holders;
    const boost::json::value results = sale.results();
    for (const boost::json::value& item : results.at("items").as_array()) {
        EXPECT_EQ(item.at("tied").as_int64(), 2);
        holders.emplace(item.at("winner_number").as_string());
    }
    // With 1,000 tickets against one, fewer than 30 distinct holders of 40 has a chance below 1e-9.
    EXPECT_GT(holders.size(), 30U);
    EXPECT_TRUE(verify_published(sale.batches[0]));
}

TEST(Sale, pause_resume_move_and_withdraw_are_in_the_chain) {
    TestSale sale{{.items_a_batch = 3, .first_end = 1h}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    LiveServer& server = LiveServer::instance();
    const std::string auction = "/api/v1/auctions/" + sale.auction;
    const std::string batch = "/api/v1/batches/" + sale.batches[0];
    ASSERT_EQ(sale.bid(bidder, 0, "5.00").status, 200);
    EXPECT_EQ(server.call("POST", auction + "/pause", sale.staff.key, R"({"reason":""})").status,
              422);
    EXPECT_EQ(
        server.call("POST", auction + "/pause", sale.staff.key, R"({"reason":"storm"})").status,
        200);
    EXPECT_EQ(sale.bid(bidder, 1, "5.00").reason(), "bid.batch_paused");
    EXPECT_EQ(
        server.call("POST", auction + "/pause", sale.staff.key, R"({"reason":"again"})").reason(),
        "auction.not_running");
    const Instant end = *parse_instant(server.call("GET", batch).text("end_time"));
    server.advance(30min);
    EXPECT_EQ(sale.approve(server.call("POST", auction + "/resume", sale.staff.key)).status, 200);
    const Instant moved = *parse_instant(server.call("GET", batch).text("end_time"));
    EXPECT_GE(moved - end, 30min);
    EXPECT_LT(moved - end, 31min);
    EXPECT_EQ(sale.bid(bidder, 1, "5.00").status, 200);
    EXPECT_EQ(
        server.call("POST", batch + "/items/3/withdraw", sale.staff.key, R"({"reason":"paid"})")
            .status,
        204);
    EXPECT_EQ(sale.bid(bidder, 2, "5.00").reason(), "bid.lot_withdrawn");
    EXPECT_EQ(server
                  .call("POST", batch + "/end", sale.staff.key,
                        fmt::format(R"({{"end_time":"{}","reason":"later"}})",
                                    format_instant(moved + 10min)))
                  .status,
              200);
    EXPECT_EQ(server
                  .call("POST", batch + "/end", sale.staff.key,
                        R"({"end_time":"2020-01-01T00:00:00Z","reason":"x"})")
                  .reason(),
              "batch.end_in_the_past");
    sale.close_all();
    EXPECT_EQ(outcome(sale), "1 awarded 18.00 1001\n2 awarded 18.00 1001\n3 withdrawn - -\n");
    const auto verified = verify_published(sale.batches[0]);
    EXPECT_TRUE(verified) << verified.error().message;
    const boost::json::value chain = server.call("GET", batch + "/chain").json();
    std::string kinds;
    for (const boost::json::value& link : chain.at("links").as_array())
        kinds += (link.at("kind").is_null() ? std::string(link.at("record").as_string())
                                            : std::string(link.at("kind").as_string())) +
                 " ";
    EXPECT_EQ(kinds, "opening paused resumed lot_withdrawn end_moved head close ");
}

TEST(Sale, a_county_that_does_not_reveal_leaves_the_draw_to_the_operator_and_all_can_see_it) {
    TestSale sale{{.items_a_batch = 2}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    sale.bid(bidder, 0, "5.00");
    LiveServer& server = LiveServer::instance();
    server.advance(700s);
    const std::string batch = "/api/v1/batches/" + sale.batches[0];
    ASSERT_TRUE(eventually([&] {
        return server.call("GET", batch + "/chain").body.find("\"close\"") != std::string::npos;
    }));
    std::this_thread::sleep_for(500ms);
    EXPECT_EQ(server.call("GET", batch).text("status"), "closing");
    EXPECT_EQ(server.call("GET", "/transcripts/transcript-" + sale.batches[0] + ".json").status,
              404);
    server.advance(11min);
    ASSERT_TRUE(eventually([&] { return server.call("GET", batch).text("status") == "closed"; }));
    const auto verified = verify_published(sale.batches[0]);
    ASSERT_TRUE(verified) << verified.error().message;
    sale.reveal_due(); // Too late changes nothing.
    EXPECT_TRUE(verify_published(sale.batches[0]));
}

TEST(Sale, without_a_county_commitment_a_batch_opens_only_if_the_settings_allow_it) {
    TestSale waiting{{.items_a_batch = 1, .commit = false}};
    TestSale alone{{.items_a_batch = 1,
                    .settings = R"({"group_freeze_hours":0,"draw_without_county":true})",
                    .commit = false}};
    alone.wait_until_open();
    EXPECT_EQ(
        LiveServer::instance().call("GET", "/api/v1/batches/" + waiting.batches[0]).text("status"),
        "scheduled");
    const TestUser bidder = waiting.add_bidder();
    EXPECT_EQ(waiting.bid(bidder, 0, "5.00").status, 404);
}

TEST(Sale, closed_by_two_workers_at_once_it_is_closed_once) {
    TestSale sale{{.batches = 3, .items_a_batch = 10}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    for (int lot = 0; lot < 10; ++lot)
        sale.bid(bidder, lot, "5.00", lot % 3);
    App& app = LiveServer::instance().app();
    std::atomic<bool> done = false;
    std::vector<std::thread> workers;
    for (int i = 0; i < 3; ++i)
        workers.emplace_back([&] {
            auctions::SqlClosingStore store{app.worker_pool, app.keys, app.clock};
            auctions::Closing closing{store, app.keys.signing()};
            while (!done)
                closing.work();
        });
    sale.close_all();
    done = true;
    for (std::thread& worker : workers)
        worker.join();
    EXPECT_EQ(
        one_value("SELECT count(*) FROM winning_bids WHERE auction_id = '" + sale.auction + "'"),
        "10");
    for (const std::string& batch : sale.batches)
        EXPECT_TRUE(verify_published(batch));
}

TEST(Sale, the_stored_digest_is_that_of_the_published_file) {
    TestSale sale{{.items_a_batch = 3}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    sale.bid(bidder, 1, "5.00");
    sale.close_all();
    const Reply transcript =
        LiveServer::instance().call("GET", "/transcripts/transcript-" + sale.batches[0] + ".json");
    EXPECT_EQ("\\x" + to_hex(sha256(std::string_view{transcript.body})),
              one_value("SELECT transcript_sha256 FROM transcripts WHERE batch_id = '" +
                        sale.batches[0] + "'"));
}

TEST(Export, writes_results_advertised_list_and_register) {
    TestSale sale{{.items_a_batch = 3}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    sale.bid(bidder, 1, "5.00");
    sale.close_all();
    db::Connection connection = LiveServer::instance().connect("strikeoff_report");
    std::string out;
    const auto sink = [&](std::string_view text) { out += text; };
    auctions::export_results(connection, AuctionId{*parse_uuid(sale.auction)}, sink);
    EXPECT_EQ(std::ranges::count(out, '\n'), 4);
    EXPECT_NE(out.find(",1001,Bidder 1,18.00,101.00,,,,awarded\n"), std::string::npos) << out;
    EXPECT_NE(out.find(",,,18.00,100.00,,,,struck\n"), std::string::npos) << out;
    out.clear();
    auctions::export_advertised(connection, AuctionId{*parse_uuid(sale.auction)}, sink);
    EXPECT_EQ(out, "Adv No.,Parcel No.,Face Amount,Tax Year,Use Code,Assessed Value,Homestead\n"
                   "1,P000001,100.00,2025,,,No\n2,P000002,101.00,2025,,,No\n"
                   "3,P000003,102.00,2025,,,No\n");
    out.clear();
    auctions::export_register(connection, CountyId{*parse_uuid(sale.county)}, sink);
    EXPECT_NE(out.find("2025-000001,P000001,2025,100.00,18.00,"), std::string::npos) << out;
    EXPECT_NE(out.find(",COUNTY,,sold,\n"), std::string::npos) << out;
}

TEST(Export, keeps_spreadsheets_from_running_a_cell) {
    for (const char* cell : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx"})
        EXPECT_EQ(auctions::safe_cell(cell), std::string("'") + cell);
    EXPECT_EQ(auctions::safe_cell("O'Neil = Sons"), "O'Neil = Sons");
}

TEST(Sale, a_clean_up_batch_offers_again_what_was_struck) {
    TestSale sale{{.items_a_batch = 3,
                   .settings = R"({"group_freeze_hours":0,"cleanup_content":"struck",)"
                               R"("draw_without_county":true})",
                   .commit = false}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    sale.bid(bidder, 0, "5.00");
    sale.close_all();
    LiveServer& server = LiveServer::instance();
    const Instant now = server.now();
    const Reply cleanup =
        server.call("POST", "/api/v1/auctions/" + sale.auction + "/cleanup", sale.staff.key,
                    fmt::format(R"({{"start_time":"{}","end_time":"{}"}})", format_instant(now),
                                format_instant(now + 10min)));
    ASSERT_EQ(cleanup.status, 201) << cleanup.body;
    EXPECT_EQ(cleanup.text("items"), "2");
    sale.batches.push_back(cleanup.text("id"));
    sale.certificates.push_back({sale.certificate(1), sale.certificate(2)});
    ASSERT_TRUE(eventually([&] {
        return server.call("GET", "/api/v1/batches/" + sale.batches[1]).text("status") == "open";
    }));
    ASSERT_EQ(sale.bid(bidder, 0, "3.00", 1).status, 200);
    sale.close_all();
    EXPECT_EQ(outcome(sale, 1), "2 awarded 18.00 1001\n3 struck 18.00 -\n");
    EXPECT_TRUE(verify_published(sale.batches[1]));
}

} // namespace
} // namespace strikeoff::testing
