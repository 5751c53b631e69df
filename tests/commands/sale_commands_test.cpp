#include "support/run_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace strikeoff {
namespace {

using namespace testing_support;
using ::testing::HasSubstr;

const std::string id = "01a0c459-9d3b-7fe6-aaad-a4d044eab9bc";
const std::string nobody = "http://127.0.0.1:9"; ///< The discard port: nothing listens there.

/// Exit 2, nothing on standard output, and `message` on standard error.
void expect_bad_input(const CommandOutcome& outcome, const std::string& message) {
    EXPECT_EQ(outcome.exit_code, 2) << outcome.output << outcome.errors;
    EXPECT_EQ(outcome.output, "");
    EXPECT_THAT(outcome.errors, HasSubstr(message));
}

TEST(ServeCommand, has_no_limit_that_lets_everything_through) {
    for (const char* limit : {"bids=off", "bids=0/s,1", "bids=50/s", "bids", "beds=50/s,200", ""})
        expect_bad_input(run_strikeoff({"serve", "--limit", limit}), "--limit");
    expect_bad_input(run_strikeoff({"serve", "--bid-queue", "0"}), "--bid-queue");
    expect_bad_input(run_strikeoff({"serve", "--connections-per-address", "0"}),
                     "--connections-per-address");
    EXPECT_THAT(run_strikeoff({"serve", "--help"}).output, HasSubstr("bids=50/s,200"));
}

TEST(Commands, that_do_not_exist_are_named) {
    expect_bad_input(run_strikeoff({"server"}), "there is no command 'server'");
    expect_bad_input(run_strikeoff({}), "A subcommand is required");
    EXPECT_EQ(run_strikeoff({"verify", "--help"}).exit_code, 0);
}

class SeedCommand : public ::testing::Test {
protected:
    CommandOutcome seed(std::vector<std::string> changes) const {
        std::vector<std::string> arguments{"seed", "--auction", id, "--master",
                                           directory_.path("master")};
        arguments.insert(arguments.end(), changes.begin(), changes.end());
        return run_strikeoff(arguments);
    }
    TemporaryDirectory directory_;
};

TEST_F(SeedCommand, needs_one_key_and_a_server) {
    EXPECT_EQ(seed({"--server", nobody}).exit_code, 2);
    EXPECT_EQ(seed({"--server", nobody, "--key", "a", "--key-file", "b"}).exit_code, 2);
    EXPECT_EQ(seed({"--key", "a"}).exit_code, 2);
    EXPECT_FALSE(std::filesystem::exists(directory_.path("master")));
}

TEST_F(SeedCommand, names_what_is_wrong_with_an_option) {
    expect_bad_input(seed({"--key", "a", "--server", "ftp://x"}), "'ftp://x' has another");
    expect_bad_input(seed({"--key", "a", "--server", nobody, "--server-key", "ab"}),
                     "--server-key: must be 64");
    expect_bad_input(run_strikeoff({"seed", "--server", nobody, "--key", "a", "--auction", "x",
                                    "--master", directory_.path("master")}),
                     "--auction: must be the id");
}

TEST_F(SeedCommand, names_the_line_of_a_key_file) {
    const std::string missing = directory_.path("none");
    expect_bad_input(seed({"--server", nobody, "--key-file", missing}), missing + ":1: ");
    const std::string two = directory_.write("keys", "so_a\nso_b\n");
    expect_bad_input(seed({"--server", nobody, "--key-file", two}), two + ":1: must hold one");
}

TEST_F(SeedCommand, refuses_a_master_that_others_can_read) {
    directory_.write("master", std::string(64, 'a') + "\n");
    std::filesystem::permissions(directory_.path("master"), std::filesystem::perms{0644});
    expect_bad_input(seed({"--server", nobody, "--key", "a"}), "chmod 0400");
}

TEST_F(SeedCommand, says_that_the_server_cannot_be_reached) {
    expect_bad_input(seed({"--server", nobody, "--key", "a"}), "127.0.0.1:9");
}

class SimulateCommand : public ::testing::Test {
protected:
    CommandOutcome simulate(std::vector<std::string> changes) const {
        std::vector<std::string> arguments{"simulate", "--server", nobody};
        arguments.insert(arguments.end(), changes.begin(), changes.end());
        return run_strikeoff(arguments);
    }
    TemporaryDirectory directory_;
    const std::string bidders_ = directory_.write("bidders", id + " so_key\n");
};

TEST_F(SimulateCommand, needs_bidders_and_a_sale_or_a_batch) {
    EXPECT_EQ(simulate({"--auction", id}).exit_code, 2);
    expect_bad_input(simulate({"--bidders", bidders_}), "--auction is needed");
    expect_bad_input(simulate({"--bidders", bidders_, "--load"}), "--load needs --batch");
    EXPECT_EQ(simulate({"--bidders", bidders_, "--auction", id, "--batch", id}).exit_code, 2);
    EXPECT_EQ(simulate({"--bidders", bidders_, "--auction", id, "--connections", "0"}).exit_code,
              2);
}

TEST_F(SimulateCommand, names_file_and_line_of_what_it_cannot_read) {
    const std::string wrong = directory_.write("wrong", id + " so_key\nso_key\n");
    expect_bad_input(simulate({"--bidders", wrong, "--auction", id}), wrong + ":2: a line is");
    const std::string plan = directory_.write("plan", R"({"bids":1})");
    expect_bad_input(simulate({"--bidders", bidders_, "--auction", id, "--plan", plan}),
                     plan + ":1: the plan has an unknown key");
    const std::string certificates = directory_.write("certificates", id + "\nx\n");
    expect_bad_input(
        simulate({"--bidders", bidders_, "--load", "--batch", id, "--certificates", certificates}),
        certificates + ":2: must be the id");
}

TEST_F(SimulateCommand, says_that_the_server_cannot_be_reached) {
    expect_bad_input(simulate({"--bidders", bidders_, "--auction", id}), "127.0.0.1:9");
    const std::string certificates = directory_.write("certificates", id + "\n");
    expect_bad_input(simulate({"--bidders", bidders_, "--load", "--batch", id, "--certificates",
                               certificates, "--seconds", "1", "--warm-up", "0"}),
                     "127.0.0.1:9");
}

TEST(DemoCommand, refuses_data_that_no_demo_made) {
    const TemporaryDirectory directory;
    std::filesystem::create_directory(directory.path("data"));
    directory.write("data/something", "else");
    const CommandOutcome outcome =
        run_strikeoff({"demo", "--once", "--data", directory.path("data")});
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_THAT(outcome.errors, HasSubstr("holds data that no demo made"));
    EXPECT_FALSE(std::filesystem::exists(directory.path("keys")));
}

TEST(DemoCommand, refuses_counts_that_make_no_sale) {
    EXPECT_EQ(run_strikeoff({"demo", "--once", "--batches", "0"}).exit_code, 2);
    EXPECT_EQ(run_strikeoff({"demo", "--once", "--investors", "3"}).exit_code, 2);
    EXPECT_EQ(run_strikeoff({"demo", "--once", "--port", "70000"}).exit_code, 2);
}

TEST(UserCommand, names_the_line_of_a_file_before_it_makes_anybody) {
    const TemporaryDirectory directory;
    const auto create = [&](std::string_view text) {
        const std::string file = directory.write("users.csv", text);
        return run_strikeoff(
            {"user", "create", "--file", file, "--data", "/dev/null/none", "--keys", "/dev/null"});
    };
    const std::string header = "email,role,county,first_name,last_name\n";
    EXPECT_THAT(create(header + "a@b.c,king,,A,B\n").errors,
                HasSubstr("users.csv:2: role: must be"));
    EXPECT_THAT(create(header + "a@b.c,investor,,A,B\na@b.c,viewer,x,A,B\n").errors,
                HasSubstr("users.csv:3: county: 'x' is not"));
    EXPECT_THAT(create("email,role\n").errors, HasSubstr("users.csv:1:"));
    EXPECT_EQ(run_strikeoff({"user", "create"}).exit_code, 2);
}

} // namespace
} // namespace strikeoff
