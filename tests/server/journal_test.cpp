#include "support/server/live_server.hpp"

#include <gtest/gtest.h>

#include <future>
#include <signal.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

std::string lock_of(const std::string& batch) {
    return "BEGIN; SELECT 1 FROM batches WHERE id = '" + batch + "' FOR NO KEY UPDATE";
}

/// One record as the journal stores it, in hexadecimal.
std::string record_hex(const std::string& bid_id, int lot, int bidder, int rate_bp) {
    bids::JournalRecord record{.bid = BidId{*parse_uuid(bid_id)},
                               .lot = static_cast<std::uint32_t>(lot),
                               .bidder = static_cast<std::uint32_t>(bidder),
                               .rate_bp = static_cast<std::uint16_t>(rate_bp)};
    return to_hex(bids::encode_records(std::span{&record, 1}));
}

TEST(Journal, a_lock_held_over_the_end_lets_no_late_bid_in) {
    TestSale sale{{.items_a_batch = 3, .first_end = 300s}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    ASSERT_EQ(sale.bid(bidder, 0, "5.00").status, 200);

    LiveServer& server = LiveServer::instance();
    db::Connection holder = server.connect("strikeoff_worker");
    holder.execute(lock_of(sale.batches[0]));
    auto late = std::async(std::launch::async, [&] { return sale.bid(bidder, 1, "5.00"); });
    db::Connection owner = server.connect();
    ASSERT_TRUE(eventually([&] { // The bid waits for the lock, in time.
        return one_value(owner, "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted") == "t";
    }));
    server.advance(400s);
    holder.execute("ROLLBACK");
    const Reply refused = late.get();
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.reason(), "bid.batch_closed");
    // Whoever lost the answer at the last second must still hear "accepted".
    EXPECT_EQ(one_value(owner, "SELECT count(*) FROM bid_blocks WHERE batch_id = '" +
                                   sale.batches[0] + "'"),
              "1");
}

TEST(Journal, every_time_is_before_the_end_and_rises) {
    db::Connection owner = LiveServer::instance().connect();
    EXPECT_EQ(one_value(owner, R"(
        SELECT count(*) FROM bid_blocks l JOIN batches b ON b.id = l.batch_id
        WHERE l.accepted_at >= greatest(b.end_time, b.extended_to))"),
              "0");
    EXPECT_EQ(one_value(owner, R"(
        SELECT count(*) FROM (
            SELECT first_seq - lag(first_seq + count, 1, 0::bigint) OVER w AS gap,
                   accepted_at <= lag(accepted_at) OVER w AS stands
            FROM bid_blocks WINDOW w AS (PARTITION BY batch_id ORDER BY first_seq)) steps
        WHERE gap <> 0 OR stands)"),
              "0");
}

