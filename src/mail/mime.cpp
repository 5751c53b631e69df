#include "mail/mime.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace strikeoff::mail {
namespace {

/// Bytes of one encoded word: with its frame and a header's name it fits a line.
constexpr std::size_t word_bytes = 39;

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

std::string base64(std::string_view bytes) {
    std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    ::sodium_bin2base64(out.data(), out.size(),
                        reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                        sodium_base64_VARIANT_ORIGINAL);
    out.pop_back(); // The terminating zero.
    return out;
}

/// One line of the text, without its end, as one or more lines of at most 76 characters.
void append_line(std::string& out, std::string_view line) {
    std::size_t column = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const bool is_last = i + 1 == line.size();
        const bool is_blank = c == ' ' || c == '\t';
        // Blanks at the end of a line get lost on the way; a dot at its beginning has a meaning.
        const bool plain = is_blank ? !is_last : c > ' ' && c < 0x7f && c != '=';
        const std::size_t width = plain ? 1 : 3;
        if (column + width > columns_max - (is_last ? 0 : 1)) {
            out += "=\r\n";
            column = 0;
        }
        if (plain && !(c == '.' && column == 0)) {
            out += c;
            ++column;
        } else {
            out += fmt::format("={:02X}", static_cast<unsigned char>(c));
            column += 3;
        }
    }
    out += "\r\n";
}

} // namespace

std::string quoted_printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r') && end < text.size()) line.remove_suffix(1);
        append_line(out, line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::string encoded_header(std::string_view text, std::size_t column) {
    const bool ascii = std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f; });
    if (ascii && column + text.size() <= columns_max && text.find("=?") == text.npos &&
        !text.starts_with(' ') && !text.ends_with(' '))
        return std::string(text);
    std::string out;
    while (!text.empty()) {
        std::size_t length = std::min(word_bytes, text.size());
        // Each word must be whole characters. More than three bytes back it is no UTF-8 anyway.
        for (std::size_t i = 0; i < 3 && length < text.size() && is_continuation(text[length]); ++i)
            --length;
        out += fmt::format("{}=?UTF-8?B?{}?=", out.empty() ? "" : "\r\n ",
                           base64(text.substr(0, length)));
        text.remove_prefix(length);
    }
    return out;
}

std::string mail_date(Instant at) {
    using namespace std::chrono;
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const sys_seconds second{floor<seconds>(microseconds{at.micros()})};
    const sys_days day = floor<std::chrono::days>(second);
    const year_month_day date{day};
    const hh_mm_ss time{second - day};
    return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000", days[weekday{day}.c_encoding()],
                       static_cast<unsigned>(date.day()),
                       months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                       time.seconds().count());
}

} // namespace strikeoff::mail
