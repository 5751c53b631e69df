// The model behind the interface of closings.
#include "modules/auctions/published_batch.hpp"
#include "torture/model.hpp"

#include <algorithm>
#include <cassert>

namespace strikeoff::torture {

using auctions::BatchStatus;

namespace {

/// Works on a copy of the state, taken under the lock or at the first write.
class ModelClosing final : public auctions::ClosingTransaction {
public:
    explicit ModelClosing(Model& model) : model_{model} {}

    auctions::LockedBatch lock(BatchId id) override {
        model_.interleave(); // Others go on while this one waits.
        draft_ = model_.state;
        const ModelBatch& batch = draft_->batch(id);
        return {model_.county,
                model_.auction,
                batch.status,
                batch.start_time,
                batch.end_time,
                batch.chain ? static_cast<std::int32_t>(batch.chain->changes.size() + 1) : 0,
                batch.chain && !batch.chain->changes.empty()
                    ? std::optional{batch.chain->changes.back().change.at}
                    : std::nullopt,
                batch.extended_to};
    }
    Instant clock() override { return model_.now(); }
    auctions::SaleSettings settings(AuctionId) override { return model_.settings; }

    bool make_opening(BatchId id) override;
    void set_open(BatchId id, Instant) override { draft().batch(id).status = BatchStatus::open; }

    std::optional<auctions::ClosingState> closing(BatchId id) override {
        return seen().batch(id).closing;
    }
    void begin_closing(BatchId id, const auctions::LockedBatch&, Instant closed_at) override {
        ModelBatch& batch = draft().batch(id);
        batch.status = BatchStatus::closing;
        batch.closing = auctions::ClosingState{.n = length_of(batch), .closed_at = closed_at};
    }
    auctions::BatchReplay replay(BatchId id) override;
    std::vector<bids::Block> blocks(BatchId id, std::int64_t from_seq, int blocks_max) override {
        return model_.journal().read(id, from_seq, blocks_max);
    }
    void store_head(BatchId id, const Hash& root, const Hash& head,
                    const Signature& signature) override {
        ModelBatch& batch = draft().batch(id);
        if (batch.closing->head_hash) return;
        batch.root = root;
        batch.closing->head_hash = head;
        batch.head_signature = signature;
    }

    bool earlier_unfinished(BatchId id) override {
        const ModelBatch& mine = seen().batch(id);
        return std::ranges::any_of(seen().batches, [&](const ModelBatch& other) {
            return std::pair{other.end_time, other.id} < std::pair{mine.end_time, mine.id} &&
                   other.status != BatchStatus::closed && other.status != BatchStatus::canceled &&
                   other.chain;
        });
    }
    std::vector<auctions::BudgetLeft> budgets_left(AuctionId, int) override {
        std::vector<auctions::BudgetLeft> out;
        for (std::size_t i = 0; i < seen().bidders.size(); ++i)
            out.push_back({static_cast<std::int32_t>(seen().bidders[i].number),
                           seen().covers[i] - seen().awarded[i]});
        return out;
    }
    std::vector<BookGroup> groups(AuctionId, const std::vector<UserId>& users) override {
        std::vector<BookGroup> out;
        for (const auctions::ReplayBidder& bidder : seen().bidders) {
            if (std::ranges::count(users, bidder.user) == 0) continue;
            BookGroup group{.ref = bidder.ref};
            for (std::uint8_t i = 0; i < bidder.weight; ++i) {
                Uuid member = bidder.user.uuid;
                member.bytes.back() ^= i;
                group.members.push_back(BidderNumberId{member});
            }
            out.push_back(std::move(group));
        }
        return out;
    }
    void store_close(BatchId id, CountyId, const auctions::CloseRecord& record) override {
        ModelBatch& batch = draft().batch(id);
        if (batch.closing->close_hash) return;
        batch.close = record;
        batch.closing->close_hash = record.hash;
        batch.closing->close_published_at = std::max(model_.now(), batch.closing->closed_at);
    }

    auctions::CountySecretState county_secret(BatchId id) override {
        const ModelBatch& batch = seen().batch(id);
        return {batch.county_secret, batch.chain->terms.county_commitment};
    }
    void fill_zeros(BatchId id, Instant) override {
        ModelBatch& batch = draft().batch(id);
        if (!batch.county_secret) batch.county_secret = no_hash;
    }
    Transcript closed(const auctions::BatchReplay& replay) override;
    void add_operator_secrets(Transcript& transcript) override {
        const ModelBatch& batch = seen().batch(transcript.terms.batch);
        assert(batch.county_secret); // The order of revealing.
        transcript.operator_secret = batch.operator_secret;
        transcript.k_blind = batch.k_blind;
        transcript.county_secret = batch.received;
    }
    void store_awards(const auctions::Awards& awards) override;

    void commit() override {
        if (draft_) model_.state = *std::move(draft_);
    }

private:
    const ModelState& seen() const { return draft_ ? *draft_ : model_.state; }
    ModelState& draft() {
        if (!draft_) draft_ = model_.state;
        return *draft_;
    }

