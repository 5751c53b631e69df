// The disk of the private PostgreSQL fills up while bids arrive. Run by tests/small_disk.sh, which
// puts the live service's directory on a disk that is small enough.
#include "support/run_command.hpp"
#include "support/server/bid_over_wire.hpp"
#include "support/server/live_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fcntl.h>
#include <future>
#include <sys/statvfs.h>
#include <unistd.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::AnyOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

/// A file that takes room on the small disk as long as it lives.
class Ballast {
public:
    /// Leaves so much. Others may take room at the same time, so it goes on in ever smaller steps.
    explicit Ballast(std::uint64_t leave) : path_{std::string(disk()) + "/ballast"} {
        const int file = ::open(path_.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
        EXPECT_GE(file, 0);
        off_t size = 0;
        for (off_t step = 64 << 20; step >= 4096;) {
            const bool fits = free_bytes() >= leave + static_cast<std::uint64_t>(step) &&
                              ::posix_fallocate(file, size, step) == 0;
            fits ? size += step : step /= 2;
        }
        ::close(file);
    }
    Ballast(const Ballast&) = delete;
    Ballast& operator=(const Ballast&) = delete;
    ~Ballast() { std::filesystem::remove(path_); }

    static const char* disk() { return std::getenv("STRIKEOFF_SMALL_DISK"); }

private:
    static std::uint64_t free_bytes() {
        struct statvfs space{};
        ::statvfs(disk(), &space);
        return space.f_bavail * space.f_frsize;
    }
    std::string path_;
};

std::string postgres_log() {
    const std::string text = testing_support::read_file(
        (LiveServer::instance().app().database.cluster()->directory() / "postgres.log").string());
    return text.substr(text.size() - std::min<std::size_t>(text.size(), 8000));
}

class SmallDisk : public ::testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(Ballast::disk()) << "run it with tests/small_disk.sh"; }
};

TEST_F(SmallDisk, that_is_nearly_full_takes_no_bids_and_goes_on_with_all_else) {
    LiveServer& server = LiveServer::instance();
    TestSale sale{{.items_a_batch = 3, .first_end = 24h}};
    const TestUser user = sale.add_bidder();
    sale.wait_until_open();
    const std::string id = fresh_bid_id();
    ASSERT_EQ(bid_over_wire(sale, user, 0, id).status, 200);
    {
        const Ballast ballast{/*leave=*/12ULL << 20}; // Of 384 MiB: less than a twentieth.
        RawAnswer refused;
        ASSERT_TRUE(eventually([&] {
            refused = bid_over_wire(sale, user, 1, fresh_bid_id());
            return refused.status == 503;
        }));
        EXPECT_EQ(refused.reason(), "bid.disk_low");
        EXPECT_EQ(refused.header("Retry-After"), "10");
        EXPECT_EQ(sale.bid(user, 1, "5.00").reason(), "bid.disk_low"); // As OpenAPI has it.
        const std::string status = server.ask_admin("/status").body;
        EXPECT_THAT(status, HasSubstr("disk_low"));
        EXPECT_THAT(status, HasSubstr(": bids are refused"));
        EXPECT_EQ(server.call("GET", "/api/v1/batches/" + sale.batches[0]).status, 200);
        EXPECT_EQ(server.call("GET", "/readyz").status, 200);
        sale.close_all();
    }
    TestSale next{{.items_a_batch = 1, .first_end = 24h}};
    const TestUser bidder = next.add_bidder();
    next.wait_until_open();
    EXPECT_TRUE(eventually([&] { return next.bid(bidder, 0, "5.00").status == 200; }));
}

TEST_F(SmallDisk, that_is_full_stops_postgresql_and_loses_nothing) {
    constexpr int clients = 3;
    constexpr int lots = 900;
    LiveServer& server = LiveServer::instance();
    TestSale sale{{.items_a_batch = lots, .first_end = 24h}};
    std::vector<TestUser> users;
    for (int i = 0; i < clients; ++i)
        users.push_back(sale.add_bidder());
    sale.wait_until_open();
    for (const TestUser& user : users)
        ASSERT_EQ(bid_over_wire(sale, user, 0, fresh_bid_id()).status, 200);

    struct Sent {
        int lot;
        std::string id;
        RawAnswer answer;
    };
    std::atomic<bool> done = false;
    std::vector<std::future<std::vector<Sent>>> bidding;
    for (const TestUser& user : users)
        bidding.push_back(std::async(std::launch::async, [&] {
            std::vector<Sent> sent;
            for (int lot = 1; lot < lots && !done; ++lot) {
                sent.push_back({lot, fresh_bid_id(), {}});
                sent.back().answer = bid_over_wire(sale, user, lot, sent.back().id);
                std::this_thread::sleep_for(20ms);
            }
            return sent;
        }));
    std::this_thread::sleep_for(1s);
    db::Connection filler = server.connect();
    auto ballast = std::make_unique<Ballast>(/*leave=*/0);
    bool stopped = false;
    // PostgreSQL's log grows until there is no room for its next segment, which it does not
    // survive.
    for (int i = 0; i < 400 && !stopped; ++i) {
        try {
            filler.execute("SELECT pg_logical_emit_message(true, 'fill', repeat('x', 1000000))");
        } catch (const std::exception&) {
            stopped = filler.is_broken();
        }
    }
    EXPECT_TRUE(stopped) << "PostgreSQL has gone on";
    EXPECT_TRUE(eventually([&] { return server.call("GET", "/readyz").status == 503; }));
    EXPECT_EQ(server.call("GET", "/healthz").status, 200);
    std::this_thread::sleep_for(8s); // Longer than a bid waits for its outcome.
    ballast.reset();
    EXPECT_TRUE(eventually([&] { return server.call("GET", "/readyz").status == 200; }))
        << postgres_log();
    std::this_thread::sleep_for(2s);
    done = true;

    std::map<std::string, std::string> times;
    int refused = 0;
    for (std::size_t i = 0; i < users.size(); ++i)
        for (const Sent& bid : bidding[i].get()) {
            ASSERT_THAT(bid.answer.status, AnyOf(200, 503)) << bid.answer.body;
            RawAnswer answer = bid.answer;
            if (answer.status == 503) {
                ++refused;
                EXPECT_NE(answer.header("Retry-After"), "");
                answer = bid_over_wire(sale, users[i], bid.lot, bid.id);
            }
            ASSERT_EQ(answer.status, 200) << answer.body;
            times[bid.id] = boost::json::parse(answer.body).at("bid").at("accepted_at").as_string();
        }
    EXPECT_GE(refused, clients) << postgres_log();
    const auto stored = journaled(sale);
    EXPECT_EQ(stored.size(), times.size() + clients);
    for (const auto& [id, at] : times) {
        ASSERT_EQ(stored.count(id), 1U) << id;
        EXPECT_EQ(format_instant(stored.find(id)->second), at) << id;
    }
    EXPECT_NO_THROW(sale.close_all()) << postgres_log();
}

} // namespace
} // namespace strikeoff::testing
