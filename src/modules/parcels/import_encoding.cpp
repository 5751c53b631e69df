#include "modules/parcels/import_encoding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <zlib.h>

namespace strikeoff::parcels {
namespace {

constexpr std::string_view utf8_mark = "\xef\xbb\xbf";
constexpr std::size_t piece_bytes = std::size_t{1} << 20;

unsigned byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

bool is_continuation(std::string_view text, std::size_t at) {
    return at < text.size() && (byte_at(text, at) & 0xc0) == 0x80;
}

/// Bytes of the character at `at`; 0 when there is none (RFC 3629, section 4).
std::size_t character_bytes(std::string_view text, std::size_t at) {
    const unsigned lead = byte_at(text, at);
    if (lead < 0x80) return 1;
    if (lead < 0xc2 || lead > 0xf4 || !is_continuation(text, at + 1)) return 0;
    if (lead < 0xe0) return 2;
    const unsigned second = byte_at(text, at + 1);
    if (!is_continuation(text, at + 2)) return 0;
    if (lead < 0xf0) {
        const bool overlong = lead == 0xe0 && second < 0xa0;
        const bool surrogate = lead == 0xed && second > 0x9f;
        return overlong || surrogate ? 0 : 3;
    }
    if (!is_continuation(text, at + 3)) return 0;
    const bool overlong = lead == 0xf0 && second < 0x90;
    const bool too_high = lead == 0xf4 && second > 0x8f;
    return overlong || too_high ? 0 : 4;
}

std::unexpected<Error> refuse_gzip(std::string message) {
    return fail(ErrorCode::invalid_input, "import.gzip", std::move(message));
}

/// zlib's state, freed however the reading ends.
class Inflater {
public:
    Inflater() {
        constexpr int gzip_window = 15 + 16;
        if (::inflateInit2(&stream_, gzip_window) != Z_OK) throw std::bad_alloc();
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { ::inflateEnd(&stream_); }
    ::z_stream& stream() { return stream_; }

private:
    ::z_stream stream_{};
};

} // namespace

bool is_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        // Most of a file is ASCII: eight bytes at once.
        std::uint64_t eight = 0;
        if (at + sizeof eight <= text.size()) {
            std::memcpy(&eight, text.data() + at, sizeof eight);
            if ((eight & 0x8080808080808080ULL) == 0) {
                at += sizeof eight;
                continue;
            }
        }
        const std::size_t bytes = character_bytes(text, at);
        if (bytes == 0) return false;
        at += bytes;
    }
    return true;
}

Result<Encoding> detect_encoding(std::string_view text) {
    const std::string_view start = text.substr(0, 2);
    if (start == "\xff\xfe" || start == "\xfe\xff" || start.contains('\0'))
        return fail(ErrorCode::invalid_input, "import.encoding",
                    "the file is UTF-16; save it as UTF-8");
    if (is_utf8(text)) return Encoding::utf_8;
    if (text.starts_with(utf8_mark))
        return fail(ErrorCode::invalid_input, "import.encoding",
                    "the file is marked as UTF-8 and is not");
    return Encoding::latin_1;
}

std::string to_utf8(std::string_view text, Encoding encoding) {
    std::string out;
    if (encoding == Encoding::utf_8) return out = text;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xc0 | byte >> 6);
            out += static_cast<char>(0x80 | (byte & 0x3f));
        }
    }
    return out;
}

bool is_gzip(std::string_view bytes) {
    return bytes.starts_with("\x1f\x8b");
}

Result<std::string> gunzip(std::string_view bytes, std::size_t size_max) {
    Inflater inflater;
    ::z_stream& stream = inflater.stream();
    std::string out;
    int status = Z_OK;
    while (status != Z_STREAM_END || !bytes.empty()) {
        // A file may be several compressed ones, one after the other.
        if (status == Z_STREAM_END && ::inflateReset(&stream) != Z_OK)
            return refuse_gzip("the compressed file is damaged");
        const std::size_t before = out.size();
        if (before > size_max)
            return refuse_gzip(
                fmt::format("the file is larger than {} MiB when unpacked", size_max >> 20));
        out.resize(before + piece_bytes);
        const std::size_t given = std::min(bytes.size(), piece_bytes);
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream.avail_in = static_cast<uInt>(given);
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
        stream.avail_out = static_cast<uInt>(piece_bytes);
        status = ::inflate(&stream, Z_NO_FLUSH);
        const std::size_t made = piece_bytes - stream.avail_out;
        const std::size_t taken = given - stream.avail_in;
        out.resize(before + made);
        bytes.remove_prefix(taken);
        if ((status != Z_OK && status != Z_STREAM_END) || (made == 0 && taken == 0))
            return refuse_gzip("the compressed file is damaged or cut off");
    }
    if (out.size() > size_max)
        return refuse_gzip(
            fmt::format("the file is larger than {} MiB when unpacked", size_max >> 20));
    return out;
}

} // namespace strikeoff::parcels
