#pragma once

#include "http/json.hpp"
#include "http/request.hpp"
#include "http/traffic.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <string>
#include <vector>

namespace strikeoff {
class App;
}

namespace strikeoff::http {

/// Who may call an endpoint. The default is the strictest.
enum class Access : std::uint8_t {
    visitor,      ///< Anybody.
    person,       ///< Anybody with an account.
    investor,     ///< An investor.
    auditor,      ///< Staff or a viewer of the county that the resource belongs to, or an admin.
    county_admin, ///< Staff of the county that the resource belongs to, or an admin.
    admin         ///< The platform's own staff.
};
BOOST_DESCRIBE_ENUM(Access, visitor, person, investor, auditor, county_admin, admin)

struct QueryParameter {
    std::string_view name;
    std::string_view type; ///< "string" or "integer"
    std::string_view description;
};

struct EndpointDoc {
    std::string_view id;
    std::string_view summary;
    Access access = Access::admin;
    /// Of a county's staff: one of these is needed in the county of the resource.
    Permissions needs = {};
    int status = 200; ///< Of a success.
    std::vector<QueryParameter> query;
    std::string_view accepts = "application/json"; ///< Content type of the body.
    std::string_view produces = "application/json";
    std::uint64_t body_max = 1 << 20; ///< Bytes.
    /// Of an edit: the id of the GET whose ETag the caller may send as If-Match.
    std::string_view edits;
    /// Answers with cookies, and so wants to be called by our own page.
    bool sets_cookies = false;
    /// Also for a session that is not complete without its second factor.
    bool for_unfinished_sessions = false;
    /// By default what the endpoint looks like: a read, a list when it has pages, a write.
    std::optional<Traffic> traffic;
    /// For visitors: answered on the I/O thread whoever calls, so the handler must not block.
    bool at_once = false;
};

/// A refusal that an endpoint is known to give. `detail` is an example of what people read.
struct KnownProblem {
    int status = 0;
    std::string_view reason;
    std::string_view detail;
};

/// What the description of an endpoint says besides what follows from its types.
struct Explanation {
    std::string_view id; ///< The endpoint's.
    std::vector<KnownProblem> problems;
    std::string_view request_example = {}; ///< Of a body that is no described JSON.
    std::string_view response_example = {};
};

using Handler = std::function<Response(App&, const Request&)>;
using AsyncHandler = std::function<boost::asio::awaitable<Response>(App&, const Request&)>;

struct Endpoint {
    Method method = Method::get;
    std::string path;
    EndpointDoc doc;
    Handler handler;            ///< Runs on a worker thread and may block.
    AsyncHandler async_handler; ///< Instead: runs on the I/O thread and must not.
    std::optional<boost::json::object> request_schema;
    std::optional<boost::json::object> response_schema;
    bool answers_nothing = false; ///< 204 when it went well.
    Traffic traffic = Traffic::write;
    std::vector<std::string> segments;
    Explanation explanation;
};

/// A value with fields of the header.
template <class T>
struct Reply {
    T body{};
    std::vector<std::pair<std::string, std::string>> headers;
};
template <>
struct Reply<void> {
    std::vector<std::pair<std::string, std::string>> headers;
};

namespace detail {

template <class T>
struct Content {
    using Type = T;
};
template <class T>
struct Content<Reply<T>> {
    using Type = T;
};

template <class F>
struct HandlerTraits;
template <class Out>
struct HandlerTraits<Result<Out> (*)(App&, const Request&)> {
    using Value = Out;
    using Body = void;
};
template <class Out, class In>
struct HandlerTraits<Result<Out> (*)(App&, const Request&, In)> {
    using Value = Out;
    using Body = In;
};

template <class Out>
Response respond(Result<Out> result, int status, const Request& request) {
    if (!result) return problem(result.error(), request.request_id);
    if constexpr (std::is_void_v<Out>) {
        return Response{.status = 204, .content_type = ""};
    } else if constexpr (std::is_same_v<Out, Response>) {
        return *std::move(result);
    } else if constexpr (!std::is_same_v<typename Content<Out>::Type, Out>) {
        auto headers = std::move(result->headers);
        Response response;
        if constexpr (std::is_void_v<typename Content<Out>::Type>)
            response = {.status = 204, .content_type = ""};
        else
            response = {.status = status, .body = to_json(result->body)};
        response.headers = std::move(headers);
        return response;
    } else {
        return Response{.status = status, .body = to_json(*result)};
    }
}

} // namespace detail

/// The table of endpoints: it dispatches, and the OpenAPI document and the access matrix are made
/// from it.
class Router {
public:
    template <class F>
    void get(std::string path, F handler, EndpointDoc doc) {
        add(Method::get, std::move(path), handler, std::move(doc));
    }
    template <class F>
    void post(std::string path, F handler, EndpointDoc doc) {
        add(Method::post, std::move(path), handler, std::move(doc));
    }
    template <class F>
    void put(std::string path, F handler, EndpointDoc doc) {
        add(Method::put, std::move(path), handler, std::move(doc));
    }
    template <class F>
    void patch(std::string path, F handler, EndpointDoc doc) {
        add(Method::patch, std::move(path), handler, std::move(doc));
    }
    /// An endpoint whose handler is a coroutine of the I/O thread.
    template <class In, class Out>
    void async_post(std::string path, AsyncHandler handler, EndpointDoc doc) {
        Endpoint endpoint{.method = Method::post, .path = std::move(path), .doc = std::move(doc)};
        endpoint.async_handler = std::move(handler);
        endpoint.request_schema = schema_of<In>();
        endpoint.response_schema = schema_of<Out>();
        insert(std::move(endpoint));
    }

