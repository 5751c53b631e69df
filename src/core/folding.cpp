#include "core/folding.hpp"

#include <cassert>

namespace strikeoff {
namespace {

__extension__ using uint128 = unsigned __int128;

/// Both halves of the product depend on all bits of both factors.
std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    const uint128 product = uint128{a} * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

constexpr std::uint64_t odd_1 = 0x9e3779b97f4a7c15;
constexpr std::uint64_t odd_2 = 0xd6e8feb86659fd93;

std::size_t slots_for(std::size_t entries) {
    return entries + entries / 3 + 16;
}

} // namespace

std::uint64_t Folding::SeenBid::hash(std::uint64_t key) const {
    const std::uint64_t high = load_be64(bid.data()) ^ bidder;
    const std::uint64_t low = load_be64(bid.data() + 8);
    return mix(mix(high ^ key, low ^ mix(key, odd_1)) ^ key, odd_2);
}

std::uint64_t Folding::Standing::hash(std::uint64_t key) const {
    const std::uint64_t pair = std::uint64_t{bidder} << 32 | lot;
    return mix(mix(pair ^ key, odd_1 ^ key) ^ key, odd_2);
}

template <class Entry>
Folding::Table<Entry>::Table(std::uint64_t key, std::size_t expected)
    : key_{key}, slots_(slots_for(expected)) {}

template <class Entry>
Entry* Folding::Table<Entry>::slot_of(const Entry& entry) {
    // The high bits choose the slot, so that the table may have any size.
    auto at = static_cast<std::size_t>(uint128{entry.hash(key_)} * slots_.size() >> 64);
    while (slots_[at].bidder != empty && !slots_[at].same_key(entry))
        at = at + 1 == slots_.size() ? 0 : at + 1;
    return &slots_[at];
}

template <class Entry>
void Folding::Table<Entry>::grow() {
    std::vector<Entry> old(2 * slots_.size());
    old.swap(slots_);
    for (const Entry& entry : old)
        if (entry.bidder != empty) *slot_of(entry) = entry;
}

template <class Entry>
std::pair<Entry*, bool> Folding::Table<Entry>::find_or_insert(const Entry& entry) {
    Entry* slot = slot_of(entry);
    if (slot->bidder != empty) return {slot, false};
    if (slots_for(used_) > slots_.size()) {
        grow();
        slot = slot_of(entry);
    }
    *slot = entry;
    ++used_;
    return {slot, true};
}

Folding::Folding(std::uint64_t hash_key, std::size_t leaves_expected)
    : seen_{hash_key, leaves_expected}, standing_{hash_key, leaves_expected / 2} {}

FoldVerdict Folding::apply(std::uint32_t bidder, std::uint32_t lot, const BidId& bid, BidKind kind,
                           Rate rate) {
    assert(bidder != empty && size_ != UINT32_MAX);
    assert(rate.bp() >= 0 && rate.bp() <= UINT16_MAX);
    const std::uint32_t rank = size_++;
    if (!seen_.find_or_insert({bidder, bid.uuid.bytes}).second) return FoldVerdict::void_;

    Standing& standing = *standing_.find_or_insert({.bidder = bidder, .lot = lot}).first;
    const bool stood = standing.stands;
    const auto wanted = static_cast<std::uint16_t>(rate.bp());
    if (kind == BidKind::withdraw) {
        standing.stands = false;
        return FoldVerdict::withdrawn;
    }
    if (stood && standing.rate_bp == wanted) return FoldVerdict::void_;
    standing = {bidder, lot, rank, wanted, true};
    return stood ? FoldVerdict::replaced : FoldVerdict::placed;
}

std::vector<LiveBid> Folding::live_bids() const {
    std::vector<LiveBid> bids;
    for (const Standing& entry : standing_.slots())
        if (entry.stands) bids.push_back({entry.lot, entry.bidder, entry.rank, entry.rate_bp});
    return bids;
}

} // namespace strikeoff
