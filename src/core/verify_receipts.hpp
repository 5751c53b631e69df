#pragma once

#include "core/transcript.hpp"

#include <string_view>

namespace strikeoff::verification {

/// Whether the receipts are all that their bidders got.
enum class Completeness : std::uint8_t { complete, partial };

/// Holds a JSON list of receipts against a sale whose leaves were checked: each receipt's
/// signature, path and leaf agree, its leaf is published, and, when they are complete, no bidder
/// of theirs has a leaf without one, but for repetitions of an id that has one before: these are
/// void. Fails with `verify.receipts`.
Result<void> check_receipts(const Transcript& transcript, ByteView leaves,
                            std::string_view receipts, Completeness completeness);

} // namespace strikeoff::verification
