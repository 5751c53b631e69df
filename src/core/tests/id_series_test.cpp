#include "core/id_series.hpp"

#include <gtest/gtest.h>

namespace strikeoff {
namespace {

TEST(IdSeries, ascends_whatever_the_random_bits_are) {
    IdSeries ids{Instant::from_micros(1'750'000'000'123'456)};
    Uuid last;
    for (int i = 0; i < 100'000; ++i) {
        const std::uint8_t byte = i % 2 == 0 ? 0xff : 0x00;
        const Uuid next = ids.next({byte, byte, byte, byte, byte, byte});
        ASSERT_LT(last, next) << i;
        ASSERT_EQ(next.version(), 7);
        ASSERT_EQ(next.bytes[8] >> 6, 2);
        ASSERT_EQ(uuid_v7_time(next).micros(), 1'750'000'000'123'000);
        last = next;
    }
}

} // namespace
} // namespace strikeoff
