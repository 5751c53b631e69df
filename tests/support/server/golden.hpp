#pragma once

#include <string>
#include <string_view>

namespace strikeoff::testing {

/// Compares `actual` with tests/golden/NAME; with UPDATE_GOLDEN=1 in the environment it rewrites
/// the file, which is then reviewed like code.
void expect_golden(std::string_view name, const std::string& actual);

} // namespace strikeoff::testing
