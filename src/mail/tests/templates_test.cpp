#include "mail/templates.hpp"
#include "support/server/golden.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace strikeoff::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Site site{.name = "Lee County Sale", .url = "https://sale.lee.example"};

/// Every member has something in it that can be found again.
template <Payload T>
T sample() {
    T payload;
    int hour = 9;
    for_each_member(payload, [&]<class M>(std::string_view name, M& member) {
        if constexpr (std::same_as<M, Instant>)
            member = parse_instant(fmt::format("2026-05-27T{:02}:30:00Z", ++hour)).value();
        else if (name == "token")
            member = "aVerySecretToken-_123";
        else if (name == "new_address")
            member = "new@example.org";
        else if (name == "address")
            member = "203.0.113.7";
        else
            member = "Firefox on Linux";
    });
    return payload;
}

template <class Visit>
void for_each_kind(Visit&& visit) {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Payloads>>(
        [&]<class T>(std::type_identity<T>) { visit(T::kind, values_of(sample<T>())); });
}

TEST(MailTemplates, are_whole) {
    EXPECT_NO_THROW(check_templates());
    std::set<Kind> kinds;
    for_each_kind([&](Kind kind, const Values&) { EXPECT_TRUE(kinds.insert(kind).second); });
    EXPECT_EQ(kinds.size(), boost::mp11::mp_size<boost::describe::describe_enumerators<Kind>>());
}

TEST(MailTemplates, render_as_they_are_written_down) {
    for_each_kind([](Kind kind, const Values& values) {
        const Message message = render(kind, values, site, "name@example.org");
        EXPECT_EQ(message.to, "name@example.org");
        const std::string name = fmt::format("mails/{}", enum_name(kind));
        testing::expect_golden(name + ".txt",
                               "Subject: " + message.subject + "\n\n" + message.text);
        testing::expect_golden(name + ".html", message.html);
    });
}

TEST(MailTemplates, show_every_value_in_both_forms_and_name_the_site) {
    for_each_kind([](Kind kind, const Values& values) {
        const Message message = render(kind, values, site, "name@example.org");
        for (const std::string* form : {&message.text, &message.html}) {
            for (const auto& [name, value] : values)
                EXPECT_THAT(*form, HasSubstr(value)) << enum_name(kind) << " " << name;
            EXPECT_THAT(*form, HasSubstr(site.name)) << enum_name(kind);
            EXPECT_THAT(*form, HasSubstr(site.url)) << enum_name(kind);
            EXPECT_THAT(*form, Not(HasSubstr("{{"))) << enum_name(kind);
        }
    });
}

TEST(MailTemplates, carry_a_token_in_the_fragment_of_a_link_and_nowhere_else) {
    for_each_kind([](Kind kind, const Values& values) {
        const auto token = values.find("token");
        if (token == values.end()) return;
        const Message message = render(kind, values, site, "name@example.org");
        for (const std::string& form : {message.text, message.html, message.subject}) {
            for (std::size_t at = form.find(token->second); at != form.npos;
                 at = form.find(token->second, at + 1)) {
                const std::size_t line = form.rfind(site.url, at);
                EXPECT_TRUE(form.substr(line, at - line).ends_with("#token=")) << form;
            }
        }
    });
    const Message strange =
        render(Kind::reset_password, {{"token", "a b&c\"<>/#"}, {"valid_until", "soon"}}, site, "");
    EXPECT_THAT(
        strange.text,
        HasSubstr("https://sale.lee.example/reset-password#token=a%20b%26c%22%3C%3E%2F%23"));
}

TEST(MailTemplates, let_no_value_be_more_than_a_value) {
    const Values values{{"at", "now"},
                        {"device", "<a href=\"https://evil.example\">x</a>\r\n\r\nPay & sign"},
                        {"address", std::string(5000, 'x')}};
    const Message message = render(Kind::new_device, values, site, "name@example.org");
    EXPECT_THAT(message.html, HasSubstr("&lt;a href=&quot;https://evil.example&quot;&gt;x&lt;/a&gt;"
                                        "    Pay &amp; sign"));
    EXPECT_THAT(message.html, Not(HasSubstr("href=\"https://evil")));
    EXPECT_THAT(message.text, Not(HasSubstr("\r")));
    EXPECT_LT(message.text.size(), 1500U) << "a value has one line of bounded length";
}

TEST(MailTemplates, do_not_render_without_a_value) {
    EXPECT_THROW(render(Kind::reset_password, {{"token", "x"}}, site, "name@example.org"),
                 std::logic_error);
}

} // namespace
} // namespace strikeoff::mail
