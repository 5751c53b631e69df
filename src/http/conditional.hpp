#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace strikeoff::http {

/// The strong entity tag of a body, quotes included. It is made from the bytes alone, so it moves
/// when what is shown moves, and tells nothing about what is not shown.
std::string entity_tag(std::string_view body);

/// The tag of the same body under a content coding: other bytes, another tag.
std::string coded_tag(const std::string& tag, std::string_view coding);

enum class TagComparison : std::uint8_t {
    weak,  ///< If-None-Match: `W/"a"` is `"a"`.
    strong ///< If-Match: a weak tag equals nothing.
};

/// Does the value of If-Match or If-None-Match name this tag? `*` names every tag. A value that is
/// malformed names those tags that stand before the fault.
bool names_tag(std::string_view value, std::string_view tag, TagComparison comparison);

} // namespace strikeoff::http
