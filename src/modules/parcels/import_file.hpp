#pragma once

#include "core/result.hpp"
#include "modules/parcels/import_records.hpp"

#include <string>
#include <string_view>

namespace strikeoff::parcels {

/// Reads a county's file from its text and hands each record to the visitor, one at a time: besides
/// the text it holds what it needs to know a parcel again. CSV (RFC 4180), UTF-8 or latin-1, with a
/// byte order mark or without, lines that end with LF or CRLF; amounts may read `$1,234.56`.
/// Without a format, the header decides. A record that is wrong is rejected and the reading goes
/// on. Fails with `import.no_header`, `import.encoding`, `import.column_missing`,
/// `import.column_ambiguous` or `import.format_unknown` when no record can be read.
Result<ImportReport> read_import(std::string_view text, std::optional<ImportFormat> format,
                                 ImportVisitor& visitor);

} // namespace strikeoff::parcels
