#include "http/openapi_parts.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace strikeoff::http {
namespace {

namespace json = boost::json;

constexpr std::string_view problem_type = "application/problem+json";

struct TransportProblem {
    std::string_view name;
    KnownProblem problem;
    bool of_bodies = false;
};

constexpr std::array<TransportProblem, 11> transport_problems{{
    {"Malformed", {400, "http.malformed", "the query is not encoded UTF-8"}},
    {"Timeout", {408, "http.timeout", "the header took too long"}},
    {"BodyTooLarge", {413, "http.body_too_large", "the body is too large"}, true},
    {"UnknownExpectation", {417, "http.malformed", "unknown expectation"}, true},
    {"TooMany", {429, "rate.limited", "more than 50 in 1 s; wait as long as Retry-After says"}},
    {"HeadTooLarge", {431, "http.head_too_large", "the header is over 16 KiB"}},
    {"Internal", {500, "internal", "something went wrong here"}},
    {"UnknownCoding",
     {501, "http.malformed", "the only transfer coding known here is chunked"},
     true},
    {"Unavailable", {503, "unavailable", "the database cannot be reached; try again"}},
    {"Unavailable", {503, "busy", "there is more to do than can be done now; try again"}},
    {"UnknownVersion", {505, "http.malformed", "only HTTP/1.1 is spoken here"}},
}};

json::object schema_of_reasons(const json::array& reasons, int status) {
    return {
        {"allOf",
         {{{"$ref", "#/components/schemas/Problem"}},
          {{"properties", {{"reason", {{"enum", reasons}}}, {"status", {{"const", status}}}}}}}}};
}

/// How long to wait, with whatever is to be tried again.
json::object headers_of_status(int status) {
    json::object headers;
    if (status == 429 || status == 503)
        headers["Retry-After"] = {{"$ref", "#/components/headers/Retry-After"}};
    if (status == 429)
        for (const char* name : {"RateLimit", "RateLimit-Policy"})
            headers[name] = {{"$ref", std::string("#/components/headers/") + name}};
    return headers;
}

} // namespace

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
            {"description", "RFC 9457, with a stable reason"},
            {"properties", std::move(properties)},
            {"required", {"type", "title", "status", "detail", "reason", "request_id", "fields"}}};
}

json::object problem_example(const KnownProblem& known) {
    const Response response = problem(known.status, known.reason, known.detail, "9f86d081884c7d65");
    return {{"summary", known.detail}, {"value", json::parse(response.body)}};
}

void add_problem_responses(std::span<const KnownProblem> problems, json::object& responses) {
    std::map<int, json::array> reasons;
    std::map<int, json::object> examples;
    for (const KnownProblem& known : problems) {
        json::object& of_status = examples[known.status];
        if (of_status.contains(known.reason)) continue;
        reasons[known.status].emplace_back(known.reason);
        of_status[known.reason] = {{"$ref", fmt::format("#/components/examples/{}", known.reason)}};
    }
    for (const auto& [status, of_status] : reasons)
        responses[std::to_string(status)] = {{"description", status_text(status)},
                                             {"content",
                                              {{problem_type,
                                                {{"schema", schema_of_reasons(of_status, status)},
                                                 {"examples", examples[status]}}}}}};
}

void add_transport_problems(std::vector<KnownProblem>& problems) {
    std::vector<KnownProblem> shared;
    for (const TransportProblem& transport : transport_problems) {
        const auto same = [&](const KnownProblem& known) {
            return known.status == transport.problem.status;
        };
        if (std::ranges::any_of(problems, same)) shared.push_back(transport.problem);
    }
    problems.insert(problems.end(), shared.begin(), shared.end());
}

json::object transport_responses() {
    json::object responses;
    for (const TransportProblem& transport : transport_problems) {
        if (responses.contains(transport.name)) continue;
        const int status = transport.problem.status;
        json::array reasons;
        json::object examples;
        for (const TransportProblem& other : transport_problems)
            if (other.name == transport.name) {
                reasons.emplace_back(other.problem.reason);
                examples[other.problem.reason] = problem_example(other.problem);
            }
        json::object& response = responses[transport.name].emplace_object();
        response = {{"description", status_text(status)},
                    {"content",
                     {{problem_type,
                       {{"schema", schema_of_reasons(reasons, status)},
                        {"examples", std::move(examples)}}}}}};
        if (json::object headers = headers_of_status(status); !headers.empty())
            response["headers"] = std::move(headers);
    }
    return responses;
}

void add_transport_responses(const Endpoint& endpoint, json::object& responses) {
    for (const TransportProblem& transport : transport_problems)
        if (!transport.of_bodies || endpoint.method != Method::get)
            responses.emplace(
                std::to_string(transport.problem.status),
                json::object{{"$ref", fmt::format("#/components/responses/{}", transport.name)}});
}

} // namespace strikeoff::http
