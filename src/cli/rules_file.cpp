#include "cli/rules_file.hpp"

#include "core/json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace strikeoff::cli {
namespace {

std::size_t line_at(std::string_view text, std::size_t offset) {
    return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, offset), '\n'));
}

} // namespace

std::unexpected<Error> refuse_rules(const std::string& path, std::string_view text,
                                    const Error& error) {
    // Faults of the syntax have an offset, and so a line; others name a key.
    if (const auto document = read_json_strict(text); !document)
        return refuse_input(path, line_at(text, document.error().offset), document.error().message);
    std::size_t offset = 0;
    if (!error.fields.empty()) {
        const std::string key = fmt::format("\"{}\"", error.fields.front().field);
        if (const std::size_t found = text.find(key); found != std::string_view::npos)
            offset = found;
    }
    return refuse_input(path, line_at(text, offset), error.message);
}

} // namespace strikeoff::cli
