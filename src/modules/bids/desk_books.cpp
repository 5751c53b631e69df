// What a desk reads from the database: books, bidders who came later, ids of long ago.
#include "metrics.hpp"
#include "modules/bids/desk.hpp"

namespace strikeoff::bids {
namespace {

using namespace std::chrono_literals;

constexpr auto ids_remembered = 15min;

} // namespace

void Desk::load(BatchId batch) {
    BatchState& state = batches_[batch];
    state.loading = true;
    const std::int64_t known = state.book ? state.book->next_seq() : 0;
    const bool is_new = !state.book || state.doubtful;
    metrics::Metrics& counted = metrics::metrics();
    (is_new ? counted.book_loads : counted.book_reloads).add();
    threads_.lookups([this, batch, known, is_new] {
        std::optional<BookTerms> terms;
        std::vector<Block> blocks;
        std::exception_ptr failure;
        try {
            // Waits for what another process, perhaps dead by now, has under way; a book that is
            // new here shuts out as well what such a one had sent.
            journal_.fence(std::span{&batch, 1}, is_new);
            terms = source_.load(batch);
            if (terms) blocks = read_all(journal_, batch, known);
        } catch (...) {
            failure = std::current_exception();
        }
        threads_.io(
            [this, batch, terms = std::move(terms), blocks = std::move(blocks), failure]() mutable {
                loaded(batch, std::move(terms), std::move(blocks), failure);
            });
    });
}

void Desk::loaded(BatchId batch, std::optional<BookTerms> terms, std::vector<Block> blocks,
                  std::exception_ptr failure) {
    BatchState& state = batches_[batch];
    state.loading = false;
    std::vector<Pending> waiting = std::exchange(state.waiting, {});
    if (failure || !terms) {
        for (Pending& pending : waiting) {
            if (failure)
                pending.done(failure, {});
            else
                refuse(std::move(pending), refusal_of(Verdict::unknown));
        }
        if (!state.book) forget(batch);
        return;
    }
    state.doubtful = false;
    if (state.book)
        state.book->renew(*std::move(terms));
    else
        state.book.emplace(*std::move(terms));
    for (const Block& block : blocks)
        if (block.first_seq >= state.book->next_seq()) state.book->apply(block);
    for (Pending& pending : waiting)
        process(state, std::move(pending));
}

/// Starts a look-up in the database when the book alone cannot decide: a bidder who registered or
/// was admitted since it was loaded, an id older than those it remembers. True when the submission
/// waits for it.
bool Desk::look_up_first(BatchState& state, Pending& pending, const Bidder* bidder) {
    const BatchId batch = pending.submission.batch;
    const auto old_ids = [&] {
        return std::ranges::any_of(pending.submission.wishes, [&](const Wish& wish) {
            return uuid_v7_time(wish.bid.uuid) < state.forgotten_before;
        });
    };
    const bool is_refused = !bidder || !bidder->eligible ||
                            std::ranges::any_of(pending.submission.wishes, [&](const Wish& wish) {
                                const Lot* const lot = bidder->own_lots.empty()
                                                           ? nullptr
                                                           : state.book->lot_of(wish.certificate);
                                return lot && bidder->owns(lot->number);
                            });
    const bool by_user = is_refused && !pending.bidder_looked_up;
    if (by_user) {
        pending.bidder_looked_up = true;
    } else if (bidder && pending.ids_looked_up != state.forgotten_before && old_ids()) {
        pending.ids_looked_up = state.forgotten_before;
    } else {
        return false;
    }
    const std::int64_t version = state.book->terms().version;
    const std::optional<std::uint32_t> number =
        by_user ? std::nullopt : std::optional{bidder->number};
    threads_.lookups([this, batch, version, number, pending = std::move(pending)]() mutable {
        std::optional<Bidder> found;
        std::vector<std::pair<BidId, Accepted>> earlier;
        std::exception_ptr failure;
        try {
            if (!number) {
                found = source_.find_bidder(batch, pending.submission.user);
            } else {
                for (const Wish& wish : pending.submission.wishes)
                    if (const auto known = source_.find_accepted(batch, *number, wish.bid))
                        earlier.emplace_back(wish.bid, *known);
            }
        } catch (...) {
            failure = std::current_exception();
        }
        threads_.io([this, batch, version, number, found, earlier = std::move(earlier), failure,
                     pending = std::move(pending)]() mutable {
            if (failure) return pending.done(failure, {});
            BatchState& state = batches_[batch];
            // Terms that came in between may be the newer ones: the bidder was perhaps barred.
            const bool is_late = !is_usable(state) || state.book->terms().version != version;
            if (is_late && !number) pending.bidder_looked_up = false;
            if (!is_usable(state)) return submit(std::move(pending));
            if (found && !is_late) state.book->add_bidder(*found);
            for (const auto& [bid, known] : earlier)
                state.book->remember(*number, bid, known);
            process(state, std::move(pending));
        });
    });
    return true;
}

/// Reads what other processes have stored by now, then takes the submission up again.
void Desk::catch_up(BatchState& state, Pending pending) {
    pending.caught_up = true;
    const BatchId batch = pending.submission.batch;
    const std::int64_t known = state.book->next_seq();
    threads_.lookups([this, batch, known, pending = std::move(pending)]() mutable {
        std::vector<Block> blocks;
        std::exception_ptr failure;
        try {
            blocks = read_all(journal_, batch, known);
        } catch (...) {
            failure = std::current_exception();
        }
        threads_.io([this, batch, blocks = std::move(blocks), failure,
                     pending = std::move(pending)]() mutable {
            if (failure) return pending.done(failure, {});
            BatchState& state = batches_[batch];
            if (!is_usable(state)) return submit(std::move(pending));
            take_in(state, blocks);
            process(state, std::move(pending));
        });
    });
}

/// In two strides, so that a clock that jumps does not make forget what is still under way
/// elsewhere.
void Desk::forget_old_ids(BatchState& state, Instant now) {
    const Instant horizon = now - ids_remembered;
    if (horizon - state.to_forget_before < ids_remembered) return;
    state.book->forget_before(state.to_forget_before,
                              [&state](BidId bid) { return state.ids_under_way.contains(bid); });
    state.forgotten_before = std::exchange(state.to_forget_before, horizon);
}

} // namespace strikeoff::bids
