#include "demo/gunzip.hpp"

#include <array>
#include <stdexcept>
#include <zlib.h>

namespace strikeoff::demo {

std::string gunzip(std::string_view packed) {
    constexpr int gzip_only = 16 + MAX_WBITS;
    z_stream stream{};
    if (::inflateInit2(&stream, gzip_only) != Z_OK) throw std::runtime_error("zlib does not start");
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string out;
    std::array<char, 65'536> buffer;
    int status = Z_OK;
    while (status == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = buffer.size();
        status = ::inflate(&stream, Z_NO_FLUSH);
        out.append(buffer.data(), buffer.size() - stream.avail_out);
    }
    ::inflateEnd(&stream);
    if (status != Z_STREAM_END) throw std::runtime_error("not a whole gzip file");
    return out;
}

} // namespace strikeoff::demo
