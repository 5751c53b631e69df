#pragma once

#include "support/server/browser.hpp"
#include "support/server/raw_connection.hpp"

#include <map>
#include <string>
#include <vector>

namespace strikeoff::testing {

/// One request to the live service.
struct ApiCall {
    std::string method;
    std::string target;
    std::map<std::string, std::string> headers;
    std::string content_type; ///< Empty: without a body.
    std::string body;
};

/// Sends it on a connection of its own, `from` an address of this machine. Port 0 is the live
/// service's.
RawAnswer send(const ApiCall& call, const char* from = "127.0.0.1", unsigned short port = 0);

/// A sale under way, a draft and people: what a request to any route may name, so that tests can
/// walk over all routes with requests that mean something.
class ApiStage {
public:
    ApiStage();

    const std::vector<http::Endpoint>& endpoints() const;
    /// A request that fits the endpoint by its description, from somebody whom it is for.
    ApiCall call_of(const http::Endpoint& endpoint);
    /// The path with its parameters, those of `instead` by name.
    std::string path_of(const http::Endpoint& endpoint,
                        const std::map<std::string, std::string>& instead = {}) const;
    /// A body as the description asks for it, with ids of what there is; nothing if it takes none.
    std::optional<boost::json::value> body_of(const http::Endpoint& endpoint) const;
    /// What tells who calls: a key, or a session's cookie on a page of ours.
    std::map<std::string, std::string> caller_of(const http::Endpoint& endpoint);
    /// Signs the person in anew; call before the session is a quarter of an hour old.
    void renew_session();
    /// Other keys, so that nobody asks too often.
    void renew_keys();

    const TestSale& sale() const { return sale_; }
    const std::string& session_cookie() const { return session_cookie_; }

private:
    std::string value_of(std::string_view name, const http::Endpoint& endpoint) const;
    void fill_in(boost::json::value& value, std::string_view name) const;

    TestSale sale_;
    std::string draft_;
    TestUser bidder_;
    TestUser admin_;
    TestUser staff_;
    Person person_;
    std::string session_cookie_;
    std::string session_id_;
};

/// The digest of each table, by its name. What is meant to be written for requests that fail is
/// left out: the log of sign-ins and the counts of failures.
std::map<std::string, std::string> digest_of_database();
/// Waits until the service has nothing to do, and returns its digest.
std::map<std::string, std::string> digest_at_rest();
/// The names of the tables that differ.
std::vector<std::string> changed_tables(const std::map<std::string, std::string>& before,
                                        const std::map<std::string, std::string>& after);

} // namespace strikeoff::testing
