#pragma once

#include <string>
#include <string_view>

namespace strikeoff::identity {

/// A browser and its system by the names that people know, such as `Firefox on Linux`. Whatever a
/// User-Agent says, nothing of it is repeated: it comes from whoever signs in and goes into a mail.
std::string device_name(std::string_view user_agent);

} // namespace strikeoff::identity
