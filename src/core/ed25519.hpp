#pragma once

#include "core/bytes.hpp"

namespace strikeoff {

using PublicKey = std::array<std::uint8_t, 32>;

/// An Ed25519 key (RFC 8032), made from its 32-byte seed. Signing is deterministic. The secret is
/// wiped when the object goes.
class SigningKey {
public:
    explicit SigningKey(const Hash& seed);
    SigningKey(const SigningKey&) = delete;
    SigningKey& operator=(const SigningKey&) = delete;
    ~SigningKey();

    const PublicKey& public_key() const { return public_key_; }
    Signature sign(ByteView message) const;

private:
    PublicKey public_key_;
    std::array<std::uint8_t, 64> secret_;
};

/// True when `signature` is `key`'s over `message`.
bool verify_signature(const PublicKey& key, ByteView message, const Signature& signature);

} // namespace strikeoff