TEST(Journal, a_backend_that_commits_after_its_client_died_leads_to_one_bid) {
    TestSale sale{{.items_a_batch = 2, .first_end = 24h}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    LiveServer& server = LiveServer::instance();
    // The book is in memory, so that the retry goes to the journal and not through a fresh load.
    ASSERT_EQ(sale.bid(bidder, 1, "5.00").status, 200);
    const std::string bid_id = fresh_bid_id();

    auto dying =
        std::make_unique<db::Connection>(server.app().database.conninfo("strikeoff_worker"));
    const int pid = std::stoi(one_value(*dying, "SELECT pg_backend_pid()"));
    dying->execute(fmt::format("BEGIN; SELECT * FROM strikeoff.journal_append('{0}', "
                               "ARRAY['{1}'::uuid], ARRAY[(SELECT book_version FROM batches "
                               "WHERE id = '{1}')], ARRAY['\\x{2}'::bytea])",
                               sale.county, sale.batches[0], record_hex(bid_id, 1, 1, 500)));
    ASSERT_EQ(::kill(pid, SIGSTOP), 0);
    ASSERT_EQ(PQsendQuery(dying->raw(), "COMMIT"), 1);
    dying.reset(); // The client is gone; its backend has the commit in its buffer.

    auto retry =
        std::async(std::launch::async, [&] { return sale.bid(bidder, 0, "5.00", 0, bid_id); });
    std::this_thread::sleep_for(300ms);
    ASSERT_EQ(::kill(pid, SIGCONT), 0);
    const Reply answer = retry.get();
    ASSERT_EQ(answer.status, 200) << answer.body;

    const Reply mine =
        server.call("GET", "/api/v1/batches/" + sale.batches[0] + "/bids/mine", bidder.key);
    ASSERT_TRUE(eventually([&] { // The projector has seen all three leaves.
        db::Connection owner = server.connect();
        return one_value(owner, "SELECT count(*) FROM bids WHERE batch_id = '" + sale.batches[0] +
                                    "'") == "3";
    }));
    db::Connection owner = server.connect();
    EXPECT_EQ(one_value(owner, "SELECT string_agg(status::text, ',' ORDER BY seq) FROM bids "
                               "WHERE batch_id = '" +
                                   sale.batches[0] + "'"),
              "standing,standing,void");
    EXPECT_EQ(mine.json().at("items").as_array().size(), 2);
    // The answer names the time of the leaf that counts.
    EXPECT_EQ(answer.json().at("bid").at("accepted_at").as_string(),
              mine.json().at("items").at(1).at("accepted_at").as_string());
}

TEST(Journal, twenty_open_batches_share_a_commit) {
    TestSale sale{{.batches = 20, .items_a_batch = 2, .first_end = 24h}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    LiveServer& server = LiveServer::instance();
    const TestUser warming = sale.add_bidder();
    for (int batch = 0; batch < 20; ++batch) // Their books are in memory from now on.
        ASSERT_EQ(sale.bid(warming, 0, "5.00", batch).status, 200);
    db::Connection holder = server.connect("strikeoff_worker");
    holder.execute(lock_of(sale.batches[0]));
    // The first group waits for the lock; meanwhile the next one gathers.
    auto first = std::async(std::launch::async, [&] { return sale.bid(bidder, 0, "5.00", 0); });
    db::Connection owner = server.connect();
    ASSERT_TRUE(eventually([&] {
        return one_value(owner, "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted") == "t";
    }));
    std::vector<std::future<Reply>> others;
    for (int batch = 0; batch < 20; ++batch)
        others.push_back(std::async(std::launch::async,
                                    [&, batch] { return sale.bid(bidder, 1, "5.00", batch); }));
    std::this_thread::sleep_for(1s);
    holder.execute("ROLLBACK");
    EXPECT_EQ(first.get().status, 200);
    for (auto& other : others)
        EXPECT_EQ(other.get().status, 200);
    EXPECT_EQ(one_value(owner, fmt::format(
                                   "SELECT count(*) || ' blocks, ' || count(DISTINCT l.xmin::text) "
                                   "|| ' commits' FROM bid_blocks l JOIN batches b ON b.id = "
                                   "l.batch_id WHERE b.auction_id = '{}'",
                                   sale.auction)),
              "41 blocks, 22 commits");
}

TEST(Journal, a_new_process_finds_the_exact_prefix) {
    TestSale sale{{.items_a_batch = 5, .first_end = 24h}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    for (int lot = 0; lot < 5; ++lot)
        ASSERT_EQ(sale.bid(bidder, lot, "5.00").status, 200);
    App& app = LiveServer::instance().app();
    bids::SqlJournal journal{app.worker_pool};
    bids::SqlBookSource source{app.worker_pool, app.keys};
    const BatchId batch{*parse_uuid(sale.batches[0])};
    bids::Book book{*source.load(batch)};
    for (const bids::Block& block : journal.read(batch, 0, 100))
        book.apply(block);
    EXPECT_EQ(book.next_seq(), 5);
    EXPECT_EQ(journal.fence(std::span{&batch, 1}, false).front().first_seq, 5);
    for (std::uint32_t lot = 1; lot <= 5; ++lot) {
        ASSERT_TRUE(book.standing(1, lot)) << lot;
        EXPECT_EQ(book.standing(1, lot)->rate, Rate::from_bp(500));
    }
}

} // namespace
} // namespace strikeoff::testing
