#pragma once

#include <cassert>
#include <cstdint>

namespace strikeoff::client {

/// Numbers that look random and follow from the seed alone, on every machine (SplitMix64).
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_{seed} {}

    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
        return z ^ z >> 31;
    }
    /// 0 to `limit - 1`. The slight favour of low numbers does not matter to a simulation.
    std::uint64_t below(std::uint64_t limit) {
        assert(limit > 0);
        return next() % limit;
    }
    bool chance(int percent) { return below(100) < static_cast<std::uint64_t>(percent); }

private:
    std::uint64_t state_;
};

} // namespace strikeoff::client
