#include "core/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace strikeoff {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::unexpected<Error> refuse(std::string reason, std::string message) {
    return fail(ErrorCode::invalid_input, std::move(reason), std::move(message));
}

/// Where `c` stands in `text`, or its end. memchr looks at many bytes at once.
std::size_t find(std::string_view text, char c) {
    const void* found = text.empty() ? nullptr : std::memchr(text.data(), c, text.size());
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data())
                 : text.size();
}

} // namespace

CsvReader::CsvReader(std::string_view text, char separator)
    : text_{text}, separator_{separator},
      offset_{text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0} {}

Result<void> CsvReader::read_header() {
    SO_TRY(const bool found, next());
    if (!found) {
        record_line_ = 1;
        return refuse("csv.no_header", "the file is empty; a header line is required");
    }
    header_.assign(fields_.begin(), fields_.end());
    return {};
}

Result<std::vector<std::size_t>> CsvReader::columns(std::span<const std::string_view> names) const {
    std::vector<std::size_t> positions;
    for (const std::string_view name : names) {
        const auto found = std::ranges::find(header_, name);
        if (found == header_.end())
            return refuse("csv.column_missing", fmt::format("no column '{}'", name));
        if (std::find(found + 1, header_.end(), name) != header_.end())
            return refuse("csv.column_ambiguous", fmt::format("two columns '{}'", name));
        positions.push_back(static_cast<std::size_t>(found - header_.begin()));
    }
    return positions;
}

Result<bool> CsvReader::next() {
    fields_.clear();
    const auto line = next_line();
    if (!line) return false;
    if (find(*line, '"') == line->size())
        split_plain(*line);
    else
        SO_TRY_VOID(split_quoted(*line));
    if (!header_.empty() && fields_.size() != header_.size())
        return refuse("csv.field_count",
                      fmt::format("expected {} fields, found {}", header_.size(), fields_.size()));
    return true;
}

/// The next line that is not empty, without its end; the start of the record.
std::optional<std::string_view> CsvReader::next_line() {
    while (offset_ < text_.size()) {
        const std::string_view rest = text_.substr(offset_);
        const std::size_t length = find(rest, '\n');
        std::string_view line = rest.substr(0, length);
        offset_ += std::min(length + 1, rest.size());
        record_line_ = next_line_++;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!line.empty()) return line;
    }
    return std::nullopt;
}

void CsvReader::split_plain(std::string_view line) {
    for (;;) {
        const std::size_t length = find(line, separator_);
        fields_.push_back(line.substr(0, length));
        if (length == line.size()) return;
        line.remove_prefix(length + 1);
    }
}

/// Splits a record that has a quote somewhere and may go on after the end of `line`.
Result<void> CsvReader::split_quoted(std::string_view line) {
    unescaped_.clear();
    for (;;) {
        if (!line.starts_with('"')) {
            const std::size_t length = find(line, separator_);
            fields_.push_back(line.substr(0, length));
            line.remove_prefix(length);
        } else {
            SO_TRY(const std::string_view field, take_quoted(line));
            fields_.push_back(field);
        }
        if (line.empty()) return {};
        if (line.front() != separator_)
            return refuse("csv.text_after_quote", "text after a closing quote");
        line.remove_prefix(1);
    }
}

/// Takes a quoted field off `line`, which becomes the rest of the line on which the field ends.
Result<std::string_view> CsvReader::take_quoted(std::string_view& line) {
    const char* const begin = line.data() + 1;
    const char* const end = text_.data() + text_.size();
    bool has_doubled = false;
    const char* at = begin;
    for (;;) {
        at += find({at, end}, '"');
        if (at == end) {
            offset_ = text_.size();
            return refuse("csv.unterminated_quote", "unterminated quote");
        }
        if (at + 1 == end || at[1] != '"') break;
        has_doubled = true;
        at += 2;
    }

    const std::string_view field{begin, at};
    // The field may have run over line ends: go on from the line on which it closes.
    if (at >= line.data() + line.size()) {
        next_line_ += static_cast<std::size_t>(std::ranges::count(field, '\n'));
        const std::string_view rest{at + 1, end};
        const std::size_t length = find(rest, '\n');
        line = rest.substr(0, length);
        offset_ =
            static_cast<std::size_t>(at + 1 - text_.data()) + std::min(length + 1, rest.size());
        if (line.ends_with('\r')) line.remove_suffix(1);
    } else {
        line.remove_prefix(static_cast<std::size_t>(at + 1 - line.data()));
    }
    if (!has_doubled) return field;

    std::string& plain = unescaped_.emplace_back();
    for (std::size_t i = 0; i < field.size(); ++i) {
        plain += field[i];
        if (field[i] == '"') ++i;
    }
    return std::string_view{plain};
}

void append_csv_field(std::string& out, std::string_view field, char separator) {
    const char special[] = {separator, '"', '\r', '\n'};
    // Quotes also keep what looks like the byte order mark of the text from being taken for it.
    if (field.find_first_of({special, sizeof special}) == std::string_view::npos &&
        !field.starts_with(byte_order_mark)) {
        out += field;
        return;
    }
    out += '"';
    for (const char c : field) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

void append_csv_record(std::string& out, std::span<const std::string_view> fields, char separator) {
    // A single empty field would be an empty line, which a reader skips.
    if (fields.size() == 1 && fields.front().empty()) out += "\"\"";
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0) out += separator;
        append_csv_field(out, fields[i], separator);
    }
    out += '\n';
}

} // namespace strikeoff
