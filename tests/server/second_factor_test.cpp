// Codes of an authenticator app and backup codes.
#include "support/server/browser.hpp"

#include <gmock/gmock.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

const std::string account = "/api/v1/account";
const std::string path = "/api/v1/auth/second-factor";

TEST(SecondFactor, is_asked_for_at_each_sign_in_and_each_code_is_good_once) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    std::vector<std::string> backup_codes;
    const Bytes secret = enrol(browser, backup_codes);
    EXPECT_EQ(backup_codes.size(), 10U);
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

TEST(SecondFactor, takes_five_wrong_codes_of_a_session_in_five_minutes) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    std::vector<std::string> backup_codes;
    const Bytes secret = enrol(browser, backup_codes);
    Browser guesser;
    guesser.sign_in(person.email, person.password);
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(guesser.post(path, code_body("000000")).status, 401);
    EXPECT_EQ(guesser.post(path, code_body(next_code(secret))).reason(), "auth.codes_too_many");
    EXPECT_EQ(guesser.last().status, 429);
    const int wait = std::stoi(guesser.last().header("Retry-After"));
    EXPECT_GT(wait, 200);
    EXPECT_LE(wait, 300);
    EXPECT_EQ(guesser.last().header("RateLimit-Policy"), "\"codes\";q=5;w=300");
    EXPECT_EQ(count_events(person.id, "mfa_failed", "limited"), 1);
    Browser other; // Another session.
    other.sign_in(person.email, person.password);
    EXPECT_EQ(other.post(path, code_body(next_code(secret))).status, 200);
}

TEST(SecondFactor, takes_twenty_wrong_codes_a_day_but_does_not_keep_its_owner_out) {
    const Person person = sign_up();
    Browser owner;
    ASSERT_EQ(owner.sign_in(person.email, person.password).status, 200);
    std::vector<std::string> backup_codes;
    const Bytes secret = enrol(owner, backup_codes);
    for (int session = 0; session < 4; ++session) {
        Browser guesser;
        guesser.sign_in(person.email, person.password);
        for (int i = 0; i < 5; ++i)
            EXPECT_EQ(guesser.post(path, code_body("000000")).status, 401);
    }
    Browser guesser;
    guesser.sign_in(person.email, person.password);
    EXPECT_EQ(guesser.post(path, code_body(next_code(secret))).status, 429);
    EXPECT_GT(std::stoi(guesser.last().header("Retry-After")), 80'000);
    owner.sign_in(person.email, person.password);
    EXPECT_EQ(owner.post(path, code_body(next_code(secret))).status, 200);
}

TEST(SecondFactor, is_told_to_its_owner_when_it_changes) {
    const Person person = sign_up();
    Browser browser;
    ASSERT_EQ(browser.sign_in(person.email, person.password).status, 200);
    std::vector<std::string> backup_codes;
    enrol(browser, backup_codes);
    EXPECT_EQ(count_mails(person.email, "mfa_enabled"), 1);
    const Reply renewed = browser.post("/api/v1/account/second-factor/backup-codes");
    EXPECT_EQ(renewed.json().at("codes").as_array().size(), 10U);
    EXPECT_EQ(count_mails(person.email, "backup_codes_renewed"), 1);
    EXPECT_EQ(count_events(person.id, "mfa_codes_renewed"), 1);
    EXPECT_EQ(browser.post("/api/v1/account/second-factor/disable").status, 204);
    EXPECT_EQ(count_mails(person.email, "mfa_disabled"), 1);
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

} // namespace
} // namespace strikeoff::testing
