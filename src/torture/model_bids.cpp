// The model behind the interfaces of bids: journal, books, projection.
#include "torture/model.hpp"

#include <algorithm>
#include <set>

namespace strikeoff::torture {
namespace {

class ModelJournal final : public bids::Journal {
public:
    explicit ModelJournal(Model& model) : model_{model} {}

    std::vector<bids::Appended> append(CountyId, std::span<const bids::Offer> offers) override {
        return model_.append(offers);
    }
    std::vector<bids::Appended> fence(std::span<const BatchId> batches, bool shut) override {
        return model_.fence(batches, shut);
    }
    std::vector<bids::Block> read(BatchId batch, std::int64_t from_seq, int blocks_max) override {
        std::vector<bids::Block> out;
        for (const bids::Block& block : model_.state.batch(batch).blocks)
            if (block.first_seq >= from_seq && std::ssize(out) < blocks_max) out.push_back(block);
        return out;
    }

private:
    Model& model_;
};

class ModelBooks final : public bids::BookSource {
public:
    explicit ModelBooks(Model& model) : model_{model} {}

    std::optional<bids::BookTerms> load(BatchId id) override {
        if (!model_.state.has(id)) return std::nullopt;
        const ModelBatch& batch = model_.state.batch(id);
        if (!batch.chain) return std::nullopt;
        bids::BookTerms terms{.batch = id,
                              .auction = model_.auction,
                              .county = model_.county,
                              .version = batch.version,
                              .rules = batch.chain->rules,
                              .opening = batch.chain->latest(),
                              .reserves = model_.settings.bids_reserve(),
                              .deposit_percent = model_.settings.deposit_percent,
                              .end = batch.chain->terms.end,
                              .moves = end_moves(batch.chain->changes)};
        terms.blind_key = std::make_shared<const HmacSha256>(ByteView{batch.k_blind});
        for (const auctions::ReplayLot& lot : batch.lots)
            terms.lots.push_back(
                {lot.lot.adv_no, lot.lot.certificate, lot.lot.face, lot.lot.offered});
        for (const auctions::ReplayBidder& bidder : model_.state.bidders)
            terms.bidders.push_back({.number = bidder.number,
                                     .user = bidder.user,
                                     .ref = bidder.ref,
                                     .weight = bidder.weight,
                                     .eligible = bidder.eligible});
        return terms;
    }

    std::optional<bids::Bidder> find_bidder(BatchId, UserId) override { return std::nullopt; }

    std::optional<bids::Accepted> find_accepted(BatchId id, std::uint32_t bidder,
                                                BidId bid) override {
        for (const bids::Block& block : model_.state.batch(id).blocks)
            for (const bids::JournalRecord& record : block.records)
                if (record.bidder == bidder && record.bid == bid)
                    return bids::Accepted{record.lot, record.kind, Rate::from_bp(record.rate_bp),
                                          block.accepted_at};
        return std::nullopt;
    }

private:
    Model& model_;
};

class ModelProjection final : public bids::ProjectionTransaction {
public:
    ModelProjection(Model& model, BatchId batch)
        : model_{model}, id_{batch}, watermark_{model.state.batch(batch).projected},
          rows_{model.state.batch(batch).rows} {}

    std::int64_t watermark() const override { return watermark_; }
    bool is_open_format() const override { return model_.settings.format == Format::open; }
    std::vector<bids::Block> blocks(int blocks_max) override {
        return model_.journal().read(id_, watermark_, blocks_max);
    }
    void move_watermark(std::int64_t seq) override { moved_ = seq; }

    std::vector<bids::StandingRow> standing(const std::vector<std::int32_t>& bidders,
                                            const std::vector<std::int32_t>& lots,
                                            std::int64_t before_seq) override {
        std::set<std::pair<std::int32_t, std::int32_t>> wanted;
        for (std::size_t i = 0; i < bidders.size(); ++i)
            wanted.emplace(bidders[i], lots[i]);
        const bool open = is_open_format();
        std::vector<bids::StandingRow> out;
        for (const auto& [id, row] : rows_)
            if ((row.status == bids::BidStatus::standing ||
                 row.status == bids::BidStatus::awarded) &&
                row.seq < before_seq &&
                (open ? std::ranges::count(lots, row.lot) > 0
                      : wanted.contains({row.bidder, row.lot})))
                out.push_back({row.bidder, row.lot, row.rate, id});
        return out;
    }

    std::vector<bids::SeenRow> seen(const std::vector<std::int32_t>& bidders,
                                    const std::vector<Uuid>& ids,
                                    std::int64_t before_seq) override {
        std::set<std::pair<std::int32_t, Uuid>> wanted;
        for (std::size_t i = 0; i < bidders.size(); ++i)
            wanted.emplace(bidders[i], ids[i]);
        std::vector<bids::SeenRow> out;
        for (const auto& [id, row] : rows_)
            if (row.seq < before_seq && wanted.contains({row.bidder, row.bid_id}))
                out.push_back({row.bidder, row.bid_id});
        return out;
    }

    void end_rows(std::span<const bids::EndedRow> rows) override {
        for (const bids::EndedRow& row : rows)
            if (rows_.at(row.id).status != bids::BidStatus::awarded)
                rows_.at(row.id).status = row.status;
    }

    void insert_rows(std::span<const bids::ProjectedRow> rows) override {
        for (const bids::ProjectedRow& row : rows)
            rows_.try_emplace(
                row.id, ModelRow{row.seq, static_cast<std::int32_t>(row.record.bidder),
                                 static_cast<std::int32_t>(row.record.lot), row.record.bid.uuid,
                                 Rate::from_bp(row.record.rate_bp), row.status});
    }

    void commit() override {
        ModelBatch& batch = model_.state.batch(id_);
        batch.projected = moved_;
        batch.rows = std::move(rows_);
    }

private:
    Model& model_;
    BatchId id_;
    std::int64_t watermark_;
    std::int64_t moved_ = 0;
    std::map<Uuid, ModelRow> rows_;
};

class ModelProjections final : public bids::ProjectionStore {
public:
    explicit ModelProjections(Model& model) : model_{model} {}

    std::vector<bids::BatchBehind> behind() override {
        std::vector<bids::BatchBehind> out;
        for (const ModelBatch& batch : model_.state.batches)
            if (batch.projected < length_of(batch))
                out.push_back({batch.id, batch.status == auctions::BatchStatus::open});
        return out;
    }
    std::unique_ptr<bids::ProjectionTransaction> begin(BatchId batch) override {
        return std::make_unique<ModelProjection>(model_, batch);
    }

private:
    Model& model_;
};

} // namespace

std::unique_ptr<bids::Journal> make_model_journal(Model& model) {
    return std::make_unique<ModelJournal>(model);
}

std::unique_ptr<bids::BookSource> make_model_books(Model& model) {
    return std::make_unique<ModelBooks>(model);
}

std::unique_ptr<bids::ProjectionStore> make_model_projections(Model& model) {
    return std::make_unique<ModelProjections>(model);
}

} // namespace strikeoff::torture
