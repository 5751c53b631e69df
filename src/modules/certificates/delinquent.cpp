// Certificates out of a roll, for demonstrations and tests: a county sends an advertised list.
#include "core/canonical_json.hpp"
#include "core/sha256.hpp"
#include "modules/certificates/certificate_store.hpp"
#include "modules/certificates/import_service.hpp"
#include "modules/parcels/import_log.hpp"
#include "modules/parcels/new_ids.hpp"

#include <boost/json.hpp>

namespace strikeoff::certificates {
namespace {

constexpr std::int32_t rows_a_statement = 1'000;
constexpr std::int32_t percent_usual = 55;
constexpr std::int64_t millage_bp = 160; ///< 1.6 % of the taxable value.

struct ParcelRow {
    PropertyId id;
    std::string parcel_id;
    bool homestead = false;
    Money taxable_value;
};
BOOST_DESCRIBE_STRUCT(ParcelRow, (), (id, parcel_id, homestead, taxable_value))

// By id, which is the order of the roll.
const db::Statement<ParcelRow(CountyId, PropertyId, std::int32_t)> taxable_parcels{
    {"certificates.taxable_parcels", R"sql(
    SELECT id, parcel_id, homestead, coalesce(taxable_value, 0) AS taxable_value
    FROM properties
    WHERE county_id = $1 AND id > $2 AND assessed_value IS NOT NULL AND taxable_value > 0
    ORDER BY id
    LIMIT $3)sql"}};

/// Whether the seed makes this parcel delinquent: the parcel alone decides, not its place.
bool is_chosen(std::int64_t seed, std::string_view parcel_id, std::int32_t percent) {
    const Hash hash = sha256(std::string_view{"strikeoff/delinquent/v1\n"},
                             std::to_string(seed) + "\n", parcel_id);
    return load_be64(hash.data()) % 100 < static_cast<std::uint64_t>(percent);
}

CertificateDraft draft_of(const ParcelRow& parcel, const FaceParts& parts, std::int32_t tax_year,
                          CertificateId id) {
    return {.id = id,
            .property_id = parcel.id,
            .tax_year = tax_year,
            .face = parts.face,
            .tax = parts.tax,
            .interest = parts.interest,
            .commission = parts.commission,
            .costs = parts.costs,
            .homestead = parcel.homestead,
            .below_threshold = parcel.homestead && parts.tax < homestead_threshold};
}

Result<void> check(const MarkDelinquent& wanted) {
    std::vector<FieldError> errors;
    if (wanted.tax_year < 1900 || wanted.tax_year > 2200)
        errors.push_back({"tax_year", "must be a year"});
    if (wanted.percent.value_or(percent_usual) < 1 || wanted.percent.value_or(percent_usual) > 100)
        errors.push_back({"percent", "must be 1 to 100"});
    if (errors.empty()) return {};
    return fail(ErrorCode::invalid_input, "delinquent.invalid", "the wish makes no sense",
                std::move(errors));
}

} // namespace

Result<DelinquentSummary> ImportService::make_delinquent(CountyId county,
                                                         const MarkDelinquent& wanted,
                                                         std::optional<UserId> by) {
    SO_TRY_VOID(check(wanted));
    const std::int32_t percent = wanted.percent.value_or(percent_usual);
    db::Transaction transaction{pool_};
    db::Connection& connection = transaction.connection();
    const auto terms = read_terms(connection, county);
    if (!terms || !parcels::lock_county(connection, county))
        return fail(ErrorCode::not_found, "county.unknown", "there is no such county");

    const WriteReason reason{.county = county, .event = "made_delinquent", .by = by};
    DelinquentSummary summary;
    parcels::NewIds ids{clock_.now()};
    PropertyId after{};
    for (;;) {
        const auto rows = connection.all(taxable_parcels, county, after, rows_a_statement);
        std::vector<CertificateDraft> drafts;
        for (const ParcelRow& parcel : rows) {
            const Money tax = mul_div_half_up(parcel.taxable_value, millage_bp, 10'000);
            if (tax == Money{}) continue;
            ++summary.parcels;
            if (!is_chosen(wanted.seed, parcel.parcel_id, percent)) continue;
            const FaceParts parts = build_face(terms->face, tax);
            drafts.push_back(draft_of(parcel, parts, wanted.tax_year, {ids.next()}));
            ++summary.delinquent;
            summary.total_face += parts.face;
            if (drafts.back().below_threshold) ++summary.straight_to_county;
        }
        summary.created +=
            static_cast<std::int32_t>(insert_certificates(connection, reason, *terms, drafts));
        if (rows.size() < static_cast<std::size_t>(rows_a_statement)) break;
        after = rows.back().id;
    }
    if (summary.created > 0)
        audit_import(connection, reason, county.uuid,
                     canonical_json(boost::json::object{{"tax_year", wanted.tax_year},
                                                        {"seed", std::to_string(wanted.seed)},
                                                        {"percent", percent},
                                                        {"created", summary.created}}));
    transaction.commit();
    return summary;
}

} // namespace strikeoff::certificates
