// From a request to its answer: who calls, which handler, and what holds for all answers.
#include "core/sha256.hpp"
#include "db/transaction.hpp"
#include "http/conditional.hpp"
#include "http/gzip.hpp"
#include "http/idempotency.hpp"
#include "http/server.hpp"
#include "http/text.hpp"
#include "log.hpp"

#include <boost/asio.hpp>

namespace strikeoff::http {

namespace asio = boost::asio;
using namespace std::string_view_literals;

namespace {

constexpr std::size_t gzip_size_min = 1024;

const db::Statement<bool(std::int64_t)> lock_resource{{"http.lock_resource", R"sql(
    SELECT pg_advisory_xact_lock($1) IS NOT NULL)sql"}};

/// The bearer token of the Authorization header; empty when there is none.
std::string_view bearer_token(std::string_view authorization) {
    constexpr std::string_view scheme = "Bearer ";
    if (authorization.size() <= scheme.size() ||
        !equal_ignoring_case(authorization.substr(0, scheme.size()), scheme))
        return {};
    return authorization.substr(scheme.size());
}

Response nothing_here(const Request& request) {
    return problem(404, "not_found", "there is nothing here", request.request_id);
}

/// For a path that knows other methods: OPTIONS is told which, any other is refused.
Response other_methods(const Router::Match& match, const Request& request) {
    std::string allow = "OPTIONS";
    for (const Method method : match.allowed) {
        allow += ", " + std::string(method_name(method));
        if (method == Method::get) allow += ", HEAD";
    }
    Response response = request.method == Method::options
                            ? Response{.status = 204, .content_type = ""}
                            : problem(405, "method_not_allowed",
                                      "the path does not know this method", request.request_id);
    response.headers.emplace_back("Allow", allow);
    return response;
}

Response without_endpoint(const Router::Match& match, const Request& request) {
    if (request.method == Method::options && request.path == "*")
        return Response{.status = 204,
                        .content_type = "",
                        .headers = {{"Allow", "OPTIONS, GET, HEAD, POST, PUT, PATCH, DELETE"}}};
    return match.allowed.empty() ? nothing_here(request) : other_methods(match, request);
}

Response precondition_failed(const Request& request) {
    return problem(412, "precondition.failed",
                   "what If-Match names is not what stands here now; read it again",
                   request.request_id);
}

bool is_text(std::string_view content_type) {
    return content_type.starts_with("application/json") ||
           content_type.starts_with("application/problem+json") ||
           content_type.starts_with("text/");
}

/// Makes the answer to a GET conditional on what the client has. True when it is all said.
bool settle_condition(Response& response, const Endpoint& endpoint, const Request& request,
                      bool coded) {
    std::string tag = entity_tag(response.body);
    const std::string_view wanted = request.header("If-Match");
    if (!wanted.empty() && !names_tag(wanted, tag, TagComparison::strong) &&
        !names_tag(wanted, coded_tag(tag, "gzip"), TagComparison::strong)) {
        response = precondition_failed(request);
        return true;
    }
    if (coded) tag = coded_tag(tag, "gzip");
    response.headers.emplace_back("ETag", tag);
    const bool has_rule = std::ranges::any_of(
        response.headers, [](const auto& header) { return header.first == "Cache-Control"; });
    // What everybody may see may be kept, if it is asked for again each time.
    if (endpoint.doc.access == Access::visitor && !has_rule)
        response.headers.emplace_back("Cache-Control", "no-cache");
    if (!names_tag(request.header("If-None-Match"), tag, TagComparison::weak)) return false;
    response.status = 304;
    response.body.clear();
    return true;
}

/// ETag, conditions and compression of a whole body. Runs on a worker: it hashes and deflates.
void finish(Response& response, const Endpoint& endpoint, const Request& request) {
    if (response.next_chunk) return;
    const bool can_be_coded =
        response.body.size() >= gzip_size_min && is_text(response.content_type);
    const bool coded = can_be_coded && accepts_gzip(request.header("Accept-Encoding"));
    if (can_be_coded) response.headers.emplace_back("Vary", "Accept-Encoding");
    const bool read = request.method == Method::get || request.method == Method::head;
    if (read && response.status == 200 && is_text(response.content_type) &&
        settle_condition(response, endpoint, request, coded))
        return;
    if (!coded) return;
    response.body = gzip(response.body);
    response.headers.emplace_back("Content-Encoding", "gzip");
}

Response failed(const Request& request, std::string_view route, const std::string& failure,
                int status) {
    // Details are for the log, never for the client.
    log::error("a request failed", log::Field{"request_id", log::Text{request.request_id}},
               log::Field{"route", log::Text{route}}, log::Field{"error", log::Text{failure}});
    Response response = problem(status, status == 503 ? "unavailable" : "internal",
                                status == 503 ? "the database cannot be reached; try again"
                                              : "something went wrong here",
                                request.request_id);
    if (status == 503) response.headers.emplace_back("Retry-After", "2");
    return response;
}

} // namespace

asio::awaitable<Response> Server::answer(Request& request, const Match& match) {
    if (!match.endpoint) co_return without_endpoint(match, request);
    std::string failure;
    int status = 500;
    try {
        if (auto refusal = co_await admit(request, match)) co_return *std::move(refusal);
        const Endpoint& endpoint = *match.endpoint;
        // The way of the bids: no worker, and nothing between the handler and the socket.
        if (endpoint.async_handler) co_return co_await endpoint.async_handler(app_, request);
        auto handle = [this, &endpoint, &request] { return call(endpoint, request); };
        co_return co_await asio::co_spawn(workers_, call_there(handle), asio::use_awaitable);
    } catch (const db::Unavailable& error) {
        failure = error.what();
        status = 503;
    } catch (const std::exception& error) {
        failure = error.what();
    }
    co_return failed(request, match.endpoint->path, failure, status);
}

/// Finds out who calls, and refuses whom the endpoint is not for.
asio::awaitable<std::optional<Response>> Server::admit(Request& request, const Match& match) {
    const std::string_view authorization = request.header("Authorization");
    const std::string_view token = bearer_token(authorization);
    Result<Caller> caller;
    if (token.empty()) {
        if (!authorization.empty())
            caller = fail(ErrorCode::unauthenticated, "auth.malformed",
                          "Authorization must be `Bearer <key>`");
    } else if (auto known = authenticator_.remembered(token)) {
        caller = *std::move(known);
    } else {
        auto resolve = [this, token] { return authenticator_.resolve(token); };
        caller = co_await asio::co_spawn(workers_, call_there(resolve), asio::use_awaitable);
    }
    if (!caller) co_return problem(caller.error(), request.request_id);
    request.caller = *std::move(caller);
    if (may_call(match.endpoint->doc.access, request.caller)) co_return std::nullopt;
    if (request.caller.role != Role::visitor) co_return nothing_here(request);
    const Error error{ErrorCode::unauthenticated, "auth.required", "a bearer key is required", {}};
    co_return problem(error, request.request_id);
}

Response Server::call(const Endpoint& endpoint, const Request& request) {
    const bool named = request.method == Method::post && request.caller.user &&
                       !request.header("Idempotency-Key").empty();
    Response response = named ? call_once(endpoint, request) : call_guarded(endpoint, request);
    finish(response, endpoint, request);
    return response;
}

/// Carries out a request that has a name, unless it was carried out before.
Response Server::call_once(const Endpoint& endpoint, const Request& request) {
    NamedRequest named{pool_, request, endpoint.doc.id};
    if (auto settled = named.begin(request.request_id)) return *std::move(settled);
    Response response;
    try {
        response = call_guarded(endpoint, request);
    } catch (const db::Unavailable&) {
        throw; // What it came to is unknown, so the name stays taken.
    } catch (const std::exception&) {
        named.forget();
        throw;
    }
    const bool final = response.status < 500 && response.status != 429 && !response.next_chunk;
    final ? named.keep(response) : named.forget();
    return response;
}

/// Edits of one thing go one after the other, and one that names a state finds that state or fails.
Response Server::call_guarded(const Endpoint& endpoint, const Request& request) {
    const bool reads = request.method == Method::get || request.method == Method::head;
    if (reads) return endpoint.handler(app_, request);
    const std::string_view wanted = request.header("If-Match");
    const Endpoint* representation = router_.find_by_id(endpoint.doc.edits);
    if (!representation) {
        const bool fits = wanted.empty() || trimmed(wanted) == "*";
        return fits ? endpoint.handler(app_, request) : precondition_failed(request);
    }
    // The first value of the path names what contains whatever is edited.
    const Hash name = sha256("strikeoff/edit\0"sv, request.path_values.front().second);
    db::Transaction lock{pool_};
    lock->one(lock_resource, static_cast<std::int64_t>(load_be64(name.data())));
    if (!wanted.empty()) {
        Request read = request;
        read.method = Method::get;
        read.body = {};
        const Response current = representation->handler(app_, read);
        if (current.status != 200) return current;
        const std::string tag = entity_tag(current.body);
        if (!names_tag(wanted, tag, TagComparison::strong) &&
            !names_tag(wanted, coded_tag(tag, "gzip"), TagComparison::strong))
            return precondition_failed(request);
    }
    return endpoint.handler(app_, request);
}

} // namespace strikeoff::http
