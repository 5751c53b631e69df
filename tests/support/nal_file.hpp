#pragma once

#include <cstdint>
#include <string>

namespace strikeoff::testing_support {

struct NalOptions {
    std::size_t parcels = 1'000;
    std::uint64_t seed = 1;
    bool latin_1 = true; ///< Owners with accents, one byte a letter; otherwise ASCII alone.
    bool crlf = true;
};

/// A property roll that nobody owns, with all that makes real ones hard to read: quoted text with
/// commas, quotes and line ends, blanks in numeric columns, parcels that occur again with another
/// SEQ_NO.
struct NalFile {
    std::string text;
    std::size_t rows = 0;
    std::size_t superseded = 0;
    std::size_t homesteads = 0;  ///< Among the rows that count.
    std::int64_t just_value = 0; ///< Dollars, of the rows that count and have one.
};
NalFile make_nal_file(const NalOptions& options);

} // namespace strikeoff::testing_support
