#include "mail/message.hpp"

#include "mail/mime.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace strikeoff::mail {
namespace {

constexpr std::size_t address_max = 254;   ///< RFC 3696, erratum 1690.
constexpr std::size_t local_part_max = 64; ///< RFC 5321 section 4.5.3.1.1.

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_local_character(char c) {
    return is_alphanumeric(c) || std::string_view{"!#$%&'*+-/=?^_`{|}~."}.contains(c);
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= 63 && !label.starts_with('-') &&
           !label.ends_with('-') &&
           std::ranges::all_of(label, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool is_domain(std::string_view domain) {
    for (;;) {
        const std::size_t dot = domain.find('.');
        if (!is_label(domain.substr(0, dot))) return false;
        if (dot == domain.npos) return true;
        domain.remove_prefix(dot + 1);
    }
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; });
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

std::string quoted_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out += '"';
}

/// A short ASCII name as a quoted string, which may hold anything; others in encoded words.
std::string display(const Mailbox& mailbox) {
    if (mailbox.name.empty()) return mailbox.address;
    constexpr std::size_t column = std::string_view{"From: "}.size();
    const bool ascii = std::ranges::all_of(mailbox.name, [](char c) { return c > 0 && c < 0x7f; });
    std::string name = quoted_string(mailbox.name);
    if (!ascii || column + name.size() > columns_max) name = encoded_header(mailbox.name, column);
    // On a line of its own, so that no line gets long.
    return fmt::format("{}\r\n <{}>", name, mailbox.address);
}

/// The last line break belongs to the boundary that follows (RFC 2046 section 5.1.1).
std::string part(std::string_view boundary, std::string_view type, std::string_view text) {
    return fmt::format("--{}\r\n"
                       "Content-Type: {}; charset=utf-8\r\n"
                       "Content-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n",
                       boundary, type, quoted_printable(text));
}

} // namespace

bool is_address(std::string_view text) {
    const std::size_t at = text.rfind('@');
    if (at == text.npos || at == 0 || at > local_part_max || text.size() > address_max)
        return false;
    const std::string_view local = text.substr(0, at);
    return std::ranges::all_of(local, is_local_character) && !local.starts_with('.') &&
           !local.ends_with('.') && local.find("..") == local.npos &&
           is_domain(text.substr(at + 1));
}

Result<Mailbox> parse_mailbox(std::string_view text) {
    text = trimmed(text);
    Mailbox mailbox{.name = "", .address = std::string(text)};
    if (const std::size_t open = text.rfind('<'); open != text.npos && text.ends_with('>')) {
        std::string_view name = trimmed(text.substr(0, open));
        if (name.size() >= 2 && name.starts_with('"') && name.ends_with('"'))
            name = name.substr(1, name.size() - 2);
        mailbox = {std::string(name), std::string(text.substr(open + 1, text.size() - open - 2))};
    }
    if (!is_address(mailbox.address) || has_control(mailbox.name))
        return fail(ErrorCode::invalid_input, "mail.mailbox_malformed",
                    "a mailbox must be like Lee County <no-reply@example.org>");
    return mailbox;
}

Result<std::string> compose(const Message& message, const Envelope& envelope) {
    if (!is_address(message.to) || !is_address(envelope.from.address))
        return fail(ErrorCode::invalid_input, "mail.address_malformed",
                    "that is no address to send to");
    if (has_control(message.subject) || has_control(envelope.from.name))
        return fail(ErrorCode::invalid_input, "mail.header_malformed",
                    "a header holds no line breaks and no control characters");
    const std::string id = to_hex(envelope.id.bytes);
    const std::string_view from = envelope.from.address;
    // No quoted-printable text has this in it: `=` is always followed by a digit or a line break.
    const std::string boundary = "=_" + id;
    return fmt::format("Date: {}\r\n"
                       "From: {}\r\n"
                       "To: {}\r\n"
                       "Message-ID: <{}@{}>\r\n"
                       "Subject: {}\r\n"
                       "Auto-Submitted: auto-generated\r\n"
                       "MIME-Version: 1.0\r\n"
                       "Content-Type: multipart/alternative;\r\n"
                       " boundary=\"{}\"\r\n\r\n"
                       "{}{}--{}--\r\n",
                       mail_date(envelope.at), display(envelope.from), message.to, id,
                       from.substr(from.find('@') + 1),
                       encoded_header(message.subject, std::string_view{"Subject: "}.size()),
                       boundary, part(boundary, "text/plain", message.text),
                       part(boundary, "text/html", message.html), boundary);
}

} // namespace strikeoff::mail
