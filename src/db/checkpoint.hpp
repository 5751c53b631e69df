#pragma once

#include "core/ed25519.hpp"
#include "db/connection.hpp"

namespace strikeoff::db {

/// Signs the county's audit log as it stands and publishes the checkpoint: the RFC 6962 root over
/// the SHA-256 of its payloads, its length and the time, over
/// `"strikeoff/checkpoint/v1\0" || log_id || u64 length || root || i64 time`. Whoever keeps it
/// finds every later change of what it covers. Call it where the log's head is locked last.
void store_checkpoint(Connection& connection, const SigningKey& key, CountyId county);

} // namespace strikeoff::db
