#include "torture/faults.hpp"

#include "db/error.hpp"

namespace strikeoff::torture {

void Faults::maybe_break(std::uint64_t per_mille) {
    if (down && on) throw db::Unavailable("the database is down");
    if (happens(per_mille)) {
        if (random_() % 3 == 0) throw Death{};
        throw db::Unavailable("the connection is lost");
    }
}

void Faults::commit(const std::function<void()>& commit) {
    maybe_break(10);
    commit();
    maybe_break(20); // It happened, and nobody hears of it.
}

namespace {

class FaultyJournal final : public bids::Journal {
public:
    FaultyJournal(World& world, Faults& faults) : world_{world}, faults_{faults} {}

    std::vector<bids::Appended> append(CountyId county,
                                       std::span<const bids::Offer> offers) override {
        if (faults_.down && faults_.on) throw db::Unavailable("the database is down");
        if (faults_.happens(20)) throw db::Unavailable("the request is lost");
        for (const bool under_way : {true, false})
            if (faults_.happens(15) &&
                world_.lose(county, {offers.begin(), offers.end()}, under_way)) {
                if (faults_.happens(250)) faults_.fail_for_long();
                throw db::Unavailable("the connection is lost while it commits");
            }
        auto answer = world_.journal().append(county, offers);
        if (faults_.happens(20)) throw db::Unavailable("the answer is lost");
        return answer;
    }
    std::vector<bids::Appended> fence(std::span<const BatchId> batches, bool shut) override {
        break_connection(50);
        return world_.journal().fence(batches, shut);
    }
    std::vector<bids::Block> read(BatchId batch, std::int64_t from_seq, int blocks_max) override {
        break_connection(10);
        return world_.journal().read(batch, from_seq, blocks_max);
    }

private:
    /// On the journal's thread nobody dies in the middle: the scheduler kills between tasks.
    void break_connection(std::uint64_t per_mille) {
        if ((faults_.down && faults_.on) || faults_.happens(per_mille))
            throw db::Unavailable("the connection is lost");
    }
    World& world_;
    Faults& faults_;
};

class FaultyBooks final : public bids::BookSource {
public:
    FaultyBooks(World& world, Faults& faults) : world_{world}, faults_{faults} {}
    std::optional<bids::BookTerms> load(BatchId batch) override {
        check();
        return world_.books().load(batch);
    }
    std::optional<bids::Bidder> find_bidder(BatchId batch, UserId user) override {
        check();
        return world_.books().find_bidder(batch, user);
    }
    std::optional<bids::Accepted> find_accepted(BatchId batch, std::uint32_t bidder,
                                                BidId bid) override {
        check();
        return world_.books().find_accepted(batch, bidder, bid);
    }

private:
    void check() {
        if ((faults_.down && faults_.on) || faults_.happens(20))
            throw db::Unavailable("the connection is lost");
    }
    World& world_;
    Faults& faults_;
};

class FaultyProjection final : public bids::ProjectionTransaction {
public:
    FaultyProjection(std::unique_ptr<bids::ProjectionTransaction> real, Faults& faults)
        : real_{std::move(real)}, faults_{faults} {}
    std::int64_t watermark() const override { return real_->watermark(); }
    bool is_open_format() const override { return real_->is_open_format(); }
    std::vector<bids::Block> blocks(int blocks_max) override {
        faults_.maybe_break(10);
        return real_->blocks(blocks_max);
    }
    void move_watermark(std::int64_t seq) override {
        faults_.maybe_break(10);
        real_->move_watermark(seq);
    }
    std::vector<bids::StandingRow> standing(const std::vector<std::int32_t>& bidders,
                                            const std::vector<std::int32_t>& lots,
                                            std::int64_t before_seq) override {
        faults_.maybe_break(10);
        return real_->standing(bidders, lots, before_seq);
    }
    std::vector<bids::SeenRow> seen(const std::vector<std::int32_t>& bidders,
                                    const std::vector<Uuid>& ids,
                                    std::int64_t before_seq) override {
        return real_->seen(bidders, ids, before_seq);
    }
    void end_rows(std::span<const bids::EndedRow> rows) override {
        faults_.maybe_break(10);
        real_->end_rows(rows);
    }
    void insert_rows(std::span<const bids::ProjectedRow> rows) override {
        faults_.maybe_break(10);
        real_->insert_rows(rows);
    }
    void commit() override {
        faults_.commit([this] { real_->commit(); });
    }

private:
    std::unique_ptr<bids::ProjectionTransaction> real_;
    Faults& faults_;
};

class FaultyProjections final : public bids::ProjectionStore {
public:
    FaultyProjections(World& world, Faults& faults) : world_{world}, faults_{faults} {}
    std::vector<bids::BatchBehind> behind() override {
        faults_.maybe_break(10);
        return world_.projections().behind();
    }
    std::unique_ptr<bids::ProjectionTransaction> begin(BatchId batch) override {
        faults_.maybe_break(10);
        auto real = world_.projections().begin(batch);
        if (!real) return nullptr;
        return std::make_unique<FaultyProjection>(std::move(real), faults_);
    }

private:
    World& world_;
    Faults& faults_;
};

class FaultyClosing final : public auctions::ClosingTransaction {
public:
    FaultyClosing(std::unique_ptr<auctions::ClosingTransaction> real, Faults& faults)
        : real_{std::move(real)}, faults_{faults} {}

