#pragma once

#include "torture/world.hpp"

#include <map>
#include <random>
#include <set>

namespace strikeoff::torture {

/// What is known of one id of one bidder in one batch.
struct KnownBid {
    bids::Wish wish;
    std::optional<Instant> accepted_at; ///< As the first answer said.
    bool uncertain = false;             ///< A request got no answer, so it may be stored.
    bool called_reused = false;         ///< Its id, it was said, stands for other content.
    std::vector<std::string> receipts;
};

using BidKey = std::pair<std::size_t, BidId>; ///< Index of the bidder, and the id.

/// A request under way at a process.
struct Call {
    std::size_t process = 0;
    std::size_t bidder = 0;
    BatchId batch;
    bids::Submission submission;
    std::set<BidId> promised; ///< Ids whose acceptance had been answered when this was asked.
    bool done = false;
};

/// All bidders: they choose what to ask, remember what was promised, and ask again when no answer
/// came. A broken promise is noted in `faults`.
class Clients {
public:
    Clients(std::mt19937_64& random, World& world) : random_{random}, world_{world} {}

    /// Makes up a request of some bidder to that process.
    std::shared_ptr<Call> next_call(std::size_t process);
    /// A request that is not made up. Ids are fresh, or those of the same bidder's earlier wishes.
    std::shared_ptr<Call> call(std::size_t process, std::size_t bidder, BatchId batch,
                               std::vector<bids::Wish> wishes);
    BidId fresh_bid();
    void answered(const Call& call, const std::vector<bids::Line>& lines);
    /// No answer, or an error: what was asked may be stored or not.
    void unanswered(const Call& call);

    const std::map<BatchId, std::map<BidKey, KnownBid>>& known() const { return known_; }

    std::set<std::pair<BatchId, std::uint32_t>> withdrawn; ///< Lots, by number.
    std::vector<std::string> faults;
    int accepted = 0;
    int replayed = 0;
    int unchanged = 0;
    std::map<std::string, int> refused;

private:
    bids::Wish random_wish(const BatchFacts& batch);
    void take_line(const Call& call, const bids::Line& line);

    std::mt19937_64& random_;
    World& world_;
    std::map<BatchId, std::map<BidKey, KnownBid>> known_;
};

} // namespace strikeoff::torture
