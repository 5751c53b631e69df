#pragma once

#include "torture/world.hpp"

#include <map>
#include <random>

namespace strikeoff::torture {

struct ModelRow {
    std::int64_t seq = 0;
    std::int32_t bidder = 0;
    std::int32_t lot = 0;
    Uuid bid_id;
    Rate rate;
    bids::BidStatus status = bids::BidStatus::standing;
};

struct ModelBatch {
    BatchId id;
    auctions::BatchStatus status = auctions::BatchStatus::scheduled;
    Instant start_time;
    Instant end_time;
    std::optional<Instant> paused_at;
    std::optional<Instant> extended_to;
    std::int64_t version = 0;
    std::vector<auctions::ReplayLot> lots;
    std::optional<auctions::StoredChain> chain;
    Hash operator_secret{};
    Hash k_blind{};
    std::optional<Hash> county_secret; ///< Or the zeros in its place.
    std::optional<CountySecret> received;
    std::vector<bids::Block> blocks;
    std::int64_t projected = 0;
    std::map<Uuid, ModelRow> rows;
    std::optional<auctions::ClosingState> closing;
    Hash root{};
    Signature head_signature{};
    auctions::CloseRecord close;
    BatchFiles files;
};

struct ModelAward {
    BatchId batch;
    std::uint32_t lot = 0; ///< Advertised number.
    std::size_t bidder = 0;
    Money face;
    bool voided = false;
};

/// Everything that PostgreSQL would hold. A transaction works on a copy.
struct ModelState {
    std::vector<ModelBatch> batches;
    std::vector<auctions::ReplayBidder> bidders;
    std::vector<Money> covers;
    std::vector<Money> awarded;
    std::vector<ModelAward> awards;
    Money receivable;
    bool paused = false;

    ModelBatch& batch(BatchId id);
    const ModelBatch& batch(BatchId id) const { return const_cast<ModelState*>(this)->batch(id); }
    bool has(BatchId id) const;
};

/// When the last of its items ends, as the journal sees it.
Instant last_end(const ModelBatch& batch);
/// Length of a journal.
std::int64_t length_of(const ModelBatch& batch);

struct LostAppend {
    std::vector<bids::Offer> offers;
    bool under_way = false;
};

/// A sale in memory that behaves like the one in PostgreSQL: the same verdicts, the same order of
/// lock and clock, the same waiting of a fence.
class Model final : public World {
public:
    Model(const WorldShape& shape, Interleave interleave);
    ~Model() override;

    bids::Journal& journal() override { return *journal_; }
    bids::BookSource& books() override { return *books_; }
    bids::ProjectionStore& projections() override { return *projections_; }
    auctions::ClosingStore& closings() override { return *closings_; }
    const SigningKey& key() const override { return key_; }

    SaleFacts sale() override;
    Instant now() override { return now_; }
    void advance(std::chrono::microseconds by) override { now_ = now_ + by; }
    bool clock_can_go_back() const override { return true; }

    bool withdraw_lot(BatchId batch, std::uint32_t number) override;
    bool bar(const BidderFacts& bidder) override;
    bool pause() override;
    bool resume() override;
    bool move_end(BatchId batch, Instant end) override;
    bool cancel(BatchId batch) override;
    void hand_in_secrets() override;
    bool offer_again() override;

    bool lose(CountyId county, std::vector<bids::Offer> offers, bool under_way) override;
    bool commit_lost() override;

    auctions::BatchStatus status(BatchId batch) override { return state.batch(batch).status; }
    Instant end_time(BatchId batch) override { return state.batch(batch).end_time; }
    std::vector<bids::Block> blocks(BatchId batch) override { return state.batch(batch).blocks; }
    std::vector<RowFacts> rows(BatchId batch) override;
    BatchFiles files(BatchId batch) override { return state.batch(batch).files; }
    MoneyFacts money() override;

    /// `journal_append` and `journal_fence`.
    std::vector<bids::Appended> append(std::span<const bids::Offer> offers);
    std::vector<bids::Appended> fence(std::span<const BatchId> batches, bool shut);
    void interleave() const { interleave_(); }
    Hash county_secret_of(BatchId batch) const { return county_secret(master_, batch); }

    ModelState state;
    CountyId county;
    AuctionId auction;
    auctions::SaleSettings settings;

private:
    Uuid fresh_id();
    Hash fresh_hash();
    BatchId add_batch(std::vector<auctions::ReplayLot> lots, Instant start, Instant end);
    Instant change_time(const ModelBatch& batch) const;
    Money reserved(const ModelBatch& batch, std::uint32_t bidder) const;
    std::optional<Money> room(const ModelBatch& batch, const bids::Reserved& wanted) const;
    bids::Verdict take_order(ModelBatch& batch, const bids::Order& order, bids::Appended& answer);
    void change(ModelBatch& batch, ChangeKind kind, Instant at, Instant new_end,
                CertificateId certificate);

    std::mt19937_64 random_;
    Interleave interleave_;
    SigningKey key_;
    Hash master_{};
    Instant now_;
    std::vector<LostAppend> lost_;
    std::unique_ptr<bids::Journal> journal_;
    std::unique_ptr<bids::BookSource> books_;
    std::unique_ptr<bids::ProjectionStore> projections_;
    std::unique_ptr<auctions::ClosingStore> closings_;
};

std::unique_ptr<bids::Journal> make_model_journal(Model& model);
std::unique_ptr<bids::BookSource> make_model_books(Model& model);
std::unique_ptr<bids::ProjectionStore> make_model_projections(Model& model);
std::unique_ptr<auctions::ClosingStore> make_model_closings(Model& model);

} // namespace strikeoff::torture
