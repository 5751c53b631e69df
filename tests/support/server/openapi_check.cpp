#include "support/server/openapi_check.hpp"

#include "routes.hpp"

#include <map>
#include <mutex>
#include <regex>

namespace strikeoff::testing {
namespace {

namespace json = boost::json;

const http::Router& router() {
    static const http::Router whole = [] {
        http::Router made;
        add_routes(made);
        return made;
    }();
    return whole;
}

bool has_type(const json::value& value, std::string_view type) {
    if (type == "null") return value.is_null();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_int64() || value.is_uint64();
    if (type == "boolean") return value.is_bool();
    if (type == "array") return value.is_array();
    return type == "object" && value.is_object();
}

bool has_one_type(const json::value& value, const json::value& types) {
    if (types.is_string()) return has_type(value, types.as_string());
    for (const json::value& type : types.as_array())
        if (has_type(value, type.as_string())) return true;
    return false;
}

bool fits_pattern(const std::string& text, const std::string& pattern) {
    static std::mutex mutex;
    static std::map<std::string, std::regex> known;
    const std::lock_guard lock{mutex};
    const auto [entry, fresh] = known.try_emplace(pattern, pattern);
    return std::regex_search(text, entry->second);
}

bool has_format(const std::string& text, const json::value& format) {
    static const std::map<std::string, std::string, std::less<>> patterns{
        {"uuid", "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},
        {"date", R"(^\d{4}-\d{2}-\d{2}$)"},
        {"date-time", R"(^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$)"}};
    const auto found = patterns.find(std::string_view{format.as_string()});
    return found != patterns.end() && fits_pattern(text, found->second);
}

bool is_one_of(const json::value& value, const json::value& values) {
    return std::ranges::find(values.as_array(), value) != values.as_array().end();
}

/// The keywords that say something about the value itself. Nothing when the keyword is another.
std::optional<bool> holds(std::string_view keyword, const json::value& operand,
                          const json::value& value) {
    const std::string text = value.is_string() ? std::string(value.as_string()) : "";
    if (keyword == "type") return has_one_type(value, operand);
    if (keyword == "enum") return is_one_of(value, operand);
    if (keyword == "const") return value == operand;
    if (keyword == "pattern")
        return !value.is_string() || fits_pattern(text, std::string(operand.as_string()));
    if (keyword == "format") return !value.is_string() || has_format(text, operand);
    if (keyword == "maxLength")
        return static_cast<std::int64_t>(text.size()) <= operand.to_number<std::int64_t>();
    if (keyword == "minimum")
        return !value.is_int64() || value.as_int64() >= operand.to_number<std::int64_t>();
    return std::nullopt;
}

const json::value* find_pointer(const json::value& document, std::string_view reference) {
    json::error_code error;
    reference.remove_prefix(1); // The `#`.
    return document.find_pointer({reference.data(), reference.size()}, error);
}

const json::value& resolved(const json::value& object) {
    const json::value* reference = object.as_object().if_contains("$ref");
    if (!reference) return object;
    const json::value* found = find_pointer(openapi_document(), reference->as_string());
    if (!found) throw std::runtime_error("a reference leads nowhere");
    return *found;
}

} // namespace

void SchemaCheck::check(const json::value& schema, const json::value& value,
                        const std::string& path, std::vector<std::string>& faults) const {
    const bool closed = schema.as_object().contains("properties") &&
                        schema.as_object().contains("required") && value.is_object();
    if (closed)
        for (const auto& member : value.as_object())
            if (!schema.at("properties").as_object().contains(member.key()))
                faults.push_back(path + "." + std::string(member.key()) + " is not described");
    for (const auto& [name, operand] : schema.as_object()) {
        const std::string keyword{name};
        if (keyword == "$ref") {
            const json::value* target = find_pointer(document_, operand.as_string());
            target ? check(*target, value, path, faults)
                   : faults.push_back(path + ": " + std::string(operand.as_string()));
        } else if (keyword == "allOf") {
            for (const json::value& part : operand.as_array())
                check(part, value, path, faults);
        } else if (keyword == "properties") {
            if (!value.is_object()) continue;
            for (const auto& [member, of_member] : operand.as_object())
                if (const json::value* found = value.as_object().if_contains(member))
                    check(of_member, *found, path + "." + std::string(member), faults);
        } else if (keyword == "required") {
            for (const json::value& member : operand.as_array())
                if (value.is_object() && !value.as_object().contains(member.as_string()))
                    faults.push_back(path + "." + std::string(member.as_string()) + " is missing");
        } else if (keyword == "items") {
            if (!value.is_array()) continue;
            for (std::size_t i = 0; i < value.as_array().size(); ++i)
                check(operand, value.as_array()[i], path + "." + std::to_string(i), faults);
        } else if (const auto held = holds(keyword, operand, value); held && !*held) {
            faults.push_back(path + ": " + json::serialize(value) + " against " + keyword + " " +
                             json::serialize(operand));
        } else if (!held && keyword != "examples" && keyword != "description" &&
                   keyword != "additionalProperties") {
            faults.push_back(path + ": the keyword " + keyword + " is not known to the check");
        }
    }
}

std::vector<std::string> SchemaCheck::faults(const json::value& schema,
                                             const json::value& value) const {
    std::vector<std::string> found;
    check(schema, value, "", found);
    return found;
}

const json::value& openapi_document() {
    static const json::value document(http::openapi(router(), STRIKEOFF_VERSION));
    return document;
}

std::vector<std::string> openapi_faults(std::string_view method, const std::string& target,
                                        int status, std::string_view content_type,
                                        const std::string& body) {
    const auto parsed = http::parse_method(method);
    if (!parsed) return {"the method is unknown"};
    const http::Router::Match match = router().find(*parsed, target.substr(0, target.find('?')));
    const std::string type{content_type.substr(0, content_type.find(';'))};
    if (!match.endpoint) {
        const json::value& schema = openapi_document().at_pointer("/components/schemas/Problem");
        return SchemaCheck{openapi_document()}.faults(schema, json::parse(body));
    }
    const json::value& responses = openapi_document()
                                       .at("paths")
                                       .at(match.endpoint->path)
                                       .at(enum_name(match.endpoint->method))
                                       .at("responses");
    const json::value* of_status = responses.as_object().if_contains(std::to_string(status));
    if (!of_status) return {fmt::format("status {} is not described", status)};
    const json::object& response = resolved(*of_status).as_object();
    if (!response.contains("content"))
        return body.empty() ? std::vector<std::string>{}
                            : std::vector<std::string>{"no body is described"};
    const json::value* content = response.at("content").as_object().if_contains(type);
    if (!content) return {fmt::format("the type {} is not described", type)};
    const json::value* schema = content->as_object().if_contains("schema");
    if (!schema || !type.ends_with("json") || method == "HEAD") return {};
    return SchemaCheck{openapi_document()}.faults(*schema, json::parse(body));
}

} // namespace strikeoff::testing
