#include "app.hpp"
#include "http/json.hpp"
#include "modules/approvals/approvals.hpp"
#include "modules/certificates/certificates.hpp"

namespace strikeoff::certificates {
namespace {

using approvals::Action;
using approvals::Approval;
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

/// What there is to know of a staged file besides its bytes.
struct StagedFile {
    ImportFormat format = ImportFormat::nal;
    std::string file_name;
    std::optional<std::int32_t> tax_year;
};
BOOST_DESCRIBE_STRUCT(StagedFile, (), (format, file_name, tax_year))

Result<Approval> stage(App& app, const Request& request, ImportFormat format) {
    SO_TRY(const CountyId county, staffed_county(request));
    SO_TRY(const auto tax_year, query_year(request));
    const StagedFile staged{.format = format,
                            .file_name = query_text(request, "file_name").value_or("upload.csv"),
                            .tax_year = tax_year};
    return app.approvals.propose({.action = Action::publish_import,
                                  .county = county,
                                  .subject = county.uuid,
                                  .parameters = http::to_json(staged),
                                  .bytes = std::string(request.body)},
                                 *request.caller.user);
}

Result<Approval> post_nal(App& app, const Request& request) {
    return stage(app, request, ImportFormat::nal);
}

Result<Approval> post_parcels(App& app, const Request& request) {
    return stage(app, request, ImportFormat::parcels);
}

Result<Approval> post_advertised(App& app, const Request& request) {
    return stage(app, request, ImportFormat::advertised);
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

void carry_approved_changes(App& app) {
    app.approvals.carry_with(
        Action::publish_import,
        [&app](db::Connection& connection, const approvals::Order& order) -> Result<std::string> {
            SO_TRY(const StagedFile staged, http::from_json<StagedFile>(order.parameters));
            SO_TRY(const ImportSummary summary,
                   app.imports.take_in(connection, {.county = order.county.value(),
                                                    .format = staged.format,
                                                    .name = staged.file_name,
                                                    .bytes = order.bytes,
                                                    .tax_year = staged.tax_year,
                                                    .by = order.by}));
            if (summary.repeated)
                return fail(ErrorCode::conflict, "import.repeated",
                            "this very file was imported before");
            return http::to_json(summary);
        });
}

void add_routes(http::Router& router) {
    using http::Access;
    using http::Permission;
    const auto import = [&](const char* format, auto handler, const char* id, const char* summary) {
        router.post(fmt::format("/api/v1/counties/{{county_id}}/imports/{}", format), handler,
                    {.id = id,
                     .summary = summary,
                     .access = Access::county_admin,
                     .needs = Permission::imports,
                     .status = 202,
                     .query = {{"tax_year", "integer", "Of a list that does not say it"},
                               {"file_name", "string", "What the file is called"}},
                     .accepts = "text/csv",
                     .body_max = import_bytes_max,
                     .traffic = http::Traffic::heavy});
    };
    import("nal", post_nal, "importNal",
           "Stage a property roll (NAL); a second person publishes it");
    import("parcels", post_parcels, "importParcels",
           "Stage a property roll of an appraiser; a second person publishes it");
    import("advertised", post_advertised, "importAdvertised",
           "Stage an advertised list; a second person publishes it");
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
