// Signing in, and how often that may be tried.
#include "modules/identity/links.hpp"
#include "modules/identity/sign_in.hpp"
#include "support/server/beside.hpp"
#include "support/server/browser.hpp"

#include <gmock/gmock.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

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

TEST(SignIn, is_over_after_a_hundred_failures_until_the_password_is_new) {
    const Person person = sign_up();
    Browser owner;
    ASSERT_EQ(owner.sign_in(person.email, person.password).status, 200);
    one_value("UPDATE users SET failed_logins = 99 WHERE id = '" + person.id + "' RETURNING id");
    Browser elsewhere;
    EXPECT_EQ(elsewhere.sign_in(person.email, "a wrong but long password").status, 401);
    LiveServer::instance().advance(24h * 30);
    EXPECT_EQ(elsewhere.sign_in(person.email, person.password).reason(), "auth.failed");
    EXPECT_EQ(count_events(person.id, "account_locked"), 1);
    EXPECT_EQ(owner.sign_in(person.email, person.password).status, 200)
        << "from a device of the owner";
    one_value("UPDATE users SET failed_logins = 99, login_blocked_until = 'infinity' WHERE id = '" +
              person.id + "' RETURNING id");
    elsewhere.post("/api/v1/auth/ask-for-reset", R"({"email":")" + person.email + R"("})");
    const std::string token = mailed(person.email, "reset_password", "token");
    EXPECT_EQ(elsewhere
                  .post("/api/v1/auth/reset-password",
                        R"({"token":")" + token + R"(","password":"a quite different long one"})")
                  .status,
              204);
    EXPECT_EQ(elsewhere.sign_in(person.email, "a quite different long one").status, 200);
}

TEST(SignIn, is_limited_by_network_but_not_for_a_device_of_the_owner) {
    const http::AdmissionOptions usual;
    EXPECT_EQ(http::format_limit(usual.of(http::Quota::address_sign_ins)), "30/m,30");
    const ServiceBeside beside{"", {"--limit", "address_sign_ins=1/h,4"}};
    const Person person = sign_up();
    Browser owner;
    owner.go_to(beside.port(), "127.0.7.1");
    ASSERT_EQ(owner.sign_in(person.email, person.password).status, 200);
    for (int i = 0; i < 3; ++i) {
        Browser guesser;
        guesser.go_to(beside.port(), fmt::format("127.0.7.{}", i + 2));
        EXPECT_EQ(guesser.sign_in(person.email, "a wrong but long password").status, 401);
    }
    Browser late;
    late.go_to(beside.port(), "127.0.7.99");
    for (const std::string& email : {person.email, fresh_bid_id() + "@example.org"}) {
        EXPECT_EQ(late.sign_in(email, person.password).status, 429) << "known or not";
        EXPECT_GT(std::stoi(late.last().header("Retry-After")), 3000);
        EXPECT_EQ(late.last().header("RateLimit-Policy"), "\"address_sign_ins\";q=4;w=14400");
    }
    EXPECT_EQ(count_events(person.id, "login_failed", "limited"), 1);
    EXPECT_EQ(owner.get("/api/v1/account").status, 200) << "who is signed in stays so";
    EXPECT_EQ(owner.sign_in(person.email, person.password).status, 200)
        << "nobody keeps a bidder out";
    late.go_to(beside.port(), "127.0.8.1");
    EXPECT_EQ(late.sign_in(person.email, person.password).status, 200);
}

TEST(SignIn, from_a_new_device_is_told_to_the_owner_but_for_the_first) {
    const Person person = sign_up();
    Browser first{"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"};
    ASSERT_EQ(first.sign_in(person.email, person.password).status, 200);
    ASSERT_EQ(first.sign_in(person.email, person.password).status, 200);
    EXPECT_EQ(count_mails(person.email, "new_device"), 0);
    Browser second{"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) "
                   "Chrome/126.0.0.0 Safari/537.36 Call 555-0100 now"};
    ASSERT_EQ(second.sign_in(person.email, person.password).status, 200);
    ASSERT_EQ(second.sign_in(person.email, person.password).status, 200);
    EXPECT_EQ(count_mails(person.email, "new_device"), 1);
    EXPECT_EQ(mailed(person.email, "new_device", "device"), "Chrome on Windows");
    EXPECT_EQ(mailed(person.email, "new_device", "address"), "127.0.0.1");
}

