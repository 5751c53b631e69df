#pragma once

#include "mail/kinds.hpp"
#include "mail/message.hpp"

namespace strikeoff::mail {

/// Who writes, as the mails say it.
struct Site {
    std::string name; ///< `Lee County Tax Certificate Sale`
    std::string url;  ///< `https://sale.lee.example`, without a slash at the end.
};

/// Throws std::logic_error when a kind has no template, or a template names what its payload does
/// not have. Called at each start, so that no mail finds out.
void check_templates();

/// The mail of this kind. A token becomes a link, `<url>/<page>#token=...`: a fragment stays in the
/// browser and is in no server's log. Throws std::logic_error when a value is missing.
Message render(Kind kind, const Values& values, const Site& site, std::string to);

} // namespace strikeoff::mail
