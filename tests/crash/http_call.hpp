#pragma once

#include "client/api.hpp"
#include "torture/clients.hpp"

namespace strikeoff::testing {

/// Carries a request out over HTTP. No lines: it is not known what became of it. Throws
/// std::runtime_error when the answer is not one that a bidder understands.
std::optional<std::vector<bids::Line>> send_call(client::Api& api, const torture::Call& call);

} // namespace strikeoff::testing
