#pragma once

#include "core/bytes.hpp"

namespace strikeoff {

/// Base32 (RFC 4648, section 6) in capitals and without padding, as authenticator apps take it.
std::string to_base32(ByteView bytes);
/// Small letters, spaces, hyphens and padding at the end are read too. Nothing when a character is
/// none of base32, or bits are left over.
std::optional<Bytes> from_base32(std::string_view text);

} // namespace strikeoff
