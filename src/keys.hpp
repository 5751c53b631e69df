#pragma once

#include "core/ed25519.hpp"
#include "core/id.hpp"

#include <filesystem>
#include <string_view>

namespace strikeoff {

/// Thirty-two random bytes from the operating system.
Hash random_hash();
/// A fresh UUIDv7 of the time `now`.
Uuid random_uuid(Instant now);

/// Where a sealed value stands: it can be opened only there, so that no ciphertext can be moved to
/// another row unnoticed.
struct SealedPlace {
    std::string_view table;
    std::string_view column;
    Uuid row;
};

/// The service's keys, files of mode 0400 in a directory of their own: `signing.key` (Ed25519
/// seed), `kek.key` (encrypts secrets in the database), `pepper.key` (goes into the hash of every
/// password), `index.key` (finds encrypted values again). Made on first start. Without them no sale
/// under way can be finished, no new receipt signed, and nobody can sign in.
class Keys {
public:
    /// Reads the keys, or makes them. Throws std::runtime_error when a file cannot be read, is
    /// malformed, or is open to others.
    explicit Keys(const std::filesystem::path& directory);

    const SigningKey& signing() const { return signing_; }
    bool were_created() const { return created_; }
    /// XChaCha20-Poly1305: `01 || key id u16 || nonce 24 || ciphertext and tag`.
    Bytes seal(ByteView plain, const SealedPlace& place) const;
    /// Throws std::runtime_error when the bytes were not sealed for this place with this key.
    Bytes open(ByteView sealed, const SealedPlace& place) const;

    const Hash& pepper() const { return pepper_; }
    /// A keyed hash by which a value that is kept encrypted or hashed is found: equal for equal
    /// values of one column and scope, and for nobody else to compute.
    Bytes16 blind_index(std::string_view column, ByteView scope, std::string_view value) const;

private:
    Hash load(const std::filesystem::path& file);
    bool created_ = false;
    SigningKey signing_;
    Hash kek_;
    Hash pepper_;
    Hash index_;
};

} // namespace strikeoff
