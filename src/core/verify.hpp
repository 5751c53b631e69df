#pragma once

#include "core/bytes.hpp"
#include "core/ed25519.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace strikeoff {

struct VerifyOptions {
    std::optional<PublicKey> key = {}; ///< The operator's key, known from elsewhere.
    std::optional<std::string_view> receipts =
        {};               ///< A JSON list of receipts to hold against the sale.
    bool partial = false; ///< The receipts are not all of their bidders'.
};

struct VerifySummary {
    std::uint64_t leaves = 0;
    std::uint64_t items = 0;
    bool county_took_part = false; ///< If not, the operator could choose the draw.
};

/// Recomputes a published batch from its transcript and its leaves, in the order of draw.md's last
/// paragraph. The first failure wins: its reason names the check (`verify.form`, `.signature`,
/// `.open`, `.change`, `.head`, `.leaves`, `.book`, `.groups`, `.close`, `.secrets`, `.results`,
/// `.receipts`), its message says in words what is wrong and where.
Result<VerifySummary> verify_transcript(std::string_view transcript, ByteView leaves,
                                        const VerifyOptions& options = {});

} // namespace strikeoff
