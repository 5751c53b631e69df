#pragma once

#include "db/connection.hpp"
#include "http/request.hpp"
#include "modules/auctions/catalogue.hpp"

namespace strikeoff::auctions {

/// Which items of a sale. What is not set does not narrow.
struct CatalogueFilter {
    AuctionId auction;
    std::optional<std::string> text; ///< In the parcel's number, its owner or its address.
    std::optional<std::int32_t> batch;
    std::optional<LotStatus> status;
    std::optional<std::string> city;
    std::optional<std::string> use_code;
    std::optional<bool> homestead;
    std::optional<Money> face_min;
    std::optional<Money> face_max;
    std::optional<std::int32_t> adv_no; ///< The one item.
};

/// Where a page begins: after the item of this key and number.
struct CataloguePlace {
    std::optional<Money> key;
    std::int32_t adv_no = 0;
};

struct SortedItem {
    CatalogueItem item;
    Money key; ///< What it is sorted by, as a number of two decimals.
};

/// Fails with query.malformed or query.filter.
Result<CatalogueFilter> filter_of(const http::Request& request, AuctionId auction);
/// The order asked for: `number` when none is. Fails with query.sort.
Result<std::string> sort_of(const http::Request& request);
/// Fails with query.cursor.
Result<CataloguePlace> place_of(const http::Request& request);
std::string cursor_after(const SortedItem& last);

/// As the connection's role may see them.
std::vector<SortedItem> search_items(db::Connection& connection, const CatalogueFilter& filter,
                                     const std::string& sort, const CataloguePlace& after,
                                     std::int32_t limit);
CatalogueFacets count_items(db::Connection& connection, const CatalogueFilter& filter);

} // namespace strikeoff::auctions
