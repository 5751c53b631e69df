#pragma once

#include <string>
#include <string_view>

namespace strikeoff::demo {

/// The content of a gzip file. Throws std::runtime_error when it is none or is cut off.
std::string gunzip(std::string_view packed);

} // namespace strikeoff::demo
