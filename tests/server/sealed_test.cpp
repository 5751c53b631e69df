#include "core/receipt.hpp"
#include "routes.hpp"
#include "support/server/live_client.hpp"
#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

/// All that a visitor, another bidder and staff can read of a sale, by every GET route of the
/// table.
std::map<std::string, std::string> all_that_others_see(const TestSale& sale,
                                                       const TestUser& other) {
    LiveServer& server = LiveServer::instance();
    http::Router router;
    add_routes(router);
    std::map<std::string, std::string> seen;
    for (const http::Endpoint& endpoint : router.endpoints()) {
        if (endpoint.method != http::Method::get || endpoint.path == "/api/v1/time") continue;
        std::string path = endpoint.path;
        const std::vector<std::pair<std::string, std::string>> values{
            {"{auction_id}", sale.auction},
            {"{batch_id}", sale.batches[0]},
            {"{county_id}", sale.county}};
        for (const auto& [name, id] : values)
            if (const std::size_t at = path.find(name); at != std::string::npos)
                path.replace(at, name.size(), id);
        for (const auto& [who, key] : std::vector<std::pair<std::string, std::string>>{
                 {"visitor", ""}, {"bidder", other.key}, {"staff", sale.staff.key}}) {
            std::string head = "GET " + path + " HTTP/1.1\r\nHost: a\r\n";
            if (!key.empty()) head += "Authorization: Bearer " + key + "\r\n";
            std::string answer = server.raw(head + "\r\n");
            // The time and the random request id are all that may differ.
            for (const auto& [field, end] : std::vector<std::pair<const char*, const char*>>{
                     {"Date: ", "\r"}, {"X-Request-Id: ", "\r"}, {"\"request_id\":\"", ","}}) {
                const std::size_t at = answer.find(field);
                if (at != std::string::npos) answer.erase(at, answer.find(end, at) - at);
            }
            seen[who + " " + path] = answer;
        }
    }
    return seen;
}

TEST(Sealed, nothing_that_others_read_tells_of_a_bid_before_the_close) {
    TestSale sale{{.items_a_batch = 4, .first_end = 24h}};
    const TestUser competitor = sale.add_bidder();
    const TestUser other = sale.add_bidder();
    sale.wait_until_open();
    ASSERT_EQ(sale.bid(other, 0, "9.00").status, 200);
    LiveServer& server = LiveServer::instance();
    const auto projected = [&](const std::string& count) {
        return eventually([&] {
            db::Connection owner = server.connect();
            const db::PgResult rows =
                owner.execute("SELECT projected_seq FROM batch_journals WHERE batch_id = '" +
                              sale.batches[0] + "'");
            return PQgetvalue(rows.get(), 0, 0) == count;
        });
    };
    ASSERT_TRUE(projected("1"));
    LiveClient listener;
    listener.expect("hello");
    for (const std::string& topic : {"batch:" + sale.batches[0], "sale:" + sale.auction}) {
        listener.subscribe(topic);
        listener.expect("subscribed");
    }
    const auto before = all_that_others_see(sale, other);
    ASSERT_GT(before.size(), 40U);
    ASSERT_EQ(sale.bid(competitor, 0, "5.00").status, 200);
    ASSERT_EQ(sale.bid(competitor, 0, "4.00").status, 200);
    ASSERT_EQ(sale.bid(competitor, 1, "0.25").status, 200);
    ASSERT_EQ(sale.withdraw_bid(competitor, 1).status, 200);
    ASSERT_TRUE(projected("5"));
    const auto after = all_that_others_see(sale, other);
    EXPECT_FALSE(listener.next(500ms)) << "bids cause no event";
    ASSERT_EQ(before.size(), after.size());
    for (const auto& [what, answer] : before)
        EXPECT_EQ(after.at(what), answer) << what;
}

TEST(Sealed, the_own_answer_is_of_the_same_shape_with_and_without_a_competitor) {
    const auto bid_of = [](bool with_competitor) {
        TestSale sale{{.items_a_batch = 2, .first_end = 24h}};
        const TestUser other = sale.add_bidder();
        const TestUser competitor = sale.add_bidder();
        sale.wait_until_open();
        if (with_competitor) sale.bid(competitor, 0, "0.25");
        const Reply reply = sale.bid(other, 0, "5.00");
        const auto receipt = read_receipt(reply.text("receipt"));
        EXPECT_TRUE(receipt);
        // Sizes and everything but path, index, signature, time and ids.
        return fmt::format("{} {} {} {} {} {}", reply.status, reply.text("status"),
                           reply.body.size() - std::to_string(receipt->index).size(), receipt->size,
                           receipt->path.size(), reply.json().at("bid").at("adv_no").as_int64());
    };
    EXPECT_EQ(bid_of(false), bid_of(true));
}

TEST(Sealed, the_log_holds_no_bid) {
    // What the embedded PostgreSQL writes down must not quote parameters of statements.
    LiveServer& server = LiveServer::instance();
    if (!server.app().database.cluster()) return; // An own server logs as its operator likes.
    db::Connection owner = server.connect();
    for (const auto& [name, wanted] : std::vector<std::pair<std::string, std::string>>{
             {"log_statement", "none"},
             {"log_parameter_max_length", "0"},
             {"log_parameter_max_length_on_error", "0"},
             {"log_min_error_statement", "panic"}}) {
        const db::PgResult shown = owner.execute("SHOW " + name);
        EXPECT_EQ(PQgetvalue(shown.get(), 0, 0), wanted) << name;
    }
}

} // namespace
} // namespace strikeoff::testing
