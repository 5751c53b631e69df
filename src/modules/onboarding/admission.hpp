#pragma once

#include "db/transaction.hpp"
#include "modules/counties/settings.hpp"
#include "modules/onboarding/onboarding.hpp"

namespace strikeoff::onboarding {

/// Why a book became narrower, in book_changes. The kinds of a batch's chain are 1 to 5, and 17 is
/// a fence of the journal.
enum class BookChange : std::int16_t { barred = 16, not_eligible = 18, owner_known = 19 };

constexpr bool is_form_year(int year) {
    return year >= 1900 && year <= 2200;
}

/// Fails with tax_form.foreign where the county takes a W-9 alone.
Result<void> check_kind(TaxFormKind kind, const counties::SaleSettings& settings);

/// Locks what a change of somebody's admission touches, in the order of all: the batches that are
/// not closed, then the rows as a bidder. Of a bidder number, of a sale, or of the one in the
/// other. Comes before the change, so that no other change is missed when it is weighed.
void lock_books(db::Connection& connection, std::optional<BidderNumberId> number,
                std::optional<AuctionId> auction);

/// Makes every process load the books anew before it stores another bid. Only what narrows a book
/// raises its version; what widens it is looked up when somebody is about to be refused.
void narrow_books(db::Connection& connection, BidderNumberId number,
                  std::optional<AuctionId> auction, BookChange change);

/// Writes what is missing of the bidders of a sale, or of one of them, and narrows the books of
/// those who may bid no longer. Call it last in the transaction that changes their grounds.
void reconsider(db::Connection& connection, AuctionId auction,
                std::optional<BidderNumberId> number);

/// The same in all sales that are not over.
void reconsider_everywhere(db::Connection& connection, BidderNumberId number);

/// Appends to the county's audit log; holds its head until the commit.
void audit_papers(db::Connection& connection, CountyId county, UserId by, BidderNumberId number,
                  const std::string& action, const std::string& canonical_facts);

/// Records a tax form, and the name on the latest accepted one as the number's. The number's row
/// must be locked.
void write_tax_form(db::Connection& connection, BidderNumberId number, const SetTaxForm& form,
                    UserId by);

} // namespace strikeoff::onboarding
