#pragma once

#include "core/id.hpp"
#include "db/connection.hpp"

#include <functional>
#include <string_view>

namespace strikeoff::auctions {

/// Takes a piece of a CSV file.
using CsvSink = std::function<void(std::string_view)>;

/// A cell that a spreadsheet would run as a formula gets an apostrophe in front.
std::string safe_cell(std::string_view text);

/// Every item of the closed batches of a sale, by advertised number. CSV with a header, pages of
/// some thousand rows at a time. Throws db::Unavailable.
void export_results(db::Connection& connection, AuctionId auction, const CsvSink& sink);
/// What a sale offers, in the columns that the field's advertised lists have.
void export_advertised(db::Connection& connection, AuctionId auction, const CsvSink& sink);
/// The register of a county's certificates: number, holder, rate, status.
void export_register(db::Connection& connection, CountyId county, const CsvSink& sink);

} // namespace strikeoff::auctions
