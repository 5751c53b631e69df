#include "support/run_command.hpp"
#include "support/server/browser.hpp"
#include "support/server/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>

namespace strikeoff::testing {
namespace {

using ::testing::HasSubstr;
using testing_support::CommandOutcome;
using testing_support::run_strikeoff;
using testing_support::run_strikeoff_until;
using testing_support::TemporaryDirectory;

/// Command lines of running processes that name this directory.
std::string processes_of(const std::string& directory) {
    std::string found;
    for (const auto& entry : std::filesystem::directory_iterator{"/proc"}) {
        std::ifstream in{entry.path() / "cmdline", std::ios::binary};
        std::string line;
        try {
            line.assign(std::istreambuf_iterator<char>(in), {});
        } catch (const std::ios_base::failure&) {
            continue; // It has just ended.
        }
        if (line.find(directory) != std::string::npos) found += line + "\n";
    }
    return found;
}

class Demo : public ::testing::Test {
protected:
    Demo() {
        // PostgreSQL may run as a user of its own.
        std::filesystem::permissions(directory_.path(""), std::filesystem::perms{0755});
    }
    std::vector<std::string> small_sale() const {
        return {"demo",        "--once", "--data",          directory_.path("data"),
                "--investors", "20",     "--batches",       "2",
                "--first-end", "12",     "--batch-seconds", "3"};
    }
    TemporaryDirectory directory_;
};

TEST_F(Demo, sells_and_agrees_with_itself_and_leaves_nothing_running) {
    const CommandOutcome first = run_strikeoff(small_sale());
    EXPECT_EQ(first.exit_code, 0) << first.output << first.errors;
    EXPECT_THAT(first.output, HasSubstr("everything agrees"));
    EXPECT_THAT(first.output, HasSubstr("1 withdrawn"));
    EXPECT_THAT(first.output, HasSubstr("bid.batch_closed"));
    EXPECT_EQ(processes_of(directory_.path("")), "");
    EXPECT_TRUE(std::filesystem::is_directory(directory_.path("data/mails")));
    // A second start finds what the first one made and sells the next year.
    const CommandOutcome second = run_strikeoff(small_sale());
    EXPECT_EQ(second.exit_code, 0) << second.output << second.errors;
    EXPECT_THAT(second.output, HasSubstr("accounts of an earlier start"));
    EXPECT_THAT(second.output, HasSubstr("sale of 2025"));
}

TEST_F(Demo, stops_everything_when_it_is_interrupted) {
    const CommandOutcome outcome = run_strikeoff_until(small_sale(), "begin to bid", SIGINT);
    EXPECT_EQ(outcome.exit_code, 130) << outcome.output << outcome.errors;
    EXPECT_EQ(outcome.errors, "stopped\n");
    EXPECT_EQ(processes_of(directory_.path("")), "");
}

/// The password that the demo prints for an address; empty when there is none.
std::string password_in(const std::string& printed, const std::string& email) {
    std::istringstream words{printed.substr(std::min(printed.find(email), printed.size()))};
    std::string password;
    words >> password >> password;
    return password;
}

TEST_F(Demo, lets_two_of_the_staff_and_an_investor_sign_in) {
    const unsigned short port = free_port();
    Process demo{{STRIKEOFF_BINARY, "demo", "--data", directory_.path("data"), "--port",
                  std::to_string(port), "--investors", "20", "--batches", "2", "--first-end", "60"},
                 directory_.path("printed")};
    ASSERT_TRUE(eventually([&] { return demo.log_text().contains("Ctrl-C stops"); }))
        << demo.log_text();
    const std::string printed = demo.log_text();
    for (const auto& [email, next] : {std::pair{"collector@example.org", "enrol_second_factor"},
                                      std::pair{"deputy@example.org", "enrol_second_factor"},
                                      std::pair{"investor1@example.org", "none"}}) {
        Browser browser;
        browser.go_to(port);
        const Reply reply = browser.sign_in(email, password_in(printed, email));
        EXPECT_EQ(reply.status, 200) << printed;
        EXPECT_EQ(reply.text("next"), next) << email;
    }
    demo.signal(SIGINT);
    EXPECT_EQ(demo.wait(std::chrono::seconds{30}), 130) << demo.log_text();
}

} // namespace
} // namespace strikeoff::testing
