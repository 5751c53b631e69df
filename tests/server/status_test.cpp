#include "support/server/browser.hpp"
#include "support/server/live_server.hpp"
#include "support/server/served_process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace strikeoff::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::CommandOutcome;
using testing_support::run_strikeoff;

TEST(EmbeddedClusterStatus, is_healthy_at_first_and_unreachable_at_last) {
    const OpenDirectory directory;
    ServedProcess service{{.data = directory.path("data"),
                           .keys = directory.path("keys"),
                           .log = directory.path("log"),
                           .flags = {"--admin-port", "0"}}};
    service.wait_until_it_listens();
    const std::vector<std::string> ask{"status", "--admin-port",
                                       std::to_string(service.admin_port()), "--data",
                                       directory.path("data")};
    const CommandOutcome first = run_strikeoff(ask);
    EXPECT_EQ(first.exit_code, 0) << first.output << first.errors;
    EXPECT_THAT(first.output, HasSubstr("service    " STRIKEOFF_VERSION ", up "));
    EXPECT_THAT(first.output, HasSubstr("healthy\n"));

    // Every line of a service whose standard error is no terminal is an object.
    std::istringstream lines{service.log_text()};
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count)
        EXPECT_TRUE(boost::json::parse(line).as_object().contains("message")) << line;
    EXPECT_GT(count, 20) << "a line for each migration at least";

    EXPECT_EQ(service.stop(), 0);
    const CommandOutcome last = run_strikeoff(ask);
    EXPECT_EQ(last.exit_code, 2);
    EXPECT_THAT(last.output, HasSubstr("ALARM      service_unreachable"));
    EXPECT_THAT(last.output, HasSubstr("ALARM      database_unreachable"));
    EXPECT_THAT(last.output, Not(HasSubstr("healthy")));
}

TEST(EmbeddedClusterStatus, without_an_admin_port_is_what_the_database_tells) {
    LiveServer& server = LiveServer::instance();
    TestSale sale{{.batches = 2, .items_a_batch = 1}};
    sale.wait_until_open();
    const Person recipient = sign_up(); // Nobody sends the mail.
    server.connect().execute("UPDATE mails SET last_error = 'refused' WHERE recipient = '" +
                             recipient.email + "'");
    db::Connection worker = server.connect("strikeoff_worker");
    const mail::Queue mails = mail::read_queue(worker);
    ASSERT_GT(mails.waiting, 0);
    ASSERT_GT(mails.failing, 0);
    const CommandOutcome text =
        run_strikeoff({"status", "--admin-port", "1", "--data", server.directory() / "data"});
    server.connect().execute("DELETE FROM mails WHERE recipient = '" + recipient.email + "'");
    EXPECT_EQ(text.exit_code, 2);
    EXPECT_THAT(text.errors, HasSubstr("no answer from 127.0.0.1:1"));
    EXPECT_THAT(text.output, HasSubstr("  batch 1  open until "));
    EXPECT_THAT(text.output,
                HasSubstr(fmt::format("mails      {} waiting, the oldest for ", mails.waiting)));
    EXPECT_THAT(text.output, HasSubstr(fmt::format(" s, {} tried in vain, {} given up\n",
                                                   mails.failing, mails.dead)));
    EXPECT_THAT(text.output, HasSubstr("disk       "));
    EXPECT_THAT(text.output, HasSubstr("ALARM      service_unreachable"));
    EXPECT_THAT(text.output, Not(HasSubstr("database_unreachable")));
    const CommandOutcome json = run_strikeoff(
        {"status", "--json", "--admin-port", "1", "--data", server.directory() / "data"});
    EXPECT_EQ(json.exit_code, 2);
    const boost::json::value told = boost::json::parse(json.output);
    EXPECT_TRUE(told.at("service").is_null());
    EXPECT_THAT(json.output, HasSubstr(sale.batches[1]));
}

TEST(EmbeddedClusterStatus, makes_nothing_where_nothing_is) {
    const OpenDirectory directory;
    const CommandOutcome outcome =
        run_strikeoff({"status", "--admin-port", "1", "--data", directory.path("none")});
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_FALSE(std::filesystem::exists(directory.path("none")));
}

} // namespace
} // namespace strikeoff::testing
