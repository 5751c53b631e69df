#include "app.hpp"
#include "modules/certificates/certificates.hpp"

namespace strikeoff::certificates {
namespace {

using http::Page;
using http::Request;
using parcels::ImportFormat;

constexpr std::uint64_t import_bytes_max = std::uint64_t{64} << 20;

using Text = std::optional<std::string>;

// A holder is a bidder number, or `county`.
const db::Statement<Certificate(CountyId, std::optional<CertificateId>,
                                std::optional<CertificateStatus>, std::optional<std::int32_t>, Text,
                                Text, std::int32_t)>
    list_certificates{{"certificates.list_certificates", R"sql(
    SELECT c.id, p.parcel_id, c.tax_year, c.advertised_number, c.certificate_number, c.status,
           c.face_value, c.tax_amount, c.homestead, c.homestead_below_threshold,
           n.number AS holder_number, c.award_rate, c.issue_date, c.removed_at, c.removed_reason,
           c.paid_at
    FROM certificates c
    JOIN properties p ON p.id = c.property_id
    LEFT JOIN bidder_numbers n ON n.id = c.holder_id
    WHERE c.county_id = $1 AND ($2::uuid IS NULL OR c.id > $2)
      AND ($3::certificate_status IS NULL OR c.status = $3)
      AND ($4::int IS NULL OR c.tax_year = $4)
      AND ($5::text IS NULL OR c.certificate_number = $5)
      AND ($6::text IS NULL OR n.number = $6
           OR ($6 = 'county' AND c.status = 'sold' AND c.holder_id IS NULL))
    ORDER BY c.id
    LIMIT $7)sql"}};

std::unexpected<Error> nothing_here() {
    return fail(ErrorCode::not_found, "not_found", "there is nothing here");
}

Result<CountyId> staffed_county(const Request& request) {
    SO_TRY(const CountyId county, request.path_id<CountyId>("county_id"));
    if (!request.may_act_in(county)) return nothing_here();
    return county;
}

Text query_text(const Request& request, std::string_view name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? Text{} : Text{found->second};
}

Result<std::optional<std::int32_t>> query_year(const Request& request) {
    SO_TRY(const auto year, request.query_integer("tax_year"));
    if (!year) return std::nullopt;
    if (*year < 1900 || *year > 2200)
        return fail(ErrorCode::invalid_input, "query.tax_year", "no such year",
                    {{"tax_year", "must be a year"}});
    return static_cast<std::int32_t>(*year);
}

Result<ImportFile> sent_file(const Request& request, ImportFormat format) {
    SO_TRY(const CountyId county, staffed_county(request));
    SO_TRY(const auto tax_year, query_year(request));
    return ImportFile{.county = county,
                      .format = format,
                      .name = query_text(request, "file_name").value_or("upload.csv"),
                      .bytes = request.body,
                      .tax_year = tax_year,
                      .by = request.caller.user};
}

Result<ImportSummary> post_nal(App& app, const Request& request) {
    SO_TRY(const ImportFile file, sent_file(request, ImportFormat::nal));
    return app.imports.import_parcels(file);
}

Result<ImportSummary> post_parcels(App& app, const Request& request) {
    SO_TRY(const ImportFile file, sent_file(request, ImportFormat::parcels));
    return app.imports.import_parcels(file);
}

Result<ImportSummary> post_advertised(App& app, const Request& request) {
    SO_TRY(const ImportFile file, sent_file(request, ImportFormat::advertised));
    return app.imports.import_advertised(file);
}

Result<DelinquentSummary> post_delinquent(App& app, const Request& request, MarkDelinquent body) {
    SO_TRY(const CountyId county, staffed_county(request));
    return app.imports.make_delinquent(county, body, request.caller.user);
}

Result<Page<Certificate>> get_certificates(App& app, const Request& request) {
    SO_TRY(const CountyId county, staffed_county(request));
    SO_TRY(const int limit, request.page_limit());
    SO_TRY(const auto tax_year, query_year(request));
    std::optional<CertificateId> after;
    if (const Text cursor = query_text(request, "cursor")) {
        const auto uuid = parse_uuid(*cursor);
        if (!uuid) return fail(ErrorCode::invalid_input, "query.cursor", "no such cursor");
        after = CertificateId{*uuid};
    }
    std::optional<CertificateStatus> status;
    if (const Text wanted = query_text(request, "status")) {
        status = parse_enum<CertificateStatus>(*wanted);
        if (!status)
            return fail(ErrorCode::invalid_input, "query.status", "no such status",
                        {{"status", "must be pending, active, sold, redeemed or canceled"}});
    }
    // Row security is told the one county that the caller was just found to act in: an
    // administrator has none of its own.
    db::Transaction transaction{app.app_pool, db::Identity{request.caller.user, {county}}};
    Page<Certificate> page;
    page.items =
        transaction->all(list_certificates, county, after, status, tax_year,
                         query_text(request, "number"), query_text(request, "holder"), limit + 1);
    if (page.items.size() > static_cast<std::size_t>(limit)) {
        page.items.pop_back();
        page.next_cursor = page.items.back().id.text();
    }
    return page;
}

} // namespace

void add_routes(http::Router& router) {
    using http::Access;
    using http::Permission;
    const auto import = [&](const char* format, auto handler, const char* id, const char* summary) {
        router.post(fmt::format("/api/v1/counties/{{county_id}}/imports/{}", format), handler,
                    {.id = id,
                     .summary = summary,
                     .access = Access::county_admin,
                     .needs = Permission::imports,
                     .query = {{"tax_year", "integer", "Of a list that does not say it"},
                               {"file_name", "string", "What the file is called"}},
                     .accepts = "text/csv",
                     .body_max = import_bytes_max,
                     .traffic = http::Traffic::heavy});
    };
    import("nal", post_nal, "importNal", "Import a property roll (NAL)");
    import("parcels", post_parcels, "importParcels", "Import a property roll of an appraiser");
    import("advertised", post_advertised, "importAdvertised", "Import an advertised list");
    router.post("/api/v1/counties/{county_id}/delinquent", post_delinquent,
                {.id = "markDelinquent",
                 .summary = "Make parcels delinquent, for demonstrations and tests",
                 .access = Access::county_admin,
                 .needs = Permission::imports});
    router.get(
        "/api/v1/counties/{county_id}/certificates", get_certificates,
        {.id = "listCertificates",
         .summary = "The certificates of a county",
         .access = Access::auditor,
         .needs = {Permission::imports, Permission::sales, Permission::money, Permission::reports},
         .query = {{"limit", "integer", "Items a page, 1 to 200; 50 by default"},
                   {"cursor", "string", "next_cursor of the page before"},
                   {"status", "string", "Of this status only"},
                   {"tax_year", "integer", "Of this year only"},
                   {"number", "string", "With this certificate number"},
                   {"holder", "string", "Held by this bidder number, or by the county"}}});
}

} // namespace strikeoff::certificates
