// From the journal, the book and the secrets to everything that an award writes.
#include "core/draw.hpp"
#include "modules/auctions/closing.hpp"

#include <map>

namespace strikeoff::auctions {
namespace {

std::vector<ResultRow> results_of(const Awards& awards, const std::vector<LiveBid>& live) {
    const Transcript& transcript = awards.transcript;
    std::map<Bytes16, std::uint32_t> book_index;
    for (std::size_t i = 0; i < transcript.bidders.size(); ++i)
        book_index[transcript.bidders[i].ref] = static_cast<std::uint32_t>(i);
    std::vector<LiveBid> in_book = live;
    for (LiveBid& bid : in_book)
        bid.bidder = book_index.at(awards.replay.bidders[bid.bidder].ref);
    std::vector<std::uint32_t> rounds;
    for (const ReplayLot& lot : awards.replay.lots)
        rounds.push_back(lot.round);
    return award_batch(transcript.rules, transcript.lots, rounds, transcript.bidders, in_book,
                       transcript_draw_key(transcript));
}

void find_winners(Awards& awards, const std::vector<LiveBid>& live) {
    const BatchReplay& replay = awards.replay;
    std::map<Bytes16, std::uint32_t> by_ref;
    for (std::size_t i = 0; i < replay.bidders.size(); ++i)
        by_ref[replay.bidders[i].ref] = static_cast<std::uint32_t>(i);
    std::map<Bytes16, const BookGroup*> groups;
    for (const BookGroup& group : awards.transcript.groups)
        groups[group.ref] = &group;
    std::unordered_map<std::uint64_t, const LiveBid*> by_head;
    for (const LiveBid& bid : live)
        by_head[std::uint64_t{bid.bidder} << 32 | bid.item] = &bid;

    for (const ResultRow& row : awards.transcript.results) {
        if (row.outcome != Outcome::awarded) continue;
        Winner winner{.row = row, .lot = replay.lot_index.at(row.adv_no)};
        winner.bidder = by_ref.at(row.bidder_ref.value());
        const LiveBid& bid = *by_head.at(std::uint64_t{winner.bidder} << 32 | winner.lot);
        winner.seq = bid.rank;
        winner.bid_rate = Rate::from_bp(bid.rate_bp);
        if (const auto group = groups.find(*row.bidder_ref); group != groups.end())
            winner.holder = group->second->members.at(row.member.value());
        awards.winners.push_back(winner);
    }
}

/// Walks the leaves once more, for their digest and for the winners' own.
Hash read_leaves(Awards& awards, const ReadBlocks& read) {
    std::unordered_map<std::uint32_t, Winner*> by_seq;
    for (Winner& winner : awards.winners)
        by_seq[winner.seq] = &winner;
    Sha256 leaves;
    std::uint32_t seq = 0;
    replay_leaves(read, awards.replay, 0, static_cast<std::int64_t>(awards.transcript.head_leaves),
                  [&](const ReplayedLeaf& leaf) {
                      leaves.update(ByteView{leaf.bytes});
                      const auto found = by_seq.find(seq++);
                      if (found == by_seq.end()) return;
                      found->second->bid = leaf.bid;
                      found->second->accepted_at = leaf.accepted_at;
                      found->second->source = leaf.source;
                  });
    return leaves.finish();
}

void count_bids(Awards& awards, const std::vector<LiveBid>& live) {
    awards.bid_counts.assign(awards.replay.lots.size(), 0);
    awards.tied.assign(awards.replay.lots.size(), 0);
    std::unordered_map<std::uint32_t, Rate> winning_rate;
    for (const Winner& winner : awards.winners)
        winning_rate[winner.lot] = winner.bid_rate;
    for (const LiveBid& bid : live) {
        ++awards.bid_counts[bid.item];
        const auto rate = winning_rate.find(bid.item);
        if (rate != winning_rate.end() && rate->second.bp() == bid.rate_bp) ++awards.tied[bid.item];
    }
}

} // namespace

Awards make_awards(ClosingTransaction& transaction, const SigningKey& key, BatchId batch) {
    Awards awards{.replay = transaction.replay(batch)};
    awards.transcript = transaction.closed(awards.replay);
    transaction.add_operator_secrets(awards.transcript);
    Transcript& transcript = awards.transcript;
    const ReadBlocks read = blocks_of(transaction, batch);
    const std::vector<LiveBid> live =
        live_bids(read, awards.replay, static_cast<std::int64_t>(transcript.head_leaves));
    transcript.results = results_of(awards, live);
    find_winners(awards, live);
    transcript.leaves_sha256 = read_leaves(awards, read);
    transcript.leaves_count = transcript.head_leaves;
    count_bids(awards, live);
    awards.transcript_file = write_transcript(transcript, key);
    return awards;
}

} // namespace strikeoff::auctions