    /// What `find` came to: an endpoint with its path values, or the methods the path does have.
    struct Match {
        const Endpoint* endpoint = nullptr;
        Fields path_values;
        std::vector<Method> allowed;
    };
    Match find(Method method, std::string_view path) const;
    const Endpoint* find_by_id(std::string_view id) const;
    /// Adds to the description of an endpoint that is there.
    void explain(Explanation explanation);
    const std::vector<Endpoint>& endpoints() const { return endpoints_; }

private:
    template <class F>
    void add(Method method, std::string path, F handler, EndpointDoc doc);
    void insert(Endpoint endpoint);

    std::vector<Endpoint> endpoints_;
};

template <class F>
void Router::add(Method method, std::string path, F function, EndpointDoc doc) {
    auto handler = +function;
    using Traits = detail::HandlerTraits<decltype(handler)>;
    using Out = typename Traits::Value;
    using Body = typename Traits::Body;
    Endpoint endpoint{.method = method, .path = std::move(path), .doc = std::move(doc)};
    const int status = endpoint.doc.status;
    if constexpr (std::is_void_v<Body>) {
        endpoint.handler = [handler, status](App& app, const Request& request) {
            return detail::respond<Out>(handler(app, request), status, request);
        };
    } else {
        endpoint.request_schema = schema_of<Body>();
        endpoint.handler = [handler, status](App& app, const Request& request) {
            Result<Body> body = from_json<Body>(request.body);
            if (!body) return problem(body.error(), request.request_id);
            return detail::respond<Out>(handler(app, request, *std::move(body)), status, request);
        };
    }
    using Shown = typename detail::Content<Out>::Type;
    endpoint.answers_nothing = std::is_void_v<Shown>;
    if constexpr (!std::is_void_v<Shown> && !std::is_same_v<Shown, Response>)
        endpoint.response_schema = schema_of<Shown>();
    insert(std::move(endpoint));
}

/// May this caller use an endpoint of this access at all?
bool may_call(Access access, const Caller& caller);

/// The problems that an endpoint can give because of what it is: its access, its method, its
/// parameters, its body.
std::vector<KnownProblem> usual_problems(const Endpoint& endpoint);

/// An example of a schema's values, made from the schema and the names of its members.
boost::json::value example_of(const boost::json::object& schema);

/// The OpenAPI 3.1 document of the table.
boost::json::object openapi(const Router& router, std::string_view version);

} // namespace strikeoff::http
