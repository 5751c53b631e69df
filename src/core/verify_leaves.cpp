#include "core/verify_leaves.hpp"

#include "core/merkle.hpp"
#include "core/verify_records.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace strikeoff::verification {
namespace {

constexpr std::size_t chunk_leaves = 4096; ///< Read twice in a row while it is in the cache.

std::unexpected<Error> leaves_failed(std::string_view what) {
    return failed("leaves", "leaves", what);
}

} // namespace

OpenTimes::OpenTimes(const Transcript& transcript) {
    if (transcript.rules.format != Format::open) final_end_ = final_end(transcript);
    periods_.push_back({transcript.terms.start, transcript.terms.end, false});
    for (const auto& [change, record] : transcript.changes) {
        Period next{change.at, change.new_end, periods_.back().paused};
        if (change.kind == ChangeKind::paused) next.paused = true;
        if (change.kind == ChangeKind::resumed) next.paused = false;
        periods_.push_back(next);
    }
}

std::string_view OpenTimes::objection(Instant at) {
    if (at < periods_.front().from) return "it was accepted before the batch started";
    if (final_end_ && at >= *final_end_) return "it was accepted at or after the end of the batch";
    while (current_ + 1 < periods_.size() && periods_[current_ + 1].from < at)
        ++current_;
    std::string_view objection;
    for (std::size_t i = current_; i < periods_.size(); ++i) {
        if (i > current_ && periods_[i].from != at) break;
        const bool has_ended = final_end_ && at >= periods_[i].end;
        if (!has_ended && !periods_[i].paused) return {};
        objection = periods_[i].paused ? "it was accepted while the batch was paused"
                                       : "it was accepted after the end that was then in force";
    }
    return objection;
}

LeafCheck::LeafCheck(const Transcript& transcript)
    : transcript_{transcript}, k_blind_{transcript.k_blind}, times_{transcript},
      leaves_of_(transcript.bidders.size()),
      folding_{load_be64(transcript.k_blind.data()), transcript.leaves_count} {
    for (const BookLot& lot : transcript.lots)
        lots_.emplace(lot.certificate, static_cast<std::uint32_t>(lots_.size()));
    for (const BookBidder& bidder : transcript.bidders)
        bidders_.emplace(Uuid{bidder.ref}, static_cast<std::uint32_t>(bidders_.size()));
    if (transcript.rules.format == Format::open)
        open_items_.emplace(transcript.rules, transcript.terms.end, end_moves(transcript.changes));
}

std::string LeafCheck::open_objection(const Leaf& leaf, std::uint32_t lot, std::uint32_t bidder) {
    if (leaf.kind != BidKind::place) return "it withdraws a bid, which the open format does not";
    std::string objection = open_items_->objection(lot, leaf.rate, leaf.accepted_at);
    if (objection.empty()) open_items_->apply(lot, bidder, leaf.rate, leaf.accepted_at);
    return objection;
}

std::string LeafCheck::objection(std::span<const std::uint8_t, leaf_size> bytes) {
    const auto leaf = decode_leaf(bytes);
    if (!leaf) return leaf.error().message;
    if (leaf->batch != transcript_.terms.batch) return "it belongs to another batch";
    if (leaf->kind == BidKind::place && !is_legal_rate(transcript_.rules, leaf->rate))
        return fmt::format("its rate, {} %, is not legal in this batch", format_rate(leaf->rate));
    const auto lot = lots_.find(leaf->certificate);
    if (lot == lots_.end()) return "its certificate is no lot of the book";
    const auto bidder = bidders_.find(Uuid{leaf->bidder_ref});
    if (bidder == bidders_.end()) return "its bidder is not in the book";
    if (leaf->accepted_at < last_accepted_at_) return "it is older than the one before it";
    if (const std::string_view late = times_.objection(leaf->accepted_at); !late.empty())
        return std::string{late};
    if (leaf->blind != blind(k_blind_, leaf->bid)) return "its blind is not the one of its bid";
    if (open_items_)
        if (std::string wrong = open_objection(*leaf, lot->second, bidder->second); !wrong.empty())
            return wrong;

    last_accepted_at_ = leaf->accepted_at;
    ++leaves_of_[bidder->second];
    const FoldVerdict verdict =
        folding_.apply(bidder->second, lot->second, leaf->bid, leaf->kind, leaf->rate);
    if (open_items_ && verdict == FoldVerdict::void_) return "it repeats the id of a bid before it";
    return {};
}

Result<void> check_leaves_size(const Transcript& transcript, ByteView leaves) {
    const std::uint64_t count = transcript.leaves_count;
    if (count != transcript.head_leaves)
        return leaves_failed(fmt::format("the head counts {}, the transcript says {}",
                                         transcript.head_leaves, count));
    if (leaves.size() % leaf_size != 0 || leaves.size() / leaf_size != count)
        return leaves_failed(fmt::format("the file has {} bytes, {} leaves of {} bytes are due",
                                         leaves.size(), count, leaf_size));
    if (count >= UINT32_MAX) return leaves_failed("there are more than can be checked");
    return {};
}

Result<void> LeafCheck::run(ByteView leaves) {
    Sha256 file_hash;
    MerkleTree tree;
    for (std::size_t at = 0; at < leaves.size(); at += chunk_leaves * leaf_size) {
        const ByteView chunk =
            leaves.subspan(at, std::min(chunk_leaves * leaf_size, leaves.size() - at));
        file_hash.update(chunk);
        for (std::size_t i = 0; i < chunk.size(); i += leaf_size) {
            const auto leaf = chunk.subspan(i).first<leaf_size>();
            tree.append(merkle_leaf_hash(leaf));
            const std::string wrong = objection(leaf);
            if (wrong.empty()) continue;
            return failed(
                "leaves",
                fmt::format("leaf {} of {}", (at + i) / leaf_size + 1, transcript_.leaves_count),
                wrong);
        }
    }
    const Hash hash = file_hash.finish();
    if (hash != transcript_.leaves_sha256)
        return leaves_failed(fmt::format("the file's hash is {}, the transcript says {}",
                                         to_hex(hash), to_hex(transcript_.leaves_sha256)));
    if (tree.root() != transcript_.root)
        return leaves_failed(fmt::format("the root of their tree is {}, the head says {}",
                                         to_hex(tree.root()), to_hex(transcript_.root)));
    if (open_items_ && open_items_->last_end() > transcript_.closed_at)
        return leaves_failed("the batch was closed before the end of an item");
    return {};
}

} // namespace strikeoff::verification
