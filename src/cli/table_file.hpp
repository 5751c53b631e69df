#pragma once

#include "cli/input_file.hpp"
#include "core/csv.hpp"

#include <initializer_list>

namespace strikeoff::cli {

/// A CSV file read by named columns. Every failure is a `file:line: message`.
class TableFile {
public:
    /// Fails when the file cannot be read or lacks one of the columns.
    static Result<TableFile> open(const std::string& path,
                                  std::initializer_list<std::string_view> columns);

    /// Moves to the next record; false at the end.
    Result<bool> next();
    /// The current record's field in the column that was named at this position.
    std::string_view field(std::size_t column) const {
        return reader_.fields()[positions_[column]];
    }
    std::size_t line() const { return reader_.line(); }
    std::size_t size_bytes() const { return file_.text().size(); }

    /// Refuses the current record.
    std::unexpected<Error> refuse(std::string_view message) const {
        return refuse_input(path_, reader_.line(), message);
    }

private:
    TableFile(std::string path, InputFile file)
        : path_{std::move(path)}, file_{std::move(file)}, reader_{file_.text()} {}

    std::string path_;
    InputFile file_;
    CsvReader reader_;
    std::vector<std::size_t> positions_;
};

} // namespace strikeoff::cli
