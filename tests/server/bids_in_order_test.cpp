// Bids that depend on those before them: where they reserve budget, and in the open format.
#include "core/verify.hpp"
#include "support/server/beside.hpp"
#include "support/server/live_server.hpp"

#include <gmock/gmock.h>

#include <future>
#include <random>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

constexpr const char* exposure = R"({"group_freeze_hours":0,"budget_model":"exposure"})";
constexpr const char* open_format =
    R"({"group_freeze_hours":0,"format":"open","extension_minutes":5,"extensions_max":2})";

LiveServer& server() {
    return LiveServer::instance();
}

TestSale sale_of(const char* settings, int batches = 1, std::chrono::seconds first_end = 1h) {
    TestSale sale{{.batches = batches, .first_end = first_end, .settings = settings}};
    sale.wait_until_open();
    return sale;
}

/// Several bids of one bidder at once: `lot rate`, in their order.
Reply bid_on(const TestSale& sale, const TestUser& bidder,
             const std::vector<std::pair<int, std::string>>& wanted) {
    std::string lines;
    for (const auto& [lot, rate] : wanted)
        lines += fmt::format(R"({}{{"bid_id":"{}","certificate_id":"{}","rate":"{}"}})",
                             lines.empty() ? "" : ",", fresh_bid_id(), sale.certificate(lot), rate);
    return server().call("POST", "/api/v1/batches/" + sale.batches[0] + "/bids/bulk", bidder.key,
                         R"({"bids":[)" + lines + "]}");
}

std::vector<std::string> reasons(const Reply& reply) {
    std::vector<std::string> out;
    for (const boost::json::value& line : reply.json().at("lines").as_array())
        out.emplace_back(line.at("reason").is_null() ? line.at("status").as_string()
                                                     : line.at("reason").as_string());
    return out;
}

Result<VerifySummary> verify(const std::string& batch) {
    const Reply transcript = server().call("GET", "/transcripts/transcript-" + batch + ".json");
    const Reply leaves = server().call("GET", "/transcripts/transcript-" + batch + ".leaves");
    return verify_transcript(transcript.body, as_bytes(leaves.body),
                             {.key = server().app().keys.signing().public_key()});
}

std::string reserved(const TestSale& sale, int batch = 0) {
    return one_value("SELECT coalesce(sum(exposed), 0)::text FROM bidder_exposures "
                     "WHERE batch_id = '" +
                     sale.batches.at(static_cast<std::size_t>(batch)) + "'");
}

/// Lots cost 100.00, 101.00, ...; deposits cover ten times their amount.
class Exposure : public ::testing::Test {};

TEST_F(Exposure, a_bid_that_the_budget_cannot_carry_is_refused) {
    TestSale sale = sale_of(exposure);
    const TestUser bidder = sale.add_bidder("25.00");
    EXPECT_EQ(sale.bid(bidder, 0, "5.00").status, 200);
    EXPECT_EQ(sale.bid(bidder, 1, "5.00").status, 200);
    const Reply third = sale.bid(bidder, 2, "5.00");
    EXPECT_EQ(third.status, 422);
    EXPECT_EQ(third.reason(), "bid.over_budget");
    EXPECT_EQ(reserved(sale), "201.00");
    EXPECT_EQ(sale.bid(bidder, 1, "4.00").text("status"), "accepted") << "in the place of its own";
    EXPECT_EQ(sale.withdraw_bid(bidder, 0).status, 200);
    EXPECT_EQ(reserved(sale), "101.00");
    EXPECT_EQ(sale.bid(bidder, 2, "5.00").status, 200);
    EXPECT_EQ(sale.bid(sale.add_bidder("25.00"), 0, "5.00").status, 200) << "a budget of one's own";
}

