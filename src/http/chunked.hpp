#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace strikeoff::http {

/// Decodes a chunked body piece by piece, by RFC 9112 without leniency: sizes are bare hexadecimal
/// digits, lines end in CRLF, extensions and trailers are read, checked and dropped.
class ChunkedDecoder {
public:
    enum class State : std::uint8_t { more, done, malformed, too_large };

    explicit ChunkedDecoder(std::uint64_t body_max) : body_max_{body_max} {}

    /// Takes bytes off the front of `input`, all of them unless the body ends before.
    State feed(std::string_view& input);
    std::string& body() { return body_; }

private:
    enum class Part : std::uint8_t { size_line, data, data_end, trailer };
    State take_line(std::string_view& input);
    State begin_chunk();
    State check_trailer();

    std::uint64_t body_max_;
    std::string body_;
    std::string line_;             ///< The part that has come of a line.
    std::uint64_t chunk_left_ = 0; ///< Bytes of the current chunk's data still to come.
    std::uint64_t overhead_ = 0;   ///< Bytes that are no data.
    Part part_ = Part::size_line;
};

} // namespace strikeoff::http
