#pragma once

#include "db/connection.hpp"
#include "http/json.hpp"
#include "http/request.hpp"
#include "modules/auctions/catalogue.hpp"

#include <initializer_list>

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

/// Where a page begins: after the row of this key and number, or so many rows further on.
struct Place {
    std::optional<Money> key; ///< What the rows are sorted by, as a number of two decimals.
    std::int64_t number = 0;  ///< Tells rows of one key apart.
    std::int64_t offset = 0;
};

/// What was found, with its place in the order.
template <class T>
struct Sorted {
    T item;
    Money key;
    std::int64_t number = 0;

    Place place() const { return {.key = key, .number = number}; }
};

/// Fails with query.malformed or query.filter.
Result<CatalogueFilter> filter_of(const http::Request& request, AuctionId auction);
/// The order asked for: the first of those there are when none is. Each may stand after a minus,
/// which turns it round. Fails with query.sort.
Result<std::string> sort_of(const http::Request& request,
                            std::initializer_list<std::string_view> orders);
/// The orders of a catalogue.
Result<std::string> sort_of(const http::Request& request);
/// Fails with query.malformed, query.filter or query.cursor.
Result<Place> place_of(const http::Request& request);
std::string cursor_after(const Place& place);
/// A page of `limit` out of a search for one more.
template <class T>
http::Page<T> page_of(std::vector<Sorted<T>> found, int limit) {
    http::Page<T> page;
    const bool has_more = found.size() > static_cast<std::size_t>(limit);
    if (has_more) found.pop_back();
    if (has_more) page.next_cursor = cursor_after(found.back().place());
    for (Sorted<T>& each : found)
        page.items.push_back(std::move(each.item));
    return page;
}
/// What a filter of the query says, if anything.
std::optional<std::string> query_text(const http::Request& request, std::string_view name);
/// Both fail with query.filter.
Result<std::optional<LotStatus>> query_status(const http::Request& request);
Result<std::optional<bool>> query_flag(const http::Request& request, const char* name);
std::unexpected<Error> no_such_filter(const std::string& name, const char* wanted);

/// As the connection's role may see them.
std::vector<Sorted<CatalogueItem>> search_items(db::Connection& connection,
                                                const CatalogueFilter& filter,
                                                const std::string& sort, const Place& after,
                                                std::int32_t limit);
CatalogueFacets count_items(db::Connection& connection, const CatalogueFilter& filter);

} // namespace strikeoff::auctions
