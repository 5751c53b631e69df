#include "core/award_rules.hpp"

#include "core/json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace strikeoff {
namespace {

namespace json = boost::json;

/// A bid carries its rate in sixteen bits of basis points.
constexpr Rate rate_start_max = Rate::from_bp(65'535);

std::unexpected<Error> malformed(std::string_view key, std::string message) {
    return fail(ErrorCode::invalid_input, "rules.malformed",
                fmt::format("rules: {}: {}", key, message), {{std::string{key}, message}});
}

Result<void> read(std::string_view key, const json::value& value, bool& out) {
    if (!value.is_bool()) return malformed(key, "must be true or false");
    out = value.get_bool();
    return {};
}

Result<void> read(std::string_view key, const json::value& value, Rate& out) {
    const auto rate =
        value.is_string() ? parse_rate(value.get_string()) : fail(ErrorCode::invalid_input, "", "");
    if (!rate) return malformed(key, "must be a text such as \"18.00\"");
    out = *rate;
    return {};
}

template <DescribedEnum E>
Result<void> read(std::string_view key, const json::value& value, E& out) {
    const auto found = value.is_string() ? parse_enum<E>(value.get_string()) : std::nullopt;
    if (!found) {
        std::string choices;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
            choices += fmt::format("{}\"{}\"", choices.empty() ? "" : " or ", enumerator.name);
        });
        return malformed(key, "must be " + choices);
    }
    out = *found;
    return {};
}

Result<void> read_member(AwardRules& rules, std::string_view key, const json::value& value) {
    bool known = false;
    Result<void> outcome;
    for_each_member(rules, [&](std::string_view name, auto& member) {
        if (name != key) return;
        known = true;
        outcome = read(key, value, member);
    });
    if (!known) return malformed(key, "unknown key");
    return outcome;
}

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
    const auto document = parse_json_strict(text);
    if (!document)
        return fail(ErrorCode::invalid_input, "rules.malformed", document.error().message);
    if (!document->is_object())
        return fail(ErrorCode::invalid_input, "rules.malformed", "rules: must be a JSON object");

    AwardRules rules;
    for (const auto& [key, value] : document->get_object())
        SO_TRY_VOID(read_member(rules, key, value));
    if (rules.rate_step == Rate{}) return malformed("rate_step", "must be above 0.00");
    if (rules.rate_floor > rules.rate_start)
        return malformed("rate_floor", "must not be above rate_start");
    if (rules.rate_start > rate_start_max)
        return malformed("rate_start",
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
