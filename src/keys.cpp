#include "keys.hpp"

#include "core/sealed_box.hpp"
#include "core/sha256.hpp"
#include "secret_file.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <cassert>
#include <fcntl.h>
#include <unistd.h>

namespace strikeoff {
namespace {

constexpr std::uint8_t sealed_version = 1;
constexpr std::size_t header_size = 3 + std::tuple_size_v<BoxNonce>;

std::string associated_data(const SealedPlace& place, int kek_id) {
    return fmt::format("{}|{}|{}|{}", place.table, place.column, format_uuid(place.row), kek_id);
}

} // namespace

Hash random_hash() {
    Hash out;
    ::randombytes_buf(out.data(), out.size());
    return out;
}

Uuid random_uuid(Instant now) {
    Bytes16 random;
    ::randombytes_buf(random.data(), random.size());
    return make_uuid_v7(now, random);
}

Keys::Keys(const std::filesystem::path& directory)
    : signing_{(std::filesystem::create_directories(directory), load(directory / "signing.key"))},
      kek_{load(directory / "kek.key")}, pepper_{load(directory / "pepper.key")},
      index_{load(directory / "index.key")} {}

Hash Keys::load(const std::filesystem::path& file) {
    [[maybe_unused]] const int ready = ::sodium_init();
    assert(ready >= 0);
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
    if (descriptor >= 0) {
        const std::string text = to_hex(random_hash()) + "\n";
        const bool written =
            ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
            ::fsync(descriptor) == 0;
        ::close(descriptor);
        if (!written) {
            std::filesystem::remove(file);
            throw std::runtime_error("cannot write " + file.string());
        }
        created_ = true;
    }
    const auto key = from_hex_fixed<32>(read_secret_file(file));
    if (!key) throw std::runtime_error(file.string() + " does not hold a key");
    return *key;
}

Bytes Keys::seal(ByteView plain, const SealedPlace& place) const {
    constexpr int kek_id = 1;
    Bytes out(header_size);
    out[0] = sealed_version;
    store_be16(out.data() + 1, kek_id);
    BoxNonce nonce;
    ::randombytes_buf(nonce.data(), nonce.size());
    std::ranges::copy(nonce, out.begin() + 3);
    const std::string context = associated_data(place, kek_id);
    const Bytes box = seal_box(kek_, nonce, as_bytes(context), plain);
    out.insert(out.end(), box.begin(), box.end());
    return out;
}

Bytes Keys::open(ByteView sealed, const SealedPlace& place) const {
    if (sealed.size() < header_size || sealed[0] != sealed_version)
        throw std::runtime_error("a sealed value is malformed");
    BoxNonce nonce;
    std::ranges::copy(sealed.subspan(3, nonce.size()), nonce.begin());
    const std::string context = associated_data(place, load_be16(sealed.data() + 1));
    auto plain = open_box(kek_, nonce, as_bytes(context), sealed.subspan(header_size));
    if (!plain)
        throw std::runtime_error("a sealed value does not belong here or the key is another one");
    return *std::move(plain);
}

Bytes16 Keys::blind_index(std::string_view column, ByteView scope, std::string_view value) const {
    const std::string_view separator{"\0", 1};
    return first16(hmac_sha256(index_, column, separator, scope, value));
}

} // namespace strikeoff
