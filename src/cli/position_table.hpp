#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strikeoff::cli {

/// Gives each distinct key its position in the order of insertion. Open addressing in one array of
/// numbers: ten million look-ups are the larger part of reading a file of bids.
template <class Key>
class PositionTable {
public:
    PositionTable() : slots_(16, empty) {}

    /// The position of `key`, and whether it is new.
    std::pair<std::uint32_t, bool> insert(const Key& key) {
        if (2 * keys_.size() >= slots_.size()) grow();
        std::uint32_t& slot = slots_[slot_of(key)];
        if (slot != empty) return {slot, false};
        slot = static_cast<std::uint32_t>(keys_.size());
        keys_.push_back(key);
        return {slot, true};
    }

    template <class Like>
    std::optional<std::uint32_t> find(const Like& key) const {
        const std::uint32_t slot = slots_[slot_of(key)];
        if (slot == empty) return std::nullopt;
        return slot;
    }

    const std::vector<Key>& keys() const { return keys_; }

private:
    static constexpr std::uint32_t empty = UINT32_MAX;

    static std::size_t hash(std::string_view key) { return std::hash<std::string_view>{}(key); }
    template <class Like>
        requires(!std::is_convertible_v<const Like&, std::string_view>)
    static std::size_t hash(const Like& key) {
        return std::hash<Like>{}(key);
    }

    /// The slot that holds `key`, or the empty one where it belongs.
    template <class Like>
    std::size_t slot_of(const Like& key) const {
        // Ids count up in their last bytes or in their first: the product spreads either.
        std::size_t slot = (hash(key) * 0x9e3779b97f4a7c15ULL) >> 20 & (slots_.size() - 1);
        while (slots_[slot] != empty && keys_[slots_[slot]] != key)
            slot = (slot + 1) & (slots_.size() - 1);
        return slot;
    }

    void grow() {
        slots_.assign(slots_.size() * 2, empty);
        for (std::uint32_t i = 0; i < keys_.size(); ++i)
            slots_[slot_of(keys_[i])] = i;
    }

    std::vector<Key> keys_;
    std::vector<std::uint32_t> slots_; ///< A power of two of them, at most half in use.
};

} // namespace strikeoff::cli
