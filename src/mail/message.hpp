#pragma once

#include "core/id.hpp"
#include "core/result.hpp"

#include <string>
#include <string_view>

namespace strikeoff::mail {

/// `Lee County <no-reply@lee.example>`. The name may be empty.
struct Mailbox {
    std::string name;
    std::string address;
};

/// What a person reads. Texts are UTF-8 with `\n` at the ends of lines.
struct Message {
    std::string to; ///< An address alone.
    std::string subject;
    std::string text;
    std::string html;
};

/// What stands around it.
struct Envelope {
    Mailbox from;
    Uuid id; ///< Of the row: a mail that is sent twice has one Message-ID, and readers drop one.
    Instant at;
};

/// Is it an address we send to? ASCII, one at-sign, nothing that could end a command or a header:
/// quoted local parts, comments and addresses in other scripts are not.
bool is_address(std::string_view text);

/// Reads `name <address>` or an address alone. Fails with `mail.mailbox_malformed`.
Result<Mailbox> parse_mailbox(std::string_view text);

/// The mail as it goes over the wire (RFC 5322): headers, the text and the HTML as alternatives,
/// CRLF and no line over 76 characters but for addresses. The same arguments give the same bytes.
/// Fails with `mail.address_malformed` or `mail.header_malformed`: a line break in a header would
/// begin another header.
Result<std::string> compose(const Message& message, const Envelope& envelope);

} // namespace strikeoff::mail
