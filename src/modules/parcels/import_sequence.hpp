#pragma once

#include "modules/parcels/import_columns.hpp"

#include <string_view>
#include <unordered_map>

namespace strikeoff::parcels {

/// Why a record of a roll does not count.
enum class Superseded : std::uint8_t {
    by_a_higher_sequence,
    by_the_same_sequence ///< Which of the two is right, the file does not say.
};

/// The records of a NAL file, by their lines, that another one of the same parcel stands for: of
/// several, the highest SEQ_NO counts. Needs some forty bytes a record while it runs.
std::unordered_map<std::size_t, Superseded> superseded_lines(std::string_view text,
                                                             const ColumnMap& columns);

} // namespace strikeoff::parcels