    auctions::LockedBatch lock(BatchId batch) override { return before().lock(batch); }
    Instant clock() override { return real_->clock(); }
    auctions::SaleSettings settings(AuctionId auction) override { return real_->settings(auction); }
    bool make_opening(BatchId batch) override { return before().make_opening(batch); }
    void set_open(BatchId batch, Instant now) override { before().set_open(batch, now); }
    std::optional<auctions::ClosingState> closing(BatchId batch) override {
        return before().closing(batch);
    }
    void begin_closing(BatchId batch, const auctions::LockedBatch& row,
                       Instant closed_at) override {
        before().begin_closing(batch, row, closed_at);
    }
    auctions::BatchReplay replay(BatchId batch) override { return before().replay(batch); }
    std::vector<bids::Block> blocks(BatchId batch, std::int64_t from_seq, int blocks_max) override {
        return real_->blocks(batch, from_seq, blocks_max);
    }
    void store_head(BatchId batch, const Hash& root, const Hash& head,
                    const Signature& signature) override {
        before().store_head(batch, root, head, signature);
    }
    bool earlier_unfinished(BatchId batch) override { return before().earlier_unfinished(batch); }
    std::vector<auctions::BudgetLeft> budgets_left(AuctionId auction,
                                                   int deposit_percent) override {
        return before().budgets_left(auction, deposit_percent);
    }
    std::vector<BookGroup> groups(AuctionId auction, const std::vector<UserId>& users) override {
        return before().groups(auction, users);
    }
    void store_close(BatchId batch, CountyId county, const auctions::CloseRecord& record) override {
        before().store_close(batch, county, record);
    }
    auctions::CountySecretState county_secret(BatchId batch) override {
        return before().county_secret(batch);
    }
    void fill_zeros(BatchId batch, Instant now) override { before().fill_zeros(batch, now); }
    Transcript closed(const auctions::BatchReplay& replay) override {
        return before().closed(replay);
    }
    void add_operator_secrets(Transcript& transcript) override {
        before().add_operator_secrets(transcript);
    }
    void store_awards(const auctions::Awards& awards) override { before().store_awards(awards); }
    void commit() override {
        faults_.commit([this] { real_->commit(); });
    }

private:
    auctions::ClosingTransaction& before() {
        faults_.maybe_break(15);
        return *real_;
    }
    std::unique_ptr<auctions::ClosingTransaction> real_;
    Faults& faults_;
};

class FaultyClosings final : public auctions::ClosingStore {
public:
    FaultyClosings(World& world, Faults& faults) : world_{world}, faults_{faults} {}
    std::vector<BatchId> to_open() override {
        faults_.maybe_break(10);
        return world_.closings().to_open();
    }
    std::vector<BatchId> to_close() override {
        faults_.maybe_break(10);
        return world_.closings().to_close();
    }
    std::unique_ptr<auctions::ClosingTransaction> begin() override {
        faults_.maybe_break(10);
        return std::make_unique<FaultyClosing>(world_.closings().begin(), faults_);
    }

private:
    World& world_;
    Faults& faults_;
};

} // namespace

std::unique_ptr<bids::Journal> make_faulty_journal(World& world, Faults& faults) {
    return std::make_unique<FaultyJournal>(world, faults);
}

std::unique_ptr<bids::BookSource> make_faulty_books(World& world, Faults& faults) {
    return std::make_unique<FaultyBooks>(world, faults);
}

std::unique_ptr<bids::ProjectionStore> make_faulty_projections(World& world, Faults& faults) {
    return std::make_unique<FaultyProjections>(world, faults);
}

std::unique_ptr<auctions::ClosingStore> make_faulty_closings(World& world, Faults& faults) {
    return std::make_unique<FaultyClosings>(world, faults);
}

} // namespace strikeoff::torture
