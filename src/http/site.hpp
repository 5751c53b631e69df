#pragma once

#include "http/request.hpp"

namespace strikeoff::http {

/// The page of the web site, which the browser turns into what its address names. Its headers hold
/// it to its own scripts and styles.
Response site_page(int status = 200);

/// A file of the site whose name holds a digest of it, so that it may be kept for good, in the best
/// coding that the client takes. Fails with not_found.
Result<Response> site_asset(std::string_view name, std::string_view accept_encoding);

/// Does a browser ask for a page, so that it should be told in a page that there is none?
bool wants_page(const Request& request);

} // namespace strikeoff::http
