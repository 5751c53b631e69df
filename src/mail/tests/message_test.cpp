#include "mail/message.hpp"
#include "mail/mime.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace strikeoff::mail {
namespace {

using namespace std::string_literals;

Instant noon() {
    return parse_instant("2026-05-27T12:00:00Z").value();
}

Envelope envelope() {
    return {.from = {"Lee County", "no-reply@lee.example"},
            .id = parse_uuid("019ac1b5-1111-7abc-8def-0123456789ab").value(),
            .at = noon()};
}

TEST(QuotedPrintable, is_by_the_table) {
    const std::vector<std::pair<std::string, std::string>> table{
        {"", ""},
        {"plain", "plain\r\n"},
        {"two\nlines\n", "two\r\nlines\r\n"},
        {"two\r\nlines\r\n", "two\r\nlines\r\n"},
        {"\n\n", "\r\n\r\n"},
        {"a=b", "a=3Db\r\n"},
        {"caf\xc3\xa9", "caf=C3=A9\r\n"},
        {"blank \nat the end\t", "blank=20\r\nat the end=09\r\n"},
        {".", "=2E\r\n"},
        {"a\n.b", "a\r\n=2Eb\r\n"},
        {"lone\rreturn", "lone=0Dreturn\r\n"},
        {"nul\0"s, "nul=00\r\n"},
        {std::string(76, 'x'), std::string(76, 'x') + "\r\n"},
        {std::string(77, 'x'), std::string(75, 'x') + "=\r\nxx\r\n"},
        {std::string(75, 'x') + ".", std::string(75, 'x') + ".\r\n"},
        {std::string(75, 'x') + "..", std::string(75, 'x') + "=\r\n=2E.\r\n"},
    };
    for (const auto& [text, expected] : table)
        EXPECT_EQ(quoted_printable(text), expected) << text;
}

TEST(EncodedHeader, is_by_the_table) {
    const std::vector<std::pair<std::string, std::string>> table{
        {"", ""},
        {"Confirm your address", "Confirm your address"},
        {"Zur Best\xc3\xa4tigung", "=?UTF-8?B?WnVyIEJlc3TDpHRpZ3VuZw==?="},
        {"looks =?like?= one", "=?UTF-8?B?bG9va3MgPT9saWtlPz0gb25l?="},
        {" blank", "=?UTF-8?B?IGJsYW5r?="},
        // Thirteen characters of three bytes fill a word; none is cut.
        {std::string(1, 'a') + "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"
                               "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"
                               "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac",
         "=?UTF-8?B?YeKCrOKCrOKCrOKCrOKCrOKCrOKCrOKCrOKCrOKCrOKCrOKCrA==?=\r\n "
         "=?UTF-8?B?4oKs?="},
    };
    for (const auto& [text, expected] : table)
        EXPECT_EQ(encoded_header(text, 9), expected) << text;
}

TEST(MailDate, is_as_rfc_5322_has_it) {
    EXPECT_EQ(mail_date(noon()), "Wed, 27 May 2026 12:00:00 +0000");
    EXPECT_EQ(mail_date(parse_instant("2024-02-29T23:59:59.999999Z").value()),
              "Thu, 29 Feb 2024 23:59:59 +0000");
}

TEST(Address, is_one_by_the_table) {
    for (const char* good : {"a@b", "name@example.org", "first.last+tag@sub.example.org",
                             "o'neil@xn--bcher-kva.example", "_%x@1.2"})
        EXPECT_TRUE(is_address(good)) << good;
    for (const std::string& bad : {""s,
                                   "name"s,
                                   "@example.org"s,
                                   "name@"s,
                                   "a b@example.org"s,
                                   "a@b@c"s,
                                   "name@example.org\r\nRCPT TO:<other@example.org>"s,
                                   "name@example.org\n"s,
                                   "name\0@example.org"s,
                                   "name@exam\0ple.org"s,
                                   "<name@example.org>"s,
                                   "name@example..org"s,
                                   ".name@example.org"s,
                                   "na..me@example.org"s,
                                   "name@-example.org"s,
                                   "\"quoted\"@example.org"s,
                                   "n\xc3\xa4me@example.org"s,
                                   "name@[127.0.0.1]"s,
                                   "a,b@example.org"s,
                                   std::string(65, 'a') + "@example.org",
                                   "a@" + std::string(64, 'b') + ".org",
                                   "a@" + std::string(253, 'b')})
        EXPECT_FALSE(is_address(bad)) << bad;
}

TEST(Mailbox, is_read_with_and_without_a_name) {
    const auto read = [](std::string_view text) {
        const auto mailbox = parse_mailbox(text);
        return mailbox ? mailbox->name + "|" + mailbox->address : mailbox.error().reason;
    };
    EXPECT_EQ(read("no-reply@lee.example"), "|no-reply@lee.example");
    EXPECT_EQ(read("Lee County <no-reply@lee.example>"), "Lee County|no-reply@lee.example");
    EXPECT_EQ(read("\"Lee, County\" <a@b>"), "Lee, County|a@b");
    EXPECT_EQ(read("Lee County"), "mail.mailbox_malformed");
    EXPECT_EQ(read("Lee\r\nBcc: x@y <a@b>"), "mail.mailbox_malformed");
    EXPECT_EQ(read("Lee <a@b> x"), "mail.mailbox_malformed");
}

TEST(Compose, makes_the_same_bytes_each_time) {
    const Message message{
        .to = "name@example.org", .subject = "Hello", .text = "Text\n.\n", .html = "<p>Text</p>\n"};
    EXPECT_EQ(compose(message, envelope()).value(),
              "Date: Wed, 27 May 2026 12:00:00 +0000\r\n"
              "From: \"Lee County\"\r\n <no-reply@lee.example>\r\n"
              "To: name@example.org\r\n"
              "Message-ID: <019ac1b511117abc8def0123456789ab@lee.example>\r\n"
              "Subject: Hello\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "MIME-Version: 1.0\r\n"
              "Content-Type: multipart/alternative;\r\n"
              " boundary=\"=_019ac1b511117abc8def0123456789ab\"\r\n\r\n"
              "--=_019ac1b511117abc8def0123456789ab\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
              "Text\r\n=2E\r\n\r\n"
              "--=_019ac1b511117abc8def0123456789ab\r\n"
              "Content-Type: text/html; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
              "<p>Text</p>\r\n\r\n"
              "--=_019ac1b511117abc8def0123456789ab--\r\n");
}

TEST(Compose, refuses_what_would_begin_another_header) {
    const Message good{.to = "name@example.org", .subject = "Hello", .text = "", .html = ""};
    ASSERT_TRUE(compose(good, envelope()));
    for (const std::string& bad :
         {"\r\nBcc: other@example.org"s, "\nBcc: other@example.org"s, "\rBcc: x"s, "\0"s}) {
        Message message = good;
        message.to += bad;
        EXPECT_EQ(compose(message, envelope()).error().reason, "mail.address_malformed");
        message = good;
        message.subject += bad;
        EXPECT_EQ(compose(message, envelope()).error().reason, "mail.header_malformed");
        Envelope around = envelope();
        around.from.name += bad;
        EXPECT_EQ(compose(good, around).error().reason, "mail.header_malformed");
        around = envelope();
        around.from.address += bad;
        EXPECT_EQ(compose(good, around).error().reason, "mail.address_malformed");
    }
}

TEST(Compose, keeps_to_short_lines_of_seven_bits_whatever_the_text) {
    std::mt19937 random{7};
    for (int round = 0; round < 300; ++round) {
        Message message{.to = "name@example.org", .subject = "", .text = "", .html = ""};
        for (std::string* part : {&message.subject, &message.text, &message.html})
            for (unsigned left = random() % 400; left > 0; --left)
                *part += static_cast<char>(part == &message.subject ? 32 + random() % 95
                                                                    : random() % 256);
        Envelope around = envelope();
        around.from.name = message.subject.substr(0, 200);
        const std::string bytes = compose(message, around).value();
        std::size_t begin = 0;
        for (std::size_t end = 0; end < bytes.size(); begin = end + 2) {
            end = bytes.find("\r\n", begin);
            ASSERT_NE(end, bytes.npos) << "it ends with a whole line";
            const std::string_view line{bytes.data() + begin, end - begin};
            ASSERT_LE(line.size(), 76U) << line;
            ASSERT_FALSE(line.starts_with('.')) << line;
            ASSERT_TRUE(std::ranges::all_of(line, [](char c) {
                return (c >= ' ' && c < 0x7f) || c == '\t';
            })) << line;
            if (end + 2 == bytes.size()) break;
        }
    }
}

} // namespace
} // namespace strikeoff::mail
