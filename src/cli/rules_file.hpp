#pragma once

#include "cli/input_file.hpp"

namespace strikeoff::cli {

/// The refusal of a rules document, with the line of the key (or the place in the syntax) at fault.
std::unexpected<Error> refuse_rules(const std::string& path, std::string_view text,
                                    const Error& error);

/// Reads a JSON file of rules; without a path the rules are the defaults. Every failure is a
/// `file:line: message`.
template <class Rules>
Result<Rules> read_rules_file(const std::string& path, Result<Rules> (*parse)(std::string_view)) {
    if (path.empty()) return Rules{};
    SO_TRY(const InputFile file, InputFile::open(path));
    Result<Rules> rules = parse(file.text());
    if (!rules) return refuse_rules(path, file.text(), rules.error());
    return rules;
}

} // namespace strikeoff::cli
