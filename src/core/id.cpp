#include "core/id.hpp"

namespace strikeoff {
namespace {

constexpr std::array<int, 4> hyphens = {8, 13, 18, 23};

} // namespace

std::optional<Uuid> parse_uuid(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    for (const int position : hyphens)
        if (text[static_cast<std::size_t>(position)] != '-') return std::nullopt;

    Uuid uuid;
    std::size_t nibble = 0;
    for (const char c : text) {
        const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
        int value = 0;
        if (lower >= '0' && lower <= '9')
            value = lower - '0';
        else if (lower >= 'a' && lower <= 'f')
            value = lower - 'a' + 10;
        else if (c == '-')
            continue;
        else
            return std::nullopt;
        if (nibble == 32) return std::nullopt;
        std::uint8_t& byte = uuid.bytes[nibble / 2];
        byte = static_cast<std::uint8_t>(byte << 4 | value);
        ++nibble;
    }
    if (nibble != 32) return std::nullopt;
    return uuid;
}

void format_uuid(const Uuid& uuid, char* out) {
    const ByteView bytes = uuid.bytes;
    to_hex(bytes.subspan(0, 4), out);
    to_hex(bytes.subspan(4, 2), out + 9);
    to_hex(bytes.subspan(6, 2), out + 14);
    to_hex(bytes.subspan(8, 2), out + 19);
    to_hex(bytes.subspan(10, 6), out + 24);
    for (const int position : hyphens)
        out[position] = '-';
}

std::string format_uuid(const Uuid& uuid) {
    std::string out(36, '\0');
    format_uuid(uuid, out.data());
    return out;
}

Uuid make_uuid_v7(Instant now, const Bytes16& random) {
    Uuid uuid{random};
    const auto ms = static_cast<std::uint64_t>(now.micros() / 1000);
    for (std::size_t i = 0; i < 6; ++i)
        uuid.bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0f) | 0x70);
    uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3f) | 0x80);
    return uuid;
}

Instant uuid_v7_time(const Uuid& uuid) {
    const std::uint64_t ms = load_be64(uuid.bytes.data()) >> 16;
    return Instant::from_micros(static_cast<std::int64_t>(ms) * 1000);
}

Uuid make_uuid_v8(const Hash& hash) {
    Uuid uuid;
    std::memcpy(uuid.bytes.data(), hash.data(), uuid.bytes.size());
    uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0f) | 0x80);
    uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3f) | 0x80);
    return uuid;
}

} // namespace strikeoff
