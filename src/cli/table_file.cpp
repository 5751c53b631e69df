#include "cli/table_file.hpp"

namespace strikeoff::cli {

Result<TableFile> TableFile::open(const std::string& path,
                                  std::initializer_list<std::string_view> columns) {
    SO_TRY(InputFile file, InputFile::open(path));
    TableFile table{path, std::move(file)};
    if (const auto header = table.reader_.read_header(); !header)
        return table.refuse(header.error().message);
    auto positions = table.reader_.columns({columns.begin(), columns.size()});
    if (!positions) return table.refuse(positions.error().message);
    table.positions_ = std::move(*positions);
    return table;
}

Result<bool> TableFile::next() {
    const auto more = reader_.next();
    if (!more) return refuse(more.error().message);
    file_.release_before(reader_.offset());
    return *more;
}

} // namespace strikeoff::cli
