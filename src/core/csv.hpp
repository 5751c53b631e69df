#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace strikeoff {

/// Reads RFC 4180 text record by record: LF or CRLF, a byte order mark or none, quoted fields with
/// line ends and doubled quotes. Empty lines are skipped. A quote inside an unquoted field stands
/// for itself. Fields without quotes are views into the text, which must outlive the reader.
class CsvReader {
public:
    explicit CsvReader(std::string_view text, char separator = ',');

    /// Reads the first record as the header. Fails with `csv.no_header` when there is none, or as
    /// `next` does.
    Result<void> read_header();
    const std::vector<std::string>& header() const { return header_; }
    /// The positions of the named columns, in the order of the names. Fails with
    /// `csv.column_missing` or, when a header occurs twice, `csv.column_ambiguous`.
    Result<std::vector<std::size_t>> columns(std::span<const std::string_view> names) const;

    /// Moves to the next record; false at the end. Fails with `csv.unterminated_quote`,
    /// `csv.text_after_quote` or `csv.field_count` (the record has not as many fields as the
    /// header); the next call then goes on with the record after the bad one.
    Result<bool> next();

    /// The current record's fields, valid until the next call of `next`.
    std::span<const std::string_view> fields() const { return fields_; }
    /// The physical line on which the current (or the refused) record starts, from 1.
    std::size_t line() const { return record_line_; }
    /// Bytes of the text that have been read: for progress, and to let go of what is behind.
    std::size_t offset() const { return offset_; }

private:
    std::optional<std::string_view> next_line();
    Result<void> split_quoted(std::string_view line);
    Result<std::string_view> take_quoted(std::string_view& rest);
    void split_plain(std::string_view line);

    std::string_view text_;
    char separator_;
    std::size_t offset_ = 0;
    std::size_t next_line_ = 1;
    std::size_t record_line_ = 0;
    std::vector<std::string> header_;
    std::vector<std::string_view> fields_;
    std::deque<std::string> unescaped_; ///< Fields whose doubled quotes had to be undone.
};

/// Appends one field, quoted only where it must be.
void append_csv_field(std::string& out, std::string_view field, char separator = ',');

/// Appends one record with its LF.
void append_csv_record(std::string& out, std::span<const std::string_view> fields,
                       char separator = ',');
inline void append_csv_record(std::string& out, std::initializer_list<std::string_view> fields,
                              char separator = ',') {
    append_csv_record(out, std::span{fields.begin(), fields.size()}, separator);
}

} // namespace strikeoff
