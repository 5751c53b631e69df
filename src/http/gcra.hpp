#pragma once

#include "core/bytes.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

namespace strikeoff::http {

/// `count` in each `per`, and `burst` at once.
struct Limit {
    std::int64_t count = 1;
    std::chrono::seconds per{1};
    std::int64_t burst = 1;

    friend bool operator==(const Limit&, const Limit&) = default;
};

/// What a limit says about one request.
struct LimitVerdict {
    bool conforms = true;
    std::chrono::nanoseconds wait{}; ///< Until the same request would conform.
};

/// The generic cell rate algorithm for many keys, in memory that does not grow: a key is one
/// number, the time at which all that it used will have come back. When its place is full, the key
/// goes whose time is next, most often one that has used nothing any more. Whoever makes up enough
/// keys to push others out gives those their burst once again, and cannot choose whom. Used by one
/// thread.
class GcraTable {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// Room for at least so many keys.
    explicit GcraTable(std::size_t keys_min);

    /// A key for `name` under the limit with this number. Without the table's secret nobody finds
    /// two names that share one.
    std::uint64_t key(std::uint8_t limit, ByteView name) const;

    /// Takes `cost` of the limit, unless that is too much now.
    LimitVerdict take(std::uint64_t key, const Limit& limit, std::int64_t cost, Time now);
    /// Takes it in any case; what is too much is owed, up to another burst.
    void owe(std::uint64_t key, const Limit& limit, std::int64_t cost, Time now);
    /// What `take` would say, taking nothing.
    LimitVerdict ask(std::uint64_t key, const Limit& limit, std::int64_t cost, Time now) const;

    std::size_t bytes() const { return sets_.size() * sizeof(Set); }

private:
    static constexpr std::size_t ways = 8;
    struct Set {
        std::array<std::uint64_t, ways> keys{};
        std::array<std::int64_t, ways> until{}; ///< Nanoseconds of the steady clock.
    };
    struct Charge {
        LimitVerdict verdict;
        std::int64_t until = 0;
    };
    static Charge charge(std::int64_t until, const Limit& limit, std::int64_t cost, Time now);
    /// The place of a key, which is made if need be.
    std::int64_t& until_of(std::uint64_t key);
    const Set& set_of(std::uint64_t key) const { return sets_[key & (sets_.size() - 1)]; }

    std::array<std::uint8_t, 16> secret_{};
    std::vector<Set> sets_;
};

} // namespace strikeoff::http
