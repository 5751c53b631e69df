// From a request to its answer: who calls, which handler, and what holds for all answers.
#include "core/sha256.hpp"
#include "db/error.hpp"
#include "db/transaction.hpp"
#include "http/conditional.hpp"
#include "http/cookies.hpp"
#include "http/gzip.hpp"
#include "http/idempotency.hpp"
#include "http/key_scope.hpp"
#include "http/server.hpp"
#include "http/site.hpp"
#include "http/text.hpp"
#include "log.hpp"

#include <boost/asio.hpp>

namespace strikeoff::http {

namespace asio = boost::asio;
using namespace std::string_view_literals;

namespace {

constexpr std::size_t gzip_size_min = 1024;
constexpr std::string_view statement_timed_out = "57014"; ///< query_canceled.

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
    if (!match.allowed.empty()) return other_methods(match, request);
    return wants_page(request) ? site_page(404) : nothing_here(request);
}

/// Did somebody who is known ask for what is not theirs? It looks as what there is not, so who asks
/// for that is written down as well.
bool is_denied(const Endpoint& endpoint, const Request& request, const Response& response) {
    return response.status == 404 && request.caller.user && endpoint.path.starts_with("/api/");
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
    // A file of the site comes coded, and its name says which bytes it has.
    const bool is_settled = std::ranges::any_of(
        response.headers, [](const auto& header) { return header.first == "Vary"; });
    if (is_settled) return;
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
    if (!match.endpoint) {
        if (const auto met = admission_.failure(request.network))
            co_return limited_response(*met, request.request_id);
        co_return without_endpoint(match, request);
    }
    std::exception_ptr failure;
    try {
        if (match.endpoint->doc.at_once) co_return answer_at_once(request, *match.endpoint);
        if (!request.admitted)
            if (auto refusal = co_await admit(request, match)) co_return *std::move(refusal);
        co_return co_await handle(request, *match.endpoint);
    } catch (...) {
        failure = std::current_exception();
    }
    co_return answer_to_failure(request, *match.endpoint, failure);
}

/// Asks neither the database who calls nor a worker: this is answered however both do.
Response Server::answer_at_once(const Request& request, const Endpoint& endpoint) {
    if (const auto met = admission_.request(endpoint.traffic, request.caller, request.network))
        return limited_response(*met, request.request_id);
    return call(endpoint, request);
}

Response Server::answer_to_failure(const Request& request, const Endpoint& endpoint,
                                   const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const Overdue&) {
        return busy_response(endpoint.traffic, Shed::wait, request.request_id);
    } catch (const LimitMet& met) {
        return limited_response(met, request.request_id);
    } catch (const db::Unavailable& error) {
        return failed(request, endpoint.path, error.what(), 503);
    } catch (const db::DatabaseError& error) {
        if (error.sqlstate() != statement_timed_out)
            return failed(request, endpoint.path, error.what(), 500);
        log::warning("a statement took too long", log::Field{"route", log::Text{endpoint.path}},
                     log::Field{"error", log::Text{error.what()}});
        return busy_response(endpoint.traffic, Shed::statement, request.request_id);
    } catch (const std::exception& error) {
        return failed(request, endpoint.path, error.what(), 500);
    }
}

/// Finds out who calls, and refuses whom the endpoint is not for and who asks too often.
asio::awaitable<std::optional<Response>> Server::admit(Request& request, const Match& match) {
    const Endpoint& endpoint = *match.endpoint;
    request.needs = endpoint.doc.needs;
    const std::string_view authorization = request.header("Authorization");
    const std::string_view session = cookie(request, session_cookie);
    if (authorization.empty()) {
        if (auto refusal = co_await admit_by_cookie(request, endpoint, session)) co_return refusal;
    } else if (const std::string_view token = bearer_token(authorization);
               token.empty() || !session.empty()) {
        co_return fail_to_admit(request,
                                {ErrorCode::unauthenticated,
                                 "auth.malformed",
                                 token.empty() ? "Authorization must be `Bearer <key>`"
                                               : "send a key or a session's cookie, not both",
                                 {}});
    } else if (auto known = endpoint.traffic == Traffic::bid ? authenticator_.remembered(token)
                                                             : std::nullopt) {
        request.caller = *std::move(known);
    } else if (auto refusal = co_await look_up(request, endpoint, token)) {
        co_return refusal;
    }
    const bool may = may_call(endpoint.doc.access, request.caller);
    if (!may && request.caller.role == Role::visitor)
        co_return fail_to_admit(
            request,
            {ErrorCode::unauthenticated, "auth.required", "sign in, or send a bearer key", {}});
    if (const auto met = admission_.request(endpoint.traffic, request.caller, request.network))
        co_return limited_response(*met, request.request_id);
    if (!may) co_return co_await deny(request, endpoint, "role", nothing_here(request));
    if (auto refusal = co_await refuse_key(request, endpoint)) co_return refusal;
    request.admitted = true;
    co_return std::nullopt;
}

