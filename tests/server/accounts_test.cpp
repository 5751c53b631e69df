// Accounts over HTTP: from sign-up to the end of a session, as browsers see it.
#include "core/base32.hpp"
#include "core/one_time_code.hpp"
#include "modules/identity/sign_in.hpp"
#include "support/server/browser.hpp"
#include "support/server/raw_connection.hpp"

#include <gmock/gmock.h>

#include <future>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string sign_up_body(const std::string& email, const std::string& password) {
    return boost::json::serialize(boost::json::object{
        {"email", email}, {"password", password}, {"first_name", "Green"}, {"last_name", "Ibis"}});
}

int events(const std::string& user, const std::string& type) {
    return std::stoi(one_value("SELECT count(*) FROM auth_audit_logs WHERE user_id = '" + user +
                               "' AND event_type = '" + type + "'"));
}

const std::string account = "/api/v1/account";
const std::string refresh = "/api/v1/auth/refresh";

TEST(Accounts, begin_with_a_proof_of_the_address) {
    Browser browser;
    const std::string email = fresh_bid_id() + "@example.org";
    const std::string password = "seven herons by the marsh";
    EXPECT_EQ(browser.post("/api/v1/auth/sign-up", sign_up_body(email, password)).status, 204);
    const Reply early = browser.sign_in(email, password);
    EXPECT_EQ(early.status, 401);
    EXPECT_EQ(early.reason(), "auth.address_unconfirmed");
    const std::string token = mailed(email, "confirm_address", "token");
    ASSERT_EQ(token.size(), 64U);
    const std::string link = R"({"token":")" + token + R"("})";
    EXPECT_EQ(browser.post("/api/v1/auth/confirm-address", link).status, 204);
    EXPECT_EQ(browser.post("/api/v1/auth/confirm-address", link).reason(), "auth.link_unknown");
    const Reply in = browser.sign_in(email, password);
    EXPECT_EQ(in.status, 200) << in.body;
    EXPECT_EQ(in.text("role"), "investor");
    EXPECT_EQ(in.text("next"), "none");
    const Reply who = browser.get(account);
    EXPECT_EQ(who.text("user_id"), in.text("user_id"));
    EXPECT_EQ(browser.post("/api/v1/auth/sign-out").status, 204);
    EXPECT_EQ(browser.get(account).status, 401);
}

TEST(Accounts, do_not_tell_who_has_one) {
    const Person known = sign_up();
    Browser browser;
    const std::string unknown = fresh_bid_id() + "@example.org";
    const Reply wrong = browser.sign_in(known.email, "a wrong but long password");
    const Reply nobody = browser.sign_in(unknown, "a wrong but long password");
    EXPECT_EQ(wrong.status, nobody.status);
    EXPECT_EQ(wrong.reason(), nobody.reason());
    EXPECT_EQ(wrong.text("detail"), nobody.text("detail"));
    for (const std::string& email : {known.email, unknown}) {
        EXPECT_EQ(
            browser.post("/api/v1/auth/sign-up", sign_up_body(email, "seven herons by the marsh"))
                .status,
            204);
        EXPECT_EQ(
            browser.post("/api/v1/auth/ask-for-reset", R"({"email":")" + email + R"("})").status,
            204);
    }
    EXPECT_EQ(count_mails(known.email, "address_taken"), 1);
    EXPECT_EQ(browser.sign_in(known.email, known.password).status, 200) << "nothing was changed";
}

TEST(Accounts, are_one_for_a_hundred_sign_ups_of_an_address) {
    const std::string email = fresh_bid_id() + "@Example.org";
    std::vector<std::future<int>> answers;
    for (int i = 0; i < 8; ++i)
        answers.push_back(std::async(std::launch::async, [&email, i] {
            Browser browser;
            int good = 0;
            for (int k = 0; k < 13; ++k) {
                const int status =
                    browser
                        .post("/api/v1/auth/sign-up",
                              sign_up_body(i % 2 == 0 ? email : "X" + email.substr(1),
                                           "seven herons by the marsh"))
                        .status;
                good += status == 204 ? 1 : 0;
            }
            return good;
        }));
    int good = 0;
    for (auto& answer : answers)
        good += answer.get();
    EXPECT_EQ(good, 8 * 13);
    EXPECT_EQ(one_value("SELECT count(*) FROM users WHERE lower(email) = lower('" + email + "')"),
              "1");
    EXPECT_LE(count_mails(email, "confirm_address"), 3) << "a mailbox is not flooded";
}

