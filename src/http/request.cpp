#include "http/request.hpp"

#include "http/json.hpp"
#include "http/text.hpp"

#include <boost/beast/http/status.hpp>

#include <algorithm>
#include <array>

namespace strikeoff::http {
namespace {

constexpr std::chrono::minutes step_up_time{5};
constexpr int page_limit_default = 50;
constexpr int page_limit_max = 200;

constexpr std::array<std::string_view, 7> method_names{"GET",   "HEAD",   "POST",   "PUT",
                                                       "PATCH", "DELETE", "OPTIONS"};

int status_of(ErrorCode code) {
    switch (code) {
    case ErrorCode::invalid_input:
    case ErrorCode::rule_violation:
        return 422;
    case ErrorCode::unauthenticated:
        return 401;
    case ErrorCode::forbidden:
    case ErrorCode::not_found:
        return 404;
    case ErrorCode::conflict:
        return 409;
    case ErrorCode::too_many:
        return 429;
    case ErrorCode::unavailable:
        return 503;
    }
    return 500;
}

} // namespace

std::string_view method_name(Method method) {
    return method_names.at(static_cast<std::size_t>(method));
}

std::optional<Method> parse_method(std::string_view name) {
    const auto found = std::ranges::find(method_names, name);
    if (found == method_names.end()) return std::nullopt;
    return static_cast<Method>(found - method_names.begin());
}

bool Caller::may(Permissions wanted, CountyId county) const {
    const auto found = std::ranges::find(rights, county, &CountyRights::county);
    return role == Role::admin || (found != rights.end() && found->permissions.serve(wanted));
}

std::vector<CountyId> Caller::counties() const {
    std::vector<CountyId> all;
    for (const CountyRights& right : rights)
        all.push_back(right.county);
    return all;
}

std::vector<CountyId> Caller::counties(Permissions wanted) const {
    std::vector<CountyId> some;
    for (const CountyRights& right : rights)
        if (right.permissions.serve(wanted)) some.push_back(right.county);
    return some;
}

Result<void> proven_lately(const Caller& caller, Instant now) {
    if (!caller.session || now - caller.session->auth_time <= step_up_time) return {};
    return fail(ErrorCode::unauthenticated, "auth.step_up_required",
                "give your password or a code again first");
}

std::string_view Request::header(std::string_view name) const {
    for (const auto& [field, value] : headers)
        if (field.size() == name.size() && equal_ignoring_case(field, name)) return value;
    return {};
}

std::string_view Request::path_value(std::string_view name) const {
    for (const auto& [field, value] : path_values)
        if (field == name) return value;
    return {};
}

Result<std::optional<std::int64_t>> Request::query_integer(std::string_view name) const {
    const auto found = query.find(name);
    if (found == query.end()) return std::nullopt;
    std::int64_t value = 0;
    const char* const begin = found->second.data();
    const char* const end = begin + found->second.size();
    const auto [stop, error] = std::from_chars(begin, end, value);
    if (error != std::errc{} || stop != end)
        return fail(ErrorCode::invalid_input, "query.malformed", "not an integer",
                    {{std::string(name), "must be an integer"}});
    return value;
}

Result<int> Request::page_limit() const {
    SO_TRY(const auto limit, query_integer("limit"));
    if (!limit) return page_limit_default;
    if (*limit < 1 || *limit > page_limit_max)
        return fail(ErrorCode::invalid_input, "query.limit", "limit is 1 to 200",
                    {{"limit", "must be 1 to 200"}});
    return static_cast<int>(*limit);
}

std::string_view status_text(int status) {
    const auto text =
        boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
    return {text.data(), text.size()};
}

Response problem(int status, std::string_view reason, std::string_view detail,
                 std::string_view request_id) {
    Response response{.status = status, .content_type = "application/problem+json; charset=utf-8"};
    JsonWriter json{response.body};
    json.begin_object();
    json.key("type");
    json.text("about:blank");
    json.key("title");
    json.text(status_text(status));
    json.key("status");
    json.integer(status);
    json.key("detail");
    json.text(detail);
    json.key("reason");
    json.text(reason);
    json.key("request_id");
    json.text(request_id);
    json.key("fields");
    json.begin_array();
    json.end_array();
    json.end_object();
    return response;
}

Response problem(const Error& error, std::string_view request_id) {
    const int status = status_of(error.code);
    // Forbidden and unknown must look the same to the letter.
    if (status == 404) return problem(404, "not_found", "there is nothing here", request_id);
    Response response = problem(status, error.reason, error.message, request_id);
    if (!error.fields.empty()) {
        response.body.resize(response.body.size() - std::string_view{"[]}"}.size());
        JsonWriter json{response.body};
        json.begin_array();
        for (const FieldError& field : error.fields) {
            json.begin_object();
            json.key("field");
            json.text(field.field);
            json.key("message");
            json.text(field.message);
            json.end_object();
        }
        json.end_array();
        response.body += '}';
    }
    if (status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
    if (status == 429 || status == 503) response.headers.emplace_back("Retry-After", "1");
    return response;
}

} // namespace strikeoff::http
