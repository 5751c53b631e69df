// Covers: src/core/award_rules.cpp src/core/money.cpp src/core/time.cpp src/core/id.cpp
// Covers: src/core/schedule.cpp src/modules/counties/settings.cpp
#include "core/canonical_json.hpp"
#include "core/json.hpp"
#include "core/schedule.hpp"
#include "http/json.hpp"
#include "input.hpp"
#include "modules/counties/settings.hpp"

#include <algorithm>
#include <cassert>

namespace {

using namespace strikeoff;
using namespace strikeoff::counties;

/// Rules that are accepted have one canonical text, which is accepted.
void check_rules(const AwardRules& rules) {
    const std::string canonical = canonical_award_rules(rules);
    const auto again = parse_award_rules(canonical);
    assert(again && *again == rules);
    assert(canonical_json(parse_json_strict(canonical).value()) == canonical);
    assert(is_legal_rate(rules, rules.rate_start) || rules.rate_start == Rate{});
    assert(is_legal_rate(rules, Rate{}) == (rules.zero_bids == ZeroBids::allowed) ||
           rules.rate_start == Rate{});
    const Rate below = Rate::from_bp(rules.rate_start.bp() - rules.rate_step.bp());
    assert(is_legal_rate(rules, below) == (below >= rules.rate_floor) || below == Rate{});
    assert(rules.rate_step.bp() == 1 ||
           !is_legal_rate(rules, Rate::from_bp(rules.rate_start.bp() - 1)) ||
           rules.rate_start.bp() == 1);
}

/// Settings that a sale may have: they plan closings, and their rules can be published and read.
void check_settings(const SaleSettings& settings) {
    const std::string text = http::to_json(settings);
    assert(check_settings_layer(text));
    const auto again = merge_settings({text});
    assert(again && http::to_json(*again) == text);
    check_rules(settings.award_rules());
    assert(is_legal_rate(settings.award_rules(), settings.rate_start));
    assert(settings.deposit_minimum >= Money{} && settings.certificate_costs >= Money{});
    const auto closings = plan_closings({.time_zone = "America/New_York",
                                         .first_close = "2026-03-07T08:00",
                                         .day_opens = settings.day_opens,
                                         .day_closes = settings.day_closes,
                                         .interval_minutes = settings.batch_interval_minutes},
                                        50);
    assert(closings && std::ranges::is_sorted(*closings));
}

template <class T>
void check_value(std::string_view text, Result<T> (*parse)(std::string_view),
                 std::string (*format)(T)) {
    const auto value = parse(text);
    if (!value) {
        assert(value.error().reason.ends_with(".malformed"));
        return;
    }
    const std::string written = format(*value);
    const auto again = parse(written);
    assert(again && *again == *value && format(*again) == written);
}

void check_values(std::string_view text) {
    check_value<Money>(text, parse_money, format_money);
    check_value<Rate>(text, parse_rate, format_rate);
    check_value<Instant>(text, parse_instant, format_instant);
    check_value<Date>(text, parse_date, format_date);
    check_value<Month>(text, parse_month, format_month);
    if (const auto uuid = parse_uuid(text)) assert(parse_uuid(format_uuid(*uuid)) == uuid);
    if (const auto rate = parse_rate(text))
        assert(*rate >= Rate{} && *rate <= Rate::from_bp(99'999));
    if (const auto bytes = from_hex(text)) assert(to_hex(*bytes) == text);
}

void check_plan(std::string_view first_close, std::string_view opens, std::string_view zone) {
    const auto closings = plan_closings({.time_zone = zone,
                                         .first_close = first_close,
                                         .day_opens = opens,
                                         .day_closes = "17:00",
                                         .interval_minutes = 7},
                                        20);
    assert(!closings || (closings->size() == 20 && std::ranges::is_sorted(*closings)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // Two documents, and a value on each line behind them.
    const auto parts = fuzz::parts_of(fuzz::text_of(data, size), 3);
    for (const std::string_view document : {parts[0], parts[1]})
        if (const auto rules = parse_award_rules(document)) check_rules(*rules);
    const std::string first{parts[0]};
    const std::string second{parts[1]};
    if (check_settings_layer(first)) assert(merge_settings({first}));
    for (const auto& layers : {std::vector{first}, std::vector{first, second}})
        if (const auto settings = merge_settings(layers)) check_settings(*settings);
    std::vector<std::string_view> lines{parts[2]};
    while (lines.size() < 8 && lines.back().contains('\n')) {
        const std::string_view rest = lines.back();
        lines.back() = rest.substr(0, rest.find('\n'));
        lines.push_back(rest.substr(rest.find('\n') + 1));
    }
    for (const std::string_view line : lines)
        check_values(line);
    if (lines.size() >= 3) check_plan(lines[0], lines[1], lines[2]);
    return 0;
}
