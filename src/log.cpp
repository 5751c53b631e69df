#include "log.hpp"

#include <boost/json/serialize.hpp>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>

namespace strikeoff::log {
namespace {

// Between the message and the fields that are encoded already; no text of ours holds it.
constexpr char separator = '\0';

std::atomic<Format> format_now = Format::text;

/// Length of the UTF-8 sequence that `text` begins with; 0 when it is none.
std::size_t sequence_length(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t length = lead < 0x80            ? 1
                               : (lead >> 5) == 0b110 ? 2
                               : (lead >> 4) == 0b1110 ? 3
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

Level level_of(spdlog::level::level_enum level) {
    switch (level) {
    case spdlog::level::trace:
    case spdlog::level::debug:
        return Level::debug;
    case spdlog::level::info:
        return Level::info;
    case spdlog::level::warn:
        return Level::warning;
    default:
        return Level::error;
    }
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

class Formatter : public spdlog::formatter {
public:
    explicit Formatter(Format format) : format_{format} {}

    void format(const spdlog::details::log_msg& line, spdlog::memory_buf_t& out) override {
        const std::string_view payload{line.payload.data(), line.payload.size()};
        const std::string_view message = payload.substr(0, payload.find(separator));
        const std::string_view fields = payload.substr(std::min(payload.size(), message.size() + 1));
        const std::string time = format_instant(Instant::from_micros(
            std::chrono::duration_cast<std::chrono::microseconds>(line.time.time_since_epoch())
                .count()));
        const std::string_view level = enum_name(level_of(line.level));
        const auto append = [&out](std::string_view text) {
            out.append(text.data(), text.data() + text.size());
        };
        if (format_ == Format::json) {
            append(fmt::format(R"({{"time":"{}","level":"{}","message":{}{}}})", time, level,
                               quoted(message), fields));
        } else {
            append(time + " ");
            line.color_range_start = out.size();
            append(level);
            line.color_range_end = out.size();
            append(fmt::format(" {}{}", message, fields));
        }
        append("\n");
    }
    std::unique_ptr<spdlog::formatter> clone() const override {
        return std::make_unique<Formatter>(format_);
    }

private:
    Format format_;
};

} // namespace

void set_up(const Options& options) {
    auto sink = options.sink ? options.sink
                             : std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
    auto logger = std::make_shared<spdlog::logger>("strikeoff", std::move(sink));
    logger->set_formatter(std::make_unique<Formatter>(options.format));
    logger->set_level(level_of(options.level));
    logger->flush_on(spdlog::level::trace);
    format_now = options.format;
    spdlog::set_default_logger(std::move(logger));
}

bool is_wanted(Level level) {
    return spdlog::default_logger_raw()->should_log(level_of(level));
}

void Line::add_text(std::string_view name, std::string_view value) {
    add_bare(name, format_now == Format::json ? quoted(value) : quoted_if_needed(value));
}

void Line::add_bare(std::string_view name, std::string_view value) {
    fields_ += format_now == Format::json ? fmt::format(R"(,"{}":{})", name, value)
                                          : fmt::format(" {}={}", name, value);
}

void Line::write(Level level) const {
    std::string payload{message_.text()};
    payload += separator;
    payload += fields_;
    spdlog::default_logger_raw()->log(level_of(level), spdlog::string_view_t{payload});
}

} // namespace strikeoff::log