TEST(Accounts, refuse_what_is_no_address_name_or_good_password) {
    Browser browser;
    const auto reason = [&](const std::string& body) {
        return browser.post("/api/v1/auth/sign-up", body).reason();
    };
    EXPECT_EQ(reason(sign_up_body("nobody", "seven herons by the marsh")), "user.email_malformed");
    EXPECT_EQ(reason(sign_up_body("a@example.org\r\nBcc: b@example.org", "seven herons by it")),
              "user.email_malformed");
    EXPECT_EQ(reason(sign_up_body("ibis@example.org", "short")), "password.too_short");
    EXPECT_EQ(reason(sign_up_body("ibis@example.org", "passwordpassword")),
              "password.easily_guessed");
    const std::string start = R"({"email":"a@example.org","password":"seven herons by",)";
    EXPECT_EQ(reason(start + R"("first_name":"","last_name":"B"})"), "user.name_missing");
    EXPECT_EQ(reason(start + R"("first_name":"A","last_name":"B","role":"admin"})"), "body.invalid")
        << "nobody makes oneself an administrator";
}

TEST(Sessions, are_cookies_that_no_script_and_no_other_site_gets) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    ASSERT_EQ(browser.set_cookies().size(), 3U);
    for (const std::string& cookie : browser.set_cookies())
        EXPECT_THAT(cookie, AllOf(HasSubstr("__Host-so_"), HasSubstr("; Secure"),
                                  HasSubstr("; HttpOnly"), HasSubstr("; SameSite=Strict"),
                                  HasSubstr("; Path=/"), Not(HasSubstr("Domain"))));
    // Only their hashes are kept.
    const std::string token = browser.cookie("__Host-so_s");
    EXPECT_EQ(one_value("SELECT count(*) FROM sessions WHERE token_hash = sha256('" + token + "')"),
              "1");
}

TEST(Sessions, do_nothing_for_other_sites) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    const std::string path = "/api/v1/account/sessions/end-others";
    using Headers = std::map<std::string, std::string>;
    for (const Headers& foreign :
         {Headers{}, Headers{{"X-Strikeoff", "1"}}, Headers{{"Sec-Fetch-Site", "same-origin"}},
          Headers{{"X-Strikeoff", "1"}, {"Sec-Fetch-Site", "cross-site"}},
          Headers{{"X-Strikeoff", "1"}, {"Sec-Fetch-Site", "same-site"}},
          Headers{{"X-Strikeoff", "1"}, {"Origin", "http://127.0.0.2"}},
          Headers{{"X-Strikeoff", "1"}, {"Origin", "null"}},
          Headers{{"X-Strikeoff", "1"}, {"Origin", "https://localhost"}}}) {
        browser.headers = foreign;
        const Reply answer = browser.post(path);
        EXPECT_EQ(answer.status, 403) << answer.body;
        EXPECT_EQ(answer.reason(), "auth.foreign_page");
    }
    browser.headers = {{"X-Strikeoff", "1"}, {"Origin", "http://localhost"}};
    EXPECT_EQ(browser.post(path).status, 204);
    browser.headers = {};
    EXPECT_EQ(browser.get(account).status, 200) << "reading changes nothing";
    EXPECT_EQ(Browser{}.sign_in(person.email, person.password).status, 200);
    Browser stranger;
    stranger.headers = {};
    EXPECT_EQ(stranger.sign_in(person.email, person.password).status, 403)
        << "nobody is signed in as somebody else either";
}

TEST(Sessions, are_not_mixed_with_keys) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    browser.headers["Authorization"] = "Bearer " + LiveServer::instance().admin_key();
    EXPECT_EQ(browser.get(account).reason(), "auth.malformed");
}

TEST(Sessions, go_on_by_refresh_tokens_that_are_good_once) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    const std::string first = browser.cookie("__Host-so_r");
    ASSERT_EQ(browser.post(refresh).status, 204);
    const std::string second = browser.cookie("__Host-so_r");
    EXPECT_NE(first, second);
    EXPECT_EQ(browser.get(account).status, 200);
    ASSERT_EQ(browser.post(refresh).status, 204);
    // Somebody has kept the first one.
    Browser thief;
    thief.set_cookie("__Host-so_r", first);
    EXPECT_EQ(thief.post(refresh).reason(), "auth.refresh_reused");
    EXPECT_EQ(browser.get(account).status, 401) << "all that came of the sign-in has ended";
    EXPECT_EQ(browser.post(refresh).status, 401);
    EXPECT_EQ(events(person.id, "token_reuse"), 1);
}