TEST_F(Exposure, of_many_bids_those_that_fit_are_taken_in_their_order) {
    TestSale sale = sale_of(exposure);
    const TestUser bidder = sale.add_bidder("25.00");
    EXPECT_THAT(reasons(bid_on(sale, bidder,
                               {{0, "5.00"}, {1, "4.80"}, {2, "5.00"}, {3, "5.00"}, {4, "5.00"}})),
                ::testing::ElementsAre("accepted", "bid.rate_off_step", "accepted",
                                       "bid.over_budget", "bid.over_budget"));
    EXPECT_EQ(reserved(sale), "202.00");
}

TEST_F(Exposure, what_is_at_stake_in_one_batch_counts_in_the_others_until_it_is_lost) {
    TestSale sale = sale_of(exposure, 2);
    const TestUser bidder = sale.add_bidder("25.00");
    const TestUser rival = sale.add_bidder();
    EXPECT_EQ(sale.bid(bidder, 0, "5.00").status, 200);
    EXPECT_EQ(sale.bid(bidder, 1, "5.00").status, 200);
    EXPECT_EQ(sale.bid(rival, 0, "1.00").status, 200);
    EXPECT_EQ(sale.bid(bidder, 0, "5.00", 1).reason(), "bid.over_budget");
    server().advance(1h + 1s);
    ASSERT_TRUE(eventually([&] {
        sale.reveal_due();
        return server().call("GET", "/api/v1/batches/" + sale.batches[0]).text("status") ==
               "closed";
    }));
    // Of 250.00 it was awarded 101.00: one more item has room, two have not.
    EXPECT_EQ(sale.bid(bidder, 0, "5.00", 1).status, 200);
    EXPECT_EQ(sale.bid(bidder, 1, "5.00", 1).reason(), "bid.over_budget");
    sale.close_all();
    EXPECT_TRUE(verify(sale.batches[0]));
    EXPECT_TRUE(verify(sale.batches[1]));
}

TEST_F(Exposure, a_lot_that_is_withdrawn_gives_back_what_was_reserved) {
    TestSale sale = sale_of(exposure, 2);
    const TestUser bidder = sale.add_bidder("25.00");
    EXPECT_EQ(sale.bid(bidder, 0, "5.00").status, 200);
    EXPECT_EQ(sale.bid(bidder, 1, "5.00").status, 200);
    EXPECT_EQ(server()
                  .call("POST", "/api/v1/batches/" + sale.batches[0] + "/items/1/withdraw",
                        sale.staff.key, R"({"reason":"paid"})")
                  .status,
              204);
    EXPECT_EQ(reserved(sale), "101.00");
    EXPECT_EQ(sale.bid(bidder, 0, "5.00", 1).status, 200);
    EXPECT_EQ(sale.bid(bidder, 2, "5.00").reason(), "bid.over_budget");
    EXPECT_EQ(sale.bid(bidder, 1, "4.00").status, 200);
    EXPECT_EQ(reserved(sale), "101.00");
}

TEST_F(Exposure, a_bidder_s_own_limit_binds_as_deposits_do) {
    TestSale sale = sale_of(exposure);
    const TestUser bidder = sale.add_bidder();
    EXPECT_EQ(server()
                  .call("PUT", "/api/v1/auctions/" + sale.auction + "/me/limit", bidder.key,
                        R"({"own_limit":"150.00"})")
                  .status,
              200);
    EXPECT_EQ(sale.bid(bidder, 0, "5.00").status, 200);
    EXPECT_EQ(sale.bid(bidder, 1, "5.00").reason(), "bid.over_budget");
    const Reply me = server().call("GET", "/api/v1/auctions/" + sale.auction + "/me", bidder.key);
    EXPECT_EQ(me.text("reserved"), "100.00");
    EXPECT_EQ(me.text("budget_left"), "50.00");
}

TEST_F(Exposure, is_not_asked_where_awards_alone_count) {
    TestSale sale = sale_of(R"({"group_freeze_hours":0})");
    const TestUser bidder = sale.add_bidder("10.00");
    for (int lot = 0; lot < 5; ++lot)
        EXPECT_EQ(sale.bid(bidder, lot, "5.00").status, 200);
    EXPECT_EQ(reserved(sale), "0");
}

