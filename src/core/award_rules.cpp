#include "core/award_rules.hpp"

#include "core/rules_json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace strikeoff {
namespace {

/// A bid carries its rate in sixteen bits of basis points.
constexpr Rate rate_start_max = Rate::from_bp(65'535);

std::string quoted(bool value) {
    return value ? "true" : "false";
}
std::string quoted(Rate value) {
    return fmt::format("\"{}\"", format_rate(value));
}
template <DescribedEnum E>
std::string quoted(E value) {
    return fmt::format("\"{}\"", enum_name(value));
}

} // namespace

Result<AwardRules> parse_award_rules(std::string_view text) {
    SO_TRY(AwardRules rules, read_rules<AwardRules>(text));
    if (rules.rate_step == Rate{}) return malformed_rule("rate_step", "must be above 0.00");
    if (rules.rate_floor > rules.rate_start)
        return malformed_rule("rate_floor", "must not be above rate_start");
    if (rules.rate_start > rate_start_max)
        return malformed_rule("rate_start",
                              fmt::format("must not be above {}", format_rate(rate_start_max)));
    return rules;
}

std::string canonical_award_rules(const AwardRules& rules) {
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

bool is_legal_rate(const AwardRules& rules, Rate rate) {
    if (rate == Rate{}) return rules.zero_bids == ZeroBids::allowed;
    return rate >= rules.rate_floor && rate <= rules.rate_start &&
           (rules.rate_start.bp() - rate.bp()) % rules.rate_step.bp() == 0;
}

} // namespace strikeoff
