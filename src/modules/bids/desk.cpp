#include "modules/bids/desk.hpp"

#include "metrics.hpp"
#include "modules/bids/receipts.hpp"

#include <boost/asio.hpp>

namespace strikeoff::bids {
namespace {

namespace asio = boost::asio;
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

JournalRecord record_of(const Wish& wish, std::uint32_t bidder, std::uint32_t lot,
                        std::uint32_t source) {
    const int rate_bp = wish.kind == BidKind::withdraw ? 0 : wish.rate.bp();
    return {.bid = wish.bid,
            .lot = lot,
            .bidder = bidder,
            .source = source,
            .rate_bp = static_cast<std::uint16_t>(rate_bp),
            .kind = wish.kind};
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
           (line.status == LineStatus::refused &&
            (line.error.reason == "bid.nothing_to_withdraw" ||
             line.error.reason == "bid.not_lower" || line.error.reason == "bid.item_ended"));
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

void Desk::refuse(Pending pending, const Error& error) {
    std::vector<Line> lines;
    for (const Wish& wish : pending.submission.wishes)
        lines.push_back({.wish = wish, .error = error});
    count(lines);
    threads_.io([done = std::move(pending.done), lines = std::move(lines)]() mutable {
        done(nullptr, std::move(lines));
    });
}

void Desk::process(BatchState& state, Pending pending) {
    Book& book = *state.book;
    const Submission& wanted = pending.submission;
    const Bidder* const bidder = book.bidder_of(wanted.user);
    if (look_up_first(state, pending, bidder)) return;

    const bool ordered = book.is_ordered();
    if (ordered && !pending.in_turn && !state.deferred.empty()) {
        state.deferred.push_back(std::move(pending));
        return;
    }
    pending.lines.clear();
    pending.records.clear();
    pending.record_lines.clear();
    Money reserved = ordered && bidder ? book.reserved(bidder->number) : Money{};
    boost::unordered_flat_set<std::uint64_t> heads;
    for (const Wish& wish : wanted.wishes) {
        const Lot* const lot = book.lot_of(wish.certificate);
        if (is_under_way(state, wish, bidder, lot)) {
            state.deferred.push_back(std::move(pending));
            return;
        }
        Line line{.wish = wish, .bid = wish.bid, .lot = lot ? lot->number : 0};
        Result<Admission> admission = admit(book, bidder, wish, pending.asked);
        JournalRecord record;
        if (admission && *admission == Admission::admitted) {
            record = record_of(wish, bidder->number, lot->number, wanted.source);
            if (wanted.joint && !heads.insert(head_key(bidder->number, lot->number)).second)
                admission = fail(ErrorCode::invalid_input, "bid.repeated_item",
                                 "the same item occurs twice in this request");
            else if (ordered && !has_room(book, pending, record, reserved))
                admission = fail(ErrorCode::rule_violation, "bid.over_budget",
                                 "your budget has no room for this item's face");
        }
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
            pending.records.push_back(record);
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
        const auto turns = turns_of(book, record.bidder, record.lot);
        state.turns_under_way.insert(turns.begin(), turns.end());
    }
    state.gathered.push_back(std::move(pending));
    kick();
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
