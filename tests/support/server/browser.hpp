#pragma once

#include "support/server/live_server.hpp"
#include "support/server/raw_connection.hpp"

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
    /// The last answer as it came, and its Set-Cookie fields.
    const RawAnswer& last() const { return last_; }
    const std::vector<std::string>& set_cookies() const { return set_cookies_; }

    /// Calls another process of the service, or from another address of this machine.
    void go_to(unsigned short port, std::string from = "127.0.0.1") {
        port_ = port;
        from_ = std::move(from);
    }

    /// Sent with each request; without the first two no page of ours would have made it.
    std::map<std::string, std::string> headers{{"X-Strikeoff", "1"},
                                               {"Sec-Fetch-Site", "same-origin"}};

private:
    std::string name_;
    unsigned short port_ = 0; ///< 0: of the live service.
    std::string from_ = "127.0.0.1";
    RawAnswer last_;
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
/// A user of the operator's who has a password now and may sign in.
Person with_password(const TestUser& user);

/// How many rows the log of sign-ins has about a person, of a kind and with this detail.
int count_events(const std::string& user, const std::string& type, const std::string& detail = "%");

/// Switches the second factor on: the secret that an app would have scanned, and the backup codes.
Bytes enrol(Browser& browser, std::vector<std::string>& backup_codes);
std::string code_body(const std::string& code);
/// A code that has not been used yet; time moves on by half a minute.
std::string next_code(const Bytes& secret);

/// The value `name` of the latest mail of a kind to an address; empty when there is none.
std::string mailed(const std::string& email, const std::string& kind, const std::string& name);
int count_mails(const std::string& email, const std::string& kind);

} // namespace strikeoff::testing
