#include "demo/auction_day.hpp"

#include "client/machine_time.hpp"
#include "demo/interrupt.hpp"
#include "demo/summary.hpp"

namespace strikeoff::demo {
namespace {

using namespace std::chrono_literals;
using auctions::Batch;
using auctions::BatchStatus;

constexpr std::size_t connections = 12;
constexpr auto opening_patience = 60s;
constexpr auto closing_patience = 180s; ///< After the last end.
constexpr auto look_pause = 500ms;

std::vector<client::BidderKey> bidder_keys(const Cast& cast) {
    std::vector<client::BidderKey> keys;
    for (const Person& investor : cast.investors)
        keys.push_back({investor.id, investor.key});
    return keys;
}

} // namespace

std::vector<std::string> seed_command(const Places& places, const Service& service,
                                      AuctionId auction) {
    return {"seed",
            "--server",
            service.url(),
            "--key-file",
            (places.own / "staff.key").string(),
            "--auction",
            auction.text(),
            "--master",
            (places.own / fmt::format("master-{}", auction.text())).string(),
            "--watch"};
}

AuctionDay::AuctionDay(const Places& places, Service& service, const Cast& cast, const Sale& sale,
                       const client::PlanOptions& plan, Progress& progress)
    : places_{places}, service_{service}, cast_{cast}, sale_{sale}, plan_{plan},
      progress_{progress}, visitor_{service.address(), "", 60s}, receipts_{places.own / "receipts"},
      bidding_{service.address(), bidder_keys(cast), &receipts_, connections},
      seed_{seed_command(places, service, sale.auction), places.own / "seed.log"} {}

AuctionDay::~AuctionDay() {
    bidding_.stop();
    if (bidding_thread_.joinable()) bidding_thread_.join();
}

void AuctionDay::run(Audit& audit) {
    wait_until_open();
    start_bidding();
    withdraw_one();
    std::vector<Batch> waiting = sale_.batches;
    const Instant last_end = waiting.back().end_time;
    while (!waiting.empty()) {
        check_children();
        audit_closed(waiting, audit);
        show();
        if (!waiting.empty() && client::machine_now() > last_end + closing_patience)
            throw std::runtime_error(fmt::format("batch {} does not close; see {}",
                                                 waiting.front().number,
                                                 (places_.own / "serve.log").string()));
        pause(look_pause);
    }
    bidding_thread_.join();
    finish_seed();
    const client::BiddingCounts counts = bidding_.counts();
    std::string refusals;
    for (const auto& [reason, count] : counts.refused)
        refusals += fmt::format(", {} {}", thousands(count), reason);
    progress_.line(fmt::format("bids: {} accepted, {} unchanged; refused: {}{}",
                               thousands(counts.accepted), thousands(counts.unchanged),
                               thousands(counts.refusals()), refusals));
    if (counts.errors > 0)
        audit.contradictions.push_back(fmt::format("{} bid requests failed, the last with: {}",
                                                   counts.errors, counts.last_error));
}

void AuctionDay::wait_until_open() {
    std::size_t open = 0;
    for (auto waited = 0ms; waited < opening_patience; waited += 200ms) {
        check_children();
        open = 0;
        for (const Batch& batch : batches_of(visitor_, sale_.auction))
            open += batch.status == BatchStatus::open ? 1U : 0U;
        if (open == sale_.batches.size()) {
            progress_.line(fmt::format("{} batches are open, with the county's commitments", open));
            return;
        }
        pause(200ms);
    }
    throw std::runtime_error(fmt::format("only {} of {} batches opened; see {}", open,
                                         sale_.batches.size(),
                                         (places_.own / "seed.log").string()));
}

void AuctionDay::start_bidding() {
    const std::chrono::microseconds offset = clock_offset(visitor_);
    const Instant now = client::machine_now() + offset;
    std::size_t requests = 0;
    for (const Batch& batch : sale_.batches) {
        client::BatchBidding bidding{.batch = batch.id, .from = now, .end = batch.end_time};
        for (const auctions::Item& item : items_of(visitor_, batch.id))
            bidding.items.push_back(item.certificate_id);
        bidding.requests =
            client::plan_bids(plan_, static_cast<std::uint32_t>(batch.number),
                              static_cast<std::uint32_t>(bidding.items.size()), sale_.strategies);
        requests += bidding.requests.size();
        plans_.push_back(std::move(bidding));
    }
    progress_.line(fmt::format("{} investors begin to bid: {} requests planned",
                               sale_.strategies.size(),
                               thousands(static_cast<std::int64_t>(requests))));
    bidding_thread_ = std::thread{[this, offset] {
        try {
            bidding_.run(plans_, offset);
        } catch (...) {
            bidding_failure_ = std::current_exception();
        }
        bidding_done_ = true;
    }};
}

/// The owner pays while bids are coming in: the item leaves the sale, its bids are void.
void AuctionDay::withdraw_one() {
    const Batch& batch = sale_.batches.at(sale_.batches.size() / 2);
    const auctions::Item item = items_of(visitor_, batch.id).front();
    pause(5s);
    client::Api staff{service_.address(), cast_.staff.back().key};
    expect(staff.tell(
               fmt::format("/api/v1/batches/{}/items/{}/withdraw", batch.id.text(), item.adv_no),
               auctions::Reason{"paid before the sale"}),
           "withdrawal");
    progress_.line(fmt::format("item {} of batch {} is withdrawn: its tax was paid", item.adv_no,
                               batch.number));
}

void AuctionDay::audit_closed(std::vector<Batch>& waiting, Audit& audit) {
    const std::vector<Batch> seen = batches_of(visitor_, sale_.auction);
    std::erase_if(waiting, [&](const Batch& batch) {
        const auto now = std::ranges::find(seen, batch.id, &Batch::id);
        if (now == seen.end() || now->status != BatchStatus::closed) return false;
        if (!bidding_.is_done(batch.id)) return false; // Receipts may still arrive.
        progress_.live(fmt::format("batch {}: downloading and verifying", batch.number));
        const std::size_t before = audit.contradictions.size();
        audit_batch(places_, service_, *now, receipts_, bidding_.counts().errors == 0, audit);
        progress_.line(fmt::format(
            "batch {} closed: {} awarded, {} struck, {} withdrawn; transcript and {} receipts {}",
            now->number, now->awarded, now->struck, now->withdrawn,
            thousands(receipts_.count(batch.id)),
            audit.contradictions.size() == before ? "verified" : "DISAGREE"));
        return true;
    });
}

void AuctionDay::show() {
    const client::BiddingCounts counts = bidding_.counts();
    progress_.live(fmt::format("{} of {} requests, {} bids accepted, {} refused",
                               thousands(counts.requests), thousands(counts.requests_planned),
                               thousands(counts.accepted), thousands(counts.refusals())));
}

void AuctionDay::check_children() {
    service_.check_alive();
    if (bidding_done_ && bidding_failure_) std::rethrow_exception(bidding_failure_);
    if (const auto code = seed_.poll(); code && *code != 0)
        throw std::runtime_error("the county's tool has ended:\n" + seed_.log_text());
}

void AuctionDay::finish_seed() {
    for (auto waited = 0ms; waited < 30s && !seed_.poll(); waited += 100ms)
        pause(100ms);
    if (seed_.poll() != 0)
        throw std::runtime_error("the county's tool did not end well:\n" + seed_.log_text());
}

} // namespace strikeoff::demo
