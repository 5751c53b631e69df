#include "http/router.hpp"

#include <algorithm>
#include <cassert>

namespace strikeoff::http {
namespace {

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> segments;
    while (!path.empty()) {
        path.remove_prefix(1); // The slash.
        const std::size_t end = path.find('/');
        segments.emplace_back(path.substr(0, end));
        path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
    }
    return segments;
}

/// True when `path` fits the template; its values are appended to `values`. A template segment is
/// literal or `{name}`, optionally with literal text before or after, as in `transcript-{id}.json`.
bool matches(const std::vector<std::string>& segments, std::string_view path, Fields& values) {
    for (const std::string& segment : segments) {
        if (path.empty()) return false;
        path.remove_prefix(1);
        const std::string_view given = path.substr(0, path.find('/'));
        path.remove_prefix(given.size());
        const std::size_t open = segment.find('{');
        if (open == std::string::npos) {
            if (given != segment) return false;
            continue;
        }
        const std::size_t close = segment.find('}');
        const std::string_view whole = segment;
        const std::string_view before = whole.substr(0, open);
        const std::string_view after = whole.substr(close + 1);
        if (given.size() <= before.size() + after.size() || !given.starts_with(before) ||
            !given.ends_with(after))
            return false;
        values.emplace_back(
            whole.substr(open + 1, close - open - 1),
            given.substr(before.size(), given.size() - before.size() - after.size()));
    }
    return path.empty();
}

Traffic traffic_of(const Endpoint& endpoint) {
    if (endpoint.doc.traffic) return *endpoint.doc.traffic;
    if (endpoint.async_handler) return Traffic::bid;
    if (endpoint.method != Method::get) return Traffic::write;
    const bool has_pages = std::ranges::any_of(
        endpoint.doc.query, [](const QueryParameter& query) { return query.name == "limit"; });
    return has_pages ? Traffic::list : Traffic::read;
}

} // namespace

void Router::insert(Endpoint endpoint) {
    const Access access = endpoint.doc.access;
    const bool of_county = access == Access::county_admin || access == Access::auditor;
    if (of_county == endpoint.doc.needs.empty())
        throw std::logic_error(
            fmt::format("{}: an endpoint of a county's staff, and no other, says "
                        "which permissions it needs",
                        endpoint.path));
    endpoint.segments = split(endpoint.path);
    endpoint.traffic = traffic_of(endpoint);
    assert(!endpoint.doc.at_once || endpoint.doc.access == Access::visitor);
    endpoints_.push_back(std::move(endpoint));
}

Router::Match Router::find(Method method, std::string_view path) const {
    Match match;
    if (!path.starts_with('/')) return match;
    const Method wanted = method == Method::head ? Method::get : method;
    for (const Endpoint& endpoint : endpoints_) {
        Fields values;
        if (!matches(endpoint.segments, path, values)) continue;
        if (endpoint.method == wanted) {
            match.endpoint = &endpoint;
            match.path_values = std::move(values);
            return match;
        }
        match.allowed.push_back(endpoint.method);
    }
    return match;
}

const Endpoint* Router::find_by_id(std::string_view id) const {
    const auto found =
        std::ranges::find(endpoints_, id, [](const Endpoint& endpoint) { return endpoint.doc.id; });
    return found == endpoints_.end() ? nullptr : &*found;
}

void Router::explain(Explanation explanation) {
    const auto found = std::ranges::find(endpoints_, explanation.id,
                                         [](const Endpoint& endpoint) { return endpoint.doc.id; });
    assert(found != endpoints_.end());
    found->explanation = std::move(explanation);
}

bool may_call(Access access, const Caller& caller) {
    switch (access) {
    case Access::visitor:
        return true;
    case Access::person:
        return caller.role != Role::visitor;
    case Access::investor:
        return caller.role == Role::investor;
    case Access::auditor:
        return caller.role == Role::viewer || may_call(Access::county_admin, caller);
    case Access::county_admin:
        return caller.role == Role::county_admin || caller.role == Role::admin;
    case Access::admin:
        return caller.role == Role::admin;
    }
    return false;
}

} // namespace strikeoff::http
