#include "modules/auctions/closing.hpp"

#include "core/merkle.hpp"
#include "db/error.hpp"
#include "log.hpp"
#include "metrics.hpp"

namespace strikeoff::auctions {
namespace {

/// Bidders with at least one leaf, with what is left of their budgets, but no more than the face of
/// their live bids. The users of those that stand for a group are appended to `group_users`.
std::vector<BookBidder> book_bidders(ClosingTransaction& transaction, const BatchReplay& replay,
                                     std::int64_t leaves, std::vector<UserId>& group_users) {
    const int deposit_percent = transaction.settings(replay.auction).deposit_percent;
    std::vector<std::optional<Money>> left(replay.bidders.size());
    for (const BudgetLeft& row : transaction.budgets_left(replay.auction, deposit_percent))
        if (const auto at = replay.bidder_index.find(static_cast<std::uint32_t>(row.number));
            at != replay.bidder_index.end())
            left[at->second] = row.budget_left;

    std::vector<bool> has_leaf;
    std::vector<Money> live_total(replay.bidders.size());
    for (const LiveBid& bid :
         live_bids(blocks_of(transaction, replay.batch), replay, leaves, &has_leaf))
        live_total[bid.bidder] += replay.lots[bid.item].lot.face;

    std::vector<BookBidder> bidders;
    for (std::size_t i = 0; i < replay.bidders.size(); ++i) {
        if (!has_leaf[i]) continue;
        const ReplayBidder& bidder = replay.bidders[i];
        bidders.push_back(
            {.ref = bidder.ref,
             .budget = published_budget(left[i].value_or(live_total[i]), live_total[i]),
             .weight = bidder.weight,
             .eligible = bidder.eligible});
        if (bidder.weight > 1) group_users.push_back(bidder.user);
    }
    return bidders;
}

} // namespace

ReadBlocks blocks_of(ClosingTransaction& transaction, BatchId batch) {
    return [&transaction, batch](std::int64_t from_seq, int blocks_max) {
        return transaction.blocks(batch, from_seq, blocks_max);
    };
}

bool Closing::work() {
    bool moved = make_openings();
    for (const BatchId batch : store_.to_close()) {
        try {
            moved |= close(batch);
        } catch (const db::DatabaseError& error) {
            // Another process may have made the same step; the next round finds out.
            log::warning("a step of a closing failed", log::Field{"batch_id", batch},
                         log::Field{"error", log::Text{error.what()}});
        } catch (const db::DecodeError& error) {
            // A defect that this batch has met must not hold up the others.
            log::error("a batch cannot be closed", log::Field{"batch_id", batch},
                       log::Field{"error", log::Text{error.what()}});
        }
    }
    return moved;
}

bool Closing::make_openings() {
    bool moved = false;
    for (const BatchId batch : store_.to_open())
        moved |= open(batch);
    return moved;
}

bool Closing::open(BatchId batch) {
    const auto transaction = store_.begin();
    const LockedBatch row = transaction->lock(batch);
    if (row.status != BatchStatus::scheduled) return false;
    bool moved = false;
    if (row.chain_length == 0) {
        if (!transaction->make_opening(batch)) return false;
        moved = true;
    }
    const Instant now = transaction->clock();
    if (row.start_time <= now) {
        transaction->set_open(batch, now);
        moved = true;
    }
    transaction->commit();
    return moved;
}

bool Closing::close(BatchId batch) {
    bool moved = false;
    moved |= begin(batch);
    moved |= publish_head(batch);
    moved |= publish_close(batch);
    moved |= settle_secret(batch);
    moved |= award(batch);
    return moved;
}

bool Closing::begin(BatchId batch) {
    const auto transaction = store_.begin();
    const LockedBatch row = transaction->lock(batch);
    if (row.status != BatchStatus::open) return false;
    const Instant now = transaction->clock(); // After the lock: no bid can follow.
    if (now < row.last_end()) return false;
    transaction->begin_closing(batch, row, std::max(now, row.changed_at.value_or(now)));
    transaction->commit();
    return true;
}

bool Closing::publish_head(BatchId batch) {
    const auto transaction = store_.begin();
    const auto closing = transaction->closing(batch);
    if (!closing || closing->head_hash) return false;
    const BatchReplay replay = transaction->replay(batch);
    MerkleTree tree;
    replay_leaves(blocks_of(*transaction, batch), replay, 0, closing->n,
                  [&](const ReplayedLeaf& leaf) { tree.append(merkle_leaf_hash(leaf.bytes)); });
    const Hash head =
        head_hash(batch, replay.chain.latest(), static_cast<std::uint64_t>(closing->n), tree.root(),
                  closing->closed_at);
    transaction->store_head(batch, tree.root(), head, key_.sign(chain_message(head)));
    transaction->commit();
    return true;
}

bool Closing::publish_close(BatchId batch) {
    const auto transaction = store_.begin();
    const auto closing = transaction->closing(batch);
    if (!closing || !closing->head_hash || closing->close_hash) return false;
    // Budgets of the sale change by its closings, all earlier ones of which are through, and by
    // amendments, which free what they free for the batches whose close record comes later.
    transaction->lock(batch);
    if (transaction->earlier_unfinished(batch)) return false;
    const BatchReplay replay = transaction->replay(batch);
    std::vector<UserId> group_users;
    const auto bidders = book_bidders(*transaction, replay, closing->n, group_users);
    std::vector<BookLot> lots;
    for (const ReplayLot& lot : replay.lots)
        lots.push_back(lot.lot);
    CloseRecord record{.book = encode_book(lots, bidders),
                       .groups = encode_groups(transaction->groups(replay.auction, group_users))};
    record.book_hash = sha256(record.book);
    record.groups_hash = sha256(record.groups);
    record.hash = close_hash(batch, *closing->head_hash, record.book_hash, record.groups_hash);
    record.signature = key_.sign(chain_message(record.hash));
    transaction->store_close(batch, replay.county, record);
    transaction->commit();
    return true;
}

bool Closing::settle_secret(BatchId batch) {
    const auto transaction = store_.begin();
    const auto closing = transaction->closing(batch);
    if (!closing || !closing->close_published_at || closing->completed_at) return false;
    const LockedBatch row = transaction->lock(batch);
    const CountySecretState secret = transaction->county_secret(batch);
    if (secret.county_secret) return false;
    const Instant now = transaction->clock();
    const bool committed = secret.c_county.value_or(no_hash) != no_hash;
    if (committed) {
        const std::chrono::minutes wait{transaction->settings(row.auction_id).reveal_minutes};
        if (now < *closing->close_published_at + wait) return false;
    }
    transaction->fill_zeros(batch, now);
    transaction->commit();
    return true;
}

bool Closing::award(BatchId batch) {
    const auto transaction = store_.begin();
    const auto closing = transaction->closing(batch);
    if (!closing || !closing->close_hash || closing->completed_at) return false;
    if (!transaction->county_secret(batch).county_secret) return false;
    const LockedBatch row = transaction->lock(batch);
    if (row.status != BatchStatus::closing) return false;
    transaction->store_awards(make_awards(*transaction, key_, batch));
    const auto duration = transaction->clock() - closing->closed_at;
    transaction->commit();
    metrics::metrics().closing_time.observe(duration);
    log::info("a batch is closed", log::Field{"batch_id", batch},
              log::Field{"duration_us", duration});
    return true;
}

} // namespace strikeoff::auctions
