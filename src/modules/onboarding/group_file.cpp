#include "modules/onboarding/group_file.hpp"

#include "core/csv.hpp"
#include "http/text.hpp"

#include <fmt/format.h>

#include <array>

namespace strikeoff::onboarding {
namespace {

constexpr std::size_t number_size_max = 50;
constexpr std::size_t name_size_max = 200;

/// Can the database hold it?
bool is_text(std::string_view field) {
    return http::is_utf8(field) && !field.contains('\0');
}

} // namespace

Result<GroupMembers> read_group_file(std::string_view csv) {
    CsvReader reader{csv};
    SO_TRY_VOID(reader.read_header());
    static constexpr std::array<std::string_view, 2> wanted{"number", "name"};
    SO_TRY(const auto columns, reader.columns(wanted));
    GroupMembers members;
    for (;;) {
        SO_TRY(const bool more, reader.next());
        if (!more) return members;
        const std::string_view number = reader.fields()[columns[0]];
        const std::string_view name = reader.fields()[columns[1]];
        const auto refuse = [&](std::string_view message) {
            return fail(ErrorCode::invalid_input, "group.malformed",
                        fmt::format("line {}: {}", reader.line(), message));
        };
        if (!is_text(number) || !is_text(name)) return refuse("it is not encoded UTF-8");
        if (number.empty() || number.size() > number_size_max || name.size() > name_size_max)
            return refuse("a number of 1 to 50 characters is needed");
        members.numbers.emplace_back(number);
        members.names.emplace_back(name);
    }
}

} // namespace strikeoff::onboarding
