// The context functions, not EVP: a digest looked up and allocated for every 65-byte tree node
// costs several times the hash itself.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "core/sha256.hpp"

#include <openssl/sha.h>

#include <new>

namespace strikeoff {
namespace {

static_assert(sizeof(SHA256_CTX) <= 112 && alignof(SHA256_CTX) <= 8);

SHA256_CTX* context(std::array<std::uint8_t, 112>& state) {
    return std::launder(reinterpret_cast<SHA256_CTX*>(state.data()));
}

} // namespace

Sha256::Sha256() : state_{} {
    ::SHA256_Init(new (state_.data()) SHA256_CTX);
}

Sha256& Sha256::update(ByteView bytes) {
    ::SHA256_Update(context(state_), bytes.data(), bytes.size());
    return *this;
}

Hash Sha256::finish() {
    Hash out;
    ::SHA256_Final(out.data(), context(state_));
    return out;
}

HmacSha256::HmacSha256(ByteView key) {
    std::array<std::uint8_t, 64> block{};
    if (key.size() > block.size()) {
        const Hash hashed = sha256(key);
        std::memcpy(block.data(), hashed.data(), hashed.size());
    } else if (!key.empty()) {
        std::memcpy(block.data(), key.data(), key.size());
    }
    for (std::uint8_t& byte : block)
        byte ^= 0x36;
    inner_.update(ByteView{block});
    for (std::uint8_t& byte : block)
        byte ^= 0x36 ^ 0x5c;
    outer_.update(ByteView{block});
}

} // namespace strikeoff
