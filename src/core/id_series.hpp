#pragma once

#include "core/id.hpp"

#include <array>
#include <cassert>

namespace strikeoff {

/// UUIDv7s that ascend in the order in which they are made (RFC 9562 section 6.2, method 1): all of
/// one instant, told apart by a counter of 26 bits, so that rows written together can be listed in
/// their order by id. Each ends in 48 random bits of its own.
class IdSeries {
public:
    explicit IdSeries(Instant at) : at_{at} {}

    Uuid next(const std::array<std::uint8_t, 6>& random) {
        assert(count_ < 1U << 26);
        Bytes16 bits{};
        bits[6] = static_cast<std::uint8_t>(count_ >> 22);
        bits[7] = static_cast<std::uint8_t>(count_ >> 14);
        bits[8] = static_cast<std::uint8_t>((count_ >> 8) & 0x3f);
        bits[9] = static_cast<std::uint8_t>(count_);
        std::copy(random.begin(), random.end(), bits.begin() + 10);
        ++count_;
        return make_uuid_v7(at_, bits);
    }

private:
    Instant at_;
    std::uint32_t count_ = 0;
};

} // namespace strikeoff
