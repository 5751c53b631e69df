#pragma once

#include "core/award_rules.hpp"
#include "core/describe.hpp"
#include "core/face.hpp"
#include "core/money.hpp"
#include "db/transaction.hpp"

#include <optional>
#include <string>
#include <vector>

namespace strikeoff::counties {

enum class CleanupContent : std::uint8_t { voided, struck, both };
BOOST_DESCRIBE_ENUM(CleanupContent, voided, struck, both)
enum class Transcripts : std::uint8_t { at_batch_close, at_sale_end };
BOOST_DESCRIBE_ENUM(Transcripts, at_batch_close, at_sale_end)
enum class ResultsVisibility : std::uint8_t { all_bids, winners };
BOOST_DESCRIBE_ENUM(ResultsVisibility, all_bids, winners)

/// The settings of a sale (domain.md section 8). Each comes from the auction, else from the county,
/// else from `auction_defaults`, else from here.
struct SaleSettings {
    Format format = Format::proxy;
    Rate rate_start = Rate::from_bp(1800);
    Rate rate_step = Rate::from_bp(25);
    Rate rate_floor = Rate::from_bp(25);
    ZeroBids zero_bids = ZeroBids::allowed;
    Tie tie = Tie::random;
    TieWeight tie_weight = TieWeight::per_bidder;
    GroupPrice group_price = GroupPrice::as_one;
    bool blocked_bids_set_price = false;
    int deposit_percent = 10; ///< Deposits cover awards of 100 / this times their amount.
    Money deposit_minimum;
    CommissionBase commission_base = CommissionBase::tax_and_interest;
    Money certificate_costs = Money::from_cents(1500); ///< Advertising and sale, in each face.
    int batch_size = 2500;
    int batch_interval_minutes = 60;
    std::string day_opens = "08:00";
    std::string day_closes = "17:00";
    int group_freeze_hours = 72;
    int reveal_minutes = 10;
    CleanupContent cleanup_content = CleanupContent::voided;
    bool draw_without_county = false;
    Transcripts transcripts = Transcripts::at_batch_close;
    ResultsVisibility results_visibility = ResultsVisibility::all_bids;
    std::string time_zone = "America/New_York";

    AwardRules award_rules() const;
};
BOOST_DESCRIBE_STRUCT(SaleSettings, (),
                      (format, rate_start, rate_step, rate_floor, zero_bids, tie, tie_weight,
                       group_price, blocked_bids_set_price, deposit_percent, deposit_minimum,
                       commission_base, certificate_costs, batch_size, batch_interval_minutes,
                       day_opens, day_closes, group_freeze_hours, reveal_minutes, cleanup_content,
                       draw_without_county, transcripts, results_visibility, time_zone))

/// Lays JSON objects over the defaults, the last one strongest. Keys that no setting has are left
/// to other readers of the object. Fails with `settings.invalid` for a value of the wrong kind, or
/// when the result makes no sense.
Result<SaleSettings> merge_settings(const std::vector<std::string>& layers);

/// Checks the settings that one layer sets itself: unknown keys are refused as well.
Result<void> check_settings_layer(std::string_view json);

/// The settings in force for an auction.
SaleSettings load_settings(db::Connection& connection, AuctionId auction);

} // namespace strikeoff::counties
