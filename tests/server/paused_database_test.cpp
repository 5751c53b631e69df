// A PostgreSQL that is stopped in the middle of its work and says nothing to anybody.
#include "support/server/bid_over_wire.hpp"
#include "support/server/live_server.hpp"
#include "support/server/pause.hpp"
#include "support/server/served_process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <set>

namespace strikeoff::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using ::testing::HasSubstr;

/// Sends its request and notes what came of it and when.
struct Timed {
    int status = 0;
    std::chrono::milliseconds took{};

    template <class F>
    static Timed of(F send) {
        const auto begin = steady_clock::now();
        const Reply reply = send();
        return {reply.status,
                std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - begin)};
    }
};

constexpr auto answer_time_max = 15s;

TEST(PausedDatabase, that_is_back_soon_only_delays_a_bid) {
    TestSale sale{{.items_a_batch = 2, .first_end = 24h}};
    const TestUser user = sale.add_bidder();
    sale.wait_until_open();
    ASSERT_EQ(sale.bid(user, 0, "5.00").status, 200);
    const int postmaster = postmaster_of_live_server();
    auto pause = std::make_unique<Pause>(postmaster);
    auto bid = std::async(std::launch::async,
                          [&] { return Timed::of([&] { return sale.bid(user, 1, "5.00"); }); });
    std::this_thread::sleep_for(1500ms);
    pause.reset();
    const Timed answer = bid.get();
    EXPECT_EQ(answer.status, 200);
    EXPECT_GE(answer.took, 1000ms);
}

// PostgreSQL has it in its buffer when it is stopped, and stores it when nobody waits any more.
TEST(PausedDatabase, stores_a_bid_late_that_counts_once_when_it_is_sent_again) {
    TestSale sale{{.items_a_batch = 2, .first_end = 24h}};
    const TestUser user = sale.add_bidder();
    sale.wait_until_open();
    ASSERT_EQ(sale.bid(user, 0, "5.00").status, 200);
    const int postmaster = postmaster_of_live_server();
    const std::string id = fresh_bid_id();
    {
        const Pause pause{postmaster};
        const Timed answer = Timed::of([&] { return sale.bid(user, 1, "5.00", 0, id); });
        EXPECT_EQ(answer.status, 503);
        EXPECT_LT(answer.took, answer_time_max);
    }
    ASSERT_TRUE(
        eventually([] { return LiveServer::instance().call("GET", "/readyz").status == 200; }));
    ASSERT_TRUE(eventually([&] { return journaled(sale).contains(id); })) << "it was on its way";
    const Reply again = sale.bid(user, 1, "5.00", 0, id);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.text("status"), "replayed");
    EXPECT_EQ(journaled(sale).count(id), 1U);
}

TEST(PausedDatabase, does_not_hold_up_whoever_asks_whether_the_service_is_alive) {
    LiveServer& server = LiveServer::instance();
    const std::string path = "/healthz";
    const TestUser stranger = make_user("investor"); // Whose key has not been looked up.
    const int postmaster = postmaster_of_live_server();
    const auto paused_at = steady_clock::now();
    const Pause pause{postmaster};
    std::vector<std::future<Timed>> asking; // More than there are threads for bids and probes.
    for (int i = 0; i < 12; ++i)
        asking.push_back(std::async(std::launch::async, [&] {
            return Timed::of([&] { return server.call("GET", "/readyz"); });
        }));
    std::this_thread::sleep_for(200ms);
    for (const std::string& key : {std::string{}, stranger.key, std::string{"unknown"}}) {
        const Timed alive = Timed::of([&] { return server.call("GET", path, key); });
        EXPECT_EQ(alive.status, 200) << key;
        EXPECT_LT(alive.took, 1s) << key;
    }
    EXPECT_LT(steady_clock::now() - paused_at, 4s) << "before it is known that nothing answers";
    for (auto& each : asking)
        EXPECT_LT(each.get().took, answer_time_max);
}

