#include "support/server/browser.hpp"

#include "mail/outbox.hpp"
#include "support/server/openapi_check.hpp"
#include "support/server/raw_connection.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
Reply Browser::call(const std::string& method, const std::string& path, const std::string& body) {
    std::string text =
        method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: " + name_ + "\r\n";
    for (const auto& [name, value] : headers)
        text += name + ": " + value + "\r\n";
    std::string cookies;
    for (const auto& [name, value] : cookies_)
        cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
    if (!cookies.empty()) text += "Cookie: " + cookies + "\r\n";
    if (method != "GET")
        text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n";
    text += "\r\n";
    if (method != "GET") text += body;
    const RawAnswer answer = exchange_raw(LiveServer::instance().app().port(), text);
    set_cookies_ = answer.headers("Set-Cookie");
    for (const std::string& field : set_cookies_) {
        const std::size_t equals = field.find('=');
        const std::string value = field.substr(equals + 1, field.find(';') - equals - 1);
        if (value.empty())
            cookies_.erase(field.substr(0, equals));
        else
            cookies_[field.substr(0, equals)] = value;
    }
    for (const std::string& fault :
         openapi_faults(method, path, answer.status, answer.header("Content-Type"), answer.body))
        ADD_FAILURE() << method << " " << path << " " << answer.status << ": " << fault << "\n"
                      << answer.body;
    return {answer.status, answer.body};
}

Reply Browser::sign_in(const std::string& email, const std::string& password) {
    return post("/api/v1/auth/sign-in", boost::json::serialize(boost::json::object{
                                            {"email", email}, {"password", password}}));
}

std::string Browser::cookie(const std::string& name) const {
    const auto found = cookies_.find(name);
    return found == cookies_.end() ? "" : found->second;
}

Person sign_up(const std::string& role) {
    Person person{.email = fresh_bid_id() + "@example.org",
                  .password = "tin roof rusted " + fresh_bid_id().substr(20),
                  .id = ""};
    Browser browser;
    const Reply made =
        browser.post("/api/v1/auth/sign-up",
                     boost::json::serialize(boost::json::object{{"email", person.email},
                                                                {"password", person.password},
                                                                {"first_name", "Blue"},
                                                                {"last_name", "Heron"}}));
    if (made.status != 204) throw std::runtime_error(made.body);
    const std::string token = mailed(person.email, "confirm_address", "token");
    const Reply confirmed =
        browser.post("/api/v1/auth/confirm-address", R"({"token":")" + token + R"("})");
    if (confirmed.status != 204) throw std::runtime_error(confirmed.body);
    person.id = one_value("UPDATE users SET role = '" + role + "' WHERE email = '" + person.email +
                          "' RETURNING id");
    return person;
}

std::string mailed(const std::string& email, const std::string& kind, const std::string& name) {
    const std::string id = one_value("SELECT id FROM mails WHERE recipient = '" + email +
                                     "' AND kind = '" + kind + "' ORDER BY id DESC LIMIT 1");
    if (id.empty()) return "";
    const std::string sealed = one_value("SELECT sealed FROM mails WHERE id = '" + id + "'");
    const mail::Values values =
        mail::open_values(LiveServer::instance().app().keys, mail::MailId{*parse_uuid(id)},
                          *from_hex(std::string_view{sealed}.substr(2)));
    const auto found = values.find(name);
    return found == values.end() ? "" : found->second;
}

int count_mails(const std::string& email, const std::string& kind) {
    return std::stoi(one_value("SELECT count(*) FROM mails WHERE recipient = '" + email +
                               "' AND kind = '" + kind + "'"));
}

} // namespace strikeoff::testing
