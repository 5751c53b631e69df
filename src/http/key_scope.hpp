#pragma once

#include "http/router.hpp"

namespace strikeoff::http {

/// What a key must be for to call the endpoint; nothing when it is for people alone: a key cannot
/// make keys, nor change how its owner signs in.
std::optional<Scope> needed_scope(const Endpoint& endpoint);

/// 403: the key's own owner asks, so it helps to say what is missing.
Response scope_missing(Scope needed, std::string_view request_id);
std::string_view scope_missing_text(Scope needed);

} // namespace strikeoff::http