/// Two processes on one database.
class OrderedProcesses : public ::testing::Test {
protected:
    Reply call(std::size_t process, const std::string& path, const std::string& key,
               const std::string& body) {
        return process == 0 ? server().call("POST", path, key, body)
                            : LiveServer::call_port(other_.port(), "POST", path, key, body);
    }
    /// Everybody bids on everything, all at once, at either process.
    void rush(const TestSale& sale, const std::vector<TestUser>& bidders, int lots, int rounds) {
        std::vector<std::future<void>> threads;
        for (std::size_t t = 0; t < 6; ++t)
            threads.push_back(std::async(std::launch::async, [&, t] {
                std::mt19937 random{static_cast<unsigned>(t)};
                for (int i = 0; i < rounds; ++i) {
                    const TestUser& bidder = bidders[random() % bidders.size()];
                    const int lot = static_cast<int>(random() % static_cast<unsigned>(lots));
                    const auto batch = static_cast<int>(random() % sale.batches.size());
                    const std::string rate = format_rate(Rate::from_bp(
                        static_cast<int>(random() % 40 + 33 - static_cast<unsigned>(i)) * 25));
                    const Reply reply =
                        call(t % 2,
                             "/api/v1/batches/" + sale.batches[static_cast<std::size_t>(batch)] +
                                 "/bids",
                             bidder.key,
                             fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","rate":"{}"}})",
                                         fresh_bid_id(), sale.certificate(lot, batch), rate));
                    EXPECT_THAT(reply.status, ::testing::AnyOf(200, 409, 422)) << reply.body;
                }
            }));
        for (auto& thread : threads)
            thread.get();
    }

private:
    const ServiceBeside other_;
};

TEST_F(OrderedProcesses, never_let_a_bidder_reserve_more_than_its_budget) {
    TestSale sale = sale_of(exposure, 2);
    std::vector<TestUser> bidders;
    for (int i = 0; i < 3; ++i)
        bidders.push_back(sale.add_bidder("25.00"));
    rush(sale, bidders, 5, 30);
    // A list of what each bidder has reserved in both batches: two items, as three cost too much.
    const std::string totals =
        one_value("SELECT string_agg((total > 200 AND total <= 250)::text, ' ') FROM "
                  "(SELECT sum(exposed) AS total FROM bidder_exposures WHERE auction_id = '" +
                  sale.auction + "' GROUP BY number) t");
    EXPECT_EQ(totals, "true true true");
    sale.close_all();
    // What was reserved is what stood.
    EXPECT_EQ(one_value("SELECT count(*) FROM bidder_exposures e JOIN auction_bidders ab "
                        "ON ab.auction_id = e.auction_id AND ab.number = e.number "
                        "WHERE e.auction_id = '" +
                        sale.auction +
                        "' AND e.exposed <> (SELECT coalesce(sum(l.face), 0) FROM bids b "
                        "    JOIN batch_certificates l ON l.batch_id = b.batch_id "
                        "     AND l.certificate_id = b.certificate_id "
                        "    WHERE b.batch_id = e.batch_id AND b.user_id = ab.user_id "
                        "      AND b.status IN ('standing', 'awarded'))"),
              "0");
    EXPECT_TRUE(verify(sale.batches[0]));
    EXPECT_TRUE(verify(sale.batches[1]));
}

TEST_F(OrderedProcesses, take_no_bid_that_is_not_below_the_one_before) {
    TestSale sale = sale_of(open_format);
    std::vector<TestUser> bidders;
    for (int i = 0; i < 4; ++i)
        bidders.push_back(sale.add_bidder());
    rush(sale, bidders, 2, 40);
    const auto bids = std::stoi(
        one_value("SELECT sum(count) FROM bid_blocks WHERE batch_id = '" + sale.batches[0] + "'"));
    EXPECT_GT(bids, 10);
    EXPECT_EQ(
        one_value("SELECT sum(bids) FROM open_leads WHERE batch_id = '" + sale.batches[0] + "'"),
        std::to_string(bids));
    sale.close_all();
    const auto verified = verify(sale.batches[0]);
    EXPECT_TRUE(verified) << verified.error().message;
}

