#include "http/gcra.hpp"

#include <sodium.h>

#include <algorithm>
#include <bit>
#include <cassert>

namespace strikeoff::http {

static_assert(crypto_shorthash_BYTES == sizeof(std::uint64_t));
static_assert(crypto_shorthash_KEYBYTES == 16);

GcraTable::GcraTable(std::size_t keys_min)
    : sets_(std::bit_ceil(std::max<std::size_t>(keys_min / ways, 1))) {
    ::randombytes_buf(secret_.data(), secret_.size());
}

std::uint64_t GcraTable::key(std::uint8_t limit, ByteView name) const {
    std::array<std::uint8_t, 32> bytes{limit};
    assert(name.size() < bytes.size());
    std::ranges::copy(name, bytes.begin() + 1);
    std::array<std::uint8_t, crypto_shorthash_BYTES> hash;
    ::crypto_shorthash(hash.data(), bytes.data(), name.size() + 1, secret_.data());
    // Zero is an empty place.
    return std::max<std::uint64_t>(std::bit_cast<std::uint64_t>(hash), 1);
}

GcraTable::Charge GcraTable::charge(std::int64_t until, const Limit& limit, std::int64_t cost,
                                    Time now) {
    const std::int64_t at = std::chrono::nanoseconds{now.time_since_epoch()}.count();
    const std::int64_t interval = std::chrono::nanoseconds{limit.per}.count() / limit.count;
    // What is more than a burst takes all of one: else it could never be had.
    const std::int64_t after =
        std::max(until, at) + interval * std::min<std::int64_t>(cost, limit.burst);
    const std::int64_t early = after - at - interval * limit.burst;
    return {{early <= 0, std::chrono::nanoseconds{std::max<std::int64_t>(early, 0)}}, after};
}

std::int64_t& GcraTable::until_of(std::uint64_t key) {
    Set& set = sets_[key & (sets_.size() - 1)];
    auto place = static_cast<std::size_t>(std::ranges::find(set.keys, key) - set.keys.begin());
    if (place == ways) {
        place = static_cast<std::size_t>(std::ranges::min_element(set.until) - set.until.begin());
        set.keys[place] = key;
        set.until[place] = 0;
    }
    return set.until[place];
}

LimitVerdict GcraTable::take(std::uint64_t key, const Limit& limit, std::int64_t cost, Time now) {
    std::int64_t& until = until_of(key);
    const Charge wanted = charge(until, limit, cost, now);
    if (wanted.verdict.conforms) until = wanted.until;
    return wanted.verdict;
}

void GcraTable::owe(std::uint64_t key, const Limit& limit, std::int64_t cost, Time now) {
    std::int64_t& until = until_of(key);
    const Charge wanted = charge(until, limit, cost, now);
    // A charge that waits for more than a burst is owed no further.
    const std::chrono::nanoseconds whole = limit.per * limit.burst / limit.count;
    if (wanted.verdict.wait <= whole) until = wanted.until;
}

LimitVerdict GcraTable::ask(std::uint64_t key, const Limit& limit, std::int64_t cost,
                            Time now) const {
    const Set& set = set_of(key);
    const auto place = std::ranges::find(set.keys, key) - set.keys.begin();
    const bool known = static_cast<std::size_t>(place) < ways;
    return charge(known ? set.until[static_cast<std::size_t>(place)] : 0, limit, cost, now).verdict;
}

} // namespace strikeoff::http