TEST(Sessions, give_the_same_successor_when_an_answer_was_lost) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    const std::string first = browser.cookie("__Host-so_r");
    ASSERT_EQ(browser.post(refresh).status, 204);
    const std::string second = browser.cookie("__Host-so_r");
    browser.set_cookie("__Host-so_r", first);
    ASSERT_EQ(browser.post(refresh).status, 204);
    EXPECT_EQ(browser.cookie("__Host-so_r"), second);
    // Not from another device, and not later.
    Browser other{"Other/2.0"};
    other.set_cookie("__Host-so_r", first);
    EXPECT_EQ(other.post(refresh).reason(), "auth.refresh_reused");
    EXPECT_EQ(browser.post(refresh).status, 401);
}

TEST(Sessions, end_when_the_successor_was_used_or_ten_seconds_have_passed) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    const std::string first = browser.cookie("__Host-so_r");
    ASSERT_EQ(browser.post(refresh).status, 204);
    LiveServer::instance().advance(11s);
    browser.set_cookie("__Host-so_r", first);
    EXPECT_EQ(browser.post(refresh).reason(), "auth.refresh_reused");
}

TEST(Sessions, have_one_child_of_twenty_parallel_refreshes) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    std::vector<std::future<std::string>> children;
    for (int i = 0; i < 20; ++i)
        children.push_back(std::async(std::launch::async, [browser]() mutable {
            return browser.post(refresh).status == 204 ? browser.cookie("__Host-so_r") : "";
        }));
    std::set<std::string> distinct;
    for (auto& child : children)
        distinct.insert(child.get());
    EXPECT_EQ(distinct.size(), 1U);
    EXPECT_FALSE(distinct.contains(""));
    EXPECT_EQ(one_value("SELECT count(*) FROM refresh_tokens WHERE user_id = '" + person.id + "'"),
              "2");
}

TEST(Sessions, end_when_nobody_uses_them_and_after_a_day) {
    const Person person = sign_up();
    Browser idle;
    Browser busy;
    ASSERT_EQ(idle.sign_in(person.email, person.password).status, 200);
    ASSERT_EQ(busy.sign_in(person.email, person.password).status, 200);
    LiveServer& server = LiveServer::instance();
    server.advance(16min);
    EXPECT_EQ(busy.get(account).status, 401) << "the access token lives for 15 minutes";
    EXPECT_EQ(busy.post(refresh).status, 204);
    EXPECT_EQ(busy.get(account).status, 200);
    server.advance(50min);
    EXPECT_EQ(idle.post(refresh).reason(), "auth.refresh_unknown") << "idle for over an hour";
    for (int i = 0; i < 24; ++i) {
        busy.post(refresh);
        server.advance(59min);
    }
    EXPECT_EQ(busy.post(refresh).reason(), "auth.refresh_unknown") << "a day has passed";
}

TEST(Sessions, are_listed_and_ended_one_by_one_or_all) {
    const Person person = sign_up();
    Browser one{"One/1.0"};
    Browser two{"Two/1.0"};
    Browser three{"Three/1.0"};
    for (Browser* browser : {&one, &two, &three})
        ASSERT_EQ(browser->sign_in(person.email, person.password).status, 200);
    const boost::json::value list = one.get("/api/v1/account/sessions").json();
    ASSERT_EQ(list.at("items").as_array().size(), 3U);
    std::string second;
    for (const boost::json::value& item : list.at("items").as_array()) {
        EXPECT_EQ(item.at("is_this_one").as_bool(), item.at("device") == "One/1.0");
        if (item.at("device") == "Two/1.0") second = std::string(item.at("id").as_string());
    }
    const Person stranger = sign_up();
    Browser other;
    ASSERT_EQ(other.sign_in(stranger.email, stranger.password).status, 200);
    EXPECT_EQ(other.post("/api/v1/account/sessions/" + second + "/end").status, 404);
    EXPECT_EQ(one.post("/api/v1/account/sessions/" + second + "/end").status, 204);
    EXPECT_EQ(two.get(account).status, 401);
    EXPECT_EQ(two.post(refresh).status, 401);
    EXPECT_EQ(three.get(account).status, 200);
    EXPECT_EQ(one.post("/api/v1/account/sessions/end-others").status, 204);
    EXPECT_EQ(three.get(account).status, 401);
    EXPECT_EQ(one.get(account).status, 200);
}

