#include "mail/folder_sender.hpp"
#include "mail/postman.hpp"
#include "mail/relay.hpp"
#include "mail/smtp_sender.hpp"
#include "metrics.hpp"
#include "support/run_command.hpp"
#include "support/server/live_server.hpp"
#include "support/server/mail_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <mutex>

namespace strikeoff::mail {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::LiveServer;
using testing::MailServer;
using ::testing::Not;
using Pace = Relay::Pace;

const Site site{.name = "Lee County Sale", .url = "https://sale.lee.example"};
constexpr const char* token = "T0kenOfTheLink";

/// Says what it is told to say and remembers whom it wrote to.
class ScriptedSender : public Sender {
public:
    explicit ScriptedSender(Outcome always = {}) : always_{std::move(always)} {}
    Outcome send(const Letter& letter) override {
        std::this_thread::sleep_for(5ms); // So that two of them meet.
        const std::scoped_lock lock{mutex_};
        recipients.push_back(letter.to);
        return always_;
    }
    std::vector<std::string> recipients;

private:
    std::mutex mutex_;
    Outcome always_;
};

/// The live service sends no mails, so its queue belongs to the test.
class MailQueue : public ::testing::Test {
protected:
    MailQueue() { owner.execute("DELETE FROM mails"); }

    MailId put(const std::string& to) {
        db::Transaction transaction{server.app().app_pool};
        const auto id = server.app().mails.put(transaction.connection(),
                                               mail_to(to, ResetPassword{token, server.now()}));
        transaction.commit();
        return id.value();
    }
    Relay relay_with(Sender& sender) {
        return {server.app().worker_pool, server.app().keys, sender,
                Mailbox{"Lee County Sale", "no-reply@lee.example"}, site};
    }
    std::string value(const std::string& expression) {
        const db::PgResult result = owner.execute("SELECT " + expression + " FROM mails");
        return PQntuples(result.get()) == 1 ? PQgetvalue(result.get(), 0, 0) : "not one row";
    }
    void make_due() {
        owner.execute("UPDATE mails SET available_at = strikeoff.clock() "
                      "WHERE sent_at IS NULL AND dead_at IS NULL");
    }
    static Settings settings_for(const MailServer& mail_server) {
        return {.smtp_url = mail_server.url(),
                .from = "Lee County Sale <no-reply@lee.example>",
                .public_url = site.url};
    }

    LiveServer& server = LiveServer::instance();
    db::Connection owner = server.connect();
};

TEST_F(MailQueue, delivers_what_was_committed_and_only_that) {
    {
        db::Transaction rolled_back{server.app().app_pool};
        ASSERT_TRUE(server.app().mails.put(rolled_back.connection(),
                                           mail_to("never@example.org", AddressTaken{})));
    }
    put("name@example.org");
    const MailServer mail_server;
    SmtpSender sender{settings_for(mail_server)};
    Relay relay = relay_with(sender);
    EXPECT_EQ(relay.work(), Pace::busy);
    EXPECT_EQ(relay.work(), Pace::idle);
    const auto mails = mail_server.mails();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].at("to"), "name@example.org");
    EXPECT_EQ(mails[0].at("from_name"), "Lee County Sale");
    EXPECT_EQ(mails[0].at("subject"), "Choose a new password");
    EXPECT_EQ(mails[0].at("defects"), boost::json::array{});
    for (const char* form : {"text", "html"})
        EXPECT_THAT(std::string(mails[0].at(form).as_string()),
                    HasSubstr("https://sale.lee.example/reset-password#token=T0kenOfTheLink"));
    EXPECT_EQ(value("sent_at IS NOT NULL AND dead_at IS NULL AND sealed IS NULL"), "t");
}

