#include "http/idempotency.hpp"
#include "http/openapi_parts.hpp"
#include "http/router.hpp"

namespace strikeoff::http {
namespace {

namespace json = boost::json;

std::string media_type(std::string_view content_type) {
    return std::string(content_type.substr(0, content_type.find(';')));
}

/// Members that are not known are refused, so the schema of a request says so.
void forbid_unknown_members(json::value& schema) {
    if (schema.is_array()) {
        for (json::value& element : schema.as_array())
            forbid_unknown_members(element);
        return;
    }
    if (!schema.is_object()) return;
    for (auto& member : schema.as_object())
        forbid_unknown_members(member.value());
    if (schema.as_object().contains("properties") && schema.as_object().contains("required"))
        schema.as_object()["additionalProperties"] = false;
}

json::object header_parameter(std::string_view name, std::string_view description) {
    return {{"name", name},
            {"in", "header"},
            {"required", false},
            {"description", description},
            {"schema", {{"type", "string"}, {"maxLength", 200}}}};
}

json::array parameters_of(const Endpoint& endpoint) {
    json::array parameters;
    for (const std::string& segment : endpoint.segments) {
        const std::size_t open = segment.find('{');
        if (open == std::string::npos) continue;
        const std::string name = segment.substr(open + 1, segment.find('}') - open - 1);
        const json::object schema = name.ends_with("_id")
                                        ? json::object{{"type", "string"}, {"format", "uuid"}}
                                        : json::object{{"type", "integer"}, {"minimum", 1}};
        parameters.push_back({{"name", name},
                              {"in", "path"},
                              {"required", true},
                              {"schema", schema},
                              {"example", example_of(schema)}});
    }
    for (const QueryParameter& parameter : endpoint.doc.query)
        parameters.push_back({{"name", parameter.name},
                              {"in", "query"},
                              {"required", false},
                              {"description", parameter.description},
                              {"schema", {{"type", parameter.type}}}});
    if (endpoint.async_handler) return parameters;
    if (endpoint.method == Method::get)
        parameters.push_back(
            header_parameter("If-None-Match", "An ETag: 304 when nothing has changed since"));
    if (endpoint.method == Method::post && may_be_named(endpoint.path))
        parameters.push_back(header_parameter(
            "Idempotency-Key", "Names the request, so that sending it twice acts once"));
    if (!endpoint.doc.edits.empty())
        parameters.push_back(header_parameter(
            "If-Match",
            fmt::format("The ETag of {}: 412 when it has changed since", endpoint.doc.edits)));
    return parameters;
}

std::vector<KnownProblem> problems_of(const Endpoint& endpoint) {
    std::vector<KnownProblem> problems = usual_problems(endpoint);
    const std::vector<KnownProblem>& own = endpoint.explanation.problems;
    problems.insert(problems.end(), own.begin(), own.end());
    add_transport_problems(problems);
    return problems;
}

json::object success_of(const Endpoint& endpoint) {
    json::object success{
        {"description", "Success"},
        {"headers", {{"X-Request-Id", {{"$ref", "#/components/headers/X-Request-Id"}}}}}};
    if (endpoint.method == Method::get)
        success["headers"].as_object()["ETag"] = {{"$ref", "#/components/headers/ETag"}};
    const std::string type = media_type(endpoint.doc.produces);
    const std::string_view example = endpoint.explanation.response_example;
    json::object content;
    if (endpoint.response_schema) {
        content = {{"schema", *endpoint.response_schema},
                   {"example", example_of(*endpoint.response_schema)}};
    } else if (type == "application/json") {
        content = {{"schema", {{"type", "object"}}}, {"example", json::parse(example)}};
    } else if (type.starts_with("text/")) {
        content = {{"schema", {{"type", "string"}}}, {"example", example}};
    }
    success["content"] = {{type, std::move(content)}};
    return success;
}

json::object responses_of(const Endpoint& endpoint) {
    json::object responses;
    if (endpoint.answers_nothing)
        responses["204"] = {{"description", "Done"}};
    else if (endpoint.doc.status == 101)
        responses["101"] = {{"description", "From here on a WebSocket, as docs/LIVE.md says"}};
    else
        responses[std::to_string(endpoint.doc.status)] = success_of(endpoint);
    if (endpoint.method == Method::get && !endpoint.async_handler && endpoint.doc.status != 101)
        responses["304"] = {{"description", "What If-None-Match names still stands"}};
    const std::vector<KnownProblem> problems = problems_of(endpoint);
    add_problem_responses(problems, responses);
    add_transport_responses(endpoint, responses);
    return responses;
}

json::object body_of(const Endpoint& endpoint) {
    json::object content;
    if (endpoint.request_schema) {
        json::value schema = *endpoint.request_schema;
        forbid_unknown_members(schema);
        content = {{"example", example_of(*endpoint.request_schema)},
                   {"schema", std::move(schema)}};
    } else {
        content = {{"schema", {{"type", "string"}}},
                   {"example", endpoint.explanation.request_example}};
    }
    return {{"required", true}, {"content", {{endpoint.doc.accepts, std::move(content)}}}};
}

json::object operation_of(const Endpoint& endpoint) {
    json::object operation{{"operationId", endpoint.doc.id},
                           {"summary", endpoint.doc.summary},
                           {"x-access", enum_name(endpoint.doc.access)},
                           {"x-traffic", enum_name(endpoint.traffic)}};
    if (json::array parameters = parameters_of(endpoint); !parameters.empty())
        operation["parameters"] = std::move(parameters);
    if (endpoint.request_schema || endpoint.doc.accepts != "application/json")
        operation["requestBody"] = body_of(endpoint);
    operation["responses"] = responses_of(endpoint);
    if (endpoint.doc.access != Access::visitor)
        operation["security"] = json::array{json::object{{"bearer", json::array{}}}};
    return operation;
}

json::object examples_of(const Router& router) {
    json::object examples;
    const auto add = [&](const KnownProblem& problem) {
        examples[problem.reason] = problem_example(problem);
    };
    for (const Endpoint& endpoint : router.endpoints()) {
        for (const KnownProblem& problem : problems_of(endpoint))
            add(problem);
    }
    return examples;
}

json::object headers() {
    return {{"X-Request-Id",
             {{"description", "Names the exchange; the log knows it by this"},
              {"schema", {{"type", "string"}}}}},
            {"ETag",
             {{"description", "Of a JSON body: moves when the body does"},
              {"schema", {{"type", "string"}}}}},
            {"Retry-After",
             {{"description", "Seconds until trying again makes sense"},
              {"schema", {{"type", "integer"}}}}},
            {"RateLimit",
             {{"description", "The limit that was met: what remains of it, and until when"},
              {"schema", {{"type", "string"}}}}},
            {"RateLimit-Policy",
             {{"description", "Its name, how much there is at once, and in how many seconds"},
              {"schema", {{"type", "string"}}}}}};
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
            {"servers", {{{"url", "/"}}}},
            {"paths", std::move(paths)},
            {"components",
             {{"securitySchemes", {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}}}},
              {"headers", headers()},
              {"examples", examples_of(router)},
              {"responses", transport_responses()},
              {"schemas", {{"Problem", problem_schema()}}}}}};
}

} // namespace strikeoff::http
