#include "modules/counties/settings.hpp"

#include "http/json.hpp"

namespace strikeoff::counties {
namespace {

struct SettingsRow {
    std::string defaults;
    std::string county;
    std::string auction;
    std::string time_zone;
};
BOOST_DESCRIBE_STRUCT(SettingsRow, (), (defaults, county, auction, time_zone))

const db::Statement<SettingsRow(std::optional<AuctionId>, std::optional<CountyId>)> settings_of{
    {"counties.settings_of", R"sql(
    SELECT coalesce((SELECT jsonb_strip_nulls(jsonb_build_object(
               'batch_interval_minutes', d.default_batching_interval_minutes,
               'rate_start', d.default_interest_rate_start::text,
               'rate_floor', d.default_interest_rate_min::text,
               'zero_bids', CASE WHEN d.default_zero_bid_allowed THEN 'allowed' ELSE 'refused' END,
               'extension_minutes', d.default_bid_extension_minutes))
             FROM auction_defaults d), '{}')::text AS defaults,
           c.settings_json::text AS county,
           coalesce(a.settings_json, '{}')::text AS auction,
           c.time_zone
    FROM counties c LEFT JOIN auctions a ON a.id = $1
    WHERE c.id = coalesce($2, (SELECT county_id FROM auctions WHERE id = $1)))sql"}};

/// A year: the database could not go back from a closing by any number of hours.
constexpr int group_freeze_hours_max = 8760;

bool is_time_of_day(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return text.size() == 5 && text[2] == ':' && is_digit(text[0]) && is_digit(text[1]) &&
           is_digit(text[3]) && is_digit(text[4]) && text < "24:00" && text[3] < '6';
}

Result<void> check_sense(const SaleSettings& s) {
    std::vector<FieldError> errors;
    if (s.rate_start.bp() <= 0) errors.push_back({"rate_start", "must be above 0"});
    if (s.rate_step.bp() <= 0) errors.push_back({"rate_step", "must be above 0"});
    if (s.rate_floor > s.rate_start) errors.push_back({"rate_floor", "must not exceed rate_start"});
    if (s.rate_start.bp() > 10'000) errors.push_back({"rate_start", "must not exceed 100.00"});
    if (s.deposit_percent < 0 || s.deposit_percent > 100)
        errors.push_back({"deposit_percent", "must be 0 to 100"});
    if (s.batch_size < 1 || s.batch_size > 100'000)
        errors.push_back({"batch_size", "must be 1 to 100000"});
    if (s.batch_interval_minutes < 1 || s.batch_interval_minutes > 1440)
        errors.push_back({"batch_interval_minutes", "must be 1 to 1440"});
    if (s.reveal_minutes < 0 || s.reveal_minutes > 1440)
        errors.push_back({"reveal_minutes", "must be 0 to 1440"});
    if (s.group_freeze_hours < 0 || s.group_freeze_hours > group_freeze_hours_max)
        errors.push_back({"group_freeze_hours", "must be 0 to 8760"});
    if (s.extension_minutes && (*s.extension_minutes < 1 || *s.extension_minutes > 60))
        errors.push_back({"extension_minutes", "must be 1 to 60, or null"});
    if (s.extensions_max < 1 || s.extensions_max > 1000)
        errors.push_back({"extensions_max", "must be 1 to 1000"});
    for (const auto& [name, amount] : {std::pair{"deposit_minimum", s.deposit_minimum},
                                       {"certificate_costs", s.certificate_costs},
                                       {"homestead_minimum", s.homestead_minimum},
                                       {"redemption_fee", s.redemption_fee},
                                       {"purchase_fee", s.purchase_fee},
                                       {"transfer_fee", s.transfer_fee},
                                       {"tax_deed_fee", s.tax_deed_fee}})
        if (amount < Money{}) errors.push_back({name, "must not be below 0.00"});
    for (const auto& [name, percent] :
         {std::pair{"interest_minimum_percent", s.interest_minimum_percent},
          {"commission_percent", s.commission_percent},
          {"redemption_minimum_percent", s.redemption_minimum_percent},
          {"cancellation_rate_max", s.cancellation_rate_max}})
        if (percent < Rate{} || percent.bp() > 10'000)
            errors.push_back({name, "must be 0.00 to 100.00"});
    if (!is_time_of_day(s.day_opens)) errors.push_back({"day_opens", "must be a time like 08:00"});
    if (!is_time_of_day(s.day_closes) || s.day_closes < s.day_opens)
        errors.push_back({"day_closes", "must be a time like 17:00, after day_opens"});
    if (errors.empty()) return {};
    return fail(ErrorCode::invalid_input, "settings.invalid", "the settings make no sense",
                std::move(errors));
}

/// Lays one object over the settings; returns how many of its keys are settings.
Result<std::size_t> lay_over(SaleSettings& settings, std::string_view layer) {
    SO_TRY(const boost::json::value document, parse_json_strict(layer));
    if (!document.is_object())
        return fail(ErrorCode::invalid_input, "settings.invalid", "settings must be an object");
    std::vector<FieldError> errors;
    http::JsonReader reader{errors};
    std::size_t known = 0;
    for_each_member(settings, [&](std::string_view name, auto& member) {
        const boost::json::value* value = document.get_object().if_contains(name);
        if (!value) return;
        ++known;
        if constexpr (is_optional<std::remove_cvref_t<decltype(member)>>)
            if (value->is_null()) return member.reset(); // Nothing, whatever a layer below says.
        reader.read(*value, std::string(name), member);
    });
    if (!errors.empty())
        return fail(ErrorCode::invalid_input, "settings.invalid", "a setting has a wrong value",
                    std::move(errors));
    return known;
}

SaleSettings merged(const SettingsRow& row) {
    auto settings = merge_settings(
        {row.defaults, "{\"time_zone\":\"" + row.time_zone + "\"}", row.county, row.auction});
    if (!settings) throw std::runtime_error("settings of a sale: " + settings.error().message);
    return *std::move(settings);
}

} // namespace

AwardRules SaleSettings::award_rules() const {
    const bool open = format == Format::open;
    return {.format = format,
            .rate_start = rate_start,
            .rate_step = rate_step,
            .rate_floor = rate_floor,
            .zero_bids = zero_bids,
            .blocked_bids_set_price = blocked_bids_set_price,
            .group_price = group_price,
            .tie_weight = tie_weight,
            .tie = open ? Tie::first_received : tie, // Its bids never tie.
            .extension_minutes = open ? extension_minutes : std::nullopt,
            .extensions_max = open ? extensions_max : AwardRules{}.extensions_max};
}

Result<SaleSettings> merge_settings(const std::vector<std::string>& layers) {
    SaleSettings settings;
    for (const std::string& layer : layers)
        if (auto known = lay_over(settings, layer); !known)
            return std::unexpected(std::move(known).error());
    SO_TRY_VOID(check_sense(settings));
    return settings;
}

Result<void> check_settings_layer(std::string_view json) {
    SaleSettings settings;
    SO_TRY(const std::size_t known, lay_over(settings, json));
    SO_TRY(const boost::json::value document, parse_json_strict(json));
    if (known == document.get_object().size()) return check_sense(settings);
    std::vector<FieldError> errors;
    for (const auto& member : document.get_object()) {
        bool found = false;
        for_each_member(settings,
                        [&](std::string_view name, auto&) { found |= name == member.key(); });
        if (!found) errors.push_back({std::string(member.key()), "is not a setting"});
    }
    return fail(ErrorCode::invalid_input, "settings.invalid", "there is no such setting",
                std::move(errors));
}

SaleSettings load_settings(db::Connection& connection, AuctionId auction) {
    return merged(connection.one(settings_of, std::optional{auction}, std::optional<CountyId>{}));
}

std::optional<SaleSettings> load_county_settings(db::Connection& connection, CountyId county) {
    const auto row =
        connection.maybe_one(settings_of, std::optional<AuctionId>{}, std::optional{county});
    return row ? std::optional{merged(*row)} : std::nullopt;
}

} // namespace strikeoff::counties
