#include "log.hpp"

#include <boost/json/serialize.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>

namespace strikeoff::log {
namespace {

std::atomic<Format> format_now = Format::text;

/// Length of the UTF-8 sequence that `text` begins with; 0 when it is none.
std::size_t sequence_length(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t length = lead < 0x80              ? 1
                               : (lead >> 5) == 0b110   ? 2
                               : (lead >> 4) == 0b1110  ? 3
                               : (lead >> 3) == 0b11110 ? 4
                                                        : 0;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return 0;
    return length;
}

/// As a JSON string. What other programs say may hold any bytes; those that are no text become the
/// replacement character, so that a line can always be read.
std::string quoted(std::string_view text) {
    std::string clean;
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        clean += length == 0 ? std::string_view{"\xef\xbf\xbd"} : text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return boost::json::serialize(boost::json::string_view{clean});
}

/// In the text form only what could be mistaken is quoted.
std::string quoted_if_needed(std::string_view text) {
    const bool plain = !text.empty() && std::ranges::all_of(text, [](char c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '\\';
    });
    return plain ? std::string(text) : quoted(text);
}

spdlog::level::level_enum level_of(Level level) {
    switch (level) {
    case Level::debug:
        return spdlog::level::debug;
    case Level::info:
        return spdlog::level::info;
    case Level::warning:
        return spdlog::level::warn;
    default:
        return spdlog::level::err;
    }
}

} // namespace

void set_up(const Options& options) {
    auto sink = options.sink ? options.sink : std::make_shared<spdlog::sinks::stderr_sink_mt>();
    auto logger = std::make_shared<spdlog::logger>("strikeoff", std::move(sink));
    logger->set_pattern("%v"); // Lines come complete.
    logger->set_level(level_of(options.level));
    logger->flush_on(spdlog::level::trace);
    format_now = options.format;
    spdlog::set_default_logger(std::move(logger));
}

void silence() {
    spdlog::default_logger_raw()->set_level(spdlog::level::off);
}

bool is_wanted(Level level) {
    return spdlog::default_logger_raw()->should_log(level_of(level));
}

Format format() {
    return format_now;
}

void Line::add_text(std::string_view name, std::string_view value) {
    add_bare(name, format_ == Format::json ? quoted(value) : quoted_if_needed(value));
}

void Line::add_bare(std::string_view name, std::string_view value) {
    fields_ += format_ == Format::json ? fmt::format(R"(,"{}":{})", name, value)
                                       : fmt::format(" {}={}", name, value);
}

std::string Line::formatted(Level level, Instant at) const {
    if (format_ == Format::text)
        return fmt::format("{} {} {}{}", format_instant(at), enum_name(level), message_.text(),
                           fields_);
    return fmt::format(R"({{"time":"{}","level":"{}","message":{}{}}})", format_instant(at),
                       enum_name(level), quoted(message_.text()), fields_);
}

void Line::write(Level level) const {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const std::string line = formatted(
        level,
        Instant::from_micros(std::chrono::duration_cast<std::chrono::microseconds>(now).count()));
    spdlog::default_logger_raw()->log(level_of(level), spdlog::string_view_t{line});
}

} // namespace strikeoff::log
