#include "modules/certificates/import_service.hpp"

#include "core/canonical_json.hpp"
#include "core/sha256.hpp"
#include "http/json.hpp"
#include "modules/certificates/advertised_writer.hpp"
#include "modules/parcels/import_encoding.hpp"
#include "modules/parcels/import_fields.hpp"

namespace strikeoff::certificates {
namespace {

using parcels::ImportFormat;

constexpr std::size_t unpacked_bytes_max = std::size_t{512} << 20;

/// Keeps the rejected records and passes the others on.
template <class Take>
class Taker : public parcels::ImportVisitor {
public:
    Taker(Take take, parcels::RowLog& rows) : take_{std::move(take)}, rows_{rows} {}

    void parcel(std::size_t line, const parcels::ParcelRecord& record) override {
        take_(line, record);
    }
    void advertised(std::size_t line, const parcels::AdvertisedRecord& record) override {
        take_(line, record);
    }
    void rejected(const std::vector<parcels::RowError>& errors,
                  const parcels::RecordFields& fields) override {
        const bool superseded = errors.front().message == "superseded";
        rows_.add(fields.line(),
                  superseded ? parcels::RowVerdict::superseded : parcels::RowVerdict::rejected,
                  fields.values(), errors);
    }

private:
    Take take_;
    parcels::RowLog& rows_;
};

/// The parts of an import that its kind adds to; they live as long as its transaction.
struct Work {
    db::Connection& connection;
    const ImportFile& file;
    Uuid import;
    Instant now;
    parcels::RowLog& rows;
    ImportSummary& summary;

    WriteReason reason() const {
        return {.county = file.county, .event = "imported", .import = import, .by = file.by};
    }
};

std::unexpected<Error> no_county() {
    return fail(ErrorCode::not_found, "county.unknown", "there is no such county");
}

Result<std::string_view> unpacked(std::string_view bytes, std::string& memory) {
    if (!parcels::is_gzip(bytes)) return bytes;
    SO_TRY(memory, parcels::gunzip(bytes, unpacked_bytes_max));
    return std::string_view{memory};
}

void add_report(ImportSummary& summary, const parcels::ImportReport& report) {
    summary.format = enum_name(report.format);
    summary.encoding = report.encoding == parcels::Encoding::utf_8 ? "utf-8" : "latin-1";
    summary.rows = static_cast<std::int32_t>(report.rows);
    summary.rejected += static_cast<std::int32_t>(report.rejected);
    summary.total_face = report.total_face;
    for (const parcels::RowError& error : report.errors)
        summary.errors.push_back(
            {static_cast<std::int32_t>(error.line), error.column, error.message});
    std::ranges::sort(summary.errors, {}, &ImportProblem::line);
    if (summary.errors.size() > reported_max) summary.errors.resize(reported_max);
}

std::string facts_of(const ImportSummary& summary, const Hash& sha256) {
    return canonical_json(boost::json::object{{"format", summary.format},
                                              {"sha256", to_hex(sha256)},
                                              {"rows", summary.rows},
                                              {"created", summary.created},
                                              {"updated", summary.updated},
                                              {"rejected", summary.rejected}});
}

/// Reads a roll into the properties.
Result<parcels::ImportReport> take_roll(Work& work, std::string_view text) {
    parcels::RollWriter roll{work.connection, work.file.county, work.import, work.now};
    Taker taker{[&](std::size_t, const auto& record) {
                    if constexpr (requires { roll.add(record); }) roll.add(record);
                },
                work.rows};
    SO_TRY(parcels::ImportReport report, parcels::read_import(text, work.file.format, taker));
    roll.flush();
    work.summary.created = static_cast<std::int32_t>(roll.created());
    work.summary.updated = static_cast<std::int32_t>(roll.updated());
    work.summary.unchanged =
        static_cast<std::int32_t>(report.accepted) - work.summary.created - work.summary.updated;
    return report;
}

/// Reads an advertised list into certificates.
Result<parcels::ImportReport> take_list(Work& work, std::string_view text) {
    const auto terms = read_terms(work.connection, work.file.county);
    if (!terms) return no_county();
    AdvertisedWriter list{work.connection, work.reason(), *terms,      work.file.tax_year,
                          work.now,        work.rows,     work.summary};
    bool has_year = true;
    Taker taker{[&](std::size_t line, const auto& record) {
                    if constexpr (requires { list.add(line, record); }) {
                        has_year &= record.tax_year || work.file.tax_year;
                        if (has_year) list.add(line, record);
                    }
                },
                work.rows};
    SO_TRY(parcels::ImportReport report, parcels::read_import(text, work.file.format, taker));
    if (!has_year)
        return fail(ErrorCode::invalid_input, "import.tax_year",
                    "the list has no column for the tax year; say which year it is of",
                    {{"tax_year", "is needed for this list"}});
    list.flush();
    return report;
}

} // namespace

Result<ImportSummary> ImportService::take_in(db::Connection& connection,
                                             const ImportFile& file) const {
    std::string memory;
    SO_TRY(const std::string_view text, unpacked(file.bytes, memory));
    const parcels::ImportStart start{.county = file.county,
                                     .kind = file.format,
                                     .file_name = file.name,
                                     .file_size = static_cast<std::int64_t>(file.bytes.size()),
                                     .sha256 = sha256(file.bytes),
                                     .tax_year = file.tax_year,
                                     .by = file.by};
    if (!parcels::lock_county(connection, file.county)) return no_county();
    if (const auto before = parcels::repeated_import(connection, start)) {
        SO_TRY(ImportSummary summary, http::from_json<ImportSummary>(before->text));
        summary.repeated = true;
        return summary;
    }

    ImportSummary summary{.import_id = parcels::begin_import(connection, start)};
    parcels::RowLog rows{connection, file.county, summary.import_id};
    Work work{connection, file, summary.import_id, clock_.now(), rows, summary};
    const bool is_list = file.format == ImportFormat::advertised;
    SO_TRY(const parcels::ImportReport report,
           is_list ? take_list(work, text) : take_roll(work, text));
    rows.flush();
    add_report(summary, report);
    parcels::finish_import(connection, summary.import_id, report,
                           {.rows = summary.rows,
                            .accepted = summary.rows - summary.rejected,
                            .rejected = summary.rejected,
                            .summary = http::to_json(summary)});
    audit_import(connection, work.reason(), summary.import_id, facts_of(summary, start.sha256));
    return summary;
}

Result<ImportSummary> ImportService::import(const ImportFile& file) {
    db::Transaction transaction{pool_};
    SO_TRY(ImportSummary summary, take_in(transaction.connection(), file));
    transaction.commit();
    return summary;
}

Result<ImportSummary> ImportService::import_parcels(const ImportFile& file) {
    if (file.format != ImportFormat::nal && file.format != ImportFormat::parcels)
        return fail(ErrorCode::invalid_input, "import.kind", "a roll is nal or parcels");
    return import(file);
}

Result<ImportSummary> ImportService::import_advertised(const ImportFile& file) {
    if (file.format != ImportFormat::advertised)
        return fail(ErrorCode::invalid_input, "import.kind", "the list must be advertised");
    return import(file);
}

} // namespace strikeoff::certificates
