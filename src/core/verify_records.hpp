#pragma once

#include "core/transcript.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// The checks of `verify_transcript` that need the transcript and its folded bids but not the
/// leaves themselves, each under the name that draw.md gives it.
namespace strikeoff::verification {

/// A failure of the check `check`, whose message begins with `where`.
std::unexpected<Error> failed(std::string_view check, std::string_view where,
                              std::string_view what);

Result<void> check_file_signature(const Transcript& transcript,
                                  const std::optional<PublicKey>& known_key);
/// Rules, lots, `O_0` and every change after it.
Result<void> check_openings(const Transcript& transcript);
Result<void> check_head(const Transcript& transcript);
/// `leaves_of` counts the leaves of each bidder; `bids` name lots and bidders of the transcript.
Result<void> check_book(const Transcript& transcript, std::span<const std::uint32_t> leaves_of,
                        std::span<const LiveBid> bids);
Result<void> check_groups(const Transcript& transcript);
Result<void> check_close(const Transcript& transcript);
Result<void> check_secrets(const Transcript& transcript);
Result<void> check_results(const Transcript& transcript, std::span<const LiveBid> bids);

/// The end in force after all changes.
Instant final_end(const Transcript& transcript);

} // namespace strikeoff::verification
