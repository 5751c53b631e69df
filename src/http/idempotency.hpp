#pragma once

#include "core/sha256.hpp"
#include "db/pool.hpp"
#include "http/request.hpp"

#include <optional>
#include <string>

namespace strikeoff::http {

/// Whether requests on this path may be named. Those about accounts may not: they carry passwords,
/// of which no quick hash may be kept, and their answers show secrets that are shown once.
inline bool may_be_named(std::string_view path) {
    return !path.starts_with("/api/v1/account") && !path.starts_with("/api/v1/auth/");
}

/// A request that its sender named, so that sending it twice acts once. The name belongs to a user
/// and a route; 24 hours later it is forgotten.
class NamedRequest {
public:
    /// `route` is the endpoint's id; path, query and body make what the key stands for.
    NamedRequest(db::Pool& pool, const Request& request, std::string_view route);

    /// Claims the name. Nothing: the request is new and is to be carried out. Else its answer: the
    /// first one again, or a refusal with `idempotency.key_malformed`, `idempotency.other_body` or
    /// `idempotency.in_flight`.
    std::optional<Response> begin(std::string_view request_id);
    /// Keeps the answer for those who ask again.
    void keep(const Response& response);
    /// Gives the name up: nothing was done.
    void forget();

private:
    db::Pool& pool_;
    UserId user_;
    std::string key_;
    std::string route_;
    Hash content_;
};

} // namespace strikeoff::http
