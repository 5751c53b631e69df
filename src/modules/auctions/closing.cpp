#include "modules/auctions/closing.hpp"

#include "core/canonical_json.hpp"
#include "core/merkle.hpp"
#include "db/checkpoint.hpp"
#include "log.hpp"
#include "metrics.hpp"
#include "modules/auctions/award_writer.hpp"
#include "modules/auctions/opening.hpp"
#include "modules/counties/settings.hpp"

namespace strikeoff::auctions {
namespace {

const db::Statement<BatchId()> batches_to_make_ready{{"auctions.batches_to_make_ready", R"sql(
    SELECT b.id
    FROM batches b JOIN auctions a ON a.id = b.auction_id
    WHERE b.status = 'scheduled' AND b.end_time > strikeoff.clock()
      AND a.status IN ('published', 'open', 'paused', 'closing')
      AND (b.chain_length = 0 OR (a.status <> 'paused' AND b.start_time <= strikeoff.clock()))
    ORDER BY b.id)sql"}};

const db::Statement<BatchId()> batches_to_close{{"auctions.batches_to_close", R"sql(
    SELECT b.id
    FROM batches b
    WHERE b.status = 'closing' OR (b.status = 'open' AND b.end_time <= strikeoff.clock())
    ORDER BY b.end_time, b.id)sql"}};

struct LockedBatch {
    CountyId county_id;
    AuctionId auction_id;
    std::string status;
    Instant start_time;
    Instant end_time;
    std::int32_t chain_length = 0;
};
BOOST_DESCRIBE_STRUCT(LockedBatch, (),
                      (county_id, auction_id, status, start_time, end_time, chain_length))

const db::Statement<LockedBatch(BatchId)> lock_batch{{"auctions.lock_batch", R"sql(
    SELECT county_id, auction_id, status::text AS status, start_time, end_time, chain_length
    FROM batches
    WHERE id = $1
    FOR NO KEY UPDATE)sql"}};

const db::Statement<Instant()> clock_now{{"auctions.clock_now", "SELECT strikeoff.clock() AS now"}};

const db::Statement<void(BatchId)> set_batch_open{{"auctions.set_batch_open", R"sql(
    UPDATE batches SET status = 'open' WHERE id = $1)sql"}};

const db::Statement<void(AuctionId)> set_auction_open{{"auctions.set_auction_open", R"sql(
    UPDATE auctions SET status = 'open' WHERE id = $1 AND status = 'published')sql"}};

const db::Statement<void(BatchId, Instant)> activate_certificates{
    {"auctions.activate_certificates", R"sql(
    WITH activated AS (
        UPDATE certificates c SET status = 'active'
        FROM batch_certificates bc
        WHERE bc.batch_id = $1 AND c.id = bc.certificate_id AND bc.status = 'offered'
          AND c.status = 'pending'
        RETURNING c.county_id, c.id)
    INSERT INTO certificate_history (county_id, certificate_id, event_type, change_data_json, created_at)
    SELECT county_id, id, 'opened', jsonb_build_object('batch_id', $1), $2
    FROM activated)sql"}};

const db::Statement<void(BatchId)> set_batch_closing{{"auctions.set_batch_closing", R"sql(
    UPDATE batches SET status = 'closing' WHERE id = $1)sql"}};

const db::Statement<void(AuctionId)> set_auction_closing{{"auctions.set_auction_closing", R"sql(
    UPDATE auctions SET status = 'closing' WHERE id = $1 AND status IN ('published', 'open'))sql"}};

const db::Statement<void(BatchId, CountyId, AuctionId, Instant)> insert_closing{
    {"auctions.insert_closing", R"sql(
    INSERT INTO batch_closings (batch_id, county_id, auction_id, n, closed_at)
    SELECT $1, $2, $3,
           coalesce((SELECT first_seq + count FROM bid_blocks
                     WHERE batch_id = $1 ORDER BY first_seq DESC LIMIT 1), 0),
           $4)sql"}};

struct ClosingRow {
    std::int64_t n = 0;
    Instant closed_at;
    std::optional<Hash> head_hash;
    std::optional<Hash> close_hash;
    std::optional<Instant> close_published_at;
    std::optional<Instant> completed_at;
};
BOOST_DESCRIBE_STRUCT(ClosingRow, (),
                      (n, closed_at, head_hash, close_hash, close_published_at, completed_at))

const db::Statement<ClosingRow(BatchId)> closing_of_batch{{"auctions.closing_of_batch", R"sql(
    SELECT n, closed_at, head_hash, close_hash, close_published_at, completed_at
    FROM batch_closings
    WHERE batch_id = $1)sql"}};

const db::Statement<void(BatchId, Hash, Hash, Signature)> store_head{{"auctions.store_head", R"sql(
    UPDATE batch_closings
    SET root = $2, head_hash = $3, head_signature = $4, head_published_at = strikeoff.clock()
    WHERE batch_id = $1 AND head_hash IS NULL)sql"}};

const db::Statement<std::int64_t(BatchId)> earlier_unfinished{{"auctions.earlier_unfinished", R"sql(
    SELECT count(*)
    FROM batches mine
    JOIN batches other ON other.auction_id = mine.auction_id
                      AND (other.end_time, other.id) < (mine.end_time, mine.id)
    WHERE mine.id = $1 AND other.status NOT IN ('closed', 'canceled')
      AND other.chain_length > 0)sql"}};

struct BudgetRow {
    std::int32_t number = 0;
    std::optional<Money> budget_left;
};
BOOST_DESCRIBE_STRUCT(BudgetRow, (), (number, budget_left))

// The smallest of the limits that are set, less what was awarded; none set is no limit.
const db::Statement<BudgetRow(AuctionId, std::int32_t)> budgets_left{
    {"auctions.budgets_left", R"sql(
    SELECT ab.number,
           least(least(b.own_limit, b.staff_grant,
                       CASE WHEN $2 > 0 THEN trunc(coalesce(b.deposits, 0) * 100 / $2, 2) END)
                 - coalesce(b.awarded, 0),
                 b.batch_limit) AS budget_left
    FROM auction_bidders ab
    LEFT JOIN budgets b ON b.auction_id = ab.auction_id AND b.user_id = ab.user_id
    WHERE ab.auction_id = $1
    ORDER BY ab.number)sql"}};

struct MemberRow {
    Bytes16 bidder_ref{};
    BidderNumberId bidder_number_id;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (), (bidder_ref, bidder_number_id))

const db::Statement<MemberRow(AuctionId, std::vector<UserId>)> group_members{
    {"auctions.group_members", R"sql(
    SELECT ab.bidder_ref, m.bidder_number_id
    FROM auction_bidders ab
    JOIN bidding_groups g ON g.auction_id = ab.auction_id AND g.user_id = ab.user_id
    JOIN bidding_group_members m ON m.group_id = g.id
    WHERE ab.auction_id = $1 AND ab.user_id = ANY ($2) AND m.position < ab.weight
    ORDER BY ab.bidder_ref, m.position)sql"}};

const db::Statement<void(BatchId, Bytes, Bytes, Hash, Hash, Hash, Signature)> store_close{
    {"auctions.store_close", R"sql(
    UPDATE batch_closings
    SET book = $2, groups = $3, book_hash = $4, groups_hash = $5, close_hash = $6,
        close_signature = $7, close_published_at = strikeoff.clock()
    WHERE batch_id = $1 AND close_hash IS NULL)sql"}};

const db::Statement<std::string(CountyId, Uuid, Bytes)> audit_close_record{
    {"auctions.audit_close_record", R"sql(
    SELECT strikeoff.audit_append($1, $1, NULL, 'batch', $2, 'batch.close_record', $3, NULL)::text)sql"}};

struct SecretRow {
    std::optional<Hash> county_secret;
    std::optional<Hash> c_county;
};
BOOST_DESCRIBE_STRUCT(SecretRow, (), (county_secret, c_county))

const db::Statement<SecretRow(BatchId)> county_secret_of{{"auctions.county_secret_of", R"sql(
    SELECT s.county_secret, o.c_county
    FROM batch_secrets s JOIN batch_chain o ON o.batch_id = s.batch_id AND o.k = 0
    WHERE s.batch_id = $1)sql"}};

// One compare-and-set: the county's secret and the zeros exclude each other.
const db::Statement<void(BatchId, Hash, Instant)> fill_zeros{{"auctions.fill_zeros", R"sql(
    UPDATE batch_secrets SET county_secret = $2, county_received_at = $3
    WHERE batch_id = $1 AND county_secret IS NULL)sql"}};

/// The weight of a batch's bidders is in its book; groups are those above one.
std::vector<BookGroup> load_groups(db::Connection& connection, AuctionId auction,
                                   const std::vector<UserId>& users) {
    std::vector<BookGroup> groups;
    if (users.empty()) return groups;
    for (const MemberRow& row : connection.all(group_members, auction, users)) {
        if (groups.empty() || groups.back().ref != row.bidder_ref)
            groups.push_back({.ref = row.bidder_ref});
        groups.back().members.push_back(row.bidder_number_id);
    }
    return groups;
}

/// Bidders with at least one leaf, with what is left of their budgets, but no more than the face of
/// their live bids.
std::vector<BookBidder> book_bidders(db::Connection& connection, const BatchReplay& replay,
                                     std::int64_t leaves, std::vector<UserId>& group_users) {
    const counties::SaleSettings settings = counties::load_settings(connection, replay.auction);
    std::vector<std::optional<Money>> left(replay.bidders.size());
    for (const BudgetRow& row :
         connection.all(budgets_left, replay.auction, settings.deposit_percent))
        if (const auto at = replay.bidder_index.find(static_cast<std::uint32_t>(row.number));
            at != replay.bidder_index.end())
            left[at->second] = row.budget_left;

    std::vector<bool> has_leaf;
    std::vector<Money> live_total(replay.bidders.size());
    for (const LiveBid& bid : live_bids(connection, replay, leaves, &has_leaf))
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

bool Closing::work() {
    bool moved = make_openings();
    std::vector<BatchId> due;
    {
        auto lease = pool_.acquire();
        due = lease->all(batches_to_close);
    }
    for (const BatchId batch : due) {
        try {
            moved |= close(batch);
        } catch (const db::DatabaseError& error) {
            // Another process may have made the same step; the next round finds out.
            log::warning("a step of a closing failed", log::Field{"batch_id", batch},
                         log::Field{"error", log::Text{error.what()}});
        }
    }
    return moved;
}

bool Closing::make_openings() {
    std::vector<BatchId> ready;
    {
        auto lease = pool_.acquire();
        ready = lease->all(batches_to_make_ready);
    }
    bool moved = false;
    for (const BatchId batch : ready)
        moved |= open(batch);
    return moved;
}

bool Closing::open(BatchId batch) {
    db::Transaction transaction{pool_};
    LockedBatch row = transaction->one(lock_batch, batch);
    if (row.status != "scheduled") return false;
    bool moved = false;
    if (row.chain_length == 0) {
        if (!open_batch(transaction.connection(), keys_, batch)) return false;
        moved = true;
    }
    const Instant now = transaction->one(clock_now);
    if (row.start_time <= now) {
        transaction->run(set_batch_open, batch);
        transaction->run(set_auction_open, row.auction_id);
        transaction->run(activate_certificates, batch, now);
        moved = true;
    }
    transaction.commit();
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
    db::Transaction transaction{pool_};
    const LockedBatch row = transaction->one(lock_batch, batch);
    if (row.status != "open") return false;
    const Instant now = transaction->one(clock_now); // After the lock: no bid can follow.
    if (now < row.end_time) return false;
    transaction->run(set_batch_closing, batch);
    transaction->run(insert_closing, batch, row.county_id, row.auction_id, now);
    transaction->run(set_auction_closing, row.auction_id);
    transaction.commit();
    return true;
}

bool Closing::publish_head(BatchId batch) {
    db::Transaction transaction{pool_};
    const auto closing = transaction->maybe_one(closing_of_batch, batch);
    if (!closing || closing->head_hash) return false;
    const BatchReplay replay = load_replay(transaction.connection(), keys_, batch);
    MerkleTree tree;
    replay_leaves(transaction.connection(), replay, 0, closing->n,
                  [&](const ReplayedLeaf& leaf) { tree.append(merkle_leaf_hash(leaf.bytes)); });
    const Hash head =
        head_hash(batch, replay.chain.latest(), static_cast<std::uint64_t>(closing->n), tree.root(),
                  closing->closed_at);
    transaction->run(store_head, batch, tree.root(), head,
                     keys_.signing().sign(chain_message(head)));
    transaction.commit();
    return true;
}

bool Closing::publish_close(BatchId batch) {
    db::Transaction transaction{pool_};
    const auto closing = transaction->maybe_one(closing_of_batch, batch);
    if (!closing || !closing->head_hash || closing->close_hash) return false;
    // The batch's lock keeps budgets of this sale where they are: only its closings change them,
    // and all earlier ones are through.
    transaction->one(lock_batch, batch);
    if (transaction->one(earlier_unfinished, batch) > 0) return false;
    const BatchReplay replay = load_replay(transaction.connection(), keys_, batch);
    std::vector<UserId> group_users;
    const auto bidders = book_bidders(transaction.connection(), replay, closing->n, group_users);
    const auto groups = load_groups(transaction.connection(), replay.auction, group_users);
    std::vector<BookLot> lots;
    for (const ReplayLot& lot : replay.lots)
        lots.push_back(lot.lot);
    const Bytes book = encode_book(lots, bidders);
    const Bytes group_bytes = encode_groups(groups);
    const Hash record = close_hash(batch, *closing->head_hash, sha256(book), sha256(group_bytes));
    transaction->run(store_close, batch, book, group_bytes, sha256(book), sha256(group_bytes),
                     record, keys_.signing().sign(chain_message(record)));
    const std::string payload = canonical_json(
        boost::json::object{{"batch_id", batch.text()}, {"close_hash", to_hex(record)}});
    transaction->one(audit_close_record, replay.county, batch.uuid,
                     Bytes(payload.begin(), payload.end()));
    db::store_checkpoint(transaction.connection(), keys_.signing(), replay.county);
    transaction.commit();
    return true;
}

bool Closing::settle_secret(BatchId batch) {
    db::Transaction transaction{pool_};
    const auto closing = transaction->maybe_one(closing_of_batch, batch);
    if (!closing || !closing->close_published_at || closing->completed_at) return false;
    const LockedBatch row = transaction->one(lock_batch, batch);
    const SecretRow secret = transaction->one(county_secret_of, batch);
    if (secret.county_secret) return false;
    const Instant now = transaction->one(clock_now);
    const bool committed = secret.c_county.value_or(no_hash) != no_hash;
    if (committed) {
        const counties::SaleSettings settings =
            counties::load_settings(transaction.connection(), row.auction_id);
        if (now < *closing->close_published_at + std::chrono::minutes{settings.reveal_minutes})
            return false;
    }
    transaction->run(fill_zeros, batch, no_hash, now);
    transaction.commit();
    return true;
}

bool Closing::award(BatchId batch) {
    db::Transaction transaction{pool_};
    const auto closing = transaction->maybe_one(closing_of_batch, batch);
    if (!closing || !closing->close_hash || closing->completed_at) return false;
    if (!transaction->one(county_secret_of, batch).county_secret) return false;
    const LockedBatch row = transaction->one(lock_batch, batch);
    if (row.status != "closing") return false;
    write_awards(transaction.connection(), keys_, batch);
    const auto duration = transaction->one(clock_now) - closing->closed_at;
    transaction.commit();
    metrics::metrics().closing_time.observe(duration);
    log::info("a batch is closed", log::Field{"batch_id", batch},
              log::Field{"duration_us", duration});
    return true;
}

} // namespace strikeoff::auctions
