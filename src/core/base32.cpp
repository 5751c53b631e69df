#include "core/base32.hpp"

namespace strikeoff {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

std::size_t value_of(char c) {
    return alphabet.find(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
}

} // namespace

std::string to_base32(ByteView bytes) {
    std::string out;
    out.reserve((bytes.size() * 8 + 4) / 5);
    std::uint32_t bits = 0;
    int count = 0;
    for (const std::uint8_t byte : bytes) {
        bits = (bits << 8 | byte) & 0xfff;
        for (count += 8; count >= 5; count -= 5)
            out += alphabet[bits >> (count - 5) & 31];
    }
    if (count > 0) out += alphabet[bits << (5 - count) & 31];
    return out;
}

std::optional<Bytes> from_base32(std::string_view text) {
    while (text.ends_with('='))
        text.remove_suffix(1);
    Bytes out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        if (c == ' ' || c == '-') continue;
        const std::size_t value = value_of(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 5 | static_cast<std::uint32_t>(value)) & 0xfff;
        count += 5;
        if (count < 8) continue;
        count -= 8;
        out.push_back(static_cast<std::uint8_t>(bits >> count));
    }
    const bool is_whole = count < 5 && (bits & ((1U << count) - 1)) == 0;
    return is_whole ? std::optional{std::move(out)} : std::nullopt;
}

} // namespace strikeoff
