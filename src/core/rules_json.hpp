#pragma once

#include "core/describe.hpp"
#include "core/json.hpp"
#include "core/money.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

namespace strikeoff {

/// The refusal of one member of a rules document: `rules: rate_step: must be above 0.00`.
inline std::unexpected<Error> malformed_rule(std::string_view key, std::string message) {
    return fail(ErrorCode::invalid_input, "rules.malformed",
                fmt::format("rules: {}: {}", key, message), {{std::string{key}, message}});
}

inline Result<void> read_rule(std::string_view key, const boost::json::value& value, bool& out) {
    if (!value.is_bool()) return malformed_rule(key, "must be true or false");
    out = value.get_bool();
    return {};
}

inline Result<void> read_rule(std::string_view key, const boost::json::value& value, int& out) {
    if (!value.is_int64() || value.get_int64() < 1 || value.get_int64() > 1'000'000)
        return malformed_rule(key, "must be a whole number above 0");
    out = static_cast<int>(value.get_int64());
    return {};
}

inline Result<void> read_rule(std::string_view key, const boost::json::value& value,
                              std::optional<int>& out) {
    if (value.is_null()) {
        out.reset();
        return {};
    }
    return read_rule(key, value, out.emplace());
}

inline Result<void> read_rule(std::string_view key, const boost::json::value& value, Rate& out) {
    const auto rate =
        value.is_string() ? parse_rate(value.get_string()) : fail(ErrorCode::invalid_input, "", "");
    if (!rate) return malformed_rule(key, "must be a text such as \"18.00\"");
    out = *rate;
    return {};
}

inline Result<void> read_rule(std::string_view key, const boost::json::value& value, Money& out) {
    const auto amount = value.is_string() ? parse_money(value.get_string())
                                          : fail(ErrorCode::invalid_input, "", "");
    if (!amount || *amount < Money{}) return malformed_rule(key, "must be a text such as \"6.25\"");
    out = *amount;
    return {};
}

template <DescribedEnum E>
Result<void> read_rule(std::string_view key, const boost::json::value& value, E& out) {
    const auto found = value.is_string() ? parse_enum<E>(value.get_string()) : std::nullopt;
    if (!found) {
        std::string choices;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
            choices += fmt::format("{}\"{}\"", choices.empty() ? "" : " or ", enumerator.name);
        });
        return malformed_rule(key, "must be " + choices);
    }
    out = *found;
    return {};
}

/// Reads a JSON object into a described struct of rules; a key that is left out keeps its default.
/// Fails with `rules.malformed` for an unknown or repeated key or a wrong value.
template <DescribedStruct Rules>
Result<Rules> read_rules(std::string_view text) {
    const auto document = parse_json_strict(text);
    if (!document)
        return fail(ErrorCode::invalid_input, "rules.malformed", document.error().message);
    if (!document->is_object())
        return fail(ErrorCode::invalid_input, "rules.malformed", "rules: must be a JSON object");

    Rules rules;
    for (const auto& entry : document->get_object()) {
        bool known = false;
        Result<void> outcome;
        for_each_member(rules, [&](std::string_view name, auto& member) {
            if (name != std::string_view{entry.key()}) return;
            known = true;
            outcome = read_rule(name, entry.value(), member);
        });
        if (!known) return malformed_rule(entry.key(), "unknown key");
        SO_TRY_VOID(outcome);
    }
    return rules;
}

} // namespace strikeoff
