#pragma once

#include "core/describe.hpp"
#include "core/money.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strikeoff::parcels {

enum class ImportFormat : std::uint8_t {
    nal,        ///< Florida's property roll.
    parcels,    ///< A roll as property appraisers' pages show it.
    advertised, ///< The list of what is delinquent, by any of three vendors.
    results     ///< What a past sale came to, perhaps under another state's rules.
};
BOOST_DESCRIBE_ENUM(ImportFormat, nal, parcels, advertised, results)
constexpr std::string_view pg_type_name(ImportFormat) {
    return "import_kind";
}

enum class Encoding : std::uint8_t { utf_8, latin_1 };

/// A parcel of a roll. Texts are UTF-8; what the file leaves blank is absent.
struct ParcelRecord {
    std::string parcel_id;
    std::optional<std::string> owner_name;
    std::optional<std::string> address;
    std::optional<std::string> city;
    std::optional<std::string> state;
    std::optional<std::string> zip;
    std::optional<std::string> property_type;
    std::optional<std::string> use_code;
    bool homestead = false;
    std::optional<Money> assessed_value;
    std::optional<Money> just_value;
    std::optional<Money> taxable_value;
    std::optional<std::string> legal_description;
    std::optional<std::int32_t> roll_year;
};

/// A line of an advertised list.
struct AdvertisedRecord {
    std::optional<std::int32_t> sequence;
    std::string parcel_id;
    Money face;
    std::optional<Money> tax_amount; ///< Before interest, commission and costs.
    std::optional<std::int32_t> tax_year;
    std::optional<std::string> use_code;
    std::optional<Money> assessed_value;
    std::optional<bool> homestead; ///< Absent when the list has no such column.
    bool removed = false;
    std::optional<std::string> removed_reason;
    bool paid = false;
    std::optional<std::string> owner_name;
    std::optional<std::string> address;
};

/// What became of a lien in a past sale. A sale by other rules than bidding down a rate has none.
struct ResultRecord {
    std::string parcel_id;
    Money face;
    std::optional<std::string> certificate_id;
    std::optional<std::string> certificate_number;
    std::optional<std::int32_t> sequence;
    std::optional<std::string> batch; ///< Its number or name.
    std::optional<std::int32_t> tax_year;
    std::optional<Money> assessed_value;
    std::optional<std::string> address;
    bool homestead = false;
    bool removed = false;
    std::optional<std::string> removed_reason;
    std::optional<Date> auction_date;
    std::optional<std::string> winner; ///< A bidder number, or the county's name.
    std::optional<std::string> winner_name;
    std::optional<Rate> award_rate;
    std::optional<std::int32_t> ties;
    std::optional<std::int32_t> bids;
    std::optional<Date> redemption_date;
    std::optional<Money> redemption_amount;
    std::optional<std::string> redeemed_by;
    std::optional<std::string> status;
};

/// Why a record was not accepted.
struct RowError {
    std::size_t line = 0; ///< The physical line on which the record starts.
    std::string column;   ///< As the file names it; empty when it is the record as a whole.
    std::string message;

    friend bool operator==(const RowError&, const RowError&) = default;
};

class RecordFields;

/// Takes the records of a file as they are read. What it is given is valid during the call.
class ImportVisitor {
public:
    virtual ~ImportVisitor() = default;
    virtual void parcel(std::size_t, const ParcelRecord&) {}
    virtual void advertised(std::size_t, const AdvertisedRecord&) {}
    virtual void result(std::size_t, const ResultRecord&) {}
    virtual void rejected(const std::vector<RowError>&, const RecordFields&) {}
};

constexpr std::size_t reported_errors_max = 100;

/// What a file came to.
struct ImportReport {
    ImportFormat format = ImportFormat::nal;
    Encoding encoding = Encoding::utf_8;
    std::vector<std::pair<std::string, std::string>> columns; ///< Our name, and the header found.
    std::size_t rows = 0;
    std::size_t accepted = 0;
    std::size_t rejected = 0;
    std::vector<RowError> errors; ///< The first ones.
    /// Of every face that could be read, of accepted rows or not, to be held against the county's
    /// own total. Absent when the file has no such column.
    std::optional<Money> total_face;
};

} // namespace strikeoff::parcels
