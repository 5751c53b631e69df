// A process that has just begun knows no key, and all who bid come at once.
#include "metrics.hpp"
#include "support/server/live_server.hpp"
#include "support/server/raw_connection.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

std::string bid_of(const TestSale& sale, const TestUser& user) {
    const std::string body = fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","rate":"5.00"}})",
                                         fresh_bid_id(), sale.certificate(0));
    return fmt::format("POST /api/v1/batches/{}/bids HTTP/1.1\r\nHost: a\r\n"
                       "Authorization: Bearer {}\r\nContent-Length: {}\r\n\r\n{}",
                       sale.batches[0], user.key, body.size(), body);
}

TEST(ColdStart, a_process_that_knows_nobody_looks_up_all_who_bid) {
    constexpr std::size_t count = 150;
    LiveServer& server = LiveServer::instance();
    App& app = server.app();
    TestSale sale{{.items_a_batch = 1, .first_end = 24h}};
    std::vector<TestUser> users;
    for (std::size_t i = 0; i < count; ++i) {
        users.push_back(make_user("investor"));
        const auto made = app.onboarding.register_bidder(
            AuctionId{*parse_uuid(sale.auction)},
            {.user_id = UserId{*parse_uuid(users[i].id)},
             .bidder_number = std::to_string(1000 + i),
             .name = "Bidder",
             .deposits = Money::from_cents(100'000),
             .tax_form = onboarding::NewTaxForm{.form_year = sale.year()},
             .agreement_signed = true},
            UserId{*parse_uuid(sale.staff.id)});
        ASSERT_TRUE(made);
    }
    sale.wait_until_open();
    const auto shed = [] { return metrics::metrics().shed(http::Traffic::bid, http::Shed::queue); };
    const auto before = shed();
    db::Connection owner = server.connect();
    owner.execute("BEGIN; LOCK TABLE api_keys IN ACCESS EXCLUSIVE MODE");
    std::deque<RawConnection> connections;
    for (const TestUser& user : users)
        connections.emplace_back(app.port()).send(bid_of(sale, user));
    EXPECT_TRUE(eventually([&] {
        return app.bid_workers.waiting() + shed() - before + 4 >= count; // Four have a thread.
    }));
    EXPECT_EQ(shed(), before) << "there are more places than for these";
    owner.execute("ROLLBACK");
    for (RawConnection& connection : connections) {
        const RawAnswer answer = connection.receive();
        ASSERT_EQ(answer.status, 200) << answer.body;
    }
    EXPECT_EQ(journaled(sale).size(), count);
}

} // namespace
} // namespace strikeoff::testing
