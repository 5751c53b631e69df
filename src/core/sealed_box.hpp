#pragma once

#include "core/bytes.hpp"

namespace strikeoff {

using BoxNonce = std::array<std::uint8_t, 24>;

/// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha): the ciphertext of `plain` and its tag of 16 bytes.
/// `context` is not in it, but `open_box` wants the same. A nonce must never come again with a key;
/// random ones do not.
Bytes seal_box(const Hash& key, const BoxNonce& nonce, ByteView context, ByteView plain);

/// Nothing unless `box` was sealed with this key, nonce and context.
std::optional<Bytes> open_box(const Hash& key, const BoxNonce& nonce, ByteView context,
                              ByteView box);

} // namespace strikeoff
