#include "torture/sql_world.hpp"

#include "modules/auctions/published_batch.hpp"

namespace strikeoff::torture {
namespace {

using namespace std::chrono_literals;
using auctions::BatchStatus;

template <class T>
T expect(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().reason + ": " + result.error().message);
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

struct StatusRow {
    BatchStatus status = BatchStatus::scheduled;
    Instant end_time;
    std::optional<Hash> close_hash;
};
BOOST_DESCRIBE_STRUCT(StatusRow, (), (status, end_time, close_hash))

const db::Statement<StatusRow(BatchId)> batch_facts{{"torture.batch_facts", R"sql(
    SELECT b.status, b.end_time, c.close_hash
    FROM batches b LEFT JOIN batch_closings c ON c.batch_id = b.id
    WHERE b.id = $1)sql"}};

struct LotRow {
    std::int32_t adv_no = 0;
    CertificateId certificate_id;
    Money face;
};
BOOST_DESCRIBE_STRUCT(LotRow, (), (adv_no, certificate_id, face))

const db::Statement<LotRow(BatchId)> lot_facts{{"torture.lot_facts", R"sql(
    SELECT adv_no, certificate_id, face FROM batch_certificates
    WHERE batch_id = $1
    ORDER BY adv_no)sql"}};

struct CopiedRow {
    std::int64_t seq = 0;
    bids::BidStatus status = bids::BidStatus::standing;
};
BOOST_DESCRIBE_STRUCT(CopiedRow, (), (seq, status))

const db::Statement<CopiedRow(BatchId)> copied_rows{{"torture.copied_rows", R"sql(
    SELECT seq, status FROM bids WHERE batch_id = $1 ORDER BY seq)sql"}};

const db::Statement<Money(CountyId)> receivable_of{{"torture.receivable_of", R"sql(
    SELECT coalesce(sum(e.amount), 0)::numeric(14,2) AS total
    FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id
    WHERE e.county_id = $1 AND a.code = 'certificates_receivable')sql"}};

const db::Statement<Money(AuctionId)> faces_of{{"torture.faces_of", R"sql(
    SELECT coalesce(sum(face), 0)::numeric(14,2) AS total
    FROM winning_bids WHERE auction_id = $1 AND payment_status NOT IN ('void', 'forfeited'))sql"}};

struct AwardRow {
    BatchId batch_id;
    std::int32_t adv_no = 0;
};
BOOST_DESCRIBE_STRUCT(AwardRow, (), (batch_id, adv_no))

const db::Statement<AwardRow(AuctionId)> first_award{{"torture.first_award", R"sql(
    SELECT w.batch_id, l.adv_no
    FROM winning_bids w JOIN batch_certificates l ON l.id = w.batch_certificate_id
    WHERE w.auction_id = $1 AND w.payment_status = 'pending'
    ORDER BY w.id
    LIMIT 1)sql"}};

const db::Statement<void(CountyId, std::int32_t)> make_list{{"torture.make_list", R"sql(
    WITH parcels AS (
        INSERT INTO properties (county_id, parcel_id)
        SELECT $1, 'P' || lpad(g::text, 6, '0') FROM generate_series(1, $2) g
        RETURNING county_id, id, substr(parcel_id, 2)::int AS number)
    INSERT INTO certificates (county_id, property_id, tax_year, face_value, advertised_number)
    SELECT county_id, id, 2025, 100 + number, number FROM parcels)sql"}};

const db::Statement<Instant(std::int64_t)> shift_clock{{"torture.shift_clock", R"sql(
    SELECT strikeoff.shift_test_clock($1 * interval '1 microsecond') AS now)sql"}};

const db::Statement<Instant()> clock_now{{"torture.clock_now", "SELECT strikeoff.clock() AS now"}};

class SqlWorld final : public World {
public:
    SqlWorld(App& app, const WorldShape& shape);

    bids::Journal& journal() override { return journal_; }
    bids::BookSource& books() override { return app_.books; }
    bids::ProjectionStore& projections() override { return app_.projection_store; }
    auctions::ClosingStore& closings() override { return app_.closing_store; }
    const SigningKey& key() const override { return app_.keys.signing(); }

    SaleFacts sale() override { return facts_; }
    Instant now() override { return lease()->one(clock_now); }
    void advance(std::chrono::microseconds by) override { lease()->one(shift_clock, by.count()); }
    bool clock_can_go_back() const override { return true; }

    bool withdraw_lot(BatchId batch, std::uint32_t number) override {
        return app_.auctions.withdraw(batch, static_cast<int>(number), reason_, staff_).has_value();
    }
    bool bar(const BidderFacts& bidder) override {
        return app_.onboarding.bar(facts_.auction, bidder.user, {"torture"}).has_value();
    }
    bool pause() override {
        return app_.auctions.pause(facts_.auction, reason_, staff_).has_value();
    }
    bool resume() override {
        db::Transaction transaction{app_.worker_pool};
        const bool done =
            app_.auctions.resume(transaction.connection(), facts_.auction, staff_).has_value();
        if (done) transaction.commit();
        return done;
    }
    bool move_end(BatchId batch, Instant end) override {
        return app_.auctions.move_end(batch, {end, "torture"}, staff_).has_value();
    }
    bool cancel(BatchId batch) override {
        db::Transaction transaction{app_.worker_pool};
        const bool done =
            app_.auctions.cancel(transaction.connection(), batch, reason_, staff_).has_value();
        if (done) transaction.commit();
        return done;
    }
    void hand_in_secrets() override { torture::hand_in_secrets(app_, facts_); }
    bool offer_again() override;

    /// A connection that dies while it commits is for tests that stop a backend.
    bool lose(CountyId county, std::vector<bids::Offer> offers, bool under_way) override {
        if (under_way) return false;
        lost_.emplace_back(county, std::move(offers));
        return true;
    }
    bool commit_lost() override {
        if (lost_.empty()) return false;
        const auto [county, offers] = std::move(lost_.back());
        lost_.pop_back();
        journal_.append(county, offers);
        return true;
    }

    BatchStatus status(BatchId batch) override { return lease()->one(batch_facts, batch).status; }
    Instant end_time(BatchId batch) override { return lease()->one(batch_facts, batch).end_time; }
    std::vector<bids::Block> blocks(BatchId batch) override {
        return bids::read_blocks(*lease(), batch, 0, 1'000'000);
    }
    std::vector<RowFacts> rows(BatchId batch) override {
        std::vector<RowFacts> facts;
        for (const CopiedRow& row : lease()->all(copied_rows, batch))
            facts.push_back({row.seq, row.status});
        return facts;
    }
    BatchFiles files(BatchId batch) override { return files_of(app_, batch); }
    MoneyFacts money() override;

private:
    db::Pool::Lease lease() { return app_.worker_pool.acquire(); }
    void add_batch_facts(BatchId batch);
    void commit_county(BatchId batch);

    App& app_;
    bids::SqlJournal journal_;
    SaleFacts facts_;
    UserId staff_;
    UserId colleague_;
    auctions::Reason reason_{"torture"};
    std::vector<std::pair<CountyId, std::vector<bids::Offer>>> lost_;
};

SqlWorld::SqlWorld(App& app, const WorldShape& shape) : app_{app}, journal_{app.worker_pool} {
    const Instant begin = now();
    facts_.county_master = random_hash();
    const std::string name = "Torture " + format_uuid(random_uuid(begin));
    facts_.county = expect(app_.counties.create({.name = name, .state = "FL"}));
    const auto make_user = [&](identity::UserRole role) {
        identity::NewUser wanted{.email = format_uuid(random_uuid(begin)) + "@example.org",
                                 .role = role};
        if (role != identity::UserRole::investor) wanted.counties.push_back(facts_.county);
        return expect(app_.identity.create_user(wanted));
    };
    const identity::CreatedUser staff = make_user(identity::UserRole::county_admin);
    staff_ = staff.id;
    facts_.staff_key = staff.key;
    colleague_ = make_user(identity::UserRole::county_admin).id;
    {
        db::Connection owner{app_.database.conninfo("strikeoff_owner")};
        owner.run(make_list, facts_.county, shape.batches * shape.lots_a_batch);
    }
    facts_.format = shape.format;
    facts_.reserves =
        shape.format == Format::open || shape.budget_model == counties::BudgetModel::exposure;
    facts_.auction = expect(app_.auctions.create(
        facts_.county, {.name = "Sale",
                        .tax_year = 2025,
                        .settings = db::Json{fmt::format(
                            R"({{"group_freeze_hours":0,"w9_yearly":false,"format":"{}",)"
                            R"("budget_model":"{}"{}}})",
                            enum_name(shape.format), enum_name(shape.budget_model),
                            shape.format == Format::open ? R"(,"extension_minutes":2)" : "")}}));
    std::vector<BatchId> batches;
    for (int i = 0; i < shape.batches; ++i)
        batches.push_back(expect(
            app_.auctions.add_batch(facts_.auction, {.start_time = begin,
                                                     .end_time = begin + 600s + i * 300s,
                                                     .adv_from = i * shape.lots_a_batch + 1,
                                                     .adv_to = (i + 1) * shape.lots_a_batch})));
    expect(app_.auctions.publish(facts_.auction, staff_));
    for (const BatchId batch : batches) {
        commit_county(batch);
        add_batch_facts(batch);
    }
    for (int i = 0; i < shape.bidders; ++i) {
        const Money deposits = Money::from_cents(i % 3 == 2 ? 2'500 : 10'000'000);
        const identity::CreatedUser user = make_user(identity::UserRole::investor);
        const auto bidder = expect(
            app_.onboarding.register_bidder(facts_.auction,
                                            {.user_id = user.id,
                                             .bidder_number = std::to_string(1001 + i),
                                             .name = "Bidder",
                                             .deposits = deposits,
                                             .tax_form = onboarding::NewTaxForm{.form_year = 2025},
                                             .agreement_signed = true},
                                            staff_));
        facts_.bidders.push_back({user.id, static_cast<std::uint32_t>(bidder.number),
                                  bidder.bidder_ref, Money::from_cents(deposits.cents() * 10),
                                  user.key});
    }
}

void SqlWorld::commit_county(BatchId batch) {
    const Hash commitment = strikeoff::commitment(SecretRole::county, batch,
                                                  county_secret(facts_.county_master, batch));
    expect(app_.auctions.commit_county(facts_.auction, {{{batch, commitment}}}, staff_));
}

void SqlWorld::add_batch_facts(BatchId batch) {
    BatchFacts known{.id = batch};
    for (const LotRow& lot : lease()->all(lot_facts, batch))
        known.lots.push_back(
            {static_cast<std::uint32_t>(lot.adv_no), lot.certificate_id, lot.face});
    facts_.batches.push_back(std::move(known));
}

bool SqlWorld::offer_again() {
    const auto award = lease()->maybe_one(first_award, facts_.auction);
    if (!award) return false;
    const auto proposed = app_.amendments.propose(award->batch_id,
                                                  {.kind = auctions::AmendmentKind::award_voided,
                                                   .adv_no = award->adv_no,
                                                   .reason = "torture"},
                                                  staff_);
    if (!proposed || !app_.amendments.approve(*proposed, colleague_)) return false;
    const Instant begin = now();
    const auto batch = app_.auctions.add_cleanup(facts_.auction, {begin, begin + 600s});
    if (!batch) return false;
    commit_county(*batch);
    add_batch_facts(*batch);
    return true;
}

MoneyFacts SqlWorld::money() {
    MoneyFacts facts{.receivable = lease()->one(receivable_of, facts_.county),
                     .faces = lease()->one(faces_of, facts_.auction)};
    for (const BidderFacts& bidder : facts_.bidders)
        facts.awarded.push_back(expect(app_.onboarding.find(facts_.auction, bidder.user)).awarded);
    return facts;
}

} // namespace

void hand_in_secrets(App& app, const SaleFacts& sale) {
    auto connection = app.worker_pool.acquire();
    for (const BatchFacts& batch : sale.batches) {
        const StatusRow row = connection->one(batch_facts, batch.id);
        // A second time it is refused, or answered as before.
        if (row.close_hash)
            static_cast<void>(app.auctions.reveal(
                batch.id, {county_secret(sale.county_master, batch.id), *row.close_hash}));
    }
}

BatchFiles files_of(App& app, BatchId batch) {
    auto connection = app.worker_pool.acquire();
    BatchFiles files{.transcript =
                         auctions::published_transcript(*connection, app.keys, batch).value_or("")};
    const auctions::BatchReplay replay = auctions::load_replay(*connection, app.keys, batch);
    std::int64_t leaves = 0;
    for (const bids::Block& block : bids::read_blocks(*connection, batch, 0, 1'000'000))
        leaves += static_cast<std::int64_t>(block.records.size());
    auctions::replay_leaves(auctions::blocks_of(*connection, batch), replay, 0, leaves,
                            [&](const auctions::ReplayedLeaf& leaf) {
                                files.leaves.insert(files.leaves.end(), leaf.bytes.begin(),
                                                    leaf.bytes.end());
                            });
    return files;
}

std::unique_ptr<World> make_sql_world(App& app, const WorldShape& shape) {
    return std::make_unique<SqlWorld>(app, shape);
}

} // namespace strikeoff::torture
