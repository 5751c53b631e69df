#pragma once

#include "modules/auctions/catalogue.hpp"

namespace strikeoff::auctions {

/// How many results of a batch have a value, under all filters but the one for that value.
struct ResultFacets {
    int total = 0; ///< Results under all filters.
    Money face;    ///< What they cost together.
    std::vector<FacetCount> status;
    std::vector<FacetCount> drawn; ///< Whether the lot decided among tied bids.
    std::vector<FacetCount> rate;  ///< Lowest first.
};
BOOST_DESCRIBE_STRUCT(ResultFacets, (), (total, face, status, drawn, rate))

/// The routes of what became of a closed batch: its results and the bids on an item, each searched,
/// counted and exported. Bids are shown as far as the sale's `results_visibility` goes.
void add_result_routes(http::Router& router);

} // namespace strikeoff::auctions