/// Whose session it is. A cookie goes with whatever a browser sends, so what changes something must
/// come from a page of our own. One that is no good any more is that of a visitor.
asio::awaitable<std::optional<Response>>
Server::admit_by_cookie(Request& request, const Endpoint& endpoint, std::string_view session) {
    const bool reads = request.method == Method::get || request.method == Method::head;
    const bool by_browser = !session.empty() || endpoint.doc.sets_cookies;
    if (by_browser && !reads && !is_own_page(request))
        co_return problem(403, "auth.foreign_page", "this was not asked for by a page of this site",
                          request.request_id);
    if (session.empty()) co_return std::nullopt;
    if (endpoint.traffic == Traffic::bid) {
        if (auto known = authenticator_.remembered_session(session)) {
            request.caller = *std::move(known);
            co_return std::nullopt;
        }
    }
    const bool reserved = endpoint.traffic == Traffic::bid;
    Workers& workers = reserved ? reserved_ : workers_;
    const Traffic traffic = reserved ? Traffic::probe : endpoint.traffic;
    if (!admission_.has_room(traffic, workers.waiting()))
        co_return busy_response(endpoint.traffic, Shed::queue, request.request_id);
    auto resolve = [this, session, traffic] {
        return authenticator_.resolve_session(session, traffic);
    };
    Result<Caller> caller = co_await workers.run(io_, traffic, resolve);
    if (!caller) co_return std::nullopt;
    const CallerSession& found = *caller->session;
    const bool unfinished = found.awaits_factor || found.enrol_only;
    if (!unfinished || endpoint.doc.for_unfinished_sessions) request.caller = *std::move(caller);
    co_return std::nullopt;
}

/// A key is good for its scopes, and never for the credentials of its owner.
asio::awaitable<std::optional<Response>> Server::refuse_key(Request& request,
                                                            const Endpoint& endpoint) {
    if (!request.caller.user || request.caller.session) co_return std::nullopt;
    const std::optional<Scope> needed = needed_scope(endpoint);
    if (needed && request.caller.credential.scopes.has(*needed)) co_return std::nullopt;
    if (needed)
        co_return co_await deny(request, endpoint, "scope_missing",
                                scope_missing(*needed, request.request_id));
    co_return co_await deny(
        request, endpoint, "session_needed",
        problem(409, "auth.session_needed", "sign in: a key cannot do this", request.request_id));
}

/// A refusal of somebody who is known is written down before it is told.
asio::awaitable<Response> Server::deny(const Request& request, const Endpoint& endpoint,
                                       std::string_view why, Response refusal) {
    if (!admission_.has_room(endpoint.traffic, workers_.waiting()))
        co_return busy_response(endpoint.traffic, Shed::queue, request.request_id);
    auto note = [&] {
        authenticator_.note_denied(request, {endpoint.doc.id, why});
        return true;
    };
    co_await workers_.run(io_, Traffic::write, note);
    co_return refusal;
}

/// Asks the database whose token this is. Bidders are looked up on their own threads.
asio::awaitable<std::optional<Response>> Server::look_up(Request& request, const Endpoint& endpoint,
                                                         std::string_view token) {
    if (!authenticator_.was_good(token))
        if (const auto met = admission_.has_failed_much(request.network))
            co_return limited_response(*met, request.request_id);
    const bool reserved = endpoint.traffic == Traffic::bid || endpoint.traffic == Traffic::probe;
    Workers& workers = reserved ? reserved_ : workers_;
    const Traffic traffic = reserved ? Traffic::probe : endpoint.traffic;
    if (!admission_.has_room(traffic, workers.waiting()))
        co_return busy_response(endpoint.traffic, Shed::queue, request.request_id);
    auto resolve = [this, token, traffic] { return authenticator_.resolve(token, traffic); };
    Result<Caller> caller = co_await workers.run(io_, traffic, resolve);
    if (!caller) co_return fail_to_admit(request, caller.error());
    request.caller = *std::move(caller);
    co_return std::nullopt;
}

Response Server::fail_to_admit(const Request& request, const Error& error) {
    if (const auto met = admission_.failure(request.network))
        return limited_response(*met, request.request_id);
    return problem(error, request.request_id);
}

/// Runs the handler where its traffic belongs, if there is room.
asio::awaitable<Response> Server::handle(Request& request, const Endpoint& endpoint) {
    // The way of the bids: no worker, and nothing between the handler and the socket.
    if (endpoint.async_handler) {
        const auto place = admission_.enter_bid();
        if (!place) co_return busy_response(endpoint.traffic, Shed::places, request.request_id);
        Response response = co_await endpoint.async_handler(app_, request);
        if (!is_denied(endpoint, request, response)) co_return response;
        co_return co_await deny(request, endpoint, "nothing_there", std::move(response));
    }
    Workers& workers = endpoint.traffic == Traffic::probe ? reserved_ : workers_;
    if (!admission_.has_room(endpoint.traffic, workers.waiting()))
        co_return busy_response(endpoint.traffic, Shed::queue, request.request_id);
    auto work = [this, &endpoint, &request] { return call(endpoint, request); };
    co_return co_await workers.run(io_, endpoint.traffic, work);
}

Response Server::call(const Endpoint& endpoint, const Request& request) {
    const Role role = request.caller.role;
    std::optional<db::ActingIn> confined;
    if (!endpoint.doc.needs.empty() && (role == Role::county_admin || role == Role::viewer))
        confined.emplace(request.caller.counties(endpoint.doc.needs));
    const bool named = request.method == Method::post && request.caller.user &&
                       !request.header("Idempotency-Key").empty() && may_be_named(endpoint.path);
    Response response = named ? call_once(endpoint, request) : call_guarded(endpoint, request);
    if (is_denied(endpoint, request, response))
        authenticator_.note_denied(request, {endpoint.doc.id, "nothing_there"});
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
        Response current = representation->handler(app_, read);
        if (current.status != 200) return current;
        const std::string tag = entity_tag(current.body);
        if (!names_tag(wanted, tag, TagComparison::strong) &&
            !names_tag(wanted, coded_tag(tag, "gzip"), TagComparison::strong))
            return precondition_failed(request);
    }
    return endpoint.handler(app_, request);
}

} // namespace strikeoff::http
