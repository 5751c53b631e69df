#include "http/idempotency.hpp"
#include "http/key_scope.hpp"

#include <algorithm>

namespace strikeoff::http {
namespace {

using Problems = std::vector<KnownProblem>;

void add_access(const Endpoint& endpoint, Problems& problems) {
    problems.push_back({401, "auth.key_unknown", "this key is unknown, expired or revoked"});
    problems.push_back({401, "auth.malformed", "Authorization must be `Bearer <key>`"});
    if (endpoint.method != Method::get)
        problems.push_back(
            {403, "auth.foreign_page", "this was not asked for by a page of this site"});
    if (endpoint.doc.access != Access::visitor)
        problems.push_back({401, "auth.required", "sign in, or send a bearer key"});
    if (const auto scope = needed_scope(endpoint))
        problems.push_back({403, "auth.scope_missing", scope_missing_text(*scope)});
    else
        problems.push_back({409, "auth.session_needed", "sign in: a key cannot do this"});
    const bool names_something = endpoint.path.find('{') != std::string::npos;
    if (endpoint.doc.access != Access::visitor || names_something)
        problems.push_back({404, "not_found", "there is nothing here"});
}

void add_query(const Endpoint& endpoint, Problems& problems) {
    bool integer = false;
    for (const QueryParameter& parameter : endpoint.doc.query) {
        integer = integer || parameter.type == "integer" || parameter.name == "cursor";
        if (parameter.name == "limit")
            problems.push_back({422, "query.limit", "limit is 1 to 200"});
        if (parameter.name == "cursor") problems.push_back({422, "query.cursor", "no such cursor"});
    }
    if (integer) problems.push_back({422, "query.malformed", "not an integer"});
}

void add_body(const Endpoint& endpoint, Problems& problems) {
    if (!endpoint.request_schema) return;
    problems.push_back({422, "body.invalid", "the body is not as expected"});
    problems.push_back({422, "json.malformed", "malformed JSON at byte 7: syntax error"});
    problems.push_back({422, "json.unsupported", "unsupported JSON at byte 12: a key is repeated"});
}

void add_conditions(const Endpoint& endpoint, Problems& problems) {
    if (endpoint.async_handler) return;
    problems.push_back({412, "precondition.failed",
                        "what If-Match names is not what stands here now; read it again"});
    if (endpoint.method != Method::post || !may_be_named(endpoint.path)) return;
    problems.push_back({409, "idempotency.in_flight",
                        "a request with this Idempotency-Key is under way, or how it ended is not "
                        "known; look before you send it under another key"});
    problems.push_back(
        {422, "idempotency.key_malformed", "Idempotency-Key is 1 to 200 visible ASCII characters"});
    problems.push_back(
        {422, "idempotency.other_body", "this Idempotency-Key came with another request before"});
}

} // namespace

std::vector<KnownProblem> usual_problems(const Endpoint& endpoint) {
    Problems problems;
    if (!endpoint.doc.at_once) add_access(endpoint, problems);
    add_query(endpoint, problems);
    add_body(endpoint, problems);
    add_conditions(endpoint, problems);
    return problems;
}

} // namespace strikeoff::http
