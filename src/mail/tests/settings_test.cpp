#include "mail/settings.hpp"
#include "support/run_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strikeoff::mail {
namespace {

using ::testing::HasSubstr;

Settings good() {
    return {.smtp_url = "smtp://mail.lee.example:587",
            .from = "Lee County <no-reply@lee.example>",
            .public_url = "https://sale.lee.example"};
}

std::string fault_of(const Settings& settings) {
    try {
        check(settings);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

TEST(MailSettings, are_taken_when_they_make_sense) {
    EXPECT_EQ(fault_of({}), "");
    EXPECT_EQ(fault_of({.directory = "mails"}), "");
    EXPECT_EQ(fault_of(good()), "");
    Settings settings = good();
    settings.smtp_url = "smtps://mail.lee.example";
    settings.smtp_user = "sale";
    EXPECT_EQ(fault_of(settings), "");
    settings.smtp_url = "smtp://127.0.0.1:25"; // On this machine nobody listens in.
    EXPECT_EQ(fault_of(settings), "");
    settings.public_url = "http://localhost:8080";
    EXPECT_EQ(fault_of(settings), "");
}

TEST(MailSettings, are_refused_by_the_table) {
    const auto refused = [](auto change, const char* expected) {
        Settings settings = good();
        change(settings);
        EXPECT_THAT(fault_of(settings), HasSubstr(expected));
    };
    refused([](Settings& s) { s.directory = "mails"; }, "--smtp or --mail-directory");
    refused([](Settings& s) { s.from = ""; }, "needs --mail-from");
    refused([](Settings& s) { s.public_url = ""; }, "needs --mail-from and --public-url");
    refused([](Settings& s) { s.from = "Lee County"; }, "--mail-from");
    refused([](Settings& s) { s.from = "x@lee.example\r\nBcc: y@lee.example"; }, "--mail-from");
    for (const char* url : {"mail.lee.example", "http://mail.lee.example", "smtp://"})
        refused([&](Settings& s) { s.smtp_url = url; }, "--smtp must be like");
    refused([](Settings& s) { s.smtp_url = "smtp://sale:secret@mail.lee.example"; },
            "--smtp holds no user");
    refused(
        [](Settings& s) {
            s.encryption = Encryption::none;
            s.smtp_user = "sale";
        },
        "not sent without encryption");
    for (const char* url : {"http://sale.lee.example", "https://sale.lee.example/", "sale.example",
                            "https://sale.lee.example?x", "https://sale.lee.example#x",
                            "https://user@sale.lee.example", "ftp://sale.lee.example", "https://"})
        refused([&](Settings& s) { s.public_url = url; }, "--public-url");
}

TEST(MailSettings, want_a_password_file_that_only_its_owner_reads) {
    const testing_support::TemporaryDirectory directory;
    Settings settings = good();
    settings.smtp_user = "sale";
    settings.smtp_password_file = directory.write("password", "secret\n");
    std::filesystem::permissions(settings.smtp_password_file,
                                 std::filesystem::perms::owner_read |
                                     std::filesystem::perms::group_read);
    EXPECT_THROW(make_sender(settings), std::runtime_error);
    std::filesystem::permissions(settings.smtp_password_file, std::filesystem::perms::owner_read);
    EXPECT_NE(make_sender(settings), nullptr);
    settings.smtp_password_file = directory.path("none");
    EXPECT_THROW(make_sender(settings), std::runtime_error);
    settings.smtp_password_file = directory.write("empty", "\n");
    std::filesystem::permissions(settings.smtp_password_file, std::filesystem::perms::owner_read);
    EXPECT_THROW(make_sender(settings), std::runtime_error);
}

TEST(MailSettings, name_the_writer_and_where_links_lead) {
    EXPECT_EQ(sender_of(good()).address, "no-reply@lee.example");
    EXPECT_EQ(site_of(good(), "http://127.0.0.1:8080").name, "Lee County");
    EXPECT_EQ(site_of(good(), "http://127.0.0.1:8080").url, "https://sale.lee.example");
    const Settings folder{.directory = "mails"};
    EXPECT_EQ(sender_of(folder).address, "no-reply@localhost");
    EXPECT_EQ(site_of(folder, "http://127.0.0.1:8080").name, "Strikeoff");
    EXPECT_EQ(site_of(folder, "http://127.0.0.1:8080").url, "http://127.0.0.1:8080");
}

} // namespace
} // namespace strikeoff::mail