TEST(SignIn, waits_longer_after_each_failure) {
    EXPECT_EQ(identity::wait_after(4), 0s);
    EXPECT_EQ(identity::wait_after(5), 1s);
    EXPECT_EQ(identity::wait_after(6), 2s);
    EXPECT_EQ(identity::wait_after(14), 512s);
    EXPECT_EQ(identity::wait_after(15), 15min);
    EXPECT_EQ(identity::wait_after(99), 15min);
    EXPECT_EQ(identity::wait_after(100), std::nullopt);
}

TEST(SignIn, is_delayed_by_failures_but_not_on_a_device_of_the_owner) {
    const Person person = sign_up();
    Browser owner;
    ASSERT_EQ(owner.sign_in(person.email, person.password).status, 200);
    Browser guesser;
    for (int i = 0; i < 7; ++i)
        EXPECT_EQ(guesser.sign_in(person.email, "a wrong but long password").status, 401);
    Browser elsewhere;
    EXPECT_EQ(elsewhere.sign_in(person.email, person.password).reason(), "auth.failed");
    EXPECT_EQ(owner.sign_in(person.email, person.password).status, 200)
        << "nobody keeps a bidder out";
    for (int i = 0; i < 7; ++i)
        guesser.sign_in(person.email, "a wrong but long password");
    EXPECT_EQ(elsewhere.sign_in(person.email, person.password).status, 401);
    LiveServer::instance().advance(10s);
    EXPECT_EQ(elsewhere.sign_in(person.email, person.password).status, 200);
}

/// The secret that an app would have scanned.
Bytes enrol(Browser& browser, std::vector<std::string>& backup_codes) {
    const Reply enrolment = browser.post("/api/v1/account/second-factor/enrol");
    EXPECT_EQ(enrolment.status, 200) << enrolment.body;
    EXPECT_THAT(enrolment.text("uri"), HasSubstr("otpauth://totp/Strikeoff:"));
    EXPECT_THAT(enrolment.text("qr_svg"), HasSubstr("<svg"));
    const Bytes secret = *from_base32(enrolment.text("secret"));
    const std::string code = counter_code(
        secret, static_cast<std::uint64_t>(one_time_step(LiveServer::instance().now())));
    const Reply confirmed =
        browser.post("/api/v1/account/second-factor/confirm", R"({"code":")" + code + R"("})");
    EXPECT_EQ(confirmed.status, 200) << confirmed.body;
    for (const boost::json::value& backup : confirmed.json().at("codes").as_array())
        backup_codes.emplace_back(backup.as_string());
    return secret;
}

std::string code_body(const std::string& code) {
    return R"({"code":")" + code + R"("})";
}

/// A code that has not been used yet.
std::string next_code(const Bytes& secret) {
    LiveServer::instance().advance(30s);
    return counter_code(secret,
                        static_cast<std::uint64_t>(one_time_step(LiveServer::instance().now())));
}

TEST(SecondFactor, is_asked_for_at_each_sign_in_and_each_code_is_good_once) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    std::vector<std::string> backup_codes;
    const Bytes secret = enrol(browser, backup_codes);
    EXPECT_EQ(backup_codes.size(), 10U);
    const std::string path = "/api/v1/auth/second-factor";
    Browser elsewhere;
    EXPECT_EQ(elsewhere.sign_in(person.email, person.password).text("next"), "second_factor");
    EXPECT_EQ(elsewhere.get(account).text("next"), "second_factor");
    EXPECT_EQ(elsewhere.get("/api/v1/account/sessions").status, 401) << "not signed in yet";
    EXPECT_EQ(elsewhere.post(path, code_body("000000")).reason(), "auth.code_wrong");
    const std::string code = next_code(secret);
    EXPECT_EQ(elsewhere.post(path, code_body(code)).status, 200);
    EXPECT_EQ(elsewhere.get("/api/v1/account/sessions").status, 200);
    Browser replay;
    replay.sign_in(person.email, person.password);
    EXPECT_EQ(replay.post(path, code_body(code)).reason(), "auth.code_wrong") << "used";
    EXPECT_EQ(replay.post(path, code_body(backup_codes[3])).status, 200);
    Browser again;
    again.sign_in(person.email, person.password);
    EXPECT_EQ(again.post(path, code_body(backup_codes[3])).reason(), "auth.code_wrong") << "used";
    EXPECT_EQ(browser.post("/api/v1/auth/second-factor", code_body(code)).reason(),
              "auth.no_factor_awaited");
}

