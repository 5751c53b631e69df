#include "core/award_rules.hpp"

#include "core/rules_json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace strikeoff {
namespace {

/// A bid carries its rate in sixteen bits of basis points.
constexpr Rate rate_start_max = Rate::from_bp(65'535);

/// The rules of the open format have two more.
struct OpenRules {
    Format format = Format::proxy;
    Rate rate_start = AwardRules{}.rate_start;
    Rate rate_step = AwardRules{}.rate_step;
    Rate rate_floor = AwardRules{}.rate_floor;
    ZeroBids zero_bids = ZeroBids::allowed;
    bool blocked_bids_set_price = false;
    GroupPrice group_price = GroupPrice::as_one;
    TieWeight tie_weight = TieWeight::per_bidder;
    Tie tie = Tie::first_received;
    std::optional<int> extension_minutes;
    int extensions_max = 10;
};
BOOST_DESCRIBE_STRUCT(OpenRules, (),
                      (format, rate_start, rate_step, rate_floor, zero_bids, blocked_bids_set_price,
                       group_price, tie_weight, tie, extension_minutes, extensions_max))

std::string quoted(bool value) {
    return value ? "true" : "false";
}
std::string quoted(int value) {
    return std::to_string(value);
}
std::string quoted(std::optional<int> value) {
    return value ? quoted(*value) : "null";
}
std::string quoted(Rate value) {
    return fmt::format("\"{}\"", format_rate(value));
}
template <DescribedEnum E>
std::string quoted(E value) {
    return fmt::format("\"{}\"", enum_name(value));
}

template <class Rules>
std::string canonical(const Rules& rules) {
    std::vector<std::pair<std::string_view, std::string>> members;
    for_each_member(rules, [&](std::string_view name, const auto& member) {
        members.emplace_back(name, quoted(member));
    });
    std::ranges::sort(members); // RFC 8785 orders the keys.
    std::string out;
    for (const auto& [name, value] : members)
        out += fmt::format("{}\"{}\":{}", out.empty() ? '{' : ',', name, value);
    return out + '}';
}

bool is_open_format(std::string_view text) {
    const auto document = parse_json_strict(text);
    if (!document || !document->is_object()) return false;
    const boost::json::value* format = document->get_object().if_contains("format");
    return format && format->is_string() && format->get_string() == "open";
}

Result<AwardRules> read_open_rules(std::string_view text) {
    SO_TRY(const OpenRules r, read_rules<OpenRules>(text));
    if (r.tie != Tie::first_received)
        return malformed_rule("tie", "must be \"first_received\" in the open format");
    return AwardRules{r.format,        r.rate_start,
                      r.rate_step,     r.rate_floor,
                      r.zero_bids,     r.blocked_bids_set_price,
                      r.group_price,   r.tie_weight,
                      r.tie,           r.extension_minutes,
                      r.extensions_max};
}

} // namespace

Result<AwardRules> parse_award_rules(std::string_view text) {
    SO_TRY(AwardRules rules,
           is_open_format(text) ? read_open_rules(text) : read_rules<AwardRules>(text));
    if (rules.rate_step == Rate{}) return malformed_rule("rate_step", "must be above 0.00");
    if (rules.rate_floor > rules.rate_start)
        return malformed_rule("rate_floor", "must not be above rate_start");
    if (rules.rate_start > rate_start_max)
        return malformed_rule("rate_start",
                              fmt::format("must not be above {}", format_rate(rate_start_max)));
    return rules;
}

std::string canonical_award_rules(const AwardRules& r) {
    if (r.format != Format::open) return canonical(r);
    return canonical(OpenRules{r.format, r.rate_start, r.rate_step, r.rate_floor, r.zero_bids,
                               r.blocked_bids_set_price, r.group_price, r.tie_weight, r.tie,
                               r.extension_minutes, r.extensions_max});
}

bool is_legal_rate(const AwardRules& rules, Rate rate) {
    if (rate == Rate{}) return rules.zero_bids == ZeroBids::allowed;
    return rate >= rules.rate_floor && rate <= rules.rate_start &&
           (rules.rate_start.bp() - rate.bp()) % rules.rate_step.bp() == 0;
}

} // namespace strikeoff
