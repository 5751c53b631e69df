#include "support/server/access_outcome.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace strikeoff::testing {
namespace {

constexpr std::size_t columns_max = 100;

// What a county writes into its settings, and what a change that waits for a second person says of
// itself, is data and not the shape of an answer.
constexpr std::array<std::string_view, 4> free_members{"settings", "parameters", "preview",
                                                       "outcome"};

void collect(const boost::json::value& value, const std::string& path,
             std::set<std::string>& fields) {
    if (value.is_object())
        for (const auto& [name, member] : value.get_object()) {
            const std::string inner =
                path.empty() ? std::string(name) : path + "." + std::string(name);
            fields.insert(inner);
            if (std::ranges::find(free_members, std::string_view{name}) == free_members.end())
                collect(member, inner, fields);
        }
    else if (value.is_array())
        for (const boost::json::value& element : value.get_array())
            collect(element, path + "[]", fields);
}

/// Is this refusal told by its status alone?
bool is_usual(const Outcome& outcome) {
    return (outcome.status == 404 && outcome.reason == "not_found") ||
           (outcome.status == 401 && outcome.reason == "auth.required");
}

/// Names behind `head`, broken into lines.
std::string listed(const std::string& head, const std::vector<std::string>& names) {
    std::string text = head;
    std::size_t column = head.size();
    for (const std::string& name : names) {
        if (column + name.size() + 1 > columns_max) {
            text += "\n" + std::string(head.size(), ' ');
            column = head.size();
        }
        text += " " + name;
        column += name.size() + 1;
    }
    return text + "\n";
}

/// The fields by what contains them.
std::string fields_text(const std::string& letter, const Outcome& outcome) {
    std::map<std::string, std::vector<std::string>> by_parent;
    for (const std::string& path : outcome.fields) {
        const std::size_t dot = path.rfind('.');
        const bool is_top = dot == std::string::npos;
        by_parent[is_top ? "" : path.substr(0, dot)].push_back(is_top ? path
                                                                      : path.substr(dot + 1));
    }
    if (by_parent.empty())
        return letter + ": " + (outcome.type.empty() ? "nothing" : outcome.type) + "\n";
    std::string text;
    for (const auto& [parent, names] : by_parent)
        text += listed(parent.empty() ? letter + ":" : "   " + parent + ":", names);
    return text;
}

} // namespace

Outcome outcome_of(const Answer& answer, bool is_document) {
    Outcome outcome{.status = answer.status};
    if (!answer.content_type.ends_with("json")) {
        outcome.type = answer.content_type;
        return outcome;
    }
    if (is_document && answer.went_well()) {
        outcome.type = answer.content_type + ", a document of its own";
        return outcome;
    }
    const boost::json::value body = boost::json::parse(answer.body);
    collect(body, "", outcome.fields);
    if (answer.went_well()) return outcome;
    outcome.reason = std::string(body.at("reason").as_string());
    outcome.detail = std::string(body.at("detail").as_string());
    return outcome;
}

std::string text_of(const Outcome& outcome) {
    return fmt::format("{} {} {}", outcome.status, outcome.reason, outcome.detail);
}

void OutcomeTable::add(const std::string& row, std::vector<Outcome> outcomes) {
    rows_.emplace_back(row, std::move(outcomes));
}

std::string OutcomeTable::text() const {
    // The detail of a problem is for people and may name what was asked for.
    const auto key = [](const Outcome& outcome) {
        std::string text = std::to_string(outcome.status) + " " + outcome.reason + outcome.type;
        if (outcome.status < 300)
            for (const std::string& field : outcome.fields)
                text += " " + field;
        return text;
    };
    std::map<std::string, std::string> letters;
    std::string text = fmt::format("{:33}", "");
    for (const Caller& caller : callers_)
        text += fmt::format(" {:8}", caller.name);
    std::string legend;
    text = text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
    for (const auto& [name, outcomes] : rows_) {
        std::string line = fmt::format("{:33}", name);
        for (const Outcome& outcome : outcomes) {
            std::string cell = std::to_string(outcome.status);
            if (!is_usual(outcome)) {
                const auto [found, is_new] = letters.try_emplace(
                    key(outcome), std::string(1, static_cast<char>('a' + letters.size())));
                cell += " " + found->second;
                if (is_new)
                    legend += outcome.reason.empty() ? fields_text(found->second, outcome)
                                                     : found->second + ": " + outcome.reason + "\n";
            }
            line += fmt::format(" {:8}", cell);
        }
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return text + legend;
}

} // namespace strikeoff::testing
