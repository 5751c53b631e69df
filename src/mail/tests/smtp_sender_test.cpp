// Against a real SMTP server; see tests/support/smtp_server.py for its peculiar recipients.
#include "mail/message.hpp"
#include "mail/smtp_sender.hpp"
#include "support/run_command.hpp"
#include "support/server/mail_server.hpp"

#include <boost/asio.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strikeoff::mail {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::MailServer;

constexpr const char* text = "Gr\xc3\xbc\xc3\x9f Gott,\n\n.\n..dots\n\nFrom here \xe2\x82\xac"
                             " 5 = f\xc3\xbcnf\n";
constexpr const char* html = "<p>Gr\xc3\xbc\xc3\x9f Gott</p>\n.\n";

Letter letter_to(const std::string& to) {
    Letter letter{.id = {parse_uuid("019ac1b5-1111-7abc-8def-0123456789ab").value()},
                  .at = parse_instant("2026-05-27T12:00:00Z").value(),
                  .from = "no-reply@lee.example",
                  .to = to};
    letter.bytes = compose({.to = to,
                            .subject = "Best\xc3\xa4tigung Ihrer sehr langen Adresse, die in "
                                       "keine Zeile pa\xc3\x9ft",
                            .text = std::string(text),
                            .html = std::string(html)},
                           {.from = {"Lee \"Sunny\" County \xe2\x98\x80", letter.from},
                            .id = letter.id.uuid,
                            .at = letter.at})
                       .value();
    return letter;
}

Settings settings_for(const MailServer& server) {
    return {.smtp_url = server.url(),
            .from = "no-reply@lee.example",
            .public_url = "https://sale.lee.example"};
}

TEST(SmtpSender, delivers_what_a_reader_of_mails_reads_as_it_was_written) {
    const MailServer server;
    SmtpSender sender{settings_for(server)};
    const Outcome outcome = sender.send(letter_to("name@example.org"));
    ASSERT_EQ(outcome.fate, Fate::sent) << outcome.error;
    const auto mails = server.mails();
    ASSERT_EQ(mails.size(), 1U);
    const boost::json::object& mail = mails[0];
    EXPECT_EQ(mail.at("mail_from"), "no-reply@lee.example");
    EXPECT_EQ(mail.at("recipients"), boost::json::array{"name@example.org"});
    EXPECT_EQ(mail.at("defects"), boost::json::array{});
    EXPECT_EQ(mail.at("subject"), "Best\xc3\xa4tigung Ihrer sehr langen Adresse, die in keine "
                                  "Zeile pa\xc3\x9ft");
    EXPECT_EQ(mail.at("from_name"), "Lee \"Sunny\" County \xe2\x98\x80");
    EXPECT_EQ(mail.at("from_address"), "no-reply@lee.example");
    EXPECT_EQ(mail.at("to"), "name@example.org");
    EXPECT_EQ(mail.at("message_id"), "<019ac1b511117abc8def0123456789ab@lee.example>");
    EXPECT_EQ(mail.at("date"), "2026-05-27T12:00:00+00:00");
    EXPECT_EQ(mail.at("auto_submitted"), "auto-generated");
    EXPECT_EQ(mail.at("text"), text);
    EXPECT_EQ(mail.at("html"), html);
    EXPECT_EQ(mail.at("types"),
              (boost::json::array{"multipart/alternative", "text/plain", "text/html"}));
    EXPECT_TRUE(mail.at("ascii").as_bool());
    EXPECT_EQ(mail.at("bare_breaks"), 0);
    EXPECT_LE(mail.at("longest_line").as_int64(), 76);
    EXPECT_FALSE(mail.at("encrypted").as_bool()) << "on this machine, and nobody asked for it";
}

TEST(SmtpSender, tells_nothing_to_a_server_whose_certificate_it_does_not_trust) {
    const MailServer server{{.tls = "required"}};
    Settings settings = settings_for(server);
    settings.encryption = Encryption::required;
    const Outcome untrusted = SmtpSender{settings}.send(letter_to("name@example.org"));
    EXPECT_EQ(untrusted.fate, Fate::unreachable);
    EXPECT_THAT(untrusted.error, HasSubstr("certificate"));
    EXPECT_THAT(server.mails(), IsEmpty());

    settings.smtp_authority = server.certificate();
    const Outcome trusted = SmtpSender{settings}.send(letter_to("name@example.org"));
    EXPECT_EQ(trusted.fate, Fate::sent) << trusted.error;
    ASSERT_EQ(server.mails().size(), 1U);
    EXPECT_TRUE(server.mails()[0].at("encrypted").as_bool());

    // The right authority, another name.
    const MailServer other{{.tls = "required", .host = "127.0.0.2"}};
    settings.smtp_url = other.url();
    settings.smtp_authority = other.certificate();
    const Outcome elsewhere = SmtpSender{settings}.send(letter_to("name@example.org"));
    EXPECT_EQ(elsewhere.fate, Fate::unreachable);
    EXPECT_THAT(elsewhere.error, HasSubstr("127.0.0.2"));
    EXPECT_THAT(other.mails(), IsEmpty());
}

