#pragma once

#include "support/server/live_server.hpp"

#include <map>

namespace strikeoff::testing {

/// A browser on a page of the live service: keeps cookies and says where its requests come from.
class Browser {
public:
    explicit Browser(std::string name = "Browser/1.0") : name_{std::move(name)} {}

    Reply get(const std::string& path) { return call("GET", path, ""); }
    Reply post(const std::string& path, const std::string& body = "{}") {
        return call("POST", path, body);
    }
    Reply call(const std::string& method, const std::string& path, const std::string& body);
    Reply sign_in(const std::string& email, const std::string& password);

    /// Empty when there is none.
    std::string cookie(const std::string& name) const;
    void set_cookie(const std::string& name, const std::string& value) { cookies_[name] = value; }
    void forget_cookie(const std::string& name) { cookies_.erase(name); }
    /// The Set-Cookie fields of the last answer.
    const std::vector<std::string>& set_cookies() const { return set_cookies_; }

    /// Sent with each request; without the first two no page of ours would have made it.
    std::map<std::string, std::string> headers{{"X-Strikeoff", "1"},
                                               {"Sec-Fetch-Site", "same-origin"}};

private:
    std::string name_;
    std::map<std::string, std::string> cookies_;
    std::vector<std::string> set_cookies_;
};

/// Somebody with an account whose address was confirmed.
struct Person {
    std::string email;
    std::string password;
    std::string id;
};
Person sign_up(const std::string& role = "investor");

/// The value `name` of the latest mail of a kind to an address; empty when there is none.
std::string mailed(const std::string& email, const std::string& kind, const std::string& name);
int count_mails(const std::string& email, const std::string& kind);

} // namespace strikeoff::testing
