#pragma once

#include "core/award_rules.hpp"
#include "core/chain.hpp"
#include "core/transcript.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace strikeoff {

/// A move of the end of a batch, as its chain records it.
struct EndMove {
    Instant at;    ///< When it was decided: bids from then on know it.
    Instant since; ///< Since when time stood still: a pause, or the move itself.
    Instant end;
};
/// The moves in a chain, in its order.
std::vector<EndMove> end_moves(std::span<const SignedChange> changes);

/// The items of a batch in the open format (domain.md section 5): who leads each, and when its
/// bidding ends. Every bid is lower than the one before by at least one step; the first one at or
/// below the floor ends the item; one in the last minutes moves the item's end, a limited number of
/// times; a moved end of the batch is that of every item whose bidding had not ended.
class OpenItems {
public:
    struct Lead {
        std::uint32_t bidder = 0;
        Rate rate;
    };
    struct State {
        std::optional<Lead> lead = {};
        Instant end = {};
        int extensions = 0;
        bool is_final = false; ///< A bid at or below the floor ended it.
        std::size_t moves_seen = 0;
    };

    OpenItems(const AwardRules& rules, Instant end, std::vector<EndMove> moves)
        : rules_{rules}, end_{end}, moves_{std::move(moves)} {}

    /// Takes the moves of a longer chain.
    void set_moves(std::vector<EndMove> moves) { moves_ = std::move(moves); }

    /// As all moves leave it; `item` is any number that the caller knows it by.
    State state(std::uint32_t item) const {
        return state_at(item, Instant::from_micros(INT64_MAX));
    }
    /// Who leads, without the ends: cheap.
    std::optional<Lead> lead(std::uint32_t item) const;
    /// Whether a bid on it could still move its end.
    bool is_extendable(const State& state) const {
        return rules_.extension_minutes && state.extensions < rules_.extensions_max;
    }
    std::chrono::minutes extension() const {
        return std::chrono::minutes{rules_.extension_minutes.value_or(0)};
    }
    bool is_final_rate(Rate rate) const { return rate <= rules_.rate_floor; }
    /// The highest rate that the next bid on the item may have.
    Rate highest_next(const std::optional<Lead>& lead) const;

    /// Why a bid cannot have been accepted on the item then, in words; empty when it can.
    std::string objection(std::uint32_t item, Rate rate, Instant at) const;
    /// Takes in a bid that was accepted.
    void apply(std::uint32_t item, std::uint32_t bidder, Rate rate, Instant at);

    /// When the bidding on the last item ends, of those with a bid, or of the batch.
    Instant last_end() const;

private:
    State state_at(std::uint32_t item, Instant time) const;

    AwardRules rules_;
    Instant end_;
    std::vector<EndMove> moves_;
    std::unordered_map<std::uint32_t, State> items_;
};

} // namespace strikeoff
