#include "http/chunked.hpp"

#include "http/text.hpp"

#include <algorithm>
#include <charconv>

namespace strikeoff::http {
namespace {

constexpr std::size_t line_size_max = 4096;
/// Lines may take as much as the data and this: a body in chunks of one byte is an attack.
constexpr std::uint64_t overhead_free = 65'536;
constexpr std::size_t size_digits_max = 15;

bool is_printable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) || c == '\t';
    });
}

bool take_token(std::string_view& text) {
    std::size_t size = 0;
    while (size < text.size() && is_token(text.substr(size, 1)))
        ++size;
    text.remove_prefix(size);
    return size > 0;
}

bool take_quoted(std::string_view& text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return true;
        }
    }
    return false;
}

/// Any number of `;name`, `;name=token` and `;name="text"`. With a quote that stays open, a reader
/// may look for its end on the next line, and take data for it.
bool are_extensions(std::string_view text) {
    while (!text.empty()) {
        if (text.front() != ';') return false;
        text.remove_prefix(1);
        if (!take_token(text)) return false;
        if (!text.starts_with('=')) continue;
        text.remove_prefix(1);
        if (text.starts_with('"') ? !take_quoted(text) : !take_token(text)) return false;
    }
    return true;
}

/// What a trailer must not bring in after the head was judged without it.
bool is_framing(std::string_view name) {
    return equal_ignoring_case(name, "Content-Length") ||
           equal_ignoring_case(name, "Transfer-Encoding") || equal_ignoring_case(name, "Host") ||
           equal_ignoring_case(name, "Authorization");
}

} // namespace

/// Appends to `line_` up to the end of the line: done when it is whole.
ChunkedDecoder::State ChunkedDecoder::take_line(std::string_view& input) {
    const std::size_t end = input.find('\n');
    const std::string_view piece =
        input.substr(0, end == std::string_view::npos ? input.size() : end + 1);
    overhead_ += piece.size();
    line_ += piece;
    input.remove_prefix(piece.size());
    if (overhead_ > overhead_free + body_.size()) return State::too_large;
    if (line_.size() > line_size_max) return State::malformed;
    if (end == std::string_view::npos) return State::more;
    if (!line_.ends_with("\r\n")) return State::malformed;
    line_.resize(line_.size() - 2);
    return is_printable(line_) ? State::done : State::malformed;
}

ChunkedDecoder::State ChunkedDecoder::begin_chunk() {
    const std::string_view line = line_;
    const auto digits =
        static_cast<std::size_t>(std::ranges::find_if_not(line, is_hex_digit) - line.begin());
    if (digits == 0 || digits > size_digits_max) return State::malformed;
    if (!are_extensions(line.substr(digits))) return State::malformed;
    std::from_chars(line.data(), line.data() + digits, chunk_left_, 16);
    if (chunk_left_ > body_max_ - body_.size()) return State::too_large;
    part_ = chunk_left_ == 0 ? Part::trailer : Part::data;
    return State::more;
}

ChunkedDecoder::State ChunkedDecoder::check_trailer() {
    if (line_.empty()) return State::done;
    const std::string_view name = std::string_view{line_}.substr(0, line_.find(':'));
    const bool good = name.size() < line_.size() && is_token(name) && !is_framing(name);
    return good ? State::more : State::malformed;
}

ChunkedDecoder::State ChunkedDecoder::feed(std::string_view& input) {
    while (!input.empty()) {
        if (part_ == Part::data) {
            const auto size =
                static_cast<std::size_t>(std::min<std::uint64_t>(chunk_left_, input.size()));
            body_.append(input.substr(0, size));
            input.remove_prefix(size);
            chunk_left_ -= size;
            if (chunk_left_ == 0) part_ = Part::data_end;
            continue;
        }
        if (const State state = take_line(input); state != State::done) return state;
        State state = State::more;
        if (part_ == Part::size_line) {
            state = begin_chunk();
        } else if (part_ == Part::data_end) {
            if (!line_.empty()) return State::malformed;
            part_ = Part::size_line;
        } else {
            state = check_trailer();
        }
        line_.clear();
        if (state != State::more) return state;
    }
    return State::more;
}

} // namespace strikeoff::http
