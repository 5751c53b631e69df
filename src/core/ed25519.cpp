#include "core/ed25519.hpp"

#include <sodium.h>

#include <cassert>

namespace strikeoff {

SigningKey::SigningKey(const Hash& seed) {
    [[maybe_unused]] const int ready = ::sodium_init();
    assert(ready >= 0);
    ::crypto_sign_seed_keypair(public_key_.data(), secret_.data(), seed.data());
}

SigningKey::~SigningKey() {
    ::sodium_memzero(secret_.data(), secret_.size());
}

Signature SigningKey::sign(ByteView message) const {
    Signature out;
    ::crypto_sign_detached(out.data(), nullptr, message.data(), message.size(), secret_.data());
    return out;
}

bool verify_signature(const PublicKey& key, ByteView message, const Signature& signature) {
    return ::crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                         key.data()) == 0;
}

} // namespace strikeoff
