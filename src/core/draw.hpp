#pragma once

#include "core/id.hpp"
#include "core/sha256.hpp"

#include <cstdint>

namespace strikeoff {

/// The seed `K` of draw.md from both secrets; the county's is 32 zero bytes when it took no part.
Hash draw_seed(const Hash& county_secret, const Hash& operator_secret);

/// `PRK = HMAC(K, "strikeoff/batch/v1\0" || batch_id || Z)`: the key of every draw of a batch.
Hash draw_key(const Hash& seed, BatchId batch, const Hash& close_record);

/// A uniform number in [0, tickets) for one certificate, by rejection (draw.md, "A draw").
/// `counter`, when given, receives the counter of the accepted try. `tickets` is above 0.
std::uint64_t draw_ticket(const HmacSha256& prk, CertificateId certificate, std::uint32_t round,
                          std::uint64_t tickets, std::uint32_t* counter = nullptr);

} // namespace strikeoff
