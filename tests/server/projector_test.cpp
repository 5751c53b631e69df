#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

std::string statuses(const TestSale& sale) {
    return one_value("SELECT string_agg(status || ' ' || coalesce(interest_rate::text, '-'), ', ' "
                     "ORDER BY seq) FROM bids WHERE batch_id = '" +
                     sale.batches[0] + "'");
}

bool is_copied(const TestSale& sale) {
    return eventually([&] {
        return one_value("SELECT projected_seq >= (SELECT max(first_seq + count) FROM bid_blocks l "
                         "WHERE l.batch_id = j.batch_id) FROM batch_journals j WHERE batch_id = '" +
                         sale.batches[0] + "'") == "t";
    });
}

TEST(Projector, ends_what_it_copied_in_an_earlier_round) {
    TestSale sale{{.items_a_batch = 2, .first_end = 24h}};
    const TestUser bidder = sale.add_bidder();
    const TestUser other = sale.add_bidder();
    sale.wait_until_open();
    sale.bid(bidder, 0, "9.00");
    sale.bid(other, 0, "9.50");
    ASSERT_TRUE(is_copied(sale));
    EXPECT_EQ(statuses(sale), "standing 9.00, standing 9.50");
    sale.bid(bidder, 0, "8.00");
    ASSERT_TRUE(is_copied(sale));
    EXPECT_EQ(statuses(sale), "replaced 9.00, standing 9.50, standing 8.00");
    sale.withdraw_bid(bidder, 0);
    ASSERT_TRUE(is_copied(sale));
    EXPECT_EQ(statuses(sale), "replaced 9.00, standing 9.50, withdrawn 8.00, withdrawn -");
    sale.bid(bidder, 0, "7.00");
    ASSERT_TRUE(is_copied(sale));
    EXPECT_EQ(statuses(sale),
              "replaced 9.00, standing 9.50, withdrawn 8.00, withdrawn -, standing 7.00");
}

TEST(Projector, keeps_the_row_of_a_winner_that_the_closing_wrote_first) {
    TestSale sale{{.items_a_batch = 1}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    {
        db::Connection owner = LiveServer::instance().connect();
        owner.execute("BEGIN");
        owner.execute("SELECT 1 FROM batch_journals WHERE batch_id = '" + sale.batches[0] +
                      "' FOR UPDATE"); // No projector passes.
        sale.bid(bidder, 0, "9.00");
        sale.close_all();
        owner.execute("COMMIT");
    }
    ASSERT_TRUE(is_copied(sale));
    EXPECT_EQ(statuses(sale), "awarded 9.00");
}

} // namespace
} // namespace strikeoff::testing
