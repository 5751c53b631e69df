#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace strikeoff::onboarding {

/// The members of a bidding group as a file names them, each number with its name.
struct GroupMembers {
    std::vector<std::string> numbers;
    std::vector<std::string> names;
};

/// Reads the columns `number` and `name` of a CSV in UTF-8. Fails as CsvReader does, or with
/// `group.malformed` for a number that is empty or too long, a name that is too long, or what is
/// no text.
Result<GroupMembers> read_group_file(std::string_view csv);

} // namespace strikeoff::onboarding
