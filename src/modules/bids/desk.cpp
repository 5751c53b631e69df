#include "modules/bids/desk.hpp"

#include "db/error.hpp"
#include "log.hpp"
#include "metrics.hpp"
#include "modules/bids/receipts.hpp"

#include <boost/asio.hpp>

#include <ranges>

namespace strikeoff::bids {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto ids_remembered = 15min;
constexpr int settle_attempts_max = 24;
constexpr auto settle_pause = 250ms;
constexpr int blocks_a_read = 64;

std::uint64_t head_key(std::uint32_t bidder, std::uint32_t lot) {
    return std::uint64_t{bidder} << 32 | lot;
}

Error refusal_of(Verdict verdict) {
    switch (verdict) {
    case Verdict::pending:
        return {ErrorCode::conflict, "bid.batch_pending", "bidding has not opened yet", {}};
    case Verdict::paused:
        return {ErrorCode::conflict, "bid.batch_paused", "the sale is paused", {}};
    case Verdict::closing:
    case Verdict::closed:
    case Verdict::ended:
        return {ErrorCode::conflict, "bid.batch_closed", "bidding on this batch has closed", {}};
    default:
        return {ErrorCode::not_found, "batch.unknown", "there is no such batch", {}};
    }
}

/// All blocks from `from`, up to but without `until` when that is given.
std::vector<Block> read_all(Journal& journal, BatchId batch, std::int64_t from,
                            std::int64_t until = INT64_MAX) {
    std::vector<Block> blocks;
    while (from < until) {
        std::vector<Block> part = journal.read(batch, from, blocks_a_read);
        if (part.empty()) break;
        for (Block& block : part) {
            if (block.first_seq >= until) return blocks;
            from = block.first_seq + static_cast<std::int64_t>(block.records.size());
            blocks.push_back(std::move(block));
        }
    }
    return blocks;
}

LeafBytes leaf_of(const Book& book, const Bidder& bidder, const Line& line) {
    const bool withdraw = line.wish.kind == BidKind::withdraw;
    return encode_leaf({.kind = line.wish.kind,
                        .batch = book.terms().batch,
                        .bid = line.bid,
                        .certificate = line.wish.certificate,
                        .bidder_ref = bidder.ref,
                        .rate = withdraw ? Rate{} : line.wish.rate,
                        .accepted_at = line.accepted_at});
}

/// The blinds are left to the worker: two compressions a leaf.
void set_blind(LeafBytes& leaf, const HmacSha256& key) {
    BidId bid;
    std::memcpy(bid.uuid.bytes.data(), leaf.data() + 24, 16);
    const Bytes16 value = blind(key, bid);
    std::memcpy(leaf.data() + 88, value.data(), value.size());
}

void count(const std::vector<Line>& lines) {
    metrics::Metrics& counted = metrics::metrics();
    for (const Line& line : lines) {
        switch (line.status) {
        case LineStatus::accepted:
            counted.bids_accepted.add();
            break;
        case LineStatus::unchanged:
            counted.bids_unchanged.add();
            break;
        case LineStatus::replayed:
            counted.bids_replayed.add();
            break;
        case LineStatus::refused:
            counted.bids_refused.add(line.error.reason);
            break;
        }
    }
}

/// Whether the line depends on what stands, and nothing of it goes to the journal, which would tell
/// what other processes have stored since.
bool needs_latest(const Line& line) {
    return line.status == LineStatus::unchanged ||
           (line.status == LineStatus::refused && line.error.reason == "bid.nothing_to_withdraw");
}

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

Desk::Desk(asio::io_context& io, http::Workers& lookups, asio::thread_pool& workers,
           Journal& journal, BookSource& source, const SigningKey& key)
    : journal_thread_{std::make_unique<asio::thread_pool>(1)},
      threads_{
          .io = [&io](Task task) { asio::post(io, std::move(task)); },
          .lookups = [&lookups](Task task) { lookups.submit(http::Traffic::bid, std::move(task)); },
          .workers = [&workers](Task task) { asio::post(workers, std::move(task)); },
          .journal =
              [thread = journal_thread_.get()](Task task) { asio::post(*thread, std::move(task)); },
          .pause = [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }},
      journal_{journal}, source_{source}, key_{key} {}

Desk::Desk(DeskThreads threads, Journal& journal, BookSource& source, const SigningKey& key)
    : threads_{std::move(threads)}, journal_{journal}, source_{source}, key_{key} {}

Desk::~Desk() {
    stopping_ = true;
    if (journal_thread_) journal_thread_->join();
}

void Desk::place(Submission submission, Completion done) {
    submit({.submission = std::move(submission), .done = std::move(done)});
}

const Book* Desk::book(BatchId batch) const {
    const auto found = batches_.find(batch);
    return found != batches_.end() && found->second.book ? &*found->second.book : nullptr;
}

void Desk::forget(BatchId batch) {
    const auto found = batches_.find(batch);
    if (found == batches_.end()) return;
    BatchState& state = found->second;
    if (!state.loading && state.gathered.empty() && state.in_flight.empty() &&
        state.deferred.empty() && state.waiting.empty())
        batches_.erase(found);
}

void Desk::submit(Pending pending) {
    BatchState& state = batches_[pending.submission.batch];
    if (is_usable(state)) return process(state, std::move(pending));
    state.waiting.push_back(std::move(pending));
    if (!state.loading) load(state.waiting.back().submission.batch);
}

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

void Desk::refuse(Pending pending, const Error& error) {
    std::vector<Line> lines;
    for (const Wish& wish : pending.submission.wishes)
        lines.push_back({.wish = wish, .error = error});
    count(lines);
    threads_.io([done = std::move(pending.done), lines = std::move(lines)]() mutable {
        done(nullptr, std::move(lines));
    });
}

/// Starts a look-up in the database when the book alone cannot decide: a bidder who registered
/// since it was loaded, an id older than those it remembers. True when the submission waits for it.
bool Desk::look_up_first(BatchState& state, Pending& pending, const Bidder* bidder) {
    const BatchId batch = pending.submission.batch;
    const auto old_ids = [&] {
        return std::ranges::any_of(pending.submission.wishes, [&](const Wish& wish) {
            return uuid_v7_time(wish.bid.uuid) < state.forgotten_before;
        });
    };
    if (!bidder && !pending.bidder_looked_up) {
        pending.bidder_looked_up = true;
    } else if (bidder && pending.ids_looked_up != state.forgotten_before && old_ids()) {
        pending.ids_looked_up = state.forgotten_before;
    } else {
        return false;
    }
    const AuctionId auction = state.book->terms().auction;
    const std::optional<std::uint32_t> number =
        bidder ? std::optional{bidder->number} : std::nullopt;
    threads_.lookups([this, batch, auction, number, pending = std::move(pending)]() mutable {
        std::optional<Bidder> found;
        std::vector<std::pair<BidId, Accepted>> earlier;
        std::exception_ptr failure;
        try {
            if (!number) {
                found = source_.find_bidder(auction, pending.submission.user);
            } else {
                for (const Wish& wish : pending.submission.wishes)
                    if (const auto known = source_.find_accepted(batch, *number, wish.bid))
                        earlier.emplace_back(wish.bid, *known);
            }
        } catch (...) {
            failure = std::current_exception();
        }
        threads_.io([this, batch, number, found, earlier = std::move(earlier), failure,
                     pending = std::move(pending)]() mutable {
            if (failure) return pending.done(failure, {});
            BatchState& state = batches_[batch];
            if (!is_usable(state)) return submit(std::move(pending));
            if (found) state.book->add_bidder(*found);
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
            for (const Block& block : blocks)
                if (block.first_seq >= state.book->next_seq()) state.book->apply(block);
            process(state, std::move(pending));
        });
    });
}

void Desk::process(BatchState& state, Pending pending) {
    Book& book = *state.book;
    const Submission& wanted = pending.submission;
    const Bidder* const bidder = book.bidder_of(wanted.user);
    if (look_up_first(state, pending, bidder)) return;

    pending.lines.clear();
    pending.records.clear();
    pending.record_lines.clear();
    boost::unordered_flat_set<std::uint64_t> heads;
    for (const Wish& wish : wanted.wishes) {
        const Lot* const lot = book.lot_of(wish.certificate);
        const std::uint64_t head = bidder && lot ? head_key(bidder->number, lot->number) : 0;
        if (state.ids_under_way.contains(wish.bid) ||
            (head != 0 && state.heads_under_way.contains(head))) {
            state.deferred.push_back(std::move(pending));
            return;
        }
        Line line{.wish = wish, .bid = wish.bid, .lot = lot ? lot->number : 0};
        Result<Admission> admission = admit(book, bidder, wish);
        if (admission && *admission == Admission::admitted && wanted.joint &&
            !heads.insert(head).second)
            admission = fail(ErrorCode::invalid_input, "bid.repeated_item",
                             "the same item occurs twice in this request");
        if (!admission) {
            line.error = std::move(admission).error();
        } else if (*admission == Admission::unchanged) {
            const Standing& standing = *book.standing(bidder->number, lot->number);
            line.status = LineStatus::unchanged;
            line.bid = standing.bid;
            line.accepted_at = standing.accepted_at;
        } else if (*admission == Admission::replayed) {
            line.status = LineStatus::replayed;
            line.accepted_at = book.accepted(bidder->number, wish.bid)->accepted_at;
        } else {
            line.status = LineStatus::accepted;
            pending.record_lines.push_back(pending.lines.size());
            pending.records.push_back({.bid = wish.bid,
                                       .lot = lot->number,
                                       .bidder = bidder->number,
                                       .source = wanted.source,
                                       .rate_bp = static_cast<std::uint16_t>(
                                           wish.kind == BidKind::withdraw ? 0 : wish.rate.bp()),
                                       .kind = wish.kind});
        }
        pending.lines.push_back(std::move(line));
    }
    if (!pending.caught_up && std::ranges::any_of(pending.lines, needs_latest))
        return catch_up(state, std::move(pending));
    if (pending.records.empty()) {
        std::vector<Pending> ready;
        ready.push_back(std::move(pending));
        return answer(state, std::move(ready));
    }
    for (const JournalRecord& record : pending.records) {
        state.heads_under_way.insert(head_key(record.bidder, record.lot));
        state.ids_under_way.insert(record.bid);
    }
    state.gathered.push_back(std::move(pending));
    kick();
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
            for (const JournalRecord& record : pending.records) {
                state.heads_under_way.erase(head_key(record.bidder, record.lot));
                state.ids_under_way.erase(record.bid);
            }
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
        for (const JournalRecord& record : pending.records) {
            state.heads_under_way.erase(head_key(record.bidder, record.lot));
            state.ids_under_way.erase(record.bid);
        }
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
    for (const JournalRecord& record : group.offer.records) {
        state.heads_under_way.erase(head_key(record.bidder, record.lot));
        state.ids_under_way.erase(record.bid);
    }
    for (const Block& block : group.result.before)
        if (block.first_seq >= book.next_seq()) book.apply(block);

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

/// In two strides, so that a clock that jumps does not make forget what is still under way
/// elsewhere.
void Desk::forget_old_ids(BatchState& state, Instant now) {
    const Instant horizon = now - ids_remembered;
    if (horizon - state.to_forget_before < ids_remembered) return;
    state.book->forget_before(state.to_forget_before,
                              [&state](BidId bid) { return state.ids_under_way.contains(bid); });
    state.forgotten_before = std::exchange(state.to_forget_before, horizon);
}

void Desk::resume_deferred(BatchState& state) {
    std::vector<Pending> deferred = std::exchange(state.deferred, {});
    for (Pending& pending : deferred) {
        if (state.loading)
            state.waiting.push_back(std::move(pending));
        else if (!is_usable(state))
            submit(std::move(pending));
        else
            process(state, std::move(pending));
    }
}

/// Makes the receipts on a worker and completes the submissions on the I/O thread.
void Desk::answer(BatchState& state, std::vector<Pending> ready) {
    const Book& book = *state.book;
    struct Work {
        std::vector<Pending> ready;
        std::vector<LeafBytes> single;
        std::vector<Line*> single_lines;
        std::shared_ptr<const HmacSha256> blind_key;
        Hash opening;
        BatchId batch;
    };
    auto work = std::make_unique<Work>();
    work->blind_key = book.terms().blind_key;
    work->opening = book.terms().opening;
    work->batch = book.terms().batch;
    work->ready = std::move(ready);
    std::vector<std::pair<std::vector<LeafBytes>, std::vector<Line*>>> joint;
    for (Pending& pending : work->ready) {
        count(pending.lines);
        const Bidder* const bidder = book.bidder_of(pending.submission.user);
        auto& leaves = pending.submission.joint ? joint.emplace_back().first : work->single;
        auto& lines = pending.submission.joint ? joint.back().second : work->single_lines;
        for (Line& line : pending.lines) {
            if (line.status == LineStatus::refused) continue;
            leaves.push_back(leaf_of(book, *bidder, line));
            lines.push_back(&line);
        }
    }
    threads_.workers([this, work = std::move(work), joint = std::move(joint)]() mutable {
        const ReceiptTerms terms{work->batch, work->opening, key_};
        const auto seal = [&](std::vector<LeafBytes>& leaves, const std::vector<Line*>& lines,
                              auto make) {
            for (LeafBytes& leaf : leaves)
                set_blind(leaf, *work->blind_key);
            std::vector<std::string> receipts = make(terms, leaves);
            for (std::size_t i = 0; i < lines.size(); ++i)
                lines[i]->receipt = std::move(receipts[i]);
        };
        seal(work->single, work->single_lines, make_single_receipts);
        for (auto& [leaves, lines] : joint)
            seal(leaves, lines, make_joint_receipts);
        threads_.io([ready = std::move(work->ready)]() mutable {
            for (Pending& pending : ready)
                pending.done(nullptr, std::move(pending.lines));
        });
    });
}

} // namespace strikeoff::bids
