#include "modules/auctions/staff.hpp"

#include "app.hpp"
#include "db/transaction.hpp"

namespace strikeoff::auctions {
namespace {

const db::Statement<CountyId(std::optional<AuctionId>, std::optional<BatchId>)> find_county{
    {"auctions.county_of", R"sql(
    SELECT a.county_id FROM auctions a WHERE a.id = $1
    UNION ALL
    SELECT b.county_id FROM batches b WHERE b.id = $2)sql"}};

Result<void> check_staff(App& app, const http::Request& request, std::optional<AuctionId> auction,
                         std::optional<BatchId> batch) {
    auto lease = app.read_pool.acquire();
    const auto county = lease->maybe_one(find_county, auction, batch);
    if (county && request.may_act_in(*county)) return {};
    return fail(ErrorCode::not_found, "not_found", "there is nothing here");
}

db::Identity reader(App& app, const http::Request& request, std::optional<AuctionId> auction,
                    std::optional<BatchId> batch) {
    db::Identity identity{request.caller.user, request.caller.counties()};
    if (request.caller.role != http::Role::admin) return identity;
    auto lease = app.read_pool.acquire();
    if (const auto county = lease->maybe_one(find_county, auction, batch))
        identity.counties.push_back(*county);
    return identity;
}

} // namespace

Result<AuctionId> staffed_auction(App& app, const http::Request& request) {
    SO_TRY(const AuctionId auction, request.path_id<AuctionId>("auction_id"));
    SO_TRY_VOID(check_staff(app, request, auction, std::nullopt));
    return auction;
}

Result<BatchId> staffed_batch(App& app, const http::Request& request) {
    SO_TRY(const BatchId batch, request.path_id<BatchId>("batch_id"));
    SO_TRY_VOID(check_staff(app, request, std::nullopt, batch));
    return batch;
}

Result<std::int32_t> path_number(const http::Request& request, std::string_view name) {
    std::int32_t number = 0;
    const std::string_view text = request.path_value(name);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return fail(ErrorCode::not_found, "not_found", "there is nothing here");
    return number;
}

db::Identity reader_of(App& app, const http::Request& request, AuctionId auction) {
    return reader(app, request, auction, std::nullopt);
}

db::Identity reader_of(App& app, const http::Request& request, BatchId batch) {
    return reader(app, request, std::nullopt, batch);
}

CountyId county_of(App& app, AuctionId auction) {
    auto lease = app.read_pool.acquire();
    return lease->one(find_county, std::optional{auction}, std::optional<BatchId>{});
}

CountyId county_of(App& app, BatchId batch) {
    auto lease = app.read_pool.acquire();
    return lease->one(find_county, std::optional<AuctionId>{}, std::optional{batch});
}

} // namespace strikeoff::auctions
