#include "http/admission.hpp"
#include "http/gcra.hpp"

#include <gtest/gtest.h>

namespace strikeoff::http {
namespace {

using namespace std::chrono_literals;
using Time = GcraTable::Time;

const Limit fifty{.count = 50, .per = 1s, .burst = 200};
const Time noon{std::chrono::hours{1'000'000}};

std::uint64_t key_of(const GcraTable& table, std::uint64_t number) {
    std::array<std::uint8_t, 16> name{};
    store_be64(name.data(), number);
    return table.key(0, name);
}

TEST(Gcra, lets_a_burst_through_and_then_the_rate) {
    GcraTable table{64};
    const std::uint64_t key = key_of(table, 1);
    for (int i = 0; i < 200; ++i)
        ASSERT_TRUE(table.take(key, fifty, 1, noon).conforms) << i;
    const LimitVerdict met = table.take(key, fifty, 1, noon);
    EXPECT_FALSE(met.conforms);
    EXPECT_EQ(met.wait, 20ms);
    EXPECT_FALSE(table.take(key, fifty, 1, noon + 19ms).conforms);
    EXPECT_TRUE(table.take(key, fifty, 1, noon + 20ms).conforms);
    EXPECT_FALSE(table.take(key, fifty, 1, noon + 20ms).conforms);
    // What was refused has taken nothing: after four seconds all of it is back.
    int taken = 0;
    while (table.take(key, fifty, 1, noon + 4020ms).conforms)
        ++taken;
    EXPECT_EQ(taken, 200);
}

TEST(Gcra, tells_keys_apart_and_limits_too) {
    GcraTable table{64};
    const Limit one{.count = 1, .per = 60s, .burst = 1};
    EXPECT_TRUE(table.take(key_of(table, 1), one, 1, noon).conforms);
    EXPECT_FALSE(table.take(key_of(table, 1), one, 1, noon).conforms);
    EXPECT_TRUE(table.take(key_of(table, 2), one, 1, noon).conforms);
    std::array<std::uint8_t, 16> name{};
    EXPECT_NE(table.key(0, name), table.key(1, name));
    EXPECT_NE(table.key(0, name), GcraTable{64}.key(0, name)) << "each table has its secret";
}

TEST(Gcra, a_cost_counts_as_so_many_and_asking_takes_nothing) {
    GcraTable table{64};
    const std::uint64_t key = key_of(table, 1);
    EXPECT_TRUE(table.ask(key, fifty, 150, noon).conforms);
    EXPECT_TRUE(table.take(key, fifty, 150, noon).conforms);
    EXPECT_FALSE(table.ask(key, fifty, 51, noon).conforms);
    EXPECT_TRUE(table.ask(key, fifty, 50, noon).conforms);
    EXPECT_TRUE(table.take(key, fifty, 50, noon).conforms);
    EXPECT_EQ(table.ask(key, fifty, 50, noon).wait, 1s);
    EXPECT_TRUE(table.take(key, fifty, 1'000, noon + 4s).conforms)
        << "more than a burst waits for a whole one and no longer";
}

TEST(Gcra, what_is_owed_is_paid_back_before_anything_is_let_in) {
    GcraTable table{64};
    const std::uint64_t key = key_of(table, 1);
    table.owe(key, fifty, 200, noon);
    table.owe(key, fifty, 100, noon);
    EXPECT_EQ(table.take(key, fifty, 1, noon).wait, 2020ms);
    for (int i = 0; i < 100; ++i)
        table.owe(key, fifty, 100, noon);
    EXPECT_EQ(table.take(key, fifty, 1, noon).wait, 4020ms) << "never more than another burst";
    EXPECT_TRUE(table.take(key, fifty, 1, noon + 4020ms).conforms);
}

TEST(Gcra, does_not_grow_with_keys_and_keeps_whoever_is_over_the_limit) {
    GcraTable table{100'000};
    const std::size_t bytes = table.bytes();
    EXPECT_LE(bytes, 4U << 20);
    const std::uint64_t flooder = key_of(table, 0);
    while (table.take(flooder, fifty, 1, noon).conforms) {
    }
    Time now = noon;
    for (std::uint64_t number = 1; number <= 1'000'000; ++number) {
        now = noon + std::chrono::microseconds{number};
        ASSERT_TRUE(table.take(key_of(table, number), fifty, 1, now).conforms);
    }
    EXPECT_EQ(table.bytes(), bytes);
    int taken = 0;
    while (table.take(flooder, fifty, 1, now).conforms)
        ++taken;
    EXPECT_EQ(taken, 50) << "what came back in that second, and not a new burst";
}

TEST(Limits, are_read_as_they_are_written) {
    for (const char* text : {"50/s,200", "1/m,1", "6/h,6", "1000000/s,1000000"}) {
        const auto limit = parse_limit(text);
        ASSERT_TRUE(limit) << text;
        EXPECT_EQ(format_limit(*limit), text);
    }
    EXPECT_EQ(parse_limit("6/h,7"), (Limit{.count = 6, .per = 3600s, .burst = 7}));
    for (const char* text :
         {"", "50", "50/s", "/s,1", "50/,200", "50/d,200", "0/s,1", "1/s,0", "-1/s,1", "1/s,1x",
          "1.5/s,1", "1/ss,1", "1000001/s,1", "1/s,1000001", "1,1/s", "off"})
        EXPECT_FALSE(parse_limit(text)) << text;
}

TEST(Limits, count_an_address_under_its_network) {
    const auto network = [](const char* address) {
        return network_of(boost::asio::ip::make_address(address));
    };
    EXPECT_EQ(network("192.0.2.1"), network("192.0.2.254"));
    EXPECT_NE(network("192.0.2.1"), network("192.0.3.1"));
    EXPECT_EQ(network("2001:db8:1::1"), network("2001:db8:1:ffff::2"));
    EXPECT_NE(network("2001:db8:1::1"), network("2001:db8:2::1"));
}

} // namespace
} // namespace strikeoff::http
