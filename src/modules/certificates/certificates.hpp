#pragma once

#include "core/describe.hpp"
#include "core/id.hpp"
#include "core/money.hpp"
#include "http/router.hpp"

namespace strikeoff::certificates {

enum class CertificateStatus : std::uint8_t { pending, active, sold, redeemed, canceled };
BOOST_DESCRIBE_ENUM(CertificateStatus, pending, active, sold, redeemed, canceled)
constexpr std::string_view pg_type_name(CertificateStatus) {
    return "certificate_status";
}

/// A certificate as staff see it.
struct Certificate {
    CertificateId id;
    std::string parcel_id;
    std::int32_t tax_year = 0;
    std::optional<std::int32_t> advertised_number;
    std::optional<std::string> certificate_number;
    CertificateStatus status = CertificateStatus::pending;
    Money face_value;
    std::optional<Money> tax_amount;
    bool homestead = false;
    bool homestead_below_threshold = false;
    std::optional<std::string> holder_number; ///< Null while nobody, or the county, holds it.
    std::optional<Rate> award_rate;
    std::optional<Date> issue_date;
    std::optional<Instant> removed_at;
    std::optional<std::string> removed_reason;
    std::optional<Instant> paid_at;
};
BOOST_DESCRIBE_STRUCT(Certificate, (),
                      (id, parcel_id, tax_year, advertised_number, certificate_number, status,
                       face_value, tax_amount, homestead, homestead_below_threshold, holder_number,
                       award_rate, issue_date, removed_at, removed_reason, paid_at))

struct ImportProblem {
    std::int32_t line = 0; ///< The physical line on which the record starts.
    std::string column;    ///< As the file names it; empty when it is the record as a whole.
    std::string message;
};
BOOST_DESCRIBE_STRUCT(ImportProblem, (), (line, column, message))

/// A homestead whose tax was computed from the face and is so close to the threshold that a person
/// must say on which side it lies.
struct HomesteadToCheck {
    std::int32_t line = 0;
    std::string parcel_id;
    Money face;
    Money tax;
    bool straight_to_county = false; ///< What was assumed.
};
BOOST_DESCRIBE_STRUCT(HomesteadToCheck, (), (line, parcel_id, face, tax, straight_to_county))

/// What an import did. `created`, `updated` and `unchanged` count the parcels of a roll, or the
/// certificates of a list, which make up all rows with `rejected`.
struct ImportSummary {
    Uuid import_id;
    std::string format;
    std::string encoding;
    std::int32_t rows = 0;
    std::int32_t created = 0;
    std::int32_t updated = 0;
    std::int32_t unchanged = 0;
    std::int32_t rejected = 0;
    std::int32_t straight_to_county = 0;
    std::int32_t removed = 0; ///< Removed or paid, and so not for sale.
    std::optional<Money> total_face;
    std::vector<HomesteadToCheck> homesteads_to_check; ///< The first hundred.
    std::vector<ImportProblem> errors;                 ///< The first hundred.
    bool repeated = false; ///< The file was the last one imported; nothing was done.
};
BOOST_DESCRIBE_STRUCT(ImportSummary, (),
                      (import_id, format, encoding, rows, created, updated, unchanged, rejected,
                       straight_to_county, removed, total_face, homesteads_to_check, errors,
                       repeated))

/// Makes some of a county's parcels delinquent, always the same ones for a seed.
struct MarkDelinquent {
    std::int32_t tax_year = 0;
    std::int64_t seed = 0;
    std::optional<std::int32_t> percent; ///< Of the parcels that owe tax; 55 by default.
};
BOOST_DESCRIBE_STRUCT(MarkDelinquent, (), (tax_year, seed, percent))

struct DelinquentSummary {
    std::int32_t parcels = 0; ///< That owe tax.
    std::int32_t delinquent = 0;
    std::int32_t created = 0; ///< Less than `delinquent` when it was done before.
    std::int32_t straight_to_county = 0;
    Money total_face;
};
BOOST_DESCRIBE_STRUCT(DelinquentSummary, (),
                      (parcels, delinquent, created, straight_to_county, total_face))

void add_routes(http::Router& router);
/// Tells the two-person rule how what it lets through is done.
void carry_approved_changes(App& app);

} // namespace strikeoff::certificates
