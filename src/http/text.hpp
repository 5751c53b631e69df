#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace strikeoff::http {

/// Are they equal but for the case of ASCII letters?
bool equal_ignoring_case(std::string_view a, std::string_view b);

/// Is it a token of RFC 9110: a method, the name of a field, a coding?
bool is_token(std::string_view text);

/// Without the spaces and tabs around it. Nothing else is white space in a field.
std::string_view trimmed(std::string_view text);

bool is_hex_digit(char c);

/// Decodes `%41` and, as in forms, `+`. Nothing when a percent sign does not begin such a triple,
/// or when the result is not UTF-8 or holds U+0000: a text that the database would not take.
std::optional<std::string> percent_decoded(std::string_view text);

/// Whether each byte sequence is a character: no overlong forms, no surrogates.
bool is_utf8(std::string_view text);

/// The beginning of a header's value as a text that the database takes: at most `size_max` bytes,
/// cut between characters, with a question mark for each byte that belongs to none.
std::string readable(std::string_view value, std::size_t size_max);

/// Calls `use` with each element of a comma-separated field value; empty ones are left out.
template <class Use>
void for_each_element(std::string_view value, Use use) {
    while (!value.empty()) {
        const std::string_view element = trimmed(value.substr(0, value.find(',')));
        const std::size_t comma = value.find(',');
        value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
        if (!element.empty()) use(element);
    }
}

} // namespace strikeoff::http
