#include "http/router.hpp"

namespace strikeoff::http {
namespace {

namespace json = boost::json;

json::array parameters_of(const Endpoint& endpoint) {
    json::array parameters;
    for (const std::string& segment : endpoint.segments) {
        const std::size_t open = segment.find('{');
        if (open == std::string::npos) continue;
        const std::string name = segment.substr(open + 1, segment.find('}') - open - 1);
        parameters.push_back({{"name", name},
                              {"in", "path"},
                              {"required", true},
                              {"schema", {{"type", "string"}, {"format", "uuid"}}}});
    }
    for (const QueryParameter& parameter : endpoint.doc.query)
        parameters.push_back({{"name", parameter.name},
                              {"in", "query"},
                              {"required", false},
                              {"description", parameter.description},
                              {"schema", {{"type", parameter.type}}}});
    return parameters;
}

json::object responses_of(const Endpoint& endpoint) {
    const json::object problem_content{
        {"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}};
    json::object responses;
    json::object success{{"description", "Success"}};
    if (endpoint.response_schema)
        success["content"] = {{endpoint.doc.produces, {{"schema", *endpoint.response_schema}}}};
    else if (endpoint.doc.produces != "application/json")
        success["content"] = {{endpoint.doc.produces, json::object{}}};
    const bool empty = !endpoint.response_schema && endpoint.doc.produces == "application/json";
    responses[empty ? "204" : std::to_string(endpoint.doc.status)] = std::move(success);
    responses["default"] = {{"description", "A problem document (RFC 9457)"},
                            {"content", problem_content}};
    return responses;
}

json::object operation_of(const Endpoint& endpoint) {
    json::object operation{{"operationId", endpoint.doc.id},
                           {"summary", endpoint.doc.summary},
                           {"x-access", enum_name(endpoint.doc.access)}};
    if (json::array parameters = parameters_of(endpoint); !parameters.empty())
        operation["parameters"] = std::move(parameters);
    if (endpoint.request_schema)
        operation["requestBody"] = {
            {"required", true},
            {"content", {{endpoint.doc.accepts, {{"schema", *endpoint.request_schema}}}}}};
    else if (endpoint.doc.accepts != "application/json")
        operation["requestBody"] = {{"required", true},
                                    {"content", {{endpoint.doc.accepts, json::object{}}}}};
    operation["responses"] = responses_of(endpoint);
    if (endpoint.doc.access != Access::visitor)
        operation["security"] = json::array{json::object{{"bearer", json::array{}}}};
    return operation;
}

json::object problem_schema() {
    json::object properties;
    for (const char* name : {"type", "title", "detail", "reason", "request_id"})
        properties[name] = {{"type", "string"}};
    properties["status"] = {{"type", "integer"}};
    properties["fields"] = {
        {"type", "array"},
        {"items",
         {{"type", "object"},
          {"properties", {{"field", {{"type", "string"}}}, {"message", {{"type", "string"}}}}},
          {"required", {"field", "message"}}}}};
    return {{"type", "object"},
            {"properties", std::move(properties)},
            {"required", {"type", "title", "status", "detail", "reason", "request_id", "fields"}}};
}

} // namespace

json::object openapi(const Router& router, std::string_view version) {
    json::object paths;
    for (const Endpoint& endpoint : router.endpoints()) {
        json::value& item = paths[endpoint.path];
        if (!item.is_object()) item.emplace_object();
        item.get_object()[enum_name(endpoint.method)] = operation_of(endpoint);
    }
    return {{"openapi", "3.1.0"},
            {"info",
             {{"title", "Strikeoff"},
              {"version", version},
              {"description", "Sell, buy and redeem tax certificates, provably."}}},
            {"paths", std::move(paths)},
            {"components",
             {{"securitySchemes", {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}}}},
              {"schemas", {{"Problem", problem_schema()}}}}}};
}

} // namespace strikeoff::http