class OpenFormat : public ::testing::Test {
protected:
    static boost::json::value lead(const TestSale& sale, int lot) {
        const Reply reply = server().call("GET", "/api/v1/batches/" + sale.batches[0] + "/leads");
        for (const boost::json::value& each : reply.json().at("items").as_array())
            if (each.at("certificate_id").as_string() == sale.certificate(lot)) return each;
        return nullptr;
    }
    static Instant end_of(const TestSale& sale, int lot) {
        return *parse_instant(lead(sale, lot).at("ends_at").as_string());
    }
    static Instant batch_end(const TestSale& sale) {
        return *parse_instant(
            server().call("GET", "/api/v1/batches/" + sale.batches[0]).text("end_time"));
    }
    static void go_to(Instant time) { server().advance(time - server().now()); }
};

TEST_F(OpenFormat, a_bid_must_be_a_step_below_the_one_that_leads) {
    TestSale sale = sale_of(open_format);
    const TestUser first = sale.add_bidder();
    const TestUser second = sale.add_bidder();
    EXPECT_EQ(sale.bid(first, 0, "18.00").text("status"), "accepted") << "the start is legal";
    const Reply same = sale.bid(second, 0, "18.00");
    EXPECT_EQ(same.status, 409);
    EXPECT_EQ(same.reason(), "bid.not_lower");
    EXPECT_NE(same.text("detail").find("18.00"), std::string::npos);
    EXPECT_EQ(sale.bid(first, 0, "18.00").text("status"), "unchanged");
    EXPECT_EQ(sale.bid(second, 0, "17.75").text("status"), "accepted");
    EXPECT_EQ(sale.bid(second, 0, "17.60").reason(), "bid.rate_off_step");
    EXPECT_EQ(sale.withdraw_bid(second, 0).reason(), "bid.stands");
    EXPECT_EQ(lead(sale, 0).at("rate").as_string(), "17.75");
    EXPECT_EQ(lead(sale, 0).at("bids").as_int64(), 2);
    EXPECT_TRUE(lead(sale, 1).is_null());
}

TEST_F(OpenFormat, everybody_sees_every_bid_and_who_is_outbid_is_told) {
    TestSale sale = sale_of(open_format);
    const TestUser first = sale.add_bidder();
    const TestUser second = sale.add_bidder();
    sale.bid(first, 0, "18.00");
    const auto own_status = [&](const TestUser& user) {
        const Reply own =
            server().call("GET", "/api/v1/batches/" + sale.batches[0] + "/bids/mine", user.key);
        return std::string(own.json().at("items").at(0).at("status").as_string());
    };
    EXPECT_EQ(own_status(first), "standing");
    sale.bid(second, 0, "10.00");
    EXPECT_EQ(own_status(first), "outbid");
    EXPECT_EQ(own_status(second), "standing");
    EXPECT_TRUE(eventually([&] { // Once they are copied from the journal.
        const Reply bids = server().call("GET", "/api/v1/batches/" + sale.batches[0] +
                                                    "/items/1/open-bids?limit=1");
        const boost::json::value page = bids.json();
        return bids.status == 200 && page.at("items").as_array().size() == 1 &&
               page.at("items").at(0).at("rate").as_string() == "10.00" &&
               !page.at("next_cursor").is_null();
    }));
    EXPECT_EQ(own_status(first), "outbid");
}

