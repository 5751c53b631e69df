#pragma once

#include "core/describe.hpp"
#include "core/result.hpp"
#include "modules/parcels/import_records.hpp"

#include <span>
#include <string_view>

namespace strikeoff::parcels {

enum class NalColumn : std::uint8_t {
    parcel_id,
    sequence,
    roll_year,
    use_code,
    just_value,
    assessed_value,
    taxable_value,
    homestead_value,
    homestead_exemption,
    owner_name,
    legal_description,
    address,
    address_2,
    city,
    zip
};
BOOST_DESCRIBE_ENUM(NalColumn, parcel_id, sequence, roll_year, use_code, just_value, assessed_value,
                    taxable_value, homestead_value, homestead_exemption, owner_name,
                    legal_description, address, address_2, city, zip)

enum class ParcelColumn : std::uint8_t {
    parcel_id,
    roll_year,
    use_code,
    just_value,
    assessed_value,
    taxable_value,
    exempt_codes,
    owner_name,
    legal_description,
    address,
    state
};
BOOST_DESCRIBE_ENUM(ParcelColumn, parcel_id, roll_year, use_code, just_value, assessed_value,
                    taxable_value, exempt_codes, owner_name, legal_description, address, state)

enum class AdvertisedColumn : std::uint8_t {
    sequence,
    parcel_id,
    face,
    tax_year,
    use_code,
    assessed_value,
    homestead,
    tax_amount,
    removed,
    removed_reason,
    paid,
    owner_name,
    address
};
BOOST_DESCRIBE_ENUM(AdvertisedColumn, sequence, parcel_id, face, tax_year, use_code, assessed_value,
                    homestead, tax_amount, removed, removed_reason, paid, owner_name, address)

enum class ResultColumn : std::uint8_t {
    parcel_id,
    face,
    winner,
    certificate_id,
    certificate_number,
    sequence,
    batch,
    tax_year,
    assessed_value,
    address,
    homestead,
    removed,
    removed_reason,
    auction_date,
    winner_name,
    award_rate,
    ties,
    bids,
    redemption_date,
    redemption_amount,
    redeemed_by,
    status
};
BOOST_DESCRIBE_ENUM(ResultColumn, parcel_id, face, winner, certificate_id, certificate_number,
                    sequence, batch, tax_year, assessed_value, address, homestead, removed,
                    removed_reason, auction_date, winner_name, award_rate, ties, bids,
                    redemption_date, redemption_amount, redeemed_by, status)

/// Where the columns of a format stand in a file.
struct ColumnMap {
    std::vector<std::optional<std::size_t>> positions; ///< By the enumerators of the format.
    std::vector<std::string> header;

    std::optional<std::size_t> position(std::size_t column) const { return positions[column]; }
    std::string_view found_name(std::size_t column) const {
        return positions[column] ? std::string_view{header[*positions[column]]}
                                 : std::string_view{};
    }
};

/// Finds the columns of a format. Headers are compared without regard to case, spaces and marks.
/// Fails with `import.column_missing`, or with `import.column_ambiguous` when two headers could be
/// the same column of ours: which one is meant is for a person to say.
Result<ColumnMap> find_columns(ImportFormat format, std::span<const std::string> header);

/// The one format that a header fits. Fails with `import.format_unknown`.
Result<ImportFormat> detect_format(std::span<const std::string> header);

/// Our names of the columns found, with their headers, in the order of the format.
std::vector<std::pair<std::string, std::string>> named_columns(ImportFormat format,
                                                               const ColumnMap& columns);

} // namespace strikeoff::parcels
