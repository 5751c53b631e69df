// Covers: src/core/csv.cpp
#include "core/csv.hpp"
#include "input.hpp"

#include <algorithm>
#include <cassert>

namespace {

using namespace strikeoff;
using Record = std::vector<std::string>;

/// The records of a text; those that are refused are left out and counted.
struct Reading {
    std::vector<Record> records;
    std::size_t refused = 0;
};

Reading read_all(std::string_view text, char separator) {
    Reading reading;
    CsvReader reader{text, separator};
    std::size_t offset = reader.offset();
    std::size_t line = 0;
    for (;;) {
        const auto more = reader.next();
        assert(reader.offset() >= offset && reader.offset() <= text.size());
        if (more && !*more) break;
        assert(reader.offset() > offset && reader.line() > line);
        offset = reader.offset();
        line = reader.line();
        if (!more) {
            assert(!more.error().reason.empty());
            ++reading.refused;
            continue;
        }
        assert(!reader.fields().empty());
        reading.records.emplace_back(reader.fields().begin(), reader.fields().end());
    }
    assert(reader.offset() == text.size());
    assert(line <= 1 + static_cast<std::size_t>(std::ranges::count(text, '\n')));
    return reading;
}

/// What was written reads as what was read.
void check_writing(const std::vector<Record>& records, char separator) {
    std::string written;
    for (const Record& record : records) {
        const std::vector<std::string_view> fields{record.begin(), record.end()};
        append_csv_record(written, fields, separator);
    }
    const Reading again = read_all(written, separator);
    assert(again.refused == 0 && again.records == records);
}

/// With a header every record has its size, and a column is found by its name.
void check_header(std::string_view text, char separator) {
    CsvReader reader{text, separator};
    if (!reader.read_header()) return;
    const std::vector<std::string>& header = reader.header();
    for (std::size_t i = 0; i < header.size(); ++i) {
        const std::string_view name = header[i];
        const auto found = reader.columns({&name, 1});
        if (std::ranges::count(header, name) == 1)
            assert(found && found->front() == i);
        else
            assert(!found && found.error().reason == "csv.column_ambiguous");
    }
    for (;;) {
        const auto more = reader.next();
        if (!more) continue;
        if (!*more) return;
        assert(reader.fields().size() == header.size());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    constexpr char separators[] = {',', ';', '\t', '|'};
    const char separator = separators[data[0] % std::size(separators)];
    const std::string_view text = fuzz::text_of(data + 1, size - 1);
    check_writing(read_all(text, separator).records, separator);
    check_header(text, separator);
    return 0;
}
