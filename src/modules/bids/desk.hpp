#pragma once

#include "core/ed25519.hpp"
#include "http/credential.hpp"
#include "http/workers.hpp"
#include "modules/bids/book.hpp"
#include "modules/bids/journal.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace strikeoff::bids {

/// Where books come from. Called on worker threads; throws db::Unavailable.
class BookSource {
public:
    virtual ~BookSource() = default;
    /// Nothing when there is no such batch, or it has not been opened.
    virtual std::optional<BookTerms> load(BatchId batch) = 0;
    virtual std::optional<Bidder> find_bidder(BatchId batch, UserId user) = 0;
    /// A change accepted long ago, looked up by the client's id.
    virtual std::optional<Accepted> find_accepted(BatchId batch, std::uint32_t bidder,
                                                  BidId bid) = 0;
};

enum class LineStatus : std::uint8_t { accepted, unchanged, replayed, refused };
BOOST_DESCRIBE_ENUM(LineStatus, accepted, unchanged, replayed, refused)

/// What became of one wish.
struct Line {
    Wish wish;
    LineStatus status = LineStatus::refused;
    Error error;           ///< When refused.
    BidId bid;             ///< The bid that stands: another one's than the wish's when unchanged.
    std::uint32_t lot = 0; ///< Advertised number.
    Instant accepted_at;
    std::string receipt; ///< JSON.
};

/// One request: a single wish, or several of one bidder that get one receipt tree.
struct Submission {
    BatchId batch;
    UserId user;
    std::uint32_t source = 0; ///< Interned address and device.
    bool joint = false;
    std::vector<Wish> wishes;
    std::optional<http::Credential> credential; ///< Nothing: whoever asks is trusted.
};

/// Nothing was stored, because the access of somebody whose bids would have been stored together
/// was narrowed: look the caller up again, and place it again.
struct AccessOutdated : std::exception {
    explicit AccessOutdated(Submission placed) : submission{std::move(placed)} {}
    const char* what() const noexcept override { return "look the caller up again"; }
    Submission submission;
};

using Task = std::move_only_function<void()>;
/// Runs tasks some time later, those of one executor one after the other unless it has more
/// threads.
using Executor = std::function<void(Task)>;

/// Where a desk does what.
struct DeskThreads {
    Executor io;      ///< All state belongs to it; one thread.
    Executor lookups; ///< What is read from the database; may block.
    Executor workers; ///< Receipts.
    Executor journal; ///< Appends; one thread.
    /// Waits on the journal's thread before the outcome of a group is asked for again.
    std::function<void(std::chrono::milliseconds)> pause;
};

/// Takes bids: admits them against the book of their batch, gathers what is admitted while the
/// previous group commits, stores the groups of all batches in one round trip, and answers with
/// receipts once they are durable. All state belongs to the I/O thread; the journal has a thread
/// of its own, receipts are made on the workers.
class Desk {
public:
    using Completion = std::move_only_function<void(std::exception_ptr, std::vector<Line>)>;

    Desk(boost::asio::io_context& io, http::Workers& lookups, boost::asio::thread_pool& workers,
         Journal& journal, BookSource& source, const SigningKey& key);
    Desk(DeskThreads threads, Journal& journal, BookSource& source, const SigningKey& key);
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;
    ~Desk();

    /// One line for each wish, in order. Never fails as a whole, except with AccessOutdated, or
    /// with db::Unavailable when the outcome could not be found out. Lines of which none is
    /// accepted have not been through the journal, which would have looked at the credential.
    /// Called, and completed, on the I/O thread.
    void place(Submission submission, Completion done);

    /// The book of a batch that is loaded.
    const Book* book(BatchId batch) const;