    Model& model_;
    std::optional<ModelState> draft_;
};

bool ModelClosing::make_opening(BatchId id) {
    ModelBatch& batch = draft().batch(id);
    std::vector<BookLot> lots;
    for (const auctions::ReplayLot& lot : batch.lots)
        lots.push_back(lot.lot);
    const AwardRules rules = model_.settings.award_rules();
    auctions::StoredChain chain{.terms = {.batch = id,
                                          .auction = model_.auction,
                                          .start = batch.start_time,
                                          .end = batch.end_time,
                                          .county_commitment = commitment(
                                              SecretRole::county, id, model_.county_secret_of(id)),
                                          .operator_commitment = commitment(
                                              SecretRole::operator_, id, batch.operator_secret),
                                          .rules_hash = sha256(canonical_award_rules(rules)),
                                          .lots_hash = lots_hash(lots),
                                          .key = model_.key().public_key()},
                                .rules = rules};
    const Hash hash = opening_hash(chain.terms);
    chain.opening = {hash, model_.key().sign(chain_message(hash))};
    batch.chain = std::move(chain);
    return true;
}

auctions::BatchReplay ModelClosing::replay(BatchId id) {
    const ModelBatch& batch = seen().batch(id);
    auctions::BatchReplay replay{.batch = id,
                                 .auction = model_.auction,
                                 .county = model_.county,
                                 .chain = batch.chain.value(),
                                 .lots = batch.lots,
                                 .bidders = seen().bidders,
                                 .blind_key = HmacSha256{ByteView{batch.k_blind}}};
    for (std::size_t i = 0; i < replay.lots.size(); ++i)
        replay.lot_index[replay.lots[i].lot.adv_no] = static_cast<std::uint32_t>(i);
    for (std::size_t i = 0; i < replay.bidders.size(); ++i)
        replay.bidder_index[replay.bidders[i].number] = static_cast<std::uint32_t>(i);
    return replay;
}

Transcript ModelClosing::closed(const auctions::BatchReplay& replay) {
    const ModelBatch& batch = seen().batch(replay.batch);
    auctions::ClosedBook book = auctions::decode_book(batch.close.book, batch.close.groups);
    return {.terms = replay.chain.terms,
            .rules = replay.chain.rules,
            .opening = replay.chain.opening,
            .changes = replay.chain.changes,
            .head_leaves = static_cast<std::uint64_t>(batch.closing->n),
            .root = batch.root,
            .closed_at = batch.closing->closed_at,
            .head = {batch.closing->head_hash.value(), batch.head_signature},
            .lots = std::move(book.lots),
            .bidders = std::move(book.bidders),
            .groups = std::move(book.groups),
            .book_hash = batch.close.book_hash,
            .groups_hash = batch.close.groups_hash,
            .close = {batch.close.hash, batch.close.signature}};
}

void ModelClosing::store_awards(const auctions::Awards& awards) {
    ModelState& state = draft();
    ModelBatch& batch = state.batch(awards.replay.batch);
    for (const auctions::Winner& winner : awards.winners) {
        const Money face = awards.replay.lots[winner.lot].lot.face;
        state.awarded[winner.bidder] += face;
        state.receivable += face;
        state.awards.push_back({batch.id, winner.row.adv_no, winner.bidder, face});
        const Uuid row_id = bids::bid_row_id(batch.id, winner.seq);
        const auto [row, fresh] = batch.rows.try_emplace(
            row_id, ModelRow{winner.seq,
                             static_cast<std::int32_t>(awards.replay.bidders[winner.bidder].number),
                             static_cast<std::int32_t>(winner.row.adv_no), winner.bid.uuid,
                             winner.bid_rate});
        row->second.status = bids::BidStatus::awarded;
    }
    batch.files.transcript = awards.transcript_file;
    batch.files.leaves.clear();
    auctions::replay_leaves(auctions::blocks_of(*this, batch.id), awards.replay, 0,
                            batch.closing->n, [&](const auctions::ReplayedLeaf& leaf) {
                                batch.files.leaves.insert(batch.files.leaves.end(),
                                                          leaf.bytes.begin(), leaf.bytes.end());
                            });
    batch.closing->completed_at = model_.now();
    batch.status = BatchStatus::closed;
}

class ModelClosings final : public auctions::ClosingStore {
public:
    explicit ModelClosings(Model& model) : model_{model} {}

    std::vector<BatchId> to_open() override {
        std::vector<BatchId> out;
        for (const ModelBatch& batch : model_.state.batches)
            if (batch.status == BatchStatus::scheduled && batch.end_time > model_.now() &&
                (!batch.chain || (!model_.state.paused && batch.start_time <= model_.now())))
                out.push_back(batch.id);
        return out;
    }
    std::vector<BatchId> to_close() override {
        std::vector<std::pair<Instant, BatchId>> due;
        for (const ModelBatch& batch : model_.state.batches)
            if (batch.status == BatchStatus::closing ||
                (batch.status == BatchStatus::open && last_end(batch) <= model_.now()))
                due.emplace_back(batch.end_time, batch.id);
        std::ranges::sort(due);
        std::vector<BatchId> out;
        for (const auto& [end, id] : due)
            out.push_back(id);
        return out;
    }
    std::unique_ptr<auctions::ClosingTransaction> begin() override {
        return std::make_unique<ModelClosing>(model_);
    }

private:
    Model& model_;
};

} // namespace

std::unique_ptr<auctions::ClosingStore> make_model_closings(Model& model) {
    return std::make_unique<ModelClosings>(model);
}

} // namespace strikeoff::torture
