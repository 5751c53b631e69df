#pragma once

#include "core/award_rules.hpp"
#include "core/describe.hpp"
#include "core/face.hpp"
#include "core/interest.hpp"
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
/// When bids count against a budget: the awards alone, or every bid that stands.
enum class BudgetModel : std::uint8_t { at_award, exposure };
BOOST_DESCRIBE_ENUM(BudgetModel, at_award, exposure)
/// What becomes of a certificate whose winner did not pay (F.S. 197.4325).
enum class OnDefault : std::uint8_t { readvertise, county_held };
BOOST_DESCRIBE_ENUM(OnDefault, readvertise, county_held)

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
    Money deposit_minimum;    ///< Of each bidder, and of each usable member of a group.
    BudgetModel budget_model = BudgetModel::at_award;
    bool w9_yearly = true;        ///< A tax form of the sale's own year, not just any.
    bool foreign_bidders = false; ///< Whether a W-8 will do for a W-9.
    Rate interest_minimum_percent = Rate::from_bp(300); ///< Of the tax, in each face.
    Rate commission_percent = Rate::from_bp(500);
    CommissionBase commission_base = CommissionBase::tax_and_interest;
    Money certificate_costs = Money::from_cents(1500);   ///< Advertising and sale, in each face.
    Money homestead_minimum = Money::from_cents(25'000); ///< Less tax is not offered.
    int batch_size = 2500;
    int batch_interval_minutes = 60;
    std::string day_opens = "08:00";
    std::string day_closes = "17:00";
    int group_freeze_hours = 72;
    int reveal_minutes = 10;
    CleanupContent cleanup_content = CleanupContent::voided;
    OnDefault on_default = OnDefault::readvertise;
    bool draw_without_county = false;
    Transcripts transcripts = Transcripts::at_batch_close;
    ResultsVisibility results_visibility = ResultsVisibility::all_bids;
    std::string time_zone = "America/New_York";
    std::optional<int> extension_minutes; ///< Of the open format; nothing is a hard close.
    int extensions_max = 10;
    Accrual redemption_accrual = Accrual::monthly_inclusive;
    Rate redemption_minimum_percent = Rate::from_bp(500);
    bool redemption_minimum_at_zero_rate = false;
    Money redemption_fee = Money::from_cents(625);
    Money purchase_fee = Money::from_cents(625); ///< Of a county-held certificate.
    Money transfer_fee = Money::from_cents(225);
    Money tax_deed_fee = Money::from_cents(7500);
    Rate cancellation_rate_max = Rate::from_bp(800); ///< Of what a holder gets back.

    AwardRules award_rules() const;
    /// Whether bids reserve budget: by the budget model, and always in the open format.
    bool bids_reserve() const {
        return budget_model == BudgetModel::exposure || format == Format::open;
    }
};
BOOST_DESCRIBE_STRUCT(SaleSettings, (),
                      (format, rate_start, rate_step, rate_floor, zero_bids, tie, tie_weight,
                       group_price, blocked_bids_set_price, deposit_percent, deposit_minimum,
                       budget_model, w9_yearly, foreign_bidders, interest_minimum_percent,
                       commission_percent, commission_base, certificate_costs, homestead_minimum,
                       batch_size, batch_interval_minutes, day_opens, day_closes,
                       group_freeze_hours, reveal_minutes, cleanup_content, on_default,
                       draw_without_county, transcripts, results_visibility, time_zone,
                       extension_minutes, extensions_max, redemption_accrual,
                       redemption_minimum_percent, redemption_minimum_at_zero_rate, redemption_fee,
                       purchase_fee, transfer_fee, tax_deed_fee, cancellation_rate_max))

/// Lays JSON objects over the defaults, the last one strongest. Keys that no setting has are left
/// to other readers of the object. Fails with `settings.invalid` for a value of the wrong kind, or
/// when the result makes no sense.
Result<SaleSettings> merge_settings(const std::vector<std::string>& layers);

/// Checks the settings that one layer sets itself: unknown keys are refused as well.
Result<void> check_settings_layer(std::string_view json);

/// The settings in force for an auction.
SaleSettings load_settings(db::Connection& connection, AuctionId auction);

/// Those of a county's sales that set nothing themselves; nothing when there is no such county.
std::optional<SaleSettings> load_county_settings(db::Connection& connection, CountyId county);

} // namespace strikeoff::counties