    /// Lets a closed batch go, when nothing of it is under way.
    void forget(BatchId batch);

private:
    struct Pending {
        Submission submission;
        std::vector<Line> lines;
        std::vector<JournalRecord> records;
        std::vector<std::size_t> record_lines; ///< The line of each record.
        Completion done;
        bool bidder_looked_up = false;
        std::optional<Instant> ids_looked_up; ///< What had been forgotten by then.
        bool caught_up = false;
        bool in_turn = false;         ///< Deferred before, or sent back: ahead of what comes anew.
        std::optional<Money> room;    ///< The most its bidder may reserve, once that was too much.
        std::optional<Instant> asked; ///< The time at which an item had ended.
    };
    struct BatchState {
        std::optional<Book> book;
        bool loading = false;
        bool doubtful = false; ///< An append may still come through: not to be used before a fence.
        std::vector<Pending> waiting; ///< For the book to load.
        std::deque<Pending> gathered; ///< Admitted, for the next group.
        std::vector<Pending> in_flight;
        std::vector<Pending> deferred; ///< Behind a change of the same head, or id, under way.
        boost::unordered_flat_set<std::uint64_t> heads_under_way;
        /// Where bids depend on those before them: their bidders, and in the open format lots.
        boost::unordered_flat_set<std::uint64_t> turns_under_way;
        boost::unordered_flat_set<BidId, std::hash<BidId>> ids_under_way;
        Instant forgotten_before; ///< Older ids are to be looked up.
        Instant to_forget_before; ///< The next time.
    };
    struct GroupResult {
        Appended appended;
        bool lost = false;         ///< Settled as not stored: to be admitted again.
        std::vector<Block> before; ///< Blocks of other processes, not applied yet.
    };
    struct Group {
        CountyId county;
        Offer offer;
        std::int64_t known_seq = 0;
        GroupResult result;
    };

    void submit(Pending pending);
    void process(BatchState& state, Pending pending);
    bool look_up_first(BatchState& state, Pending& pending, const Bidder* bidder);
    void catch_up(BatchState& state, Pending pending);
    void answer(BatchState& state, std::vector<Pending> ready);
    static bool is_usable(const BatchState& state) {
        return state.book && !state.loading && !state.doubtful;
    }
    static std::uint64_t head_key(std::uint32_t bidder, std::uint32_t lot) {
        return std::uint64_t{bidder} << 32 | lot;
    }
    static std::vector<std::uint64_t> turns_of(const Book& book, std::uint32_t bidder,
                                               std::uint32_t lot);
    static bool has_room(const Book& book, const Pending& pending, const JournalRecord& record,
                         Money& reserved);
    static Order order_of(const Book& book, std::span<const JournalRecord> records);
    bool is_under_way(const BatchState& state, const Wish& wish, const Bidder* bidder,
                      const Lot* lot) const;
    void decide_again(BatchState& state, const Appended& appended, std::vector<Pending> group);
    void take_in(BatchState& state, const std::vector<Block>& blocks);
    static void let_go(BatchState& state, std::span<const JournalRecord> records);
    static void withdraw_gathered(BatchState& state);
    void load(BatchId batch);
    void loaded(BatchId batch, std::optional<BookTerms> terms, std::vector<Block> blocks,
                std::exception_ptr failure);
    void kick();
    void store(std::vector<Group>& groups);
    void settle(std::vector<Group>& groups);
    void stored(std::vector<Group> groups, std::exception_ptr failure);
    static void settle_line(const Book& book, const Pending& pending, Line& line,
                            Instant accepted_at);
    void finish_group(Group& group);
    static void forget_old_ids(BatchState& state, Instant now);
    void refuse(Pending pending, const Error& error);
    void resume_deferred(BatchState& state);
    void take_up(BatchState& state, Pending pending);

    std::unique_ptr<boost::asio::thread_pool> journal_thread_; ///< When it is the desk's own.
    DeskThreads threads_;
    Journal& journal_;
    BookSource& source_;
    const SigningKey& key_;
    std::unordered_map<BatchId, BatchState> batches_;
    bool storing_ = false;
    std::atomic<bool> stopping_ = false;
};

} // namespace strikeoff::bids
