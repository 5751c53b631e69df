#pragma once

#include "core/bytes.hpp"
#include "core/time.hpp"

namespace strikeoff {

constexpr int one_time_digits = 6;
constexpr std::int64_t one_time_step_seconds = 30;

/// HOTP (RFC 4226): `digits` decimal digits of HMAC-SHA-1 of the counter.
std::string counter_code(ByteView secret, std::uint64_t counter, int digits = one_time_digits);

/// The step of TOTP (RFC 6238) that a time lies in.
std::int64_t one_time_step(Instant now);

/// The step whose code this is, if it may be used now: the current one, or, during the first ten
/// seconds of a step, the one before; and later than `last_step`, since a code is good once.
/// Compares in constant time.
std::optional<std::int64_t> accepted_step(ByteView secret, std::string_view code, Instant now,
                                          std::int64_t last_step);

} // namespace strikeoff