TEST(SignUp, is_limited_by_address) {
    const http::AdmissionOptions usual;
    EXPECT_EQ(http::format_limit(usual.of(http::Quota::address_sign_ups)), "5/h,5");
    const ServiceBeside beside;
    const auto sign_up_from = [&](const char* address) {
        Browser browser;
        browser.go_to(beside.port(), address);
        browser.post("/api/v1/auth/sign-up",
                     R"({"email":")" + fresh_bid_id() +
                         R"(@example.org","password":"seven herons by the marsh",)"
                         R"("first_name":"Green","last_name":"Ibis"})");
        return browser.last();
    };
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(sign_up_from("127.0.9.1").status, 204);
    const RawAnswer refused = sign_up_from("127.0.9.1");
    EXPECT_EQ(refused.status, 429);
    EXPECT_GT(std::stoi(refused.header("Retry-After")), 600);
    EXPECT_EQ(sign_up_from("127.0.9.2").status, 204);
}

TEST(Passwords, are_reset_by_three_mails_an_hour_whatever_is_asked_for) {
    const Person person = sign_up();
    Browser browser;
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(
            browser.post("/api/v1/auth/ask-for-reset", R"({"email":")" + person.email + R"("})")
                .status,
            204);
    EXPECT_EQ(count_mails(person.email, "reset_password"), 3);
    EXPECT_EQ(count_events(person.id, "password_reset_requested", "limited"), 2);
}

TEST(Passwords, are_chosen_by_a_link_that_the_operator_hands_over) {
    db::Pool& pool = LiveServer::instance().app().worker_pool;
    const Person person = sign_up();
    const auto link = identity::make_password_link(pool, person.email);
    ASSERT_TRUE(link.has_value());
    const std::string password = "a new one " + fresh_bid_id();
    Browser browser;
    const auto choose = [&] {
        return browser.post("/api/v1/auth/reset-password", R"({"token":")" + link->token +
                                                               R"(","password":")" + password +
                                                               R"("})");
    };
    EXPECT_EQ(choose().status, 204);
    EXPECT_EQ(choose().reason(), "auth.link_unknown") << "it works once";
    EXPECT_EQ(browser.sign_in(person.email, password).status, 200);
    EXPECT_EQ(count_events(person.id, "password_reset_requested", "by_operator"), 1);
    EXPECT_EQ(count_mails(person.email, "reset_password"), 0);

    for (int i = 0; i < 2; ++i)
        EXPECT_TRUE(identity::make_password_link(pool, person.email).has_value());
    EXPECT_EQ(identity::make_password_link(pool, person.email).error().reason, "link.too_many");
    EXPECT_EQ(identity::make_password_link(pool, "nobody@example.org").error().reason,
              "user.unknown");
}

TEST(Passwords, are_tried_five_times_in_a_session_and_that_locks_nobody_out) {
    const Person person = sign_up();
    Browser thief;
    ASSERT_EQ(thief.sign_in(person.email, person.password).status, 200);
    const auto step_up = [&](Browser& browser, const std::string& password) {
        return browser.post("/api/v1/account/step-up", R"({"password":")" + password + R"("})");
    };
    const auto change = [&](const std::string& current) {
        return thief.post("/api/v1/account/password",
                          R"({"current":")" + current + R"(","wanted":"what the thief wants"})");
    };
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(step_up(thief, "a guess of a thief").reason(), "auth.password_wrong");
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(change("a guess of a thief").reason(), "auth.password_wrong");
    EXPECT_EQ(step_up(thief, person.password).reason(), "auth.passwords_too_many");
    EXPECT_EQ(thief.last().status, 429);
    EXPECT_EQ(change(person.password).reason(), "auth.passwords_too_many");
    EXPECT_EQ(count_events(person.id, "step_up", "limited"), 1);
    EXPECT_EQ(count_events(person.id, "password_change", "limited"), 1);

    Browser owner;
    ASSERT_EQ(owner.sign_in(person.email, person.password).status, 200);
    EXPECT_EQ(step_up(owner, person.password).status, 204);
    LiveServer::instance().advance(6min);
    EXPECT_EQ(step_up(thief, person.password).status, 204);
}

} // namespace
} // namespace strikeoff::testing
