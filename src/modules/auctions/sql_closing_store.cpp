#include "modules/auctions/sql_closing_store.hpp"

#include "core/canonical_json.hpp"
#include "db/checkpoint.hpp"
#include "modules/auctions/award_writer.hpp"
#include "modules/auctions/opening.hpp"
#include "modules/auctions/published_batch.hpp"
#include "modules/bids/sql_journal.hpp"

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
    WHERE b.status = 'closing'
       OR (b.status = 'open' AND b.end_time <= strikeoff.clock()
           AND coalesce(b.extended_to <= strikeoff.clock(), true))
    ORDER BY b.end_time, b.id)sql"}};

const db::Statement<LockedBatch(BatchId)> lock_batch{{"auctions.lock_batch", R"sql(
    SELECT county_id, auction_id, status, start_time, end_time, chain_length, changed_at, extended_to
    FROM batches
    WHERE id = $1
    FOR NO KEY UPDATE)sql"}};

const db::Statement<void(BatchId)> set_batch_open{{"auctions.set_batch_open", R"sql(
    UPDATE batches SET status = 'open' WHERE id = $1)sql"}};

const db::Statement<void(BatchId)> set_auction_open{{"auctions.set_auction_open", R"sql(
    UPDATE auctions a SET status = 'open'
    FROM batches b
    WHERE b.id = $1 AND a.id = b.auction_id AND a.status = 'published')sql"}};

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

const db::Statement<ClosingState(BatchId)> closing_of_batch{{"auctions.closing_of_batch", R"sql(
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

// The smallest of the limits that are set, less what was awarded; none set is no limit. What a very
// large deposit covers is more than any amount that we write.
const db::Statement<BudgetLeft(AuctionId, std::int32_t)> budgets_left{
    {"auctions.budgets_left", R"sql(
    SELECT ab.number,
           least(least(b.own_limit, b.staff_grant,
                       CASE WHEN $2 > 0 THEN least(trunc(coalesce(b.deposits, 0) * 100 / $2, 2),
                                                   999999999999.99) END)
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
        close_signature = $7, close_published_at = greatest(strikeoff.clock(), closed_at)
    WHERE batch_id = $1 AND close_hash IS NULL)sql"}};

const db::Statement<std::string(CountyId, Uuid, Bytes)> audit_close_record{
    {"auctions.audit_close_record", R"sql(
    SELECT strikeoff.audit_append($1, $1, NULL, 'batch', $2, 'batch.close_record', $3, NULL)::text)sql"}};

const db::Statement<CountySecretState(BatchId)> county_secret_of{
    {"auctions.county_secret_of", R"sql(
    SELECT s.county_secret, o.c_county
    FROM batch_secrets s JOIN batch_chain o ON o.batch_id = s.batch_id AND o.k = 0
    WHERE s.batch_id = $1)sql"}};

// One compare-and-set: the county's secret and the zeros exclude each other.
const db::Statement<void(BatchId, Hash, Instant)> fill_zeros{{"auctions.fill_zeros", R"sql(
    UPDATE batch_secrets SET county_secret = $2, county_received_at = $3
    WHERE batch_id = $1 AND county_secret IS NULL)sql"}};

class SqlClosingTransaction final : public ClosingTransaction {
public:
    SqlClosingTransaction(db::Pool& pool, const Keys& keys, db::DbClock& clock)
        : transaction_{pool}, keys_{keys}, clock_{clock} {}

    LockedBatch lock(BatchId batch) override { return transaction_->one(lock_batch, batch); }
    Instant clock() override {
        const Instant now = clock_.read(connection());
        clock_.guard().require_in_step();
        return now;
    }
    SaleSettings settings(AuctionId auction) override {
        return counties::load_settings(connection(), auction);
    }

    bool make_opening(BatchId batch) override { return open_batch(connection(), keys_, batch); }
    void set_open(BatchId batch, Instant now) override {
        transaction_->run(set_batch_open, batch);
        transaction_->run(set_auction_open, batch);
        transaction_->run(activate_certificates, batch, now);
    }

    std::optional<ClosingState> closing(BatchId batch) override {
        return transaction_->maybe_one(closing_of_batch, batch);
    }
    void begin_closing(BatchId batch, const LockedBatch& row, Instant closed_at) override {
        transaction_->run(set_batch_closing, batch);
        transaction_->run(insert_closing, batch, row.county_id, row.auction_id, closed_at);
        transaction_->run(set_auction_closing, row.auction_id);
    }
    BatchReplay replay(BatchId batch) override { return load_replay(connection(), keys_, batch); }
    std::vector<bids::Block> blocks(BatchId batch, std::int64_t from_seq, int blocks_max) override {
        return bids::read_blocks(connection(), batch, from_seq, blocks_max);
    }
    void store_head(BatchId batch, const Hash& root, const Hash& head,
                    const Signature& signature) override {
        transaction_->run(strikeoff::auctions::store_head, batch, root, head, signature);
    }

    bool earlier_unfinished(BatchId batch) override {
        return transaction_->one(strikeoff::auctions::earlier_unfinished, batch) > 0;
    }
    std::vector<BudgetLeft> budgets_left(AuctionId auction, int deposit_percent) override {
        return transaction_->all(strikeoff::auctions::budgets_left, auction, deposit_percent);
    }
    std::vector<BookGroup> groups(AuctionId auction, const std::vector<UserId>& users) override {
        std::vector<BookGroup> groups;
        if (users.empty()) return groups;
        for (const MemberRow& row : transaction_->all(group_members, auction, users)) {
            if (groups.empty() || groups.back().ref != row.bidder_ref)
                groups.push_back({.ref = row.bidder_ref});
            groups.back().members.push_back(row.bidder_number_id);
        }
        return groups;
    }
    void store_close(BatchId batch, CountyId county, const CloseRecord& record) override {
        transaction_->run(strikeoff::auctions::store_close, batch, record.book, record.groups,
                          record.book_hash, record.groups_hash, record.hash, record.signature);
        const std::string payload = canonical_json(
            boost::json::object{{"batch_id", batch.text()}, {"close_hash", to_hex(record.hash)}});
        transaction_->one(audit_close_record, county, batch.uuid,
                          Bytes(payload.begin(), payload.end()));
        db::store_checkpoint(connection(), keys_.signing(), county);
    }

    CountySecretState county_secret(BatchId batch) override {
        return transaction_->one(county_secret_of, batch);
    }
    void fill_zeros(BatchId batch, Instant now) override {
        transaction_->run(strikeoff::auctions::fill_zeros, batch, no_hash, now);
    }
    Transcript closed(const BatchReplay& replay) override {
        return load_closed(connection(), replay);
    }
    void add_operator_secrets(Transcript& transcript) override {
        strikeoff::auctions::add_operator_secrets(connection(), keys_, transcript);
    }
    void store_awards(const Awards& awards) override { write_awards(connection(), awards); }

    void commit() override {
        clock(); // Some steps write the time without having asked for it.
        transaction_.commit();
    }

private:
    db::Connection& connection() { return transaction_.connection(); }

    db::Transaction transaction_;
    const Keys& keys_;
    db::DbClock& clock_;
};

} // namespace

std::vector<BatchId> SqlClosingStore::to_open() {
    auto lease = pool_.acquire();
    return lease->all(batches_to_make_ready);
}

std::vector<BatchId> SqlClosingStore::to_close() {
    auto lease = pool_.acquire();
    return lease->all(batches_to_close);
}

std::unique_ptr<ClosingTransaction> SqlClosingStore::begin() {
    return std::make_unique<SqlClosingTransaction>(pool_, keys_, clock_);
}

} // namespace strikeoff::auctions
