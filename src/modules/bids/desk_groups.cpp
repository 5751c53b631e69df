// How a desk stores what it has admitted: in groups, one under way at a time, each of which ends as
// stored or as lost, never as both.
#include "db/error.hpp"
#include "log.hpp"
#include "metrics.hpp"
#include "modules/bids/desk.hpp"

#include <ranges>

namespace strikeoff::bids {
namespace {

using namespace std::chrono_literals;

constexpr int settle_attempts_max = 24;
constexpr auto settle_pause = 250ms;

void add_access(std::optional<OfferAccess>& access, const Submission& submission) {
    const http::Credential& credential = *submission.credential;
    if (!access) access.emplace(OfferAccess{.epoch = credential.epoch, .users = {}});
    access->epoch = std::min(access->epoch, credential.epoch);
    if (credential.good_until)
        access->good_until =
            std::min(access->good_until.value_or(*credential.good_until), *credential.good_until);
    access->users.push_back(submission.user);
}

} // namespace

/// Later changes of the same heads, and the same ids, need wait no longer.
void Desk::let_go(BatchState& state, std::span<const JournalRecord> records) {
    for (const JournalRecord& record : records) {
        state.heads_under_way.erase(head_key(record.bidder, record.lot));
        state.ids_under_way.erase(record.bid);
        for (const std::uint64_t turn : turns_of(*state.book, record.bidder, record.lot))
            state.turns_under_way.erase(turn);
    }
}

/// Sends what has been gathered, unless a group is under way: the next one grows meanwhile.
void Desk::kick() {
    if (storing_) return;
    std::vector<Group> groups;
    for (auto& [batch, state] : batches_) {
        if (state.gathered.empty() || !is_usable(state)) continue;
        const BookTerms& terms = state.book->terms();
        Group group{.county = terms.county,
                    .offer = {.batch = batch, .version = terms.version},
                    .known_seq = state.book->next_seq()};
        auto& records = group.offer.records;
        while (!state.gathered.empty() &&
               records.size() + state.gathered.front().records.size() <= block_records_max) {
            Pending pending = std::move(state.gathered.front());
            state.gathered.pop_front();
            records.insert(records.end(), pending.records.begin(), pending.records.end());
            if (pending.submission.credential) add_access(group.offer.access, pending.submission);
            state.in_flight.push_back(std::move(pending));
        }
        if (state.book->is_ordered()) group.offer.order = order_of(*state.book, records);
        groups.push_back(std::move(group));
    }
    if (groups.empty()) return;
    storing_ = true;
    std::ranges::sort(
        groups, {}, [](const Group& group) { return std::pair{group.county, group.offer.batch}; });
    threads_.journal([this, groups = std::move(groups)]() mutable {
        std::exception_ptr failure;
        try {
            store(groups);
        } catch (...) {
            failure = std::current_exception();
        }
        threads_.io([this, groups = std::move(groups), failure]() mutable {
            stored(std::move(groups), failure);
        });
    });
}

/// On the journal's thread: one append a county, then the blocks that others stored in between.
void Desk::store(std::vector<Group>& groups) {
    try {
        for (auto begin = groups.begin(); begin != groups.end();) {
            const auto end = std::find_if(begin, groups.end(), [&](const Group& group) {
                return group.county != begin->county;
            });
            std::vector<Offer> offers;
            for (auto group = begin; group != end; ++group)
                offers.push_back(group->offer);
            const metrics::Stopwatch stopwatch;
            const std::vector<Appended> appends = journal_.append(begin->county, offers);
            metrics::metrics().commit_time.observe(stopwatch.elapsed());
            for (const Appended& appended : appends)
                for (auto group = begin; group != end; ++group)
                    if (group->offer.batch == appended.batch) group->result.appended = appended;
            begin = end;
        }
    } catch (const std::exception& error) {
        log::warning("the outcome of a group is not known",
                     log::Field{"error", log::Text{error.what()}});
        metrics::metrics().groups_settled.add(groups.size());
        settle(groups);
        return;
    }
    for (Group& group : groups)
        if (group.result.appended.first_seq > group.known_seq)
            group.result.before = read_all(journal_, group.offer.batch, group.known_seq,
                                           group.result.appended.first_seq);
}

/// Finds out what became of groups whose append got no answer: behind a fence, the journal says.
/// What was not stored by then never will be, and is admitted again.
void Desk::settle(std::vector<Group>& groups) {
    std::vector<BatchId> batches;
    for (const Group& group : groups)
        batches.push_back(group.offer.batch);
    for (int attempt = 0;; ++attempt) {
        try {
            journal_.fence(batches, true);
            for (Group& group : groups) {
                group.result = {.lost = true};
                std::vector<Block> blocks = read_all(journal_, group.offer.batch, group.known_seq);
                for (Block& block : blocks) {
                    if (block.records == group.offer.records) {
                        group.result.lost = false;
                        group.result.appended = {group.offer.batch, Verdict::stored,
                                                 block.first_seq, block.accepted_at};
                        break;
                    }
                    group.result.before.push_back(std::move(block));
                }
            }
            return;
        } catch (const std::exception& error) {
            if (attempt >= settle_attempts_max || stopping_)
                throw db::Unavailable("the outcome could not be found out; send the same bid_id "
                                      "again");
            if (attempt == 0)
                log::warning("waiting for the database",
                             log::Field{"error", log::Text{error.what()}});
            threads_.pause(settle_pause);
        }
    }
}

void Desk::stored(std::vector<Group> groups, std::exception_ptr failure) {
    for (Group& group : groups) {
        if (!failure) {
            finish_group(group);
            continue;
        }
        // The append may still be under way, or not have begun: who sends the same bid again must
        // find out, so nothing is taken before a fence.
        BatchState& state = batches_[group.offer.batch];
        state.doubtful = true;
        withdraw_gathered(state);
        std::vector<Pending> failed = std::exchange(state.in_flight, {});
        for (Pending& pending : failed) {
            let_go(state, pending.records);
            pending.done(failure, {});
        }
        if (!state.loading) load(group.offer.batch);
        resume_deferred(state);
    }
    // Not before: what finishing one group resumes must not join another that is still unanswered.
    storing_ = false;
    kick();
}

/// What was admitted for the next group waits for the book to be loaded and is admitted again.
void Desk::withdraw_gathered(BatchState& state) {
    for (Pending& pending : state.gathered) {
        let_go(state, pending.records);
        state.waiting.push_back(std::move(pending));
    }
    state.gathered.clear();
}

/// An id that another process stored first makes our leaf void: the line gets the first answer.
void Desk::settle_line(const Book& book, const Pending& pending, Line& line, Instant accepted_at) {
    const Bidder* const bidder = book.bidder_of(pending.submission.user);
    line.accepted_at = accepted_at;
    const Accepted* const before = book.accepted(bidder->number, line.wish.bid);
    // A block has a time of its own: at the same time it is this very one, read by a catch-up.
    if (!before || before->accepted_at == accepted_at) return;
    if (const auto again = admit(book, bidder, line.wish); again) {
        line.status = LineStatus::replayed;
        line.accepted_at = before->accepted_at;
    } else {
        line.status = LineStatus::refused;
        line.error = again.error();
    }
}

void Desk::finish_group(Group& group) {
    BatchState& state = batches_[group.offer.batch];
    Book& book = *state.book;
    std::vector<Pending> group_pending = std::exchange(state.in_flight, {});
    let_go(state, group.offer.records);
    take_in(state, group.result.before);

    const Appended& appended = group.result.appended;
    if (!group.result.lost && appended.verdict == Verdict::stored) {
        metrics::metrics().group_size.observe(group.offer.records.size());
        for (Pending& pending : group_pending)
            for (const std::size_t index : pending.record_lines)
                settle_line(book, pending, pending.lines[index], appended.accepted_at);
        if (appended.first_seq >= book.next_seq())
            book.apply({appended.first_seq, appended.accepted_at, std::move(group.offer.records)});
        answer(state, std::move(group_pending));
        forget_old_ids(state, appended.accepted_at);
    } else if (group.result.lost || appended.verdict == Verdict::stale) {
        for (Pending& pending : group_pending)
            state.waiting.push_back(std::move(pending));
        withdraw_gathered(state);
        if (!state.loading) load(group.offer.batch);
    } else if (appended.verdict == Verdict::behind || appended.verdict == Verdict::item_ended ||
               appended.verdict == Verdict::over_budget) {
        decide_again(state, appended, std::move(group_pending));
    } else if (appended.verdict == Verdict::outdated) {
        // Whose access it was is found out for each of them; most go on at once.
        for (Pending& pending : group_pending)
            threads_.io([done = std::move(pending.done),
                         failure = std::make_exception_ptr(AccessOutdated{
                             std::move(pending.submission)})]() mutable { done(failure, {}); });
    } else {
        // Another process may have stored what a client sends here again: that answer stands.
        const Error error = refusal_of(appended.verdict);
        for (Pending& pending : group_pending)
            for (const std::size_t index : pending.record_lines) {
                Line& line = pending.lines[index];
                line.status = LineStatus::refused;
                line.error = error;
                settle_line(book, pending, line, {});
            }
        answer(state, std::move(group_pending));
    }
    resume_deferred(state);
}

void Desk::resume_deferred(BatchState& state) {
    std::vector<Pending> deferred = std::exchange(state.deferred, {});
    for (Pending& pending : deferred) {
        // Where the order counts nobody overtakes who has to wait once more.
        if (is_usable(state) && state.book->is_ordered() && !state.deferred.empty()) {
            state.deferred.push_back(std::move(pending));
            continue;
        }
        pending.in_turn = true;
        take_up(state, std::move(pending));
    }
}

void Desk::take_up(BatchState& state, Pending pending) {
    if (state.loading)
        state.waiting.push_back(std::move(pending));
    else if (!is_usable(state))
        submit(std::move(pending));
    else
        process(state, std::move(pending));
}

} // namespace strikeoff::bids
