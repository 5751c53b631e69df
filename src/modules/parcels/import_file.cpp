#include "modules/parcels/import_file.hpp"

#include "core/csv.hpp"
#include "modules/parcels/import_encoding.hpp"
#include "modules/parcels/import_rows.hpp"
#include "modules/parcels/import_sequence.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <unordered_map>

namespace strikeoff::parcels {
namespace {

/// The lines on which keys were first accepted.
class Seen {
public:
    std::optional<std::size_t> line_of(const std::string& key) const {
        const auto found = lines_.find(key);
        if (found == lines_.end()) return std::nullopt;
        return found->second;
    }
    void add(const std::string& key, std::size_t line) { lines_.emplace(key, line); }

private:
    std::unordered_map<std::string, std::size_t> lines_;
};

/// Reads one file. Each `take_` reads the record at hand.
class Reading {
public:
    Reading(std::string_view text, CsvReader reader, const ColumnMap& columns, ImportReport& report,
            ImportVisitor& visitor)
        : text_{text}, reader_{std::move(reader)}, columns_{columns},
          fields_{columns, report.encoding}, report_{report}, visitor_{visitor} {}

    void read() {
        switch (report_.format) {
        case ImportFormat::nal:
            superseded_ = superseded_lines(text_, columns_);
            return read_all(&Reading::take_nal);
        case ImportFormat::parcels:
            return read_all(&Reading::take_parcel);
        case ImportFormat::advertised:
            report_.total_face = Money{};
            return read_all(&Reading::take_advertised);
        case ImportFormat::results:
            report_.total_face = Money{};
            return read_all(&Reading::take_result);
        }
    }

private:
    void read_all(void (Reading::*take)()) {
        for (;;) {
            const auto more = reader_.next();
            if (more && !*more) return;
            ++report_.rows;
            if (more) {
                fields_.start(reader_.line(), reader_.fields());
                (this->*take)();
            } else {
                fields_.start(reader_.line(), {});
                reject({{.line = reader_.line(), .message = more.error().message}});
            }
        }
    }

    void reject(const std::vector<RowError>& errors) {
        ++report_.rejected;
        for (const RowError& error : errors)
            if (report_.errors.size() < reported_errors_max) report_.errors.push_back(error);
        visitor_.rejected(errors, fields_);
    }

    /// Whether the record at hand is right; if not, it is rejected.
    bool accept() {
        if (!fields_.errors().empty()) {
            reject(fields_.errors());
            return false;
        }
        ++report_.accepted;
        return true;
    }

    void take_nal() {
        if (const auto found = superseded_.find(reader_.line()); found != superseded_.end()) {
            const bool by_higher = found->second == Superseded::by_a_higher_sequence;
            fields_.refuse(NalColumn::sequence,
                           by_higher ? "superseded" : "the parcel occurs twice with this SEQ_NO");
            return reject(fields_.errors());
        }
        const ParcelRecord parcel = read_nal_record(fields_);
        if (accept()) visitor_.parcel(reader_.line(), parcel);
    }

    void take_parcel() {
        const ParcelRecord parcel = read_parcel_record(fields_);
        refuse_repeated(ParcelColumn::parcel_id, parcel.parcel_id, "the parcel");
        if (!accept()) return;
        seen_.add(parcel.parcel_id, reader_.line());
        visitor_.parcel(reader_.line(), parcel);
    }

    void take_advertised() {
        using enum AdvertisedColumn;
        const AdvertisedRecord record = read_advertised_record(fields_);
        *report_.total_face += record.face;
        const std::string year =
            record.tax_year ? fmt::format(" of {}", *record.tax_year) : std::string{};
        const std::string parcel = record.parcel_id + year;
        refuse_repeated(parcel_id, parcel, "a certificate" + year + " on the parcel");
        const std::string number =
            record.sequence ? fmt::format("{}\n{}", *record.sequence, year) : std::string{};
        if (record.sequence) refuse_repeated(sequence, number, "the number");
        if (!accept()) return;
        seen_.add(parcel, reader_.line());
        if (record.sequence) seen_.add(number, reader_.line());
        visitor_.advertised(reader_.line(), record);
    }

    void take_result() {
        const ResultRecord record = read_result_record(fields_);
        *report_.total_face += record.face;
        if (accept()) visitor_.result(reader_.line(), record);
    }

    template <class Column>
    void refuse_repeated(Column column, const std::string& key, std::string_view what) {
        if (const auto line = seen_.line_of(key))
            fields_.refuse(column, fmt::format("{} is already on line {}", what, *line));
    }

    std::string_view text_;
    CsvReader reader_;
    const ColumnMap& columns_;
    RecordFields fields_;
    ImportReport& report_;
    ImportVisitor& visitor_;
    Seen seen_;
    std::unordered_map<std::size_t, Superseded> superseded_;
};

} // namespace

Result<ImportReport> read_import(std::string_view text, std::optional<ImportFormat> format,
                                 ImportVisitor& visitor) {
    SO_TRY(const Encoding encoding, detect_encoding(text));
    CsvReader reader{text};
    if (const auto header = reader.read_header(); !header)
        return fail(ErrorCode::invalid_input, "import.no_header", header.error().message);
    std::vector<std::string> header;
    for (const std::string& name : reader.header())
        header.push_back(to_utf8(name, encoding));

    ImportReport report{.encoding = encoding};
    if (format) {
        report.format = *format;
    } else {
        SO_TRY(report.format, detect_format(header));
    }
    SO_TRY(const ColumnMap columns, find_columns(report.format, header));
    report.columns = named_columns(report.format, columns);
    try {
        Reading{text, std::move(reader), columns, report, visitor}.read();
    } catch (const std::overflow_error&) {
        return fail(ErrorCode::invalid_input, "import.total",
                    "the faces add up beyond all amounts");
    }
    return report;
}

} // namespace strikeoff::parcels
