#pragma once

#include "core/bytes.hpp"

#include <string_view>
#include <vector>

/// What the targets make of their input.
namespace strikeoff::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// An input of several files: `count` parts, cut at lines of `%%`. A part that is missing is empty.
inline std::vector<std::string_view> parts_of(std::string_view text, std::size_t count) {
    constexpr std::string_view cut = "%%\n";
    std::vector<std::string_view> parts;
    while (parts.size() + 1 < count) {
        const std::size_t at = text.find(cut);
        parts.push_back(text.substr(0, at));
        text.remove_prefix(at == std::string_view::npos ? text.size() : at + cut.size());
    }
    parts.push_back(text);
    return parts;
}

/// Takes numbers off the front of an input; at its end they are 0.
class Numbers {
public:
    explicit Numbers(ByteView bytes) : bytes_{bytes} {}

    bool at_end() const { return bytes_.empty(); }
    std::uint8_t byte() {
        if (bytes_.empty()) return 0;
        const std::uint8_t value = bytes_.front();
        bytes_ = bytes_.subspan(1);
        return value;
    }
    /// From 0 to below `bound`, of one byte.
    std::uint32_t below(std::uint32_t bound) { return byte() % bound; }
    std::uint32_t u32() {
        std::uint32_t value = 0;
        for (int i = 0; i < 4; ++i)
            value = value << 8 | byte();
        return value;
    }
    std::int64_t i64() { return static_cast<std::int64_t>(std::uint64_t{u32()} << 32 | u32()); }
    ByteView rest() const { return bytes_; }

private:
    ByteView bytes_;
};

} // namespace strikeoff::fuzz