TEST_F(MailQueue, keeps_what_a_mail_says_from_readers_of_the_database) {
    const MailId id = put("name@example.org");
    EXPECT_EQ(value("position('T0ken' IN encode(sealed, 'escape')) = 0 "
                    "AND position('T0ken' IN mails::text) = 0"),
              "t");
    EXPECT_THAT(testing::mails_to("name@example.org").at(0).values,
                ::testing::Contains(::testing::Pair("token", token)));
    db::Connection app = server.connect("strikeoff_app");
    EXPECT_THROW(app.execute("SELECT 1 FROM mails"), db::DatabaseError);
    EXPECT_THROW(app.execute("UPDATE mails SET recipient = 'x@example.org'"), db::DatabaseError);
    EXPECT_THROW(app.execute("DELETE FROM mails"), db::DatabaseError);
    db::Connection report = server.connect("strikeoff_report");
    EXPECT_THROW(report.execute("SELECT 1 FROM mails"), db::DatabaseError);
    // It opens in its own row and nowhere else.
    const Bytes sealed = server.app().keys.seal(as_bytes("{}"), place_of(id));
    EXPECT_THAT(open_values(server.app().keys, id, sealed), IsEmpty());
    EXPECT_THROW(open_values(server.app().keys, MailId{}, sealed), std::runtime_error);
}

TEST_F(MailQueue, takes_no_address_that_could_be_more_than_one) {
    db::Connection app = server.connect("strikeoff_app");
    for (const char* bad :
         {"a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org", "nobody", ""}) {
        const auto put = server.app().mails.put(app, mail_to(bad, AddressTaken{}));
        ASSERT_FALSE(put) << bad;
        EXPECT_EQ(put.error().reason, "mail.address_malformed");
    }
    EXPECT_EQ(value("count(*)"), "0");
    // Should one be there all the same, it is given up.
    put("name@example.org");
    owner.execute("UPDATE mails SET recipient = E'a@example.org\\r\\nBcc: b@example.org'");
    ScriptedSender sender;
    relay_with(sender).work();
    EXPECT_THAT(sender.recipients, IsEmpty());
    EXPECT_EQ(value("dead_at IS NOT NULL"), "t");
}

TEST_F(MailQueue, tries_again_after_growing_pauses_and_gives_up_after_twelve) {
    put("name@example.org");
    ScriptedSender sender{{Fate::failed, "451 later"}};
    Relay relay = relay_with(sender);
    std::vector<std::string> minutes;
    for (int attempt = 1; attempt <= 12; ++attempt) {
        ASSERT_EQ(relay.work(), Pace::busy) << attempt;
        ASSERT_EQ(relay.work(), Pace::idle) << "it is not due again at once";
        minutes.push_back(
            value("round(extract(epoch FROM available_at - strikeoff.clock()) / 60)"));
        if (attempt < 12) ASSERT_EQ(value("last_error || (dead_at IS NULL)"), "451 latertrue");
        make_due();
    }
    EXPECT_THAT(minutes, ElementsAre("1", "2", "4", "8", "16", "32", "64", "128", "256", "360",
                                     "360", "360"));
    EXPECT_EQ(value("dead_at IS NOT NULL AND attempts = 12 AND sealed IS NOT NULL"), "t");
    EXPECT_EQ(relay.work(), Pace::idle);
    EXPECT_EQ(sender.recipients.size(), 12U);
}

TEST_F(MailQueue, notes_whatever_bytes_a_server_says) {
    put("name@example.org");
    ScriptedSender sender{{Fate::failed, std::string{"451 \xff\0caf\xc3\xa9\r\n", 13}}};
    relay_with(sender).work();
    EXPECT_EQ(value("last_error"), "451 ??caf????");
}

TEST_F(MailQueue, gets_through_when_the_server_is_back) {
    put("name@example.org");
    const unsigned short port = testing::free_port();
    Settings settings{.smtp_url = fmt::format("smtp://127.0.0.1:{}", port),
                      .from = "no-reply@lee.example",
                      .public_url = site.url};
    SmtpSender sender{settings};
    Relay relay = relay_with(sender);
    EXPECT_EQ(relay.work(), Pace::blocked);
    EXPECT_EQ(relay.work(), Pace::idle);
    const MailServer mail_server{{.port = port}};
    EXPECT_EQ(relay.work(), Pace::idle) << "not before its time";
    make_due();
    EXPECT_EQ(relay.work(), Pace::busy);
    EXPECT_EQ(mail_server.mails().size(), 1U);
    EXPECT_EQ(value("sent_at IS NOT NULL AND last_error IS NULL AND attempts = 2"), "t");
}

TEST_F(MailQueue, gets_through_where_a_server_said_later) {
    put("busy@example.org");
    const MailServer mail_server;
    SmtpSender sender{settings_for(mail_server)};
    Relay relay = relay_with(sender);
    relay.work();
    EXPECT_THAT(value("last_error"), HasSubstr("451 4.3.0 try again later"));
    make_due();
    relay.work();
    EXPECT_EQ(mail_server.mails().size(), 1U);
    EXPECT_EQ(value("sent_at IS NOT NULL"), "t");
}

