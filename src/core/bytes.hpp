#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace strikeoff {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using Bytes16 = std::array<std::uint8_t, 16>;
using Hash = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

/// The bytes of a text, without its terminating zero.
inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Lower-case hexadecimal, two digits a byte.
std::string to_hex(ByteView bytes);
/// Writes `2 x bytes.size()` digits to `out`.
void to_hex(ByteView bytes, char* out);
/// Nothing unless `text` is an even number of lower-case hexadecimal digits.
std::optional<Bytes> from_hex(std::string_view text);

/// A fixed number of bytes from lower-case hexadecimal; nothing if the length or a digit is wrong.
template <std::size_t N>
std::optional<std::array<std::uint8_t, N>> from_hex_fixed(std::string_view text) {
    const auto bytes = from_hex(text);
    if (!bytes || bytes->size() != N) return std::nullopt;
    std::array<std::uint8_t, N> out;
    std::memcpy(out.data(), bytes->data(), N);
    return out;
}

inline void store_be16(std::uint8_t* out, std::uint16_t v) {
    out[0] = static_cast<std::uint8_t>(v >> 8);
    out[1] = static_cast<std::uint8_t>(v);
}
inline void store_be32(std::uint8_t* out, std::uint32_t v) {
    const std::uint32_t swapped = __builtin_bswap32(v);
    std::memcpy(out, &swapped, 4);
}
inline void store_be64(std::uint8_t* out, std::uint64_t v) {
    const std::uint64_t swapped = __builtin_bswap64(v);
    std::memcpy(out, &swapped, 8);
}
inline std::uint16_t load_be16(const std::uint8_t* in) {
    return static_cast<std::uint16_t>((in[0] << 8) | in[1]);
}
inline std::uint32_t load_be32(const std::uint8_t* in) {
    std::uint32_t v = 0;
    std::memcpy(&v, in, 4);
    return __builtin_bswap32(v);
}
inline std::uint64_t load_be64(const std::uint8_t* in) {
    std::uint64_t v = 0;
    std::memcpy(&v, in, 8);
    return __builtin_bswap64(v);
}

/// Appends fields of the byte-exact messages: integers are big-endian, a label carries its zero.
class ByteWriter {
public:
    ByteWriter& label(std::string_view text) { ///< The text and one zero byte.
        bytes(as_bytes(text));
        return u8(0);
    }
    ByteWriter& bytes(ByteView value) {
        data_.insert(data_.end(), value.begin(), value.end());
        return *this;
    }
    ByteWriter& u8(std::uint8_t value) {
        data_.push_back(value);
        return *this;
    }
    ByteWriter& u32(std::uint32_t value) {
        data_.resize(data_.size() + 4);
        store_be32(data_.data() + data_.size() - 4, value);
        return *this;
    }
    ByteWriter& u64(std::uint64_t value) {
        data_.resize(data_.size() + 8);
        store_be64(data_.data() + data_.size() - 8, value);
        return *this;
    }
    ByteWriter& i64(std::int64_t value) { return u64(static_cast<std::uint64_t>(value)); }
    const Bytes& data() const { return data_; }
    Bytes take() { return std::move(data_); }

private:
    Bytes data_;
};

} // namespace strikeoff
