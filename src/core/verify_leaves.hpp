#pragma once

#include "core/folding.hpp"
#include "core/open_items.hpp"
#include "core/transcript.hpp"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace strikeoff::verification {

/// When the batch took bids, as its opening and changes tell.
class OpenTimes {
public:
    explicit OpenTimes(const Transcript& transcript);
    /// Nothing is wrong with a bid accepted `at`, or in words what is. The times asked for never
    /// decrease. At the very moment of a change the bid may stand before or after it.
    std::string_view objection(Instant at);

private:
    struct Period {
        Instant from;
        Instant end; ///< The end in force.
        bool paused = false;
    };
    std::vector<Period> periods_;
    std::size_t current_ = 0;
    std::optional<Instant> final_end_; ///< None in the open format: each item has its own.
};

/// The number and size of the leaves agree; until they do, nothing is made for that many.
Result<void> check_leaves_size(const Transcript& transcript, ByteView leaves);

/// Checks the leaves one after the other and folds them into live bids. Their size was checked.
class LeafCheck {
public:
    explicit LeafCheck(const Transcript& transcript);

    /// Reads all leaves once; fails with `verify.leaves`.
    Result<void> run(ByteView leaves);

    /// Leaves of each bidder, in the order of the transcript.
    const std::vector<std::uint32_t>& leaves_of() const { return leaves_of_; }
    std::vector<LiveBid> live_bids() const { return folding_.live_bids(); }

private:
    /// What is wrong with the next leaf, in words; empty when nothing is.
    std::string objection(std::span<const std::uint8_t, leaf_size> bytes);
    /// What is wrong with it in the open format alone; takes it in when nothing is.
    std::string open_objection(const Leaf& leaf, std::uint32_t lot, std::uint32_t bidder);

    const Transcript& transcript_;
    HmacSha256 k_blind_;
    OpenTimes times_;
    std::unordered_map<CertificateId, std::uint32_t> lots_;
    std::unordered_map<Uuid, std::uint32_t> bidders_; ///< By pseudonym.
    std::vector<std::uint32_t> leaves_of_;
    Instant last_accepted_at_ = Instant::from_micros(INT64_MIN);
    Folding folding_;
    std::optional<OpenItems> open_items_; ///< Of the open format.
};

} // namespace strikeoff::verification
