// Certificates out of a roll, for demonstrations and tests: a county sends an advertised list.
#include "core/canonical_json.hpp"
#include "core/sha256.hpp"
#include "modules/certificates/certificate_store.hpp"
#include "modules/certificates/import_service.hpp"
#include "modules/parcels/import_log.hpp"
#include "modules/parcels/new_ids.hpp"

#include <boost/json.hpp>

#include <algorithm>

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

/// A parcel that owes tax, and its place in the draw: the seed and the parcel alone decide it.
struct Owing {
    ParcelRow parcel;
    Money tax;
    std::uint64_t lot = 0;
};

std::vector<Owing> read_owing(db::Connection& connection, CountyId county, std::int64_t seed) {
    std::vector<Owing> owing;
    PropertyId after{};
    for (;;) {
        auto rows = connection.all(taxable_parcels, county, after, rows_a_statement);
        for (ParcelRow& parcel : rows) {
            after = parcel.id;
            const Money tax = mul_div_half_up(parcel.taxable_value, millage_bp, 10'000);
            if (tax == Money{}) continue;
            const Hash hash = sha256(std::string_view{"strikeoff/delinquent/v1\n"},
                                     std::to_string(seed) + "\n", parcel.parcel_id);
            owing.push_back({std::move(parcel), tax, load_be64(hash.data())});
        }
        if (rows.size() < static_cast<std::size_t>(rows_a_statement)) return owing;
    }
}

/// Leaves `percent` of the parcels, rounded down, in their order: those with the lowest lots.
void draw(std::vector<Owing>& owing, std::int32_t percent) {
    const std::size_t count = owing.size() * static_cast<std::size_t>(percent) / 100;
    if (count == owing.size()) return;
    std::vector<std::uint64_t> lots;
    for (const Owing& one : owing)
        lots.push_back(one.lot);
    const auto first_out = lots.begin() + static_cast<std::ptrdiff_t>(count);
    std::ranges::nth_element(lots, first_out);
    std::erase_if(owing, [&](const Owing& one) { return one.lot >= *first_out; });
}

CertificateDraft draft_of(const ParcelRow& parcel, const FaceParts& parts, std::int32_t tax_year,
                          CertificateId id, Money homestead_minimum) {
    return {.id = id,
            .property_id = parcel.id,
            .tax_year = tax_year,
            .face = parts.face,
            .tax = parts.tax,
            .interest = parts.interest,
            .commission = parts.commission,
            .costs = parts.costs,
            .homestead = parcel.homestead,
            .below_threshold = parcel.homestead && parts.tax < homestead_minimum};
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
    std::vector<Owing> owing = read_owing(connection, county, wanted.seed);
    summary.parcels = static_cast<std::int32_t>(owing.size());
    draw(owing, percent);
    summary.delinquent = static_cast<std::int32_t>(owing.size());

    parcels::NewIds ids{clock_.now()};
    std::vector<CertificateDraft> drafts;
    const auto write = [&] {
        summary.created +=
            static_cast<std::int32_t>(insert_certificates(connection, reason, *terms, drafts));
        drafts.clear();
    };
    for (const Owing& one : owing) {
        const FaceParts parts = build_face(terms->face, one.tax);
        drafts.push_back(
            draft_of(one.parcel, parts, wanted.tax_year, {ids.next()}, terms->homestead_minimum));
        summary.total_face += parts.face;
        if (drafts.back().below_threshold) ++summary.straight_to_county;
        if (drafts.size() == static_cast<std::size_t>(rows_a_statement)) write();
    }
    write();
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
