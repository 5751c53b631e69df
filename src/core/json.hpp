#pragma once

#include "core/result.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace strikeoff {

/// Where and why a text is not the JSON we accept.
struct JsonFault {
    std::size_t offset = 0; ///< Bytes before the fault.
    std::string message;
    bool is_json = false; ///< JSON by its grammar, and refused because readers differ about it.
};

/// Reads one JSON document, strictly: a repeated key, a number with fraction or exponent, an
/// integer outside +-(2^53 - 1), invalid UTF-8, nesting deeper than 32 and anything after the
/// document are faults. Two readers of a signed document must not see two different things.
std::expected<boost::json::value, JsonFault> read_json_strict(std::string_view text);

/// The same, failing with a message that gives the byte offset: `json.malformed` for what is no
/// JSON, `json.unsupported` for JSON that we do not accept.
Result<boost::json::value> parse_json_strict(std::string_view text);

} // namespace strikeoff
