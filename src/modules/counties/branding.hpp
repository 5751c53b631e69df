#pragma once

#include "core/describe.hpp"
#include "core/result.hpp"

#include <optional>
#include <string>

namespace strikeoff::counties {

/// How the pages of a county look, kept under `branding` in its settings. Colours are `#rrggbb`.
struct Branding {
    std::optional<std::string> name; ///< What its pages are headed with, for the county's own name.
    std::string header;              ///< Behind white letters.
    std::string accent;              ///< Behind letters of the next.
    std::string accent_text;
};
BOOST_DESCRIBE_STRUCT(Branding, (), (name, header, accent, accent_text))

/// Whether people with little sight can read it: letters stand out from what is behind them by the
/// 4.5:1 that WCAG 2.2 asks for in 1.4.3. Fails with branding.invalid.
Result<void> check_branding(const Branding& branding);

} // namespace strikeoff::counties
