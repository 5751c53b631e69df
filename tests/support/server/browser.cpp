#include "support/server/browser.hpp"

#include "core/base32.hpp"
#include "core/one_time_code.hpp"
#include "mail/outbox.hpp"
#include "support/server/openapi_check.hpp"

#include <gtest/gtest.h>

namespace strikeoff::testing {
int count_events(const std::string& user, const std::string& type, const std::string& detail) {
    return std::stoi(one_value(
        "SELECT count(*) FROM auth_audit_logs WHERE user_id = '" + user + "' AND event_type = '" +
        type + "' AND coalesce(details_json->>'detail', '') LIKE '" + detail + "'"));
}

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
    RawConnection connection{port_ == 0 ? LiveServer::instance().app().port() : port_,
                             from_.c_str()};
    connection.send(text);
    last_ = connection.receive();
    const RawAnswer& answer = last_;
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

Person with_password(const TestUser& user) {
    Person person{.email = "", .password = "tin roof rusted " + user.id.substr(20), .id = user.id};
    const auto hash = LiveServer::instance().app().hasher.hash(person.password);
    if (!hash) throw std::runtime_error(hash.error().message);
    person.email = one_value("UPDATE users SET password_hash = '" + *hash + "' WHERE id = '" +
                             user.id + "' RETURNING email");
    return person;
}

Bytes enrol(Browser& browser, std::vector<std::string>& backup_codes) {
    const Reply enrolment = browser.post("/api/v1/account/second-factor/enrol");
    if (enrolment.status != 200) throw std::runtime_error(enrolment.body);
    const Bytes secret = *from_base32(enrolment.text("secret"));
    const std::string code = counter_code(
        secret, static_cast<std::uint64_t>(one_time_step(LiveServer::instance().now())));
    const Reply confirmed = browser.post("/api/v1/account/second-factor/confirm", code_body(code));
    if (confirmed.status != 200) throw std::runtime_error(confirmed.body);
    for (const boost::json::value& backup : confirmed.json().at("codes").as_array())
        backup_codes.emplace_back(backup.as_string());
    return secret;
}

std::string code_body(const std::string& code) {
    return R"({"code":")" + code + R"("})";
}

std::string next_code(const Bytes& secret) {
    LiveServer::instance().advance(std::chrono::seconds{30});
    return counter_code(secret,
                        static_cast<std::uint64_t>(one_time_step(LiveServer::instance().now())));
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
