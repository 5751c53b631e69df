#pragma once

#include "client/bidding.hpp"
#include "demo/people.hpp"
#include "modules/auctions/auctions.hpp"

namespace strikeoff::demo {

struct SaleOptions {
    int batches = 8;
    std::chrono::seconds batch_interval{20};
    std::chrono::seconds first_end{45}; ///< From the publication.
    int delinquent_percent = 60;
    client::PlanOptions plan;
};

/// A published sale of the demo.
struct Sale {
    AuctionId auction;
    std::vector<auctions::Batch> batches;
    std::vector<client::Strategy> strategies; ///< Of the investors, in their order.
};

/// Money that an investor brings, and what it sets itself.
struct Purse {
    Money deposits;
    std::optional<Money> own_limit;
};
/// Purses of which some run out during the sale. The same seed gives the same ones.
std::vector<Purse> deal_purses(std::uint64_t seed, std::size_t investors);

/// Numbers and names of `members` affiliates, as the group's CSV.
std::string group_csv(int group, int members);

/// Drafts the sale of the next tax year: delinquent parcels, bidders with deposits, limits and
/// three groups, batches; then publishes it. Throws std::runtime_error.
Sale make_sale(const Places& places, const Service& service, Cast& cast,
               const SaleOptions& options);

/// Items of a batch, all pages.
std::vector<auctions::Item> items_of(client::Api& api, BatchId batch);
std::vector<auctions::Batch> batches_of(client::Api& api, AuctionId auction);

/// The server's clock less this machine's, to within the time of a call.
std::chrono::microseconds clock_offset(client::Api& api);

} // namespace strikeoff::demo
