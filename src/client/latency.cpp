#include "client/latency.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace strikeoff::client {

/// Below 32 each value has a bucket; above, the five bits after the leading one choose.
std::size_t LatencyHistogram::bucket_of(std::uint64_t micros) {
    constexpr std::uint64_t fine = 1ULL << fine_bits;
    if (micros < fine) return micros;
    const int shift = static_cast<int>(std::bit_width(micros)) - 1 - fine_bits;
    return (static_cast<std::size_t>(shift + 1) << fine_bits) + ((micros >> shift) - fine);
}

std::int64_t LatencyHistogram::upper_end(std::size_t bucket) {
    constexpr std::size_t fine = std::size_t{1} << fine_bits;
    if (bucket < fine) return static_cast<std::int64_t>(bucket);
    const std::size_t shift = (bucket >> fine_bits) - 1;
    const std::size_t from = ((bucket & (fine - 1)) + fine) << shift;
    return static_cast<std::int64_t>(from + (std::size_t{1} << shift) - 1);
}

void LatencyHistogram::record(std::int64_t micros) {
    micros = std::max<std::int64_t>(micros, 0);
    const std::size_t bucket = bucket_of(static_cast<std::uint64_t>(micros));
    ++buckets_[std::min(bucket, buckets_.size() - 1)];
    ++count_;
    max_ = std::max(max_, micros);
}

std::int64_t LatencyHistogram::percentile(int permille) const {
    assert(permille >= 0 && permille <= 1000);
    const std::int64_t wanted = std::max<std::int64_t>((count_ * permille + 999) / 1000, 1);
    std::int64_t seen = 0;
    for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
        seen += buckets_[bucket];
        if (seen >= wanted) return std::min(upper_end(bucket), max_);
    }
    return 0;
}

} // namespace strikeoff::client
