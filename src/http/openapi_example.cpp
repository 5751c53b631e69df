#include "http/router.hpp"

#include <array>

namespace strikeoff::http {
namespace {

namespace json = boost::json;

struct NamedText {
    std::string_view name;
    std::string_view text;
};

/// What a text of this name says, where any text would do.
constexpr std::array<NamedText, 14> named_texts{{
    {"name", "Blue Heron LLC"},
    {"state", "FL"},
    {"time_zone", "America/New_York"},
    {"fips", "12069"},
    {"bidder_number", "1042"},
    {"holder_number", "1042"},
    {"parcel_id", "00-0000-123"},
    {"certificate_number", "2025-000117"},
    {"detail", "the rate is off the step"},
    {"removed_reason", "paid before the sale"},
    {"next_cursor", "50"},
    {"file_name", "roll.csv"},
    {"status", "active"},
    {"number", "1042"},
}};

std::string text_of(const json::object& schema, std::string_view name) {
    if (const json::value* format = schema.if_contains("format")) {
        if (*format == "uuid") return "01a0c459-9d3b-7fe6-aaad-a4d044eab9bc";
        if (*format == "date") return "2026-06-01";
        if (*format == "date-time") return "2026-06-01T13:00:00.000000Z";
    }
    if (const json::value* pattern = schema.if_contains("pattern")) {
        // The only pattern without examples of its own: so many hexadecimal digits.
        const std::string_view text = pattern->as_string();
        const std::size_t open = text.find('{');
        if (open != std::string_view::npos)
            return std::string(std::stoul(std::string(text.substr(open + 1))), '5');
    }
    for (const NamedText& known : named_texts)
        if (known.name == name) return std::string(known.text);
    return name == "reason" ? "the county asked for it" : "text";
}

json::value example_named(const json::object& schema, std::string_view name) {
    if (const json::value* examples = schema.if_contains("examples"))
        return examples->as_array().front();
    if (const json::value* words = schema.if_contains("enum")) return words->as_array().front();
    const json::value* type = schema.if_contains("type");
    if (type && type->is_array()) type = &type->as_array().front();
    if (!type) return json::object{};
    if (*type == "string") return json::value(text_of(schema, name));
    if (*type == "integer") return name == "tax_year" ? 2025 : 1;
    if (*type == "boolean") return true;
    if (*type == "array") return json::array{example_named(schema.at("items").as_object(), name)};
    json::object object;
    if (const json::value* properties = schema.if_contains("properties"))
        for (const auto& [key, member] : properties->as_object())
            object[key] = example_named(member.as_object(), {key.data(), key.size()});
    return object;
}

} // namespace

json::value example_of(const json::object& schema) {
    return example_named(schema, "");
}

} // namespace strikeoff::http
