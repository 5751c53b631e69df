#pragma once

#include <array>
#include <cstdint>

namespace strikeoff::client {

/// Durations in microseconds, counted in buckets whose width is at most 1/32 of their value.
class LatencyHistogram {
public:
    void record(std::int64_t micros);
    std::int64_t count() const { return count_; }
    std::int64_t max() const { return max_; }
    /// The smallest duration that at least `permille` of all do not exceed, to the bucket's upper
    /// end; 0 when nothing was recorded.
    std::int64_t percentile(int permille) const;

private:
    static constexpr int fine_bits = 5;
    static constexpr int octaves = 40;
    static std::size_t bucket_of(std::uint64_t micros);
    static std::int64_t upper_end(std::size_t bucket);

    std::array<std::int64_t, (octaves + 1) << fine_bits> buckets_{};
    std::int64_t count_ = 0;
    std::int64_t max_ = 0;
};

} // namespace strikeoff::client
