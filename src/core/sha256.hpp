#pragma once

#include "core/bytes.hpp"

#include <cstddef>
#include <string_view>

namespace strikeoff {

/// SHA-256 (FIPS 180-4), fed in pieces. Cheap to create and to copy: no allocation, no look-up.
class Sha256 {
public:
    Sha256();
    Sha256& update(ByteView bytes);
    Sha256& update(std::string_view text) { return update(as_bytes(text)); }
    Hash finish(); ///< Once; the object is spent afterwards.

private:
    friend class HmacSha256;
    alignas(8) std::array<std::uint8_t, 112> state_; ///< OpenSSL's SHA256_CTX.
};

/// SHA-256 of the pieces, one after the other.
template <class... Pieces>
Hash sha256(const Pieces&... pieces) {
    Sha256 hash;
    (hash.update(pieces), ...);
    return hash.finish();
}

/// HMAC-SHA-256 (RFC 2104) with the key's two blocks hashed once, so that many short messages
/// under one key cost two compressions each.
class HmacSha256 {
public:
    explicit HmacSha256(ByteView key);
    template <class... Pieces>
    Hash operator()(const Pieces&... pieces) const {
        Sha256 inner = inner_;
        (inner.update(pieces), ...);
        Sha256 outer = outer_;
        return outer.update(ByteView{inner.finish()}).finish();
    }

private:
    Sha256 inner_;
    Sha256 outer_;
};

/// HMAC-SHA-256 of the pieces under `key`.
template <class... Pieces>
Hash hmac_sha256(ByteView key, const Pieces&... pieces) {
    return HmacSha256{key}(pieces...);
}

/// The first sixteen bytes: pseudonyms and blinds are cut hashes.
inline Bytes16 first16(const Hash& hash) {
    Bytes16 out;
    std::memcpy(out.data(), hash.data(), out.size());
    return out;
}

} // namespace strikeoff
