#pragma once

#include "core/clearing.hpp"

#include <string>
#include <vector>

namespace strikeoff::cli {

/// Where `clear` reads a batch from; `rules` may be empty for the defaults.
struct SaleFiles {
    std::string items;
    std::string bids;
    std::string bidders;
    std::string rules;
};

/// A batch as its files describe it.
struct Sale {
    AwardRules rules;
    std::vector<ClearingItem> items;
    std::vector<ClearingBidder> bidders;
    std::vector<std::string> bidder_names; ///< In the order of `bidders`.
    std::vector<LiveBid> bids;
};

/// Reads and checks the files; `round` is given to every item. The failure's message is
/// `file:line: message` for the first thing wrong.
Result<Sale> read_sale(const SaleFiles& files, std::uint32_t round);

} // namespace strikeoff::cli
