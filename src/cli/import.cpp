#include "cli/commands.hpp"
#include "cli/input_file.hpp"
#include "cli/output.hpp"
#include "modules/parcels/import_encoding.hpp"
#include "modules/parcels/import_file.hpp"

#include <boost/json.hpp>

#include <memory>

namespace strikeoff::cli {
namespace {

namespace json = boost::json;

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

} // namespace

void add_import(CLI::App& app, Exit& exit) {
    CLI::App* const command = app.add_subcommand("import", "Read a county's files");
    command->require_subcommand(1);
    CLI::App* const check =
        command->add_subcommand("check", "Say what is in a file, without a database");
    const auto options = std::make_shared<CheckOptions>();
    check->add_option("--format", options->format, "nal, parcels, advertised, results or auto")
        ->required()
        ->check(CLI::IsMember({"nal", "parcels", "advertised", "results", "auto"}))
        ->type_name("FORMAT");
    check->add_option("file", options->file, "The file")->required()->type_name("FILE");
    check->footer(check_explanation);
    check->callback([options, &exit] { exit = write_output(check_file(*options)); });
}

} // namespace strikeoff::cli
