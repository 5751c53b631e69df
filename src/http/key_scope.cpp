#include "http/key_scope.hpp"

namespace strikeoff::http {

std::optional<Scope> needed_scope(const Endpoint& endpoint) {
    // Who the caller is may be asked by a key too; what stands below it is about credentials.
    const bool of_people =
        endpoint.path.starts_with("/api/v1/account/") || endpoint.path.starts_with("/api/v1/auth/");
    if (of_people) return std::nullopt;
    if (endpoint.traffic == Traffic::bid) return Scope::bid;
    const bool reads = endpoint.method == Method::get || endpoint.method == Method::head;
    return reads ? Scope::read : Scope::manage;
}

std::string_view scope_missing_text(Scope needed) {
    switch (needed) {
    case Scope::read:
        return "this key is not for reading: make one with the scope read";
    case Scope::bid:
        return "this key is not for bids: make one with the scope bid";
    case Scope::manage:
        break;
    }
    return "this key is not for changes: make one with the scope manage";
}

Response scope_missing(Scope needed, std::string_view request_id) {
    return problem(403, "auth.scope_missing", scope_missing_text(needed), request_id);
}

} // namespace strikeoff::http
