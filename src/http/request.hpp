#pragma once

#include "core/bytes.hpp"
#include "core/describe.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "http/credential.hpp"
#include "http/permission.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strikeoff::http {

enum class Method : std::uint8_t { get, head, post, put, patch, delete_, options };
BOOST_DESCRIBE_ENUM(Method, get, head, post, put, patch, delete_, options)
std::string_view method_name(Method method); ///< As in a request: `GET`.
std::optional<Method> parse_method(std::string_view name);

enum class Role : std::uint8_t { visitor, viewer, investor, county_admin, admin };
BOOST_DESCRIBE_ENUM(Role, visitor, viewer, investor, county_admin, admin)

/// The session of a person who signed in; programs with a bearer key have none.
struct CallerSession {
    SessionFamilyId family;
    Instant auth_time;          ///< When the person last proved who they are.
    bool enrol_only = false;    ///< Good for enrolling a second factor.
    bool awaits_factor = false; ///< Good for giving one.
};

/// Who calls: a visitor, a person who signed in, or the owner of a bearer key.
struct Caller {
    Role role = Role::visitor;
    std::optional<UserId> user;
    std::vector<CountyRights> rights; ///< Where a county_admin or viewer may act, and how.
    std::optional<CallerSession> session;
    std::optional<Instant> takes_no_bids_until; ///< After a second factor was recovered.
    Credential credential;

    /// One of these permissions in the county is enough; an admin has them all.
    bool may(Permissions wanted, CountyId county) const;
    /// Where they have any permission, or one of those wanted.
    std::vector<CountyId> counties() const;
    std::vector<CountyId> counties(Permissions wanted) const;
};

/// Dangerous actions want people to have proven who they are in the last five minutes; a program
/// has its key. Fails with auth.step_up_required.
Result<void> proven_lately(const Caller& caller, Instant now);

using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

/// One request. Its texts point into the connection's buffer, which stays as it is until the
/// answer has been sent.
struct Request {
    Method method = Method::get;
    std::string_view path;
    std::map<std::string, std::string, std::less<>> query; ///< Decoded.
    Fields path_values;                                    ///< `{name}` of the template.
    Fields headers;
    std::string_view body;
    std::string_view remote_address; ///< The client's, as far as we or a trusted proxy know.
    ByteView network;                ///< Of the same client: what limits count it under.
    bool secure = false;             ///< Came by TLS, to us or to a trusted proxy.
    std::string_view request_id;
    Caller caller;
    Permissions needs;     ///< What the endpoint asks of a county's staff.
    bool admitted = false; ///< The caller is known and may call, within the limits.

    /// The value of a header, whatever the case of its name; empty when absent.
    std::string_view header(std::string_view name) const;
    std::string_view path_value(std::string_view name) const; ///< Empty when there is none.
    /// May the caller do in this county what the endpoint is for?
    bool may_act_in(CountyId county) const { return caller.may(needs, county); }

    /// An id of the path. One that is no UUID names nothing: not_found.
    template <class IdType>
    Result<IdType> path_id(std::string_view name) const {
        const auto uuid = parse_uuid(path_value(name));
        if (!uuid) return fail(ErrorCode::not_found, "not_found", "there is nothing here");
        return IdType{*uuid};
    }
    /// The page size asked for, 1 to 200, 50 by default.
    Result<int> page_limit() const;
    Result<std::optional<std::int64_t>> query_integer(std::string_view name) const;
};

/// What goes back. A body is either whole or made chunk by chunk.
struct Response {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    /// When set, yields the body piece by piece until it yields an empty one; runs on a worker.
    std::function<std::string()> next_chunk;
    std::uint64_t stream_size = 0; ///< Bytes that next_chunk yields in all.
    bool shed = false;             ///< Not a failure: there was no room for the request.
};

/// The problem document (RFC 9457) of an error.
Response problem(const Error& error, std::string_view request_id);
Response problem(int status, std::string_view reason, std::string_view detail,
                 std::string_view request_id);
std::string_view status_text(int status);

} // namespace strikeoff::http
