#pragma once

#include "core/bytes.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace strikeoff {

/// RFC 8785 canonical JSON: no white space, members in the order of the UTF-16 code units of their
/// names, each string and number in one spelling, so that equal values have equal hashes. Numbers
/// are integers below 2^53 in magnitude and strings are valid UTF-8; anything else is our bug.
std::string canonical_json(const boost::json::value& value);

/// One string with its quotes, as RFC 8785 writes it.
void append_canonical_string(std::string& out, std::string_view text);

} // namespace strikeoff
