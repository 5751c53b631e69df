// Accounts over HTTP: from sign-up to a new password and another address.
#include "support/server/browser.hpp"

#include <gmock/gmock.h>

#include <future>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

const std::string account = "/api/v1/account";

std::string sign_up_body(const std::string& email, const std::string& password) {
    return boost::json::serialize(boost::json::object{
        {"email", email}, {"password", password}, {"first_name", "Green"}, {"last_name", "Ibis"}});
}

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