TEST(SmtpSender, tells_nothing_to_a_server_without_starttls_when_it_is_required) {
    const MailServer server;
    Settings settings = settings_for(server);
    settings.encryption = Encryption::required;
    settings.smtp_authority = server.certificate();
    const Outcome outcome = SmtpSender{settings}.send(letter_to("name@example.org"));
    EXPECT_EQ(outcome.fate, Fate::unreachable) << outcome.error;
    EXPECT_THAT(server.mails(), IsEmpty());
}

TEST(SmtpSender, encrypts_from_the_first_byte_where_the_url_says_so) {
    const MailServer server{{.tls = "implicit"}};
    Settings settings = settings_for(server);
    settings.smtp_url = server.url("smtps");
    EXPECT_EQ(SmtpSender{settings}.send(letter_to("name@example.org")).fate, Fate::unreachable);
    settings.smtp_authority = server.certificate();
    const Outcome outcome = SmtpSender{settings}.send(letter_to("name@example.org"));
    EXPECT_EQ(outcome.fate, Fate::sent) << outcome.error;
    ASSERT_EQ(server.mails().size(), 1U);
}

TEST(SmtpSender, signs_in_with_the_password_of_the_file) {
    const MailServer server{{.tls = "required", .user = "sale", .password = "p\xc3\xa4ss word"}};
    const testing_support::TemporaryDirectory directory;
    const auto with_password = [&](const std::string& password) {
        Settings settings = settings_for(server);
        settings.encryption = Encryption::required;
        settings.smtp_authority = server.certificate();
        if (password.empty()) return settings;
        settings.smtp_user = "sale";
        settings.smtp_password_file = directory.write("password", password + "\n");
        std::filesystem::permissions(settings.smtp_password_file, std::filesystem::perms{0400});
        return settings;
    };
    for (const char* wrong : {"", "wrong"}) {
        const Outcome outcome =
            SmtpSender{with_password(wrong)}.send(letter_to("name@example.org"));
        EXPECT_EQ(outcome.fate, Fate::unreachable) << wrong << ": " << outcome.error;
        std::filesystem::remove(directory.path("password"));
    }
    EXPECT_THAT(server.mails(), IsEmpty());
    const Outcome outcome =
        SmtpSender{with_password("p\xc3\xa4ss word")}.send(letter_to("name@example.org"));
    EXPECT_EQ(outcome.fate, Fate::sent) << outcome.error;
    ASSERT_EQ(server.mails().size(), 1U);
    EXPECT_TRUE(server.mails()[0].at("authenticated").as_bool());
}

TEST(SmtpSender, knows_a_refusal_for_good_from_one_for_now) {
    const MailServer server;
    SmtpSender sender{settings_for(server)};
    const Outcome unknown = sender.send(letter_to("gone@example.org"));
    EXPECT_EQ(unknown.fate, Fate::refused);
    EXPECT_THAT(unknown.error, HasSubstr("550 5.1.1"));
    const Outcome unloved = sender.send(letter_to("spam@example.org"));
    EXPECT_EQ(unloved.fate, Fate::refused);
    EXPECT_THAT(unloved.error, HasSubstr("554 5.7.1"));
    const Outcome busy = sender.send(letter_to("busy@example.org"));
    EXPECT_EQ(busy.fate, Fate::failed);
    EXPECT_THAT(busy.error, HasSubstr("451 4.3.0"));
    EXPECT_EQ(sender.send(letter_to("busy@example.org")).fate, Fate::sent);
    EXPECT_EQ(server.mails().size(), 1U);
}

TEST(SmtpSender, gives_a_slow_answer_up_and_sends_the_next_mail) {
    const MailServer server;
    Settings settings = settings_for(server);
    settings.send_max = 500ms;
    SmtpSender sender{settings};
    const auto begin = std::chrono::steady_clock::now();
    const Outcome slow = sender.send(letter_to("slow@example.org"));
    EXPECT_EQ(slow.fate, Fate::failed) << slow.error;
    EXPECT_EQ(sender.send(letter_to("name@example.org")).fate, Fate::sent);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
    EXPECT_EQ(server.mails().size(), 1U);
}

TEST(SmtpSender, breaks_off_when_it_is_canceled) {
    const MailServer server;
    SmtpSender sender{settings_for(server)};
    std::thread canceler{[&] {
        std::this_thread::sleep_for(300ms);
        sender.cancel();
    }};
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_NE(sender.send(letter_to("slow@example.org")).fate, Fate::sent);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
    canceler.join();
}

TEST(SmtpSender, says_when_nobody_is_there) {
    Settings settings{.smtp_url = fmt::format("smtp://127.0.0.1:{}", testing::free_port()),
                      .from = "no-reply@lee.example",
                      .public_url = "https://sale.lee.example"};
    const Outcome refused = SmtpSender{settings}.send(letter_to("name@example.org"));
    EXPECT_EQ(refused.fate, Fate::unreachable) << refused.error;
    // Somebody accepts and says nothing.
    boost::asio::io_context io;
    const boost::asio::ip::tcp::acceptor silent{io, {boost::asio::ip::address_v4::loopback(), 0}};
    settings.smtp_url = fmt::format("smtp://127.0.0.1:{}", silent.local_endpoint().port());
    settings.send_max = 500ms;
    const Outcome mute = SmtpSender{settings}.send(letter_to("name@example.org"));
    EXPECT_EQ(mute.fate, Fate::unreachable) << mute.error;
}

} // namespace
} // namespace strikeoff::mail
