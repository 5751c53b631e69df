// A database whose clock is set while the service runs.
#include "db/clock_guard.hpp"
#include "status.hpp"
#include "support/server/beside.hpp"
#include "support/server/live_server.hpp"
#include "support/server/raw_connection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t second = 1'000'000;

/// A guard that is read at times of our own making.
struct Readings {
    db::ClockGuard guard;
    std::int64_t own = 500 * second;
    std::int64_t database = 1'700'000'000 * second;

    void pass(std::int64_t own_micros, std::int64_t database_micros) {
        own += own_micros;
        database += database_micros;
    }
    /// Takes `slow` microseconds, in whose middle the clock was read.
    microseconds read(std::int64_t slow = 200) {
        guard.observe(own - slow / 2, Instant::from_micros(database), own + slow / 2);
        return guard.jump();
    }
};

TEST(ClockGuard, sees_a_jump_in_either_direction_and_its_end) {
    for (const std::int64_t jump : {3600 * second, -3600 * second, 2 * second, -2 * second}) {
        Readings readings;
        EXPECT_EQ(readings.read(), 0s);
        readings.pass(second, second + jump);
        EXPECT_NEAR(static_cast<double>(readings.read().count()), static_cast<double>(jump), 400);
        EXPECT_FALSE(readings.guard.is_in_step());
        EXPECT_THROW(readings.guard.require_in_step(), db::ClockJumped);
        readings.pass(600 * second, 600 * second); // Time alone does not mend it.
        EXPECT_NE(readings.read(), 0s);
        readings.pass(second, second - jump);
        EXPECT_EQ(readings.read(), 0s);
        EXPECT_NO_THROW(readings.guard.require_in_step());
    }
}

TEST(ClockGuard, lets_a_clock_be_slewed_and_corrected_by_less_than_a_second) {
    Readings readings;
    readings.read();
    for (int i = 0; i < 86'400; ++i) { // Half a second in a thousand, for a day.
        readings.pass(second, second + 500);
        ASSERT_EQ(readings.read(), 0s) << i;
    }
    readings.pass(3600 * second, 3600 * second + 3600 * 500); // And while nobody read it.
    EXPECT_EQ(readings.read(), 0s);
    readings.pass(second, second + 900'000);
    EXPECT_EQ(readings.read(), 0s);
}

TEST(ClockGuard, is_not_fooled_by_slow_readings_nor_blind_to_a_jump_in_one) {
    Readings readings;
    readings.read();
    readings.pass(20 * second, 20 * second);
    EXPECT_EQ(readings.read(20 * second), 0s);
    readings.pass(20 * second, 20 * second + 5 * second);
    EXPECT_EQ(readings.read(20 * second), 0s) << "it may have been read at the end";
    EXPECT_NE(readings.read(), 0s) << "the slow readings are no measure";
    readings.pass(20 * second, 20 * second - 5 * second);
    EXPECT_NE(readings.read(20 * second), 0s) << "a slow reading proves no step";
    EXPECT_EQ(readings.read(), 0s);
    readings.pass(20 * second, 20 * second + 3600 * second);
    EXPECT_NE(readings.read(20 * second), 0s);
}

TEST(ClockGuard, goes_by_a_clock_that_counts_the_machines_sleep) {
    timespec sleeping{};
    ::clock_gettime(CLOCK_BOOTTIME, &sleeping);
    EXPECT_NEAR(static_cast<double>(db::ClockGuard::boot_micros()) / 1e6,
                static_cast<double>(sleeping.tv_sec) + static_cast<double>(sleeping.tv_nsec) / 1e9,
                1.0);
}

void run_sql(const std::string& sql) {
    LiveServer::instance().connect().execute(sql);
}

std::string state_of(const TestSale& sale) {
    return LiveServer::instance().call("GET", "/api/v1/batches/" + sale.batches[0]).text("status");
}

std::string ask(unsigned short port, const std::string& path) {
    return exchange_raw(port, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").body;
}

TEST(ClockJump, of_an_hour_freezes_closings_in_every_process_until_it_is_undone) {
    LiveServer& server = LiveServer::instance();
    const ServiceBeside second_process;
    TestSale sale{{.items_a_batch = 2, .first_end = 1800s}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    ASSERT_EQ(sale.bid(bidder, 0, "5.00").status, 200);

    run_sql("SELECT strikeoff.jump_test_clock('1 hour')");
    const unsigned short admin = server.app().admin()->port();
    for (const unsigned short port : {admin, second_process.admin_port()}) {
        EXPECT_TRUE(eventually(
            [&] { return ask(port, "/status").find("clock_jumped") != std::string::npos; }));
        EXPECT_THAT(ask(port, "/metrics"), Not(HasSubstr("\nstrikeoff_clock_jump_seconds 0\n")));
    }
    EXPECT_THAT(second_process.log_text(), HasSubstr("the database's clock was set"));
    std::this_thread::sleep_for(1500ms); // Closings look for work ten times a second.
    EXPECT_EQ(state_of(sale), "open") << "by the clock it is half an hour over";

    run_sql("SELECT strikeoff.jump_test_clock('-1 hour')");
    for (const unsigned short port : {admin, second_process.admin_port()})
        EXPECT_TRUE(eventually(
            [&] { return ask(port, "/status").find("clock_jumped") == std::string::npos; }));
    EXPECT_EQ(sale.bid(bidder, 1, "5.00").status, 200);
    sale.close_all(); // By the offset of the test's clock, which is no jump.
    EXPECT_EQ(state_of(sale), "closed");
}

TEST(ClockJump, is_accepted_by_a_process_that_is_started_afterwards) {
    TestSale sale{{.items_a_batch = 1, .first_end = 1800s}};
    sale.wait_until_open();
    run_sql("SELECT strikeoff.jump_test_clock('1 hour')");
    ASSERT_TRUE(
        eventually([] { return !LiveServer::instance().app().clock.guard().is_in_step(); }));
    EXPECT_EQ(state_of(sale), "open");
    {
        const ServiceBeside fresh;
        EXPECT_TRUE(eventually([&] {
            sale.reveal_due();
            return state_of(sale) == "closed";
        })) << fresh.log_text();
        EXPECT_THAT(ask(fresh.admin_port(), "/status"), Not(HasSubstr("clock_jumped")));
    }
    // The machine's clock goes back, and the time of the sales stays.
    run_sql("SELECT strikeoff.jump_test_clock('-1 hour'), strikeoff.shift_test_clock('1 hour')");
    EXPECT_TRUE(eventually([] { return LiveServer::instance().app().clock.guard().is_in_step(); }));
}

// The step that decides looks at the clock itself: a jump between two readings of the watcher
// closes nothing either.
TEST(ClockJump, is_noticed_by_the_step_that_would_close) {
    TestSale sale{{.items_a_batch = 1, .first_end = 1800s}};
    sale.wait_until_open();
    App& app = LiveServer::instance().app();
    db::DbClock clock{app.worker_pool};
    auctions::SqlClosingStore store{app.worker_pool, app.keys, clock};
    auctions::Closing closing{store, app.keys.signing()};
    run_sql("SELECT strikeoff.jump_test_clock('1 hour')");
    EXPECT_THROW(closing.work(), db::ClockJumped);
    EXPECT_EQ(state_of(sale), "open");
    run_sql("SELECT strikeoff.jump_test_clock('-1 hour')");
    ASSERT_TRUE(eventually([&] { return app.clock.guard().is_in_step(); }));
    EXPECT_NO_THROW(closing.work()) << "its own guard saw the clock come back";
}

} // namespace
} // namespace strikeoff::testing
