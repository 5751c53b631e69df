#pragma once

#include "core/result.hpp"
#include "modules/parcels/import_records.hpp"

#include <string>
#include <string_view>

namespace strikeoff::parcels {

/// UTF-8 if all of the text is, else latin-1. Fails with `import.encoding` for UTF-16, and when a
/// byte order mark says UTF-8 of a text that is not.
Result<Encoding> detect_encoding(std::string_view text);

/// Whether each byte sequence is a character: no overlong forms, no surrogates.
bool is_utf8(std::string_view text);

/// The text as UTF-8.
std::string to_utf8(std::string_view text, Encoding encoding);

/// Whether a text is compressed by gzip.
bool is_gzip(std::string_view bytes);

/// Fails with `import.gzip` when the bytes are damaged or the text would be larger than
/// `size_max`: a small file can claim to hold any amount.
Result<std::string> gunzip(std::string_view bytes, std::size_t size_max);

} // namespace strikeoff::parcels