TEST_F(OpenFormat, sealed_batches_show_none_of_it) {
    TestSale sale = sale_of(R"({"group_freeze_hours":0})");
    sale.bid(sale.add_bidder(), 0, "5.00");
    for (const char* path : {"/leads", "/items/1/open-bids"})
        EXPECT_EQ(server().call("GET", "/api/v1/batches/" + sale.batches[0] + path).status, 404);
    EXPECT_EQ(server()
                  .call("GET", "/api/v1/batches/" + sale.batches[0] + "/leads", sale.staff.key)
                  .status,
              404);
}

TEST_F(OpenFormat, the_first_bid_at_the_floor_ends_the_item) {
    TestSale sale = sale_of(open_format);
    const TestUser bidder = sale.add_bidder();
    EXPECT_EQ(sale.bid(bidder, 0, "0.25").status, 200);
    EXPECT_EQ(sale.bid(sale.add_bidder(), 0, "0.00").reason(), "bid.item_ended");
    EXPECT_EQ(end_of(sale, 0), *parse_instant(lead(sale, 0).at("accepted_at").as_string()));
    EXPECT_EQ(sale.bid(bidder, 1, "0.25").status, 200) << "other items go on";
}

TEST_F(OpenFormat, the_budget_is_reserved_while_one_leads) {
    TestSale sale = sale_of(open_format);
    const TestUser bidder = sale.add_bidder("15.00");
    const TestUser rival = sale.add_bidder();
    EXPECT_EQ(sale.bid(bidder, 0, "18.00").status, 200);
    EXPECT_EQ(sale.bid(bidder, 1, "18.00").reason(), "bid.over_budget");
    EXPECT_EQ(sale.bid(bidder, 0, "15.00").status, 200) << "its own lead";
    EXPECT_EQ(sale.bid(rival, 0, "10.00").status, 200);
    EXPECT_EQ(sale.bid(bidder, 1, "18.00").status, 200) << "free again";
    EXPECT_EQ(sale.bid(bidder, 0, "9.00").reason(), "bid.over_budget");
}

TEST_F(OpenFormat, nobody_escapes_a_lead_by_a_smaller_budget) {
    TestSale sale = sale_of(open_format);
    const TestUser bidder = sale.add_bidder("20.00");
    sale.bid(bidder, 0, "18.00");
    const std::string own = "/api/v1/auctions/" + sale.auction + "/me";
    const auto limit = [&](const char* amount) {
        return server().call("PUT", own + "/limit", bidder.key,
                             fmt::format(R"({{"own_limit":"{}"}})", amount));
    };
    EXPECT_EQ(limit("99.99").reason(), "budget.reserved");
    EXPECT_EQ(limit("100.00").status, 200);
    EXPECT_EQ(server()
                  .call("PUT",
                        "/api/v1/auctions/" + sale.auction + "/bidders/" + bidder.id + "/budget",
                        sale.staff.key, R"({"deposits":"9.99"})")
                  .reason(),
              "budget.reserved");
    const Reply me = server().call("GET", own, bidder.key);
    EXPECT_EQ(me.text("reserved"), "100.00");
    EXPECT_EQ(me.text("budget_left"), "0.00");
    sale.bid(sale.add_bidder(), 0, "10.00");
    EXPECT_EQ(limit("0.00").status, 200) << "it leads nothing now";
}

