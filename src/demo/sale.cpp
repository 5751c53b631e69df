#include "demo/sale.hpp"

#include "client/dice.hpp"
#include "client/machine_time.hpp"
#include "core/schedule.hpp"
#include "modules/certificates/certificates.hpp"
#include "modules/onboarding/onboarding.hpp"

namespace strikeoff::demo {
namespace {

using client::Api;

constexpr int first_tax_year = 2024;
// Bidder numbers behind the first three investors; the first is of the size Broward County met.
constexpr std::array group_sizes{100'000, 250, 12};

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

struct Time {
    Instant now;
};
BOOST_DESCRIBE_STRUCT(Time, (), (now))

constexpr std::string_view time_zone = "America/New_York"; ///< Of a county that names none.
constexpr std::string_view settings = R"({"group_freeze_hours":0,"deposit_percent":10,)"
                                      R"("reveal_minutes":10,"zero_bids":"allowed"})";

void register_investors(const Service& service, const Cast& cast, const Sale& sale,
                        std::uint64_t seed) {
    Api staff{service.address(), cast.staff.front().key};
    const Instant now = client::machine_now() + clock_offset(staff);
    const std::string bidders = fmt::format("/api/v1/auctions/{}/bidders", sale.auction.text());
    const onboarding::NewTaxForm tax_form{.form_year = expect(local_year(time_zone, now), "year")};
    const std::vector<Purse> purses = deal_purses(seed, cast.investors.size());
    for (std::size_t i = 0; i < cast.investors.size(); ++i) {
        const Person& investor = cast.investors[i];
        expect(staff.post<onboarding::Bidder>(
                   bidders, onboarding::NewBidder{.user_id = investor.id,
                                                  .bidder_number = fmt::format("{:05}", i + 1),
                                                  .name = fmt::format("Investor {}", i + 1),
                                                  .deposits = purses[i].deposits,
                                                  .tax_form = tax_form,
                                                  .agreement_signed = true}),
               "registration");
        if (purses[i].own_limit) {
            Api own{service.address(), investor.key};
            expect(own.send(client::Verb::put,
                            fmt::format("/api/v1/auctions/{}/me/limit", sale.auction.text()),
                            http::to_json(onboarding::SetLimit{purses[i].own_limit})),
                   "own limit");
        }
        if (i >= group_sizes.size()) continue;
        Api patient{service.address(), cast.staff.front().key, std::chrono::seconds{300}};
        expect(patient.send(client::Verb::put,
                            fmt::format("{}/{}/group", bidders, investor.id.text()),
                            group_csv(static_cast<int>(i) + 1, group_sizes[i] - 1), "text/csv"),
               "group");
    }
}

/// Equal parts; the last one takes what is left.
void add_batches(Api& staff, const Sale& sale, const SaleOptions& options, int certificates) {
    const Instant now = client::machine_now() + clock_offset(staff);
    const int part = certificates / options.batches;
    for (int i = 0; i < options.batches; ++i)
        expect(staff.post<auctions::Batch>(
                   fmt::format("/api/v1/auctions/{}/batches", sale.auction.text()),
                   auctions::NewBatch{
                       .start_time = now,
                       .end_time = now + options.first_end + options.batch_interval * i,
                       .adv_from = part * i + 1,
                       .adv_to = i + 1 == options.batches ? certificates : part * (i + 1)}),
               "batch");
}

} // namespace

std::vector<Purse> deal_purses(std::uint64_t seed, std::size_t investors) {
    client::Dice dice{seed};
    const auto dollars = [](std::uint64_t amount) {
        return Money::from_cents(static_cast<std::int64_t>(amount) * 100);
    };
    std::vector<Purse> purses;
    for (std::size_t i = 0; i < investors; ++i) {
        Purse purse{.deposits = dollars(200 + 50 * dice.below(150))};
        if (i < group_sizes.size()) purse.deposits = dollars(20'000);
        if (dice.chance(30)) purse.own_limit = dollars(1'000 + 500 * dice.below(30));
        purses.push_back(purse);
    }
    return purses;
}

std::string group_csv(int group, int members) {
    std::string csv = "number,name\n";
    for (int i = 1; i <= members; ++i)
        csv += fmt::format("G{}-{:06},Affiliate {} of group {}\n", group, i, i, group);
    return csv;
}

Sale make_sale(const Places& places, const Service& service, Cast& cast,
               const SaleOptions& options) {
    Api staff{service.address(), cast.staff.front().key, std::chrono::seconds{120}};
    const int tax_year = cast.last_tax_year == 0 ? first_tax_year : cast.last_tax_year + 1;
    const auto delinquent =
        expect(staff.post<certificates::DelinquentSummary>(
                   fmt::format("/api/v1/counties/{}/delinquent", cast.county.text()),
                   certificates::MarkDelinquent{.tax_year = tax_year,
                                                .seed = options.plan.seed,
                                                .percent = options.delinquent_percent}),
               "delinquent parcels");
    cast.last_tax_year = tax_year; // A year is used once, whatever becomes of its sale.
    Sale sale;
    sale.auction =
        expect(staff.post<auctions::Auction>(
                   fmt::format("/api/v1/counties/{}/auctions", cast.county.text()),
                   auctions::NewAuction{.name = fmt::format("Tax certificate sale {}", tax_year),
                                        .tax_year = tax_year,
                                        .settings = db::Json{std::string(settings)}}),
               "auction")
            .id;
    cast.last_auction = sale.auction;
    save_cast(places, cast);
    register_investors(service, cast, sale, static_cast<std::uint64_t>(options.plan.seed));
    add_batches(staff, sale, options, delinquent.created - delinquent.straight_to_county);
    expect(staff.tell(fmt::format("/api/v1/auctions/{}/publish", sale.auction.text()), Nothing{}),
           "publication");
    sale.batches = batches_of(staff, sale.auction);
    sale.strategies =
        client::deal_strategies(options.plan, cast.investors.size(), group_sizes.size());
    return sale;
}

std::vector<auctions::Item> items_of(Api& api, BatchId batch) {
    return expect(api.list<auctions::Item>("/api/v1/batches/" + batch.text() + "/items"), "items");
}

std::vector<auctions::Batch> batches_of(Api& api, AuctionId auction) {
    return expect(api.list<auctions::Batch>("/api/v1/auctions/" + auction.text() + "/batches"),
                  "batches");
}

std::chrono::microseconds clock_offset(Api& api) {
    const Instant before = client::machine_now();
    const Instant server = expect(api.get<Time>("/api/v1/time"), "time").now;
    const Instant after = client::machine_now();
    return server - (before + (after - before) / 2);
}

} // namespace strikeoff::demo