TEST(PausedDatabase, is_answered_for_in_time_and_loses_and_doubles_nothing) {
    constexpr int clients = 4;
    constexpr int lots = 600;
    LiveServer& server = LiveServer::instance();
    TestSale sale{{.items_a_batch = lots, .first_end = 24h}};
    std::vector<TestUser> users;
    for (int i = 0; i < clients; ++i)
        users.push_back(sale.add_bidder());
    sale.wait_until_open();
    for (const TestUser& user : users) // Their keys and the book are in memory.
        ASSERT_EQ(sale.bid(user, 0, "5.00").status, 200);
    const int postmaster = postmaster_of_live_server();

    // Each sends its bids one after the other, and one that is refused again until it is taken:
    // what PostgreSQL had in its buffer when it was stopped is stored at the same time.
    std::atomic<bool> done = false;
    struct Sent {
        std::string id;
        std::vector<Timed> answers;
    };
    std::vector<std::future<std::vector<Sent>>> bidding;
    for (const TestUser& user : users)
        bidding.push_back(std::async(std::launch::async, [&] {
            std::vector<Sent> sent;
            for (int lot = 1; lot < lots && !done; ++lot) {
                sent.push_back({fresh_bid_id(), {}});
                std::vector<Timed>& answers = sent.back().answers;
                do {
                    answers.push_back(
                        Timed::of([&] { return sale.bid(user, lot, "5.00", 0, sent.back().id); }));
                    std::this_thread::sleep_for(20ms);
                } while (answers.back().status == 503);
            }
            return sent;
        }));
    std::this_thread::sleep_for(500ms);
    {
        const Pause pause{postmaster};
        const auto paused_at = steady_clock::now();
        std::vector<std::future<Timed>> reads;
        for (int i = 0; i < 12; ++i) // More than there are workers.
            reads.push_back(std::async(std::launch::async, [&] {
                return Timed::of(
                    [&] { return server.call("GET", "/api/v1/batches/" + sale.batches[0]); });
            }));
        for (auto& read : reads) {
            const Timed answer = read.get();
            EXPECT_EQ(answer.status, 503);
            EXPECT_LT(answer.took, answer_time_max);
        }
        const Timed ready = Timed::of([&] { return server.call("GET", "/readyz"); });
        EXPECT_EQ(ready.status, 503);
        EXPECT_LT(ready.took, 1s) << "it is known by now";
        const Timed alive = Timed::of([&] { return server.call("GET", "/healthz"); });
        EXPECT_EQ(alive.status, 200);
        EXPECT_LT(alive.took, 1s);
        EXPECT_THAT(server.ask_admin("/status").body, HasSubstr("database_unreachable"));
        const RawAnswer refused = bid_over_wire(sale, users[0], 0, fresh_bid_id());
        EXPECT_EQ(refused.status, 503) << refused.body;
        EXPECT_EQ(refused.header("Retry-After"), "2");
        std::this_thread::sleep_until(paused_at + 13s);
    }
    ASSERT_TRUE(eventually([&] { return server.call("GET", "/readyz").status == 200; }));
    std::this_thread::sleep_for(1s);
    done = true;

    int refused = 0;
    int accepted = 0;
    std::set<std::string> ids;
    for (auto& client : bidding)
        for (const Sent& bid : client.get()) {
            ids.insert(bid.id);
            EXPECT_EQ(bid.answers.back().status, 200);
            for (const Timed& answer : bid.answers)
                EXPECT_LT(answer.took, answer_time_max);
            ++(bid.answers.size() > 1 ? refused : accepted);
        }
    EXPECT_GE(refused, clients) << "each had one under way";
    EXPECT_GE(accepted, 2 * clients);
    const auto stored = journaled(sale);
    EXPECT_EQ(stored.size(), ids.size() + clients);
    for (const std::string& id : ids)
        EXPECT_EQ(stored.count(id), 1U) << id;
    EXPECT_EQ(one_value("SELECT count(*) FROM bids WHERE status = 'void' AND batch_id = '" +
                        sale.batches[0] + "'"),
              "0");
}

TEST(EmbeddedClusterPaused, does_not_hold_up_the_end_of_the_service) {
    const OpenDirectory directory;
    ServedProcess service{{.data = directory.path("data"),
                           .keys = directory.path("keys"),
                           .log = directory.path("log")}};
    service.wait_until_it_listens();
    const int postmaster = postmaster_of(fs::path{directory.path("data")} / "pg");
    ASSERT_TRUE(db::is_running(postmaster));
    {
        const Pause pause{postmaster};
        std::this_thread::sleep_for(1s);
        const auto begin = steady_clock::now();
        EXPECT_EQ(service.stop(), 0) << service.log_text();
        EXPECT_LT(steady_clock::now() - begin, 30s);
    }
    EXPECT_TRUE(eventually([&] { return !db::is_running(postmaster); })) << "it was told to stop";
}

} // namespace
} // namespace strikeoff::testing
