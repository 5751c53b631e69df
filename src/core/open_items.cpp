#include "core/open_items.hpp"

#include <fmt/format.h>

namespace strikeoff {

std::vector<EndMove> end_moves(std::span<const SignedChange> changes) {
    std::vector<EndMove> moves;
    std::optional<Instant> paused;
    for (const auto& [change, record] : changes) {
        if (change.kind == ChangeKind::paused) paused = change.at;
        if (change.kind == ChangeKind::end_moved || change.kind == ChangeKind::resumed)
            moves.push_back({change.at, paused.value_or(change.at), change.new_end});
        if (change.kind == ChangeKind::resumed) paused.reset();
    }
    return moves;
}

OpenItems::State OpenItems::state_at(std::uint32_t item, Instant time) const {
    const auto found = items_.find(item);
    State state = found == items_.end() ? State{.end = end_} : found->second;
    for (; state.moves_seen < moves_.size(); ++state.moves_seen) {
        const EndMove& move = moves_[state.moves_seen];
        if (move.at > time) break;
        if (!state.is_final && state.end > move.since) state.end = move.end;
    }
    return state;
}

std::optional<OpenItems::Lead> OpenItems::lead(std::uint32_t item) const {
    const auto found = items_.find(item);
    return found == items_.end() ? std::nullopt : found->second.lead;
}

Rate OpenItems::highest_next(const std::optional<Lead>& lead) const {
    return lead ? Rate::from_bp(lead->rate.bp() - rules_.rate_step.bp()) : rules_.rate_start;
}

std::string OpenItems::objection(std::uint32_t item, Rate rate, Instant at) const {
    const State now = state_at(item, at);
    if (now.is_final) return "a bid at the floor had ended its item";
    if (at >= now.end) return "it was accepted at or after the end of its item";
    if (rate > highest_next(now.lead))
        return fmt::format("its rate, {} %, is not a step below the {} % that led",
                           format_rate(rate), format_rate(now.lead->rate));
    return {};
}

void OpenItems::apply(std::uint32_t item, std::uint32_t bidder, Rate rate, Instant at) {
    State state = state_at(item, at);
    state.lead = Lead{bidder, rate};
    if (is_final_rate(rate)) {
        state.is_final = true;
        state.end = at;
    } else if (is_extendable(state) && at >= state.end - extension()) {
        state.end = at + extension();
        ++state.extensions;
    }
    items_[item] = state;
}

Instant OpenItems::last_end() const {
    Instant last = state(UINT32_MAX).end; // Of an item without a bid.
    for (const auto& [item, unused] : items_)
        last = std::max(last, state(item).end);
    return last;
}

} // namespace strikeoff
