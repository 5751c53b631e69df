#include "core/sealed_box.hpp"

#include <sodium.h>

namespace strikeoff {
namespace {

constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(std::tuple_size_v<BoxNonce> == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);

} // namespace

Bytes seal_box(const Hash& key, const BoxNonce& nonce, ByteView context, ByteView plain) {
    Bytes box(plain.size() + tag_size);
    ::crypto_aead_xchacha20poly1305_ietf_encrypt(box.data(), nullptr, plain.data(), plain.size(),
                                                 context.data(), context.size(), nullptr,
                                                 nonce.data(), key.data());
    return box;
}

std::optional<Bytes> open_box(const Hash& key, const BoxNonce& nonce, ByteView context,
                              ByteView box) {
    if (box.size() < tag_size) return std::nullopt;
    Bytes plain(box.size() - tag_size);
    if (::crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, box.data(),
                                                     box.size(), context.data(), context.size(),
                                                     nonce.data(), key.data()) != 0)
        return std::nullopt;
    return plain;
}

} // namespace strikeoff