TEST_F(OpenFormat, a_bid_of_the_last_minutes_moves_the_end_of_its_item_alone) {
    TestSale sale = sale_of(open_format, 1, 30min);
    const TestUser first = sale.add_bidder();
    const TestUser second = sale.add_bidder();
    const Instant end = batch_end(sale);
    sale.bid(first, 0, "18.00");
    sale.bid(first, 1, "18.00");
    EXPECT_EQ(end_of(sale, 0), end);
    go_to(end - 1min);
    EXPECT_EQ(sale.bid(second, 0, "17.00").status, 200);
    const Instant moved = end_of(sale, 0);
    EXPECT_GT(moved, end + 3min);
    EXPECT_EQ(server().call("GET", "/api/v1/batches/" + sale.batches[0]).text("extended_to"),
              format_instant(moved));
    go_to(end + 1s);
    EXPECT_EQ(sale.bid(second, 1, "17.00").reason(), "bid.item_ended");
    EXPECT_THAT(reasons(bid_on(sale, first, {{2, "17.00"}, {0, "16.00"}, {1, "16.00"}})),
                ::testing::ElementsAre("bid.item_ended", "accepted", "bid.item_ended"));
    EXPECT_EQ(server().call("GET", "/api/v1/batches/" + sale.batches[0]).text("status"), "open");
    const Instant last = end_of(sale, 0);
    EXPECT_GT(last, moved);
    go_to(last - 1s);
    EXPECT_EQ(sale.bid(second, 0, "15.00").status, 200);
    EXPECT_EQ(end_of(sale, 0), last) << "two times are the most";
    go_to(last + 1s);
    EXPECT_THAT(sale.bid(first, 0, "14.00").reason(),
                ::testing::AnyOf("bid.item_ended", "bid.batch_closed"));
    sale.close_all();
    const boost::json::value results = sale.results();
    EXPECT_EQ(results.at("items").at(0).at("rate").as_string(), "15.00");
    EXPECT_EQ(results.at("items").at(1).at("rate").as_string(), "18.00");
    EXPECT_EQ(results.at("items").at(2).at("status").as_string(), "struck");
    const auto verified = verify(sale.batches[0]);
    EXPECT_TRUE(verified) << verified.error().message;
}

TEST_F(OpenFormat, a_pause_gives_back_its_time_to_items_that_had_not_ended) {
    TestSale sale = sale_of(open_format, 1, 30min);
    const TestUser first = sale.add_bidder();
    const TestUser second = sale.add_bidder();
    const Instant end = batch_end(sale);
    sale.bid(first, 1, "0.25");
    go_to(end - 1min);
    sale.bid(first, 0, "18.00");
    const std::string path = "/api/v1/auctions/" + sale.auction;
    EXPECT_EQ(server().call("POST", path + "/pause", sale.staff.key, R"({"reason":"x"})").status,
              200);
    EXPECT_EQ(sale.bid(second, 0, "17.00").reason(), "bid.batch_paused");
    server().advance(1h);
    const Reply resumed = server().call("POST", path + "/resume", sale.staff.key, "{}");
    EXPECT_EQ(sale.approve(resumed).status, 200) << resumed.body;
    const Instant moved = batch_end(sale);
    EXPECT_GT(moved, end + 1h);
    EXPECT_EQ(end_of(sale, 0), moved);
    EXPECT_LT(end_of(sale, 1), end) << "ended at the floor before";
    EXPECT_EQ(sale.bid(second, 0, "17.00").status, 200);
    EXPECT_EQ(sale.bid(second, 1, "0.00").reason(), "bid.item_ended");
    EXPECT_EQ(sale.bid(second, 2, "17.00").status, 200) << "its end was given back too";
    sale.close_all();
    const auto verified = verify(sale.batches[0]);
    EXPECT_TRUE(verified) << verified.error().message;
}

TEST_F(OpenFormat, a_barred_leader_s_item_goes_to_the_next_who_may_have_it) {
    TestSale sale = sale_of(open_format);
    const TestUser first = sale.add_bidder();
    const TestUser second = sale.add_bidder();
    sale.bid(first, 0, "10.00");
    sale.bid(second, 0, "5.00");
    EXPECT_EQ(server()
                  .call("POST",
                        "/api/v1/auctions/" + sale.auction + "/bidders/" + second.id + "/bar",
                        sale.staff.key, R"({"reason":"x"})")
                  .status,
              200);
    sale.close_all();
    const boost::json::value item = sale.results().at("items").at(0);
    EXPECT_EQ(item.at("rate").as_string(), "10.00");
    const auto verified = verify(sale.batches[0]);
    EXPECT_TRUE(verified) << verified.error().message;
}

} // namespace
} // namespace strikeoff::testing
