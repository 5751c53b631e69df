#pragma once

#include "core/time.hpp"

#include <cstddef>
#include <string>
#include <string_view>

/// How texts travel in a mail: seven bits, short lines, CRLF.
namespace strikeoff::mail {

/// What a line holds at most, its CRLF not counted.
inline constexpr std::size_t columns_max = 76;

/// Quoted-printable (RFC 2045 section 6.7) with lines of at most 76 characters, each ended by CRLF.
/// Both `\n` and `\r\n` end a line of `text`. No line begins with a dot, which ends mails.
std::string quoted_printable(std::string_view text);

/// A header's value as RFC 2047 has it: as it stands when it is short and ASCII, else in encoded
/// words on lines of their own. `column` is the length of what stands before it on its line.
std::string encoded_header(std::string_view text, std::size_t column);

/// `Wed, 27 May 2026 12:00:00 +0000` (RFC 5322 section 3.3).
std::string mail_date(Instant at);

} // namespace strikeoff::mail