TEST_F(MailQueue, gives_a_recipient_up_whom_the_server_does_not_know) {
    const std::uint64_t given_up = metrics::metrics().mails_given_up.value();
    put("gone@example.org");
    const MailServer mail_server;
    SmtpSender sender{settings_for(mail_server)};
    Relay relay = relay_with(sender);
    EXPECT_EQ(relay.work(), Pace::busy);
    EXPECT_EQ(value("dead_at IS NOT NULL AND attempts = 1"), "t");
    EXPECT_THAT(value("last_error"), HasSubstr("550 5.1.1 <gone@example.org>"));
    make_due();
    EXPECT_EQ(relay.work(), Pace::idle);
    EXPECT_EQ(metrics::metrics().mails_given_up.value(), given_up + 1);
    db::Connection worker = server.connect("strikeoff_worker");
    EXPECT_EQ(read_queue(worker).dead, 1);
    EXPECT_EQ(read_queue(worker).waiting, 0);
    // Whom a mail goes to stays out of the log.
    for (const std::string& line : server.log_lines())
        EXPECT_THAT(line, Not(HasSubstr("gone@example.org")));
}

TEST_F(MailQueue, is_not_held_up_by_one_slow_answer) {
    put("slow@example.org");
    put("name@example.org");
    const MailServer mail_server;
    Settings settings = settings_for(mail_server);
    settings.send_max = 500ms;
    SmtpSender sender{settings};
    Relay relay = relay_with(sender);
    EXPECT_EQ(relay.work(), Pace::busy);
    EXPECT_EQ(relay.work(), Pace::busy);
    ASSERT_EQ(mail_server.mails().size(), 1U);
    EXPECT_EQ(mail_server.mails()[0].at("to"), "name@example.org");
}

TEST_F(MailQueue, is_shared_by_relays_that_send_each_mail_once) {
    constexpr int count = 40;
    for (int i = 0; i < count; ++i)
        put(fmt::format("name{:02}@example.org", i));
    ScriptedSender sender;
    std::vector<std::future<int>> relays;
    for (int i = 0; i < 3; ++i)
        relays.push_back(std::async(std::launch::async, [&] {
            Relay relay = relay_with(sender);
            int sent = 0;
            while (relay.work() == Pace::busy)
                ++sent;
            return sent;
        }));
    for (auto& relay : relays)
        EXPECT_GT(relay.get(), 0) << "each had its share";
    std::ranges::sort(sender.recipients);
    EXPECT_EQ(sender.recipients.size(), static_cast<std::size_t>(count));
    EXPECT_EQ(std::ranges::adjacent_find(sender.recipients), sender.recipients.end());
}

TEST_F(MailQueue, waits_with_a_kind_that_only_a_newer_version_knows) {
    put("name@example.org");
    owner.execute("UPDATE mails SET kind = 'of_tomorrow'");
    ScriptedSender sender;
    EXPECT_EQ(relay_with(sender).work(), Pace::busy);
    EXPECT_THAT(sender.recipients, IsEmpty());
    EXPECT_EQ(value("dead_at IS NULL AND sent_at IS NULL"), "t");
    EXPECT_THAT(value("last_error"), HasSubstr("does not know the kind"));
}

TEST_F(MailQueue, forgets_what_is_a_month_old) {
    put("name@example.org");
    put("other@example.org");
    ScriptedSender sender;
    Relay relay = relay_with(sender);
    relay.work();
    relay.forget_old();
    EXPECT_EQ(value("count(*)"), "2");
    owner.execute("UPDATE mails SET sent_at = sent_at - interval '31 days', "
                  "created_at = created_at - interval '31 days'");
    relay.forget_old();
    EXPECT_EQ(value("recipient"), "other@example.org") << "what waits is kept, however old";
}

