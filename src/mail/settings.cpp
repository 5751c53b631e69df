#include "mail/settings.hpp"

#include "mail/folder_sender.hpp"
#include "mail/smtp_sender.hpp"

#include <boost/url/parse.hpp>
#include <fmt/format.h>

#include <stdexcept>

namespace strikeoff::mail {
namespace {

constexpr std::string_view default_name = "Strikeoff";

/// Links open accounts: they must not go over the net in the clear, and must stay links.
void check_public_url(const std::string& text) {
    const auto url = boost::urls::parse_uri(text);
    const bool loopback = url && is_loopback(url->host_address());
    if (!url || url->host().empty() || url->has_query() || url->has_fragment() ||
        url->has_userinfo() || text.ends_with('/') ||
        !(url->scheme() == "https" || (url->scheme() == "http" && loopback)))
        throw std::runtime_error(
            fmt::format("--public-url {}: it must be like https://sale.example.org, without a "
                        "slash at the end",
                        text));
}

} // namespace

void check(const Settings& settings) {
    if (!settings.smtp_url.empty() && !settings.directory.empty())
        throw std::runtime_error("mails go to a server or to a directory: give --smtp or "
                                 "--mail-directory");
    if (!settings.from.empty()) {
        if (const auto from = parse_mailbox(settings.from); !from)
            throw std::runtime_error("--mail-from: " + from.error().message);
    }
    if (!settings.public_url.empty()) check_public_url(settings.public_url);
    if (settings.smtp_url.empty()) return;
    if (settings.from.empty() || settings.public_url.empty())
        throw std::runtime_error("--smtp needs --mail-from and --public-url");
    const SmtpServer server = read_server(settings);
    if (!settings.smtp_user.empty() && !server.encrypted && !is_loopback(server.host))
        throw std::runtime_error("a password is not sent without encryption");
    const SmtpSender reads_the_password{settings};
}

Mailbox sender_of(const Settings& settings) {
    if (settings.from.empty()) return {std::string(default_name), "no-reply@localhost"};
    return parse_mailbox(settings.from).value();
}

Site site_of(const Settings& settings, const std::string& own_url) {
    const Mailbox from = sender_of(settings);
    return {.name = from.name.empty() ? std::string(default_name) : from.name,
            .url = settings.public_url.empty() ? own_url : settings.public_url};
}

std::unique_ptr<Sender> make_sender(const Settings& settings) {
    check(settings);
    if (!settings.smtp_url.empty()) return std::make_unique<SmtpSender>(settings);
    if (!settings.directory.empty()) return std::make_unique<FolderSender>(settings.directory);
    return nullptr;
}

} // namespace strikeoff::mail