TEST(SecondFactor, takes_five_wrong_codes_in_five_minutes) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    std::vector<std::string> backup_codes;
    const Bytes secret = enrol(browser, backup_codes);
    Browser guesser;
    guesser.sign_in(person.email, person.password);
    const std::string path = "/api/v1/auth/second-factor";
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(guesser.post(path, code_body("000000")).status, 401);
    EXPECT_EQ(guesser.post(path, code_body(next_code(secret))).status, 429);
}

TEST(SecondFactor, is_compulsory_for_staff) {
    const Person person = sign_up("county_admin");
    Browser browser;
    EXPECT_EQ(browser.sign_in(person.email, person.password).text("next"), "enrol_second_factor");
    EXPECT_EQ(browser.get(account).text("next"), "enrol_second_factor");
    EXPECT_EQ(browser.get("/api/v1/account/sessions").status, 401)
        << "good for enrolling and nothing else";
    std::vector<std::string> backup_codes;
    const Bytes secret = enrol(browser, backup_codes);
    EXPECT_EQ(browser.get(account).status, 401) << "now sign in with it";
    browser.sign_in(person.email, person.password);
    EXPECT_EQ(browser.post("/api/v1/auth/second-factor", code_body(next_code(secret))).status, 200);
    EXPECT_EQ(browser.post("/api/v1/account/second-factor/disable").reason(), "mfa.compulsory");
}

TEST(Passwords, are_reset_by_mail_but_never_past_the_second_factor) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    std::vector<std::string> backup_codes;
    enrol(browser, backup_codes);
    Browser forgetful;
    forgetful.post("/api/v1/auth/ask-for-reset", R"({"email":")" + person.email + R"("})");
    const std::string token = mailed(person.email, "reset_password", "token");
    const std::string body =
        R"({"token":")" + token + R"(","password":"a quite different long one"})";
    EXPECT_EQ(forgetful.post("/api/v1/auth/reset-password", body).status, 204);
    EXPECT_EQ(forgetful.post("/api/v1/auth/reset-password", body).reason(), "auth.link_unknown");
    EXPECT_EQ(browser.get(account).status, 401) << "all sessions have ended";
    EXPECT_EQ(forgetful.sign_in(person.email, person.password).status, 401);
    EXPECT_EQ(forgetful.sign_in(person.email, "a quite different long one").text("next"),
              "second_factor");
    EXPECT_EQ(count_mails(person.email, "password_changed"), 1);
}

TEST(Passwords, are_changed_with_the_old_one_and_end_other_sessions) {
    const Person person = sign_up();
    Browser browser;
    Browser other;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    ASSERT_EQ(other.sign_in(person.email, person.password).status, 200);
    const std::string path = "/api/v1/account/password";
    EXPECT_EQ(
        browser.post(path, R"({"current":"not my password","wanted":"a quite different one"})")
            .reason(),
        "auth.password_wrong");
    EXPECT_EQ(browser
                  .post(path, R"({"current":")" + person.password +
                                  R"(","wanted":"a quite different one"})")
                  .status,
              204);
    EXPECT_EQ(browser.get(account).status, 200);
    EXPECT_EQ(other.get(account).status, 401);
}

TEST(Addresses, change_by_a_link_and_the_old_one_is_told) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    const std::string wanted = fresh_bid_id() + "@example.org";
    const std::string body = R"({"email":")" + wanted + R"("})";
    LiveServer::instance().advance(6min);
    EXPECT_EQ(browser.post("/api/v1/account/address", body).reason(), "auth.step_up_required");
    EXPECT_EQ(browser.post("/api/v1/account/step-up", R"({"password":"not my password at all"})")
                  .reason(),
              "auth.password_wrong");
    EXPECT_EQ(
        browser.post("/api/v1/account/step-up", R"({"password":")" + person.password + R"("})")
            .status,
        204);
    EXPECT_EQ(browser.post("/api/v1/account/address", body).status, 204);
    const std::string token = mailed(wanted, "address_change_confirm", "token");
    EXPECT_EQ(
        browser.post("/api/v1/auth/confirm-new-address", R"({"token":")" + token + R"("})").status,
        204);
    EXPECT_EQ(mailed(person.email, "address_changed_old", "new_address"), wanted);
    EXPECT_EQ(Browser{}.sign_in(wanted, person.password).status, 200);
}

} // namespace
} // namespace strikeoff::testing
