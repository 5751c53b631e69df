#include "client/latency.hpp"

#include <gtest/gtest.h>

namespace strikeoff::client {
namespace {

TEST(Latency, nothing_recorded_is_zero) {
    const LatencyHistogram histogram;
    EXPECT_EQ(histogram.count(), 0);
    EXPECT_EQ(histogram.percentile(500), 0);
    EXPECT_EQ(histogram.max(), 0);
}

TEST(Latency, small_values_are_exact) {
    LatencyHistogram histogram;
    for (int value = 1; value <= 20; ++value)
        histogram.record(value);
    EXPECT_EQ(histogram.percentile(500), 10);
    EXPECT_EQ(histogram.percentile(950), 19);
    EXPECT_EQ(histogram.percentile(1000), 20);
    EXPECT_EQ(histogram.percentile(0), 1);
}

TEST(Latency, large_values_are_within_a_thirty_second) {
    for (const std::int64_t value : {33L, 1'000L, 65'535L, 65'536L, 1'234'567L, 60'000'000L}) {
        LatencyHistogram histogram;
        histogram.record(value);
        histogram.record(10 * value);
        EXPECT_GE(histogram.percentile(500), value);
        EXPECT_LE(histogram.percentile(500), value + value / 32);
        EXPECT_EQ(histogram.max(), 10 * value);
    }
}

TEST(Latency, the_slowest_hundredth_shows) {
    LatencyHistogram histogram;
    for (int i = 0; i < 980; ++i)
        histogram.record(100);
    for (int i = 0; i < 20; ++i)
        histogram.record(9'000);
    EXPECT_LE(histogram.percentile(980), 103);
    EXPECT_EQ(histogram.percentile(990), 9'000);
}

TEST(Latency, a_clock_that_steps_back_counts_as_zero) {
    LatencyHistogram histogram;
    histogram.record(-5);
    EXPECT_EQ(histogram.count(), 1);
    EXPECT_EQ(histogram.percentile(1000), 0);
}

} // namespace
} // namespace strikeoff::client
