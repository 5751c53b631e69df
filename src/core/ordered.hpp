#pragma once

#include <algorithm>
#include <functional>
#include <span>
#include <vector>

namespace strikeoff {

/// Pointers to the entries in ascending order of what `key` (a member, or a function) says of each.
template <class Entry, class Key>
std::vector<const Entry*> ordered(std::span<const Entry> entries, Key key) {
    std::vector<const Entry*> order;
    order.reserve(entries.size());
    for (const Entry& entry : entries)
        order.push_back(&entry);
    std::ranges::sort(order, {}, [&key](const Entry* entry) { return std::invoke(key, *entry); });
    return order;
}

} // namespace strikeoff
