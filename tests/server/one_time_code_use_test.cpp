// Codes of the second factor over HTTP: when they are good, and that they are good once.
#include "core/base32.hpp"
#include "core/one_time_code.hpp"
#include "support/server/browser.hpp"

#include <gtest/gtest.h>

#include <future>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

const std::string path = "/api/v1/auth/second-factor";

std::string giving(const std::string& code) {
    return R"({"code":")" + code + R"("})";
}

std::int64_t step_now() {
    return one_time_step(LiveServer::instance().now());
}

std::string code_of(const Bytes& secret, std::int64_t step) {
    return counter_code(secret, static_cast<std::uint64_t>(step));
}

/// Moves the clock to `offset` after the begin of a step that lies minutes ahead, so that wrong
/// codes of before do not count any more.
void go_to_step(std::chrono::seconds offset) {
    constexpr std::int64_t micros_a_step = one_time_step_seconds * 1'000'000;
    LiveServer& server = LiveServer::instance();
    server.advance(6min);
    server.advance(std::chrono::microseconds{micros_a_step - server.now().micros() % micros_a_step +
                                             std::chrono::microseconds{offset}.count()});
}

/// Somebody with a second factor.
struct Enrolled {
    Person person = sign_up();
    Bytes secret;
    std::vector<std::string> backup_codes;

    Enrolled() {
        Browser browser;
        browser.sign_in(person.email, person.password);
        secret = *from_base32(browser.post("/api/v1/account/second-factor/enrol").text("secret"));
        const Reply confirmed = browser.post("/api/v1/account/second-factor/confirm",
                                             giving(code_of(secret, step_now())));
        if (confirmed.status != 200) throw std::runtime_error(confirmed.body);
        for (const boost::json::value& code : confirmed.json().at("codes").as_array())
            backup_codes.emplace_back(code.as_string());
    }
    /// A browser that has given the password and awaits the code.
    Browser half_signed_in() const {
        Browser browser;
        EXPECT_EQ(browser.sign_in(person.email, person.password).text("next"), "second_factor");
        return browser;
    }
};

TEST(OneTimeCodeUse, is_good_from_the_begin_of_its_step_to_ten_seconds_after) {
    const Enrolled enrolled;
    const auto status = [](Browser browser, const std::string& code) {
        return browser.post(path, giving(code)).status;
    };
    struct Case {
        std::chrono::seconds offset; ///< Now, after the begin of the step.
        std::int64_t step;           ///< Of the code, as against the step that it is now.
        int status;
    };
    // Between two lines at the same side of an edge a slow machine has seconds to spare.
    for (const Case& wanted : {Case{.offset = 1s, .step = 0, .status = 200},
                               Case{.offset = 20s, .step = 0, .status = 200},
                               Case{.offset = 1s, .step = -1, .status = 200},
                               Case{.offset = 11s, .step = -1, .status = 401},
                               Case{.offset = 20s, .step = -1, .status = 401},
                               Case{.offset = 1s, .step = -2, .status = 401},
                               Case{.offset = 1s, .step = 1, .status = 401},
                               Case{.offset = 20s, .step = 1, .status = 401},
                               Case{.offset = 11s, .step = 0, .status = 200}}) {
        go_to_step(wanted.offset);
        EXPECT_EQ(
            status(enrolled.half_signed_in(), code_of(enrolled.secret, step_now() + wanted.step)),
            wanted.status)
            << wanted.offset.count() << " s, step " << wanted.step;
    }
}

TEST(OneTimeCodeUse, of_one_code_before_another_is_no_way_back) {
    const Enrolled enrolled;
    go_to_step(1s);
    const std::int64_t step = step_now();
    EXPECT_EQ(enrolled.half_signed_in().post(path, giving(code_of(enrolled.secret, step))).status,
              200);
    EXPECT_EQ(
        enrolled.half_signed_in().post(path, giving(code_of(enrolled.secret, step - 1))).status,
        401)
        << "a later one was used";
}

/// How many of the browsers get in with the code at the same time.
int let_in(std::vector<Browser>& browsers, const std::string& code) {
    std::vector<std::future<Reply>> answers;
    for (Browser& browser : browsers)
        answers.push_back(std::async(
            std::launch::async, [&browser, &code] { return browser.post(path, giving(code)); }));
    int in = 0;
    for (auto& answer : answers) {
        const Reply reply = answer.get();
        if (reply.status == 200)
            ++in;
        else
            EXPECT_EQ(reply.reason(), "auth.code_wrong") << reply.body;
    }
    return in;
}

TEST(OneTimeCodeUse, of_one_code_at_the_same_time_lets_one_in) {
    const Enrolled enrolled;
    for (int round = 0; round < 3; ++round) {
        go_to_step(1s);
        std::vector<Browser> browsers;
        for (int i = 0; i < 4; ++i) // Twenty wrong codes a day are too many.
            browsers.push_back(enrolled.half_signed_in());
        EXPECT_EQ(let_in(browsers, code_of(enrolled.secret, step_now())), 1) << round;
        go_to_step(1s);
        browsers.clear();
        for (int i = 0; i < 4; ++i) // Twenty wrong codes a day are too many.
            browsers.push_back(enrolled.half_signed_in());
        EXPECT_EQ(let_in(browsers, enrolled.backup_codes.at(static_cast<std::size_t>(round))), 1)
            << "a backup code, round " << round;
    }
}

TEST(OneTimeCodeUse, to_prove_oneself_again_uses_it_up_as_well) {
    const Enrolled enrolled;
    go_to_step(1s);
    Browser browser = enrolled.half_signed_in();
    const std::string code = code_of(enrolled.secret, step_now());
    ASSERT_EQ(browser.post(path, giving(code)).status, 200);
    EXPECT_EQ(browser.post("/api/v1/account/step-up", giving(code)).reason(), "auth.code_wrong");
    go_to_step(1s);
    const std::string later = code_of(enrolled.secret, step_now());
    Browser again = enrolled.half_signed_in();
    ASSERT_EQ(again.post(path, giving(later)).status, 200);
    EXPECT_EQ(enrolled.half_signed_in().post(path, giving(later)).status, 401);
}

} // namespace
} // namespace strikeoff::testing
