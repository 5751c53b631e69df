#pragma once

#include "core/clearing.hpp"
#include "core/leaf.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace strikeoff {

/// What a leaf does to the bids that stand.
enum class FoldVerdict : std::uint8_t { placed, replaced, withdrawn, void_ };
BOOST_DESCRIBE_ENUM(FoldVerdict, placed, replaced, withdrawn, void_)

/// Applies the leaves of a batch in their order (draw.md, "Folding"). Needs about 50 bytes a leaf.
class Folding {
public:
    /// `hash_key` is any number that bidders could not know when they chose their bid ids, so that
    /// nobody can make the tables slow; it changes no verdict. `leaves_expected` saves growing.
    explicit Folding(std::uint64_t hash_key, std::size_t leaves_expected = 0);

    /// Applies the next leaf; `bidder` and `lot` are indexes of the caller, below 2^32 - 1.
    FoldVerdict apply(std::uint32_t bidder, std::uint32_t lot, const BidId& bid, BidKind kind,
                      Rate rate);

    /// Leaves applied so far, void ones included: the rank of the next one.
    std::uint32_t size() const { return size_; }

    /// The bids that stand, in no particular order; `rank` is the place of the leaf, from 0.
    std::vector<LiveBid> live_bids() const;

private:
    static constexpr std::uint32_t empty = UINT32_MAX;

    struct SeenBid {
        std::uint32_t bidder = empty;
        Bytes16 bid{};
        bool same_key(const SeenBid& o) const { return bidder == o.bidder && bid == o.bid; }
        std::uint64_t hash(std::uint64_t key) const;
    };
    struct Standing {
        std::uint32_t bidder = empty;
        std::uint32_t lot = 0;
        std::uint32_t rank = 0;
        std::uint16_t rate_bp = 0;
        bool stands = false; ///< False again after a withdrawal.
        bool same_key(const Standing& o) const { return bidder == o.bidder && lot == o.lot; }
        std::uint64_t hash(std::uint64_t key) const;
    };

    /// Open addressing with the entries in the table itself: one cache miss a look-up.
    template <class Entry>
    class Table {
    public:
        Table(std::uint64_t key, std::size_t expected);
        /// The entry of that key, and whether it is new.
        std::pair<Entry*, bool> find_or_insert(const Entry& entry);
        const std::vector<Entry>& slots() const { return slots_; }

    private:
        Entry* slot_of(const Entry& entry);
        void grow();

        std::uint64_t key_;
        std::size_t used_ = 0;
        std::vector<Entry> slots_;
    };

    Table<SeenBid> seen_;
    Table<Standing> standing_;
    std::uint32_t size_ = 0;
};

} // namespace strikeoff
