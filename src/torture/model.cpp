#include "torture/model.hpp"

#include <algorithm>
#include <set>

namespace strikeoff::torture {

using auctions::BatchStatus;
using bids::Verdict;
using namespace std::chrono_literals;

namespace {

bool is_unclosed(BatchStatus status) {
    return status == BatchStatus::scheduled || status == BatchStatus::open ||
           status == BatchStatus::paused;
}

Hash seed_of(std::uint64_t seed) {
    ByteWriter text;
    text.label("strikeoff/torture/v1").u64(seed);
    return sha256(text.data());
}

} // namespace

ModelBatch& ModelState::batch(BatchId id) {
    const auto found = std::ranges::find(batches, id, &ModelBatch::id);
    if (found == batches.end()) throw std::logic_error("no such batch");
    return *found;
}

bool ModelState::has(BatchId id) const {
    return std::ranges::count(batches, id, &ModelBatch::id) > 0;
}

std::int64_t length_of(const ModelBatch& batch) {
    if (batch.blocks.empty()) return 0;
    const bids::Block& last = batch.blocks.back();
    return last.first_seq + static_cast<std::int64_t>(last.records.size());
}

Instant last_end(const ModelBatch& batch) {
    return std::max(batch.end_time, batch.extended_to.value_or(batch.end_time));
}

Model::Model(const WorldShape& shape, Interleave interleave)
    : random_{shape.seed}, interleave_{std::move(interleave)}, key_{seed_of(shape.seed)},
      now_{Instant::from_micros(1'780'000'000'000'000)}, journal_{make_model_journal(*this)},
      books_{make_model_books(*this)}, projections_{make_model_projections(*this)},
      closings_{make_model_closings(*this)} {
    settings.format = shape.format;
    settings.budget_model = shape.budget_model;
    if (shape.format == Format::open) settings.extension_minutes = 2;
    county = CountyId{fresh_id()};
    auction = AuctionId{fresh_id()};
    master_ = fresh_hash();
    const HmacSha256 pseudonyms{ByteView{fresh_hash()}};
    for (int i = 0; i < shape.bidders; ++i) {
        const UserId user{fresh_id()};
        state.bidders.push_back({static_cast<std::uint32_t>(i + 1), user,
                                 bidder_ref(bidder_key(pseudonyms, user), user), i == 0 ? 3U : 1U,
                                 true});
        // Some can pay for everything, some for one item or two.
        state.covers.push_back(Money::from_cents(i % 3 == 2 ? 25'000 : 100'000'000));
        state.awarded.emplace_back();
    }
    std::uint32_t number = 0;
    for (int b = 0; b < shape.batches; ++b) {
        std::vector<auctions::ReplayLot> lots;
        for (int i = 0; i < shape.lots_a_batch; ++i) {
            ++number;
            lots.push_back({{number, CertificateId{fresh_id()},
                             Money::from_cents(10'000 + 100 * number), true},
                            0});
        }
        add_batch(std::move(lots), now_, now_ + 600s + b * 300s);
    }
}

Model::~Model() = default;

Uuid Model::fresh_id() {
    Bytes16 random;
    store_be64(random.data(), random_());
    store_be64(random.data() + 8, random_());
    return make_uuid_v7(now_, random);
}

Hash Model::fresh_hash() {
    Hash hash;
    for (std::size_t i = 0; i < 4; ++i)
        store_be64(hash.data() + 8 * i, random_());
    return hash;
}

BatchId Model::add_batch(std::vector<auctions::ReplayLot> lots, Instant start, Instant end) {
    ModelBatch batch{.id = BatchId{fresh_id()}, .start_time = start, .end_time = end};
    batch.lots = std::move(lots);
    batch.operator_secret = fresh_hash();
    batch.k_blind = fresh_hash();
    state.batches.push_back(std::move(batch));
    return state.batches.back().id;
}

SaleFacts Model::sale() {
    SaleFacts facts{.county = county,
                    .auction = auction,
                    .county_master = master_,
                    .format = settings.format,
                    .reserves = settings.bids_reserve()};
    for (const ModelBatch& batch : state.batches) {
        BatchFacts known{.id = batch.id};
        for (const auctions::ReplayLot& lot : batch.lots)
            known.lots.push_back(
                {lot.lot.adv_no, lot.lot.certificate, lot.lot.face, lot.lot.offered});
        facts.batches.push_back(std::move(known));
    }
    for (std::size_t i = 0; i < state.bidders.size(); ++i) {
        const auctions::ReplayBidder& bidder = state.bidders[i];
        facts.bidders.push_back({bidder.user, bidder.number, bidder.ref, state.covers[i]});
    }
    return facts;
}

std::vector<bids::Appended> Model::append(std::span<const bids::Offer> offers) {
    std::vector<const bids::Offer*> ordered;
    for (const bids::Offer& offer : offers)
        ordered.push_back(&offer);
    std::ranges::sort(ordered, {}, [](const bids::Offer* offer) { return offer->batch; });
    std::vector<bids::Appended> out;
    for (const bids::Offer* offer : ordered) {
        if (!state.has(offer->batch)) {
            out.push_back({.batch = offer->batch});
            continue;
        }
        ModelBatch& batch = state.batch(offer->batch);
        bids::Appended answer{.batch = batch.id, .first_seq = length_of(batch)};
        answer.accepted_at = change_time(batch);
        if (batch.status == BatchStatus::closed || batch.status == BatchStatus::canceled)
            answer.verdict = Verdict::closed;
        else if (batch.status == BatchStatus::closing)
            answer.verdict = Verdict::closing;
        else if (batch.status == BatchStatus::paused)
            answer.verdict = Verdict::paused;
        else if (batch.status == BatchStatus::scheduled || !batch.chain ||
                 answer.accepted_at < batch.start_time)
            answer.verdict = Verdict::pending;
        else if (answer.accepted_at >= last_end(batch))
            answer.verdict = Verdict::ended;
        else if (batch.version != offer->version)
            answer.verdict = Verdict::stale;
        else
            answer.verdict =
                offer->order ? take_order(batch, *offer->order, answer) : Verdict::stored;
        if (answer.verdict == Verdict::stored)
            batch.blocks.push_back({answer.first_seq, answer.accepted_at, offer->records});
        out.push_back(answer);
    }
    return out;
}

/// What a bidder's bids in the batch reserve, told from its journal.
Money Model::reserved(const ModelBatch& batch, std::uint32_t bidder) const {
    std::map<std::uint32_t, std::set<std::uint32_t>> holders; // Of each lot.
    for (const bids::Block& block : batch.blocks)
        for (const bids::JournalRecord& record : block.records) {
            if (settings.format == Format::open) holders[record.lot].clear();
            if (record.kind == BidKind::place)
                holders[record.lot].insert(record.bidder);
            else
                holders[record.lot].erase(record.bidder);
        }
    Money total;
    for (const auctions::ReplayLot& lot : batch.lots)
        if (lot.lot.offered && holders[lot.lot.adv_no].contains(bidder)) total += lot.lot.face;
    return total;
}

/// The most that the bidder could reserve in the batch, when that is less than wanted.
std::optional<Money> Model::room(const ModelBatch& batch, const bids::Reserved& wanted) const {
    if (wanted.amount <= reserved(batch, wanted.bidder)) return std::nullopt;
    const std::size_t i = wanted.bidder - 1;
    Money left = state.covers[i] - state.awarded[i];
    for (const ModelBatch& other : state.batches)
        if (other.id != batch.id && other.status != BatchStatus::closed &&
            other.status != BatchStatus::canceled)
            left -= reserved(other, wanted.bidder);
    if (wanted.amount <= left) return std::nullopt;
    return std::max(left, Money{});
}

Verdict Model::take_order(ModelBatch& batch, const bids::Order& order, bids::Appended& answer) {
    if (order.known_seq != answer.first_seq) return Verdict::behind;
    if (order.until && answer.accepted_at >= *order.until) return Verdict::item_ended;
    for (const bids::Reserved& wanted : order.amounts)
        if (const auto most = room(batch, wanted)) answer.rooms.push_back({wanted.bidder, *most});
    if (!answer.rooms.empty()) return Verdict::over_budget;
    for (const bids::Lead& lead : order.leads)
        if (!lead.is_final && lead.extendable && answer.accepted_at >= lead.ends - order.extension)
            batch.extended_to = std::max(last_end(batch), answer.accepted_at + order.extension);
    return Verdict::stored;
}

std::vector<bids::Appended> Model::fence(std::span<const BatchId> batches, bool shut) {
    // The lock waits for appends that hold it: each commits or dies.
    std::erase_if(lost_, [&](const LostAppend& lost) {
        const bool concerned =
            lost.under_way && std::ranges::any_of(lost.offers, [&](const bids::Offer& offer) {
                return std::ranges::count(batches, offer.batch) > 0;
            });
        if (concerned && random_() % 2 == 0) append(lost.offers);
        return concerned;
    });
    std::vector<bids::Appended> out;
    for (const BatchId batch : batches)
        if (state.has(batch)) {
            out.push_back({.batch = batch, .first_seq = length_of(state.batch(batch))});
            if (shut) ++state.batch(batch).version;
        }
    return out;
}

bool Model::lose(CountyId, std::vector<bids::Offer> offers, bool under_way) {
    lost_.push_back({std::move(offers), under_way});
    return true;
}

bool Model::commit_lost() {
    if (lost_.empty()) return false;
    const auto at = static_cast<std::ptrdiff_t>(random_() % lost_.size());
    append(lost_[static_cast<std::size_t>(at)].offers);
    lost_.erase(lost_.begin() + at);
    return true;
}

/// After the last accepted bid and the last change, whose times may lie ahead of the clock.
Instant Model::change_time(const ModelBatch& batch) const {
    Instant time = now_;
    if (!batch.blocks.empty()) time = std::max(time, batch.blocks.back().accepted_at + 1us);
    if (batch.chain && !batch.chain->changes.empty())
        time = std::max(time, batch.chain->changes.back().change.at);
    return time;
}

void Model::change(ModelBatch& batch, ChangeKind kind, Instant at, Instant new_end,
                   CertificateId certificate) {
    if (!batch.chain) return;
    const Change link{.kind = kind,
                      .at = at,
                      .new_end = new_end,
                      .certificate = certificate,
                      .reason_hash = sha256("torture")};
    const auto k = static_cast<std::uint32_t>(batch.chain->changes.size() + 1);
    const Hash hash = change_hash(batch.id, k, batch.chain->latest(), link);
    batch.chain->changes.push_back({link, {hash, key_.sign(chain_message(hash))}});
    ++batch.version;
}

bool Model::withdraw_lot(BatchId id, std::uint32_t number) {
    ModelBatch& batch = state.batch(id);
    const auto lot =
        std::ranges::find(batch.lots, number, [](const auto& each) { return each.lot.adv_no; });
    if (!is_unclosed(batch.status) || !batch.chain || lot == batch.lots.end() || !lot->lot.offered)
        return false;
    lot->lot.offered = false;
    change(batch, ChangeKind::lot_withdrawn, change_time(batch), batch.end_time,
           lot->lot.certificate);
    return true;
}

bool Model::bar(const BidderFacts& wanted) {
    const auto bidder =
        std::ranges::find(state.bidders, wanted.user, &auctions::ReplayBidder::user);
    if (!bidder->eligible) return false;
    bidder->eligible = false;
    for (ModelBatch& batch : state.batches)
        if (is_unclosed(batch.status)) ++batch.version;
    return true;
}

bool Model::pause() {
    if (state.paused) return false;
    Instant now = now_;
    for (const ModelBatch& batch : state.batches)
        now = std::max(now, change_time(batch));
    for (ModelBatch& batch : state.batches) {
        if (!is_unclosed(batch.status)) continue;
        if (batch.status == BatchStatus::open) batch.status = BatchStatus::paused;
        batch.paused_at = now;
        change(batch, ChangeKind::paused, now, batch.end_time, {});
    }
    state.paused = true;
    return true;
}

bool Model::resume() {
    if (!state.paused) return false;
    Instant now = now_;
    for (const ModelBatch& batch : state.batches)
        now = std::max(now, change_time(batch));
    for (ModelBatch& batch : state.batches) {
        if (!is_unclosed(batch.status) || !batch.paused_at) continue;
        if (batch.status == BatchStatus::paused) batch.status = BatchStatus::open;
        batch.end_time = std::max(batch.end_time + (now - *batch.paused_at), now + 15min);
        batch.paused_at.reset();
        batch.extended_to.reset();
        change(batch, ChangeKind::resumed, now, batch.end_time, {});
    }
    state.paused = false;
    return true;
}

bool Model::move_end(BatchId id, Instant end) {
    ModelBatch& batch = state.batch(id);
    const Instant now = change_time(batch);
    if (!is_unclosed(batch.status) || end <= now || end <= batch.start_time) return false;
    batch.end_time = end;
    batch.extended_to.reset();
    change(batch, ChangeKind::end_moved, now, end, {});
    return true;
}

bool Model::cancel(BatchId id) {
    ModelBatch& batch = state.batch(id);
    if (!is_unclosed(batch.status)) return false;
    change(batch, ChangeKind::canceled, change_time(batch), batch.end_time, {});
    batch.status = BatchStatus::canceled;
    return true;
}

void Model::hand_in_secrets() {
    for (ModelBatch& batch : state.batches) {
        if (!batch.closing || !batch.closing->close_hash || batch.county_secret) continue;
        const Hash secret = county_secret_of(batch.id);
        const Instant now = std::max(now_, batch.closing->close_published_at.value());
        batch.county_secret = secret;
        batch.received = CountySecret{
            secret, now,
            key_.sign(secret_message(batch.id, *batch.closing->close_hash, secret, now))};
    }
}

bool Model::offer_again() {
    const auto award =
        std::ranges::find_if(state.awards, [](const ModelAward& each) { return !each.voided; });
    if (award == state.awards.end() || state.paused) return false;
    award->voided = true;
    state.awarded[award->bidder] -= award->face;
    state.receivable -= award->face;
    const ModelBatch& batch = state.batch(award->batch);
    auctions::ReplayLot lot = *std::ranges::find(batch.lots, award->lot,
                                                 [](const auto& each) { return each.lot.adv_no; });
    ++lot.round;
    add_batch({lot}, now_, now_ + 600s);
    return true;
}

std::vector<RowFacts> Model::rows(BatchId batch) {
    std::vector<RowFacts> facts;
    for (const auto& [id, row] : state.batch(batch).rows)
        facts.push_back({row.seq, row.status});
    std::ranges::sort(facts, {}, &RowFacts::seq);
    return facts;
}

MoneyFacts Model::money() {
    MoneyFacts facts{.receivable = state.receivable, .awarded = state.awarded};
    for (const ModelAward& award : state.awards)
        if (!award.voided) facts.faces += award.face;
    return facts;
}

std::unique_ptr<World> make_model(const WorldShape& shape, Interleave interleave) {
    return std::make_unique<Model>(shape, std::move(interleave));
}

} // namespace strikeoff::torture
