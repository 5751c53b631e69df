#pragma once

#include "cli/commands.hpp"
#include "core/result.hpp"

namespace strikeoff::cli {

/// Ends a command: the text goes to standard output, or the refusal to standard error. Throws when
/// standard output cannot be written.
Exit write_output(const Result<std::string>& output);

} // namespace strikeoff::cli
