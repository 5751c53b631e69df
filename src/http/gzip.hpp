#pragma once

#include <string>
#include <string_view>

namespace strikeoff::http {

/// Does the value of Accept-Encoding allow this coding? A weight of nought forbids it.
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);

/// Does the value of Accept-Encoding allow gzip? A weight of nought forbids it.
bool accepts_gzip(std::string_view accept_encoding);

/// The bytes as a gzip file (RFC 1952), the same for the same input.
std::string gzip(std::string_view bytes);

} // namespace strikeoff::http
