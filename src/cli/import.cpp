#include "app.hpp"
#include "cli/commands.hpp"
#include "cli/input_file.hpp"
#include "cli/output.hpp"
#include "cli/service_options.hpp"
#include "http/json.hpp"
#include "modules/parcels/import_encoding.hpp"
#include "modules/parcels/import_file.hpp"

#include <boost/json.hpp>

#include <memory>

namespace strikeoff::cli {
namespace {

namespace json = boost::json;

constexpr const char* database_explanation = R"(
The county's file is taken in whole or not at all; records that are wrong are left out and reported.
The same file again changes nothing. Output: a JSON object that says what was done.

Exit code: 0 the file was taken in, whatever is wrong with its records; 2 it could not be read.
)";

constexpr std::size_t unpacked_bytes_max = std::size_t{2} << 30;

constexpr const char* check_explanation = R"(
Formats
  nal         Florida's property roll (NAL): of several records of a parcel the highest SEQ_NO
              counts, the others are rejected as superseded
  parcels     a roll as property appraisers' pages show it
  advertised  the list of a sale, under the headers of Grant Street, RealAuction or WFBS
  results     what a past sale came to
  auto        whichever of these the header fits

The file is CSV in UTF-8 or latin-1, perhaps compressed by gzip. Amounts may read $1,234.56. A
column that could mean two things is refused: leave one of them.

Output: a JSON object
  format    the one that was read
  rows      records after the header: accepted and rejected
  encoding  utf-8 or latin-1
  columns   our names, and the headers found for them
  errors    line, column and message of the first 100
  totals    face: of every face that could be read, to be held against the county's own total

Exit code: 0 the file could be read, whatever is wrong with its records; 2 it could not.

Example
  strikeoff import check --format auto list.csv
)";

struct CheckOptions {
    std::string format;
    std::string file;
};

std::string format_report(const parcels::ImportReport& report) {
    json::object columns;
    for (const auto& [name, header] : report.columns)
        columns[name] = header;
    json::array errors;
    for (const parcels::RowError& error : report.errors)
        errors.push_back(json::object{
            {"line", error.line}, {"column", error.column}, {"message", error.message}});
    json::object totals;
    if (report.total_face) totals["face"] = format_money(*report.total_face);
    const bool utf8 = report.encoding == parcels::Encoding::utf_8;
    return json::serialize(json::object{{"format", enum_name(report.format)},
                                        {"rows", report.rows},
                                        {"accepted", report.accepted},
                                        {"rejected", report.rejected},
                                        {"encoding", utf8 ? "utf-8" : "latin-1"},
                                        {"columns", std::move(columns)},
                                        {"errors", std::move(errors)},
                                        {"totals", std::move(totals)}}) +
           "\n";
}

Result<std::string> check_file(const CheckOptions& options) {
    SO_TRY(const InputFile file, InputFile::open(options.file));
    std::string unpacked;
    std::string_view text = file.text();
    if (parcels::is_gzip(text)) {
        auto whole = parcels::gunzip(text, unpacked_bytes_max);
        if (!whole) return refuse_input(options.file, 1, whole.error().message);
        text = unpacked = *std::move(whole);
    }
    parcels::ImportVisitor nobody;
    const auto report =
        parcels::read_import(text, parse_enum<parcels::ImportFormat>(options.format), nobody);
    if (!report) return refuse_input(options.file, 1, report.error().message);
    return format_report(*report);
}

struct DatabaseOptions {
    Config config;
    std::string county;
    std::string format;
    std::optional<std::int32_t> tax_year;
    std::string file;
};

Result<std::string> import_file(const DatabaseOptions& options) {
    const auto county = parse_uuid(options.county);
    if (!county)
        return fail(ErrorCode::invalid_input, "county.malformed",
                    fmt::format("--county: '{}' is not an id", options.county));
    SO_TRY(const InputFile file, InputFile::open(options.file));
    const db::Database database{database_options(options.config)};
    db::Pool pool{database.conninfo("strikeoff_worker"), 2};
    const db::DbClock clock{pool};
    certificates::ImportService imports{pool, clock};
    const certificates::ImportFile sent{.county = {*county},
                                        .format =
                                            *parse_enum<parcels::ImportFormat>(options.format),
                                        .name = std::filesystem::path{options.file}.filename(),
                                        .bytes = file.text(),
                                        .tax_year = options.tax_year};
    const auto summary = sent.format == parcels::ImportFormat::advertised
                             ? imports.import_advertised(sent)
                             : imports.import_parcels(sent);
    if (!summary && summary.error().reason == "county.unknown")
        return fail(ErrorCode::not_found, "county.unknown",
                    fmt::format("--county: there is no county {}", options.county));
    if (!summary) return refuse_input(options.file, 1, summary.error().message);
    return http::to_json(*summary) + "\n";
}

/// `import parcels` or `import advertised`, into the database.
void add_database_import(CLI::App& import, Exit& exit, const char* name, const char* summary) {
    CLI::App* const command = import.add_subcommand(name, summary);
    const auto options = std::make_shared<DatabaseOptions>();
    options->format = name;
    add_database_options(*command, options->config);
    command->add_option("--county", options->county, "Id of the county")
        ->required()
        ->type_name("UUID");
    if (options->format == "advertised")
        command->add_option("--tax-year", options->tax_year, "Of a list that does not say it")
            ->type_name("YEAR");
    else
        command->add_option("--format", options->format, "parcels or nal")
            ->check(CLI::IsMember({"parcels", "nal"}))
            ->capture_default_str()
            ->type_name("FORMAT");
    command->add_option("file", options->file, "The file")->required()->type_name("FILE");
    command->footer(database_explanation);
    command->callback([options, &exit] {
        set_up_logging();
        exit = write_output(import_file(*options));
    });
}

void add_check(CLI::App& import, Exit& exit) {
    CLI::App* const check =
        import.add_subcommand("check", "Say what is in a file, without a database");
    const auto options = std::make_shared<CheckOptions>();
    check->add_option("--format", options->format, "nal, parcels, advertised, results or auto")
        ->required()
        ->check(CLI::IsMember({"nal", "parcels", "advertised", "results", "auto"}))
        ->type_name("FORMAT");
    check->add_option("file", options->file, "The file")->required()->type_name("FILE");
    check->footer(check_explanation);
    check->callback([options, &exit] { exit = write_output(check_file(*options)); });
}

} // namespace

void add_import(CLI::App& app, Exit& exit) {
    CLI::App* const command = app.add_subcommand("import", "Read a county's files");
    command->require_subcommand(1);
    add_check(*command, exit);
    add_database_import(*command, exit, "parcels", "Take a county's property roll in");
    add_database_import(*command, exit, "advertised", "Take a county's advertised list in");
}

} // namespace strikeoff::cli