TEST_F(MailQueue, is_seen_from_outside) {
    db::Connection worker = server.connect("strikeoff_worker");
    put("name@example.org");
    put("other@example.org");
    owner.execute("UPDATE mails SET created_at = strikeoff.clock() - interval '20 minutes', "
                  "last_error = 'x' WHERE recipient LIKE 'name%'");
    const Queue queue = read_queue(worker);
    EXPECT_EQ(queue.waiting, 2);
    EXPECT_EQ(queue.failing, 1);
    EXPECT_EQ(queue.oldest_seconds / 60, 20);
    EXPECT_EQ(queue.dead, 0);
    EXPECT_THAT(server.ask_admin("/metrics").body, HasSubstr("strikeoff_mails_waiting 2\n"));
    EXPECT_THAT(server.ask_admin("/status").body, HasSubstr("\"mail_stuck\""));
}

TEST_F(MailQueue, becomes_files_in_a_folder_that_one_can_open) {
    put("name@example.org");
    put("other@example.org");
    const testing_support::TemporaryDirectory directory;
    const std::filesystem::path folder = directory.path("mails");
    {
        const Postman postman{server.app().worker_pool, server.app().keys,
                              Settings{.directory = folder}, "http://127.0.0.1:8080"};
        EXPECT_TRUE(testing::eventually(
            [&] { return value("count(*) FILTER (WHERE sent_at IS NOT NULL)") == "2"; }));
    }
    EXPECT_EQ(std::filesystem::status(folder).permissions(), std::filesystem::perms::owner_all);
    int pages = 0;
    int mails = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string text = testing_support::read_file(entry.path());
        EXPECT_THAT(entry.path().filename(), HasSubstr("_reset_password_"));
        EXPECT_THAT(text, HasSubstr("Choose a new password"));
        if (entry.path().extension() == ".html") {
            ++pages;
            EXPECT_THAT(text, HasSubstr("http://127.0.0.1:8080/reset-password#token="));
        } else if (entry.path().extension() == ".eml") {
            ++mails;
            EXPECT_THAT(text, HasSubstr("From: \"Strikeoff\"\r\n <no-reply@localhost>"));
        }
    }
    EXPECT_EQ(pages, 2);
    EXPECT_EQ(mails, 2);
}

TEST_F(MailQueue, waits_and_says_so_when_there_is_no_way_out) {
    put("name@example.org");
    const Postman postman{server.app().worker_pool, server.app().keys, Settings{}, "http://x"};
    EXPECT_THAT(server.log_lines(),
                ::testing::Contains(HasSubstr("mails are not sent: they wait until")));
    EXPECT_EQ(value("attempts"), "0");
}

/// `strikeoff serve` on the live service's database, sending mails.
std::unique_ptr<testing::Process> serve_with(const MailServer& mail_server,
                                             const std::string& log) {
    const std::filesystem::path& directory = LiveServer::instance().directory();
    std::vector<std::string> command{
        STRIKEOFF_BINARY,   "serve",       "--data",
        directory / "data", "--keys",      directory / "keys",
        "--port",           "0",           "--smtp",
        mail_server.url(),  "--mail-from", "Lee County Sale <no-reply@lee.example>",
        "--public-url",     site.url,      "--test-clock"};
    if (const char* url = std::getenv("STRIKEOFF_TEST_DATABASE"))
        command.insert(command.end(), {"--database", url});
    return std::make_unique<testing::Process>(command, log);
}

TEST_F(MailQueue, loses_nothing_to_a_kill_between_sending_and_noting) {
    const testing_support::TemporaryDirectory directory;
    const MailServer mail_server;
    put("held@example.org"); // Taken, and the first time without an answer.
    {
        const auto process = serve_with(mail_server, directory.path("log"));
        ASSERT_TRUE(testing::eventually([&] { return mail_server.mails().size() == 1; }))
            << process->log_text();
        process->signal(SIGKILL);
        EXPECT_EQ(process->wait(20s), 128 + SIGKILL);
    }
    EXPECT_EQ(value("sent_at IS NULL AND dead_at IS NULL AND attempts = 1"), "t");
    make_due();
    const auto process = serve_with(mail_server, directory.path("log"));
    EXPECT_TRUE(testing::eventually([&] { return value("sent_at IS NOT NULL") == "t"; }))
        << process->log_text();
    const auto mails = mail_server.mails();
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_EQ(mails[0].at("message_id"), mails[1].at("message_id"));
    EXPECT_EQ(mails[0].at("date"), mails[1].at("date"));
    EXPECT_EQ(mails[0].at("text"), mails[1].at("text"));
}

} // namespace
} // namespace strikeoff::mail
