// Bids that depend on those before them: where they reserve budget, and in the open format. Of a
// bidder, and of an item of the open format, one submission at a time is under way, and whoever had
// to wait goes first; so each is decided by the very journal behind which it is stored. The journal
// sends back what was decided otherwise.
#include "modules/bids/desk.hpp"

#include <map>

namespace strikeoff::bids {

/// What nobody else may have under way: the bidder, and in the open format the lot. Lots are
/// numbered from 1, and bidders as well.
std::vector<std::uint64_t> Desk::turns_of(const Book& book, std::uint32_t bidder,
                                          std::uint32_t lot) {
    std::vector<std::uint64_t> turns;
    if (book.terms().reserves) turns.push_back(head_key(bidder, 0));
    if (book.open_items()) turns.push_back(head_key(0, lot));
    return turns;
}

bool Desk::is_under_way(const BatchState& state, const Wish& wish, const Bidder* bidder,
                        const Lot* lot) const {
    if (state.ids_under_way.contains(wish.bid)) return true;
    if (!bidder || !lot) return false;
    if (state.heads_under_way.contains(head_key(bidder->number, lot->number))) return true;
    return std::ranges::any_of(
        turns_of(*state.book, bidder->number, lot->number),
        [&](std::uint64_t turn) { return state.turns_under_way.contains(turn); });
}

/// Whether the record fits into what the submission's bidder may reserve; adds it then.
bool Desk::has_room(const Book& book, const Pending& pending, const JournalRecord& record,
                    Money& reserved) {
    Money after = reserved;
    for (const Reserved& change : book.reserve_changes(record))
        if (change.bidder == record.bidder) after += change.amount;
    if (pending.room && after > reserved && after > *pending.room) return false;
    reserved = after;
    return true;
}

Order Desk::order_of(const Book& book, std::span<const JournalRecord> records) {
    Order order{.known_seq = book.next_seq(), .deposit_percent = book.terms().deposit_percent};
    std::map<std::uint32_t, Money> changes;
    for (const JournalRecord& record : records)
        for (const Reserved& change : book.reserve_changes(record))
            changes[change.bidder] += change.amount;
    for (const auto& [bidder, change] : changes)
        order.amounts.push_back({bidder, book.reserved(bidder) + change});
    const OpenItems* const items = book.open_items();
    if (!items) return order;
    order.extension = items->extension();
    for (const JournalRecord& record : records) {
        const OpenItems::State state = items->state(record.lot);
        order.until = std::min(order.until.value_or(state.end), state.end);
        order.leads.push_back({.lot = record.lot,
                               .bidder = record.bidder,
                               .rate_bp = record.rate_bp,
                               .ends = state.end,
                               .extendable = items->is_extendable(state),
                               .is_final = items->is_final_rate(Rate::from_bp(record.rate_bp))});
    }
    return order;
}

/// A group that the journal sent back, and what was gathered behind it, in their order.
void Desk::decide_again(BatchState& state, const Appended& appended, std::vector<Pending> group) {
    for (Pending& pending : group) {
        if (appended.verdict == Verdict::item_ended) pending.asked = appended.accepted_at;
        const Bidder* const bidder = state.book->bidder_of(pending.submission.user);
        const auto room = std::ranges::find(appended.rooms, bidder->number, &Reserved::bidder);
        if (room != appended.rooms.end()) pending.room = room->amount;
    }
    for (Pending& pending : std::exchange(state.gathered, {})) {
        let_go(state, pending.records);
        group.push_back(std::move(pending));
    }
    for (Pending& pending : group) {
        pending.in_turn = true;
        take_up(state, std::move(pending));
    }
}

/// Takes in blocks that others have stored. What was gathered was decided without them.
void Desk::take_in(BatchState& state, const std::vector<Block>& blocks) {
    Book& book = *state.book;
    const std::int64_t known = book.next_seq();
    for (const Block& block : blocks)
        if (block.first_seq >= book.next_seq()) book.apply(block);
    if (book.is_ordered() && book.next_seq() > known) decide_again(state, {}, {});
}

} // namespace strikeoff::bids
