#pragma once

#include "core/describe.hpp"
#include "core/id.hpp"

#include <chrono>
#include <concepts>
#include <memory>
#include <string>
#include <string_view>

namespace spdlog::sinks {
class sink; // NOLINT(readability-identifier-naming): spdlog's own name.
}

/// One line of the log is a message written in the source and fields of types that hold no secret.
/// What can be logged is a list: bearer keys, rates, amounts and certificates' bytes have no way
/// in, because texts enter only as `Literal` or `Text`.
namespace strikeoff::log {

enum class Level : std::uint8_t { debug, info, warning, error };
BOOST_DESCRIBE_ENUM(Level, debug, info, warning, error)

enum class Format : std::uint8_t {
    text, ///< `2026-05-27T12:00:00.000000Z info listening url=http://127.0.0.1:8080`
    json  ///< The same as one object a line.
};
BOOST_DESCRIBE_ENUM(Format, text, json)

/// Text that stands in the source.
class Literal {
public:
    // NOLINTNEXTLINE(google-explicit-constructor): a literal is passed as it stands.
    consteval Literal(const char* text) : text_{text} {}
    std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

/// Text that whoever wrote the call has judged to hold nothing secret: what an exception says, a
/// path of this machine, the template of a route. Lives as long as the call.
class Text {
public:
    explicit Text(std::string_view text) : text_{text} {}
    std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

/// What must never be shown. It has no formatter, no comparison and no conversion: the value is had
/// by name only.
template <class T>
class Secret {
public:
    Secret() = default;
    explicit Secret(T value) : value_{std::move(value)} {}
    const T& reveal() const { return value_; }

private:
    T value_{};
};

template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;
template <class T>
inline constexpr bool is_duration = false;
template <class Count, class Period>
inline constexpr bool is_duration<std::chrono::duration<Count, Period>> = std::integral<Count>;
template <class T>
inline constexpr bool is_character = std::same_as<T, char> || std::same_as<T, char8_t> ||
                                     std::same_as<T, unsigned char> || std::same_as<T, signed char>;

/// The types that may be logged.
template <class T>
concept Loggable =
    (std::integral<T> && !is_character<T>) || DescribedEnum<T> || is_id<T> || is_duration<T> ||
    std::same_as<T, Instant> || std::same_as<T, Literal> || std::same_as<T, Text>;

template <class T>
consteval bool all_members_loggable() {
    return []<class... D>(boost::mp11::mp_list<D...>) {
        return (Loggable<std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>> && ...);
    }(boost::mp11::mp_rename<boost::describe::describe_members<T, boost::describe::mod_any_access>,
                             boost::mp11::mp_list>{});
}

/// A described struct of nothing but such types: the fields of a kind of line.
template <class T>
concept LoggableStruct = DescribedStruct<T> && all_members_loggable<T>();

template <Loggable T>
struct Field {
    Literal name;
    T value;
};

/// Where lines go and which. `sink` is standard error when null.
struct Options {
    Format format = Format::text;
    Level level = Level::info;
    std::shared_ptr<spdlog::sinks::sink> sink;
};

/// Once, before other threads run.
void set_up(const Options& options);
/// Nothing is logged from here on: for runs in which failures are the point.
void silence();
bool is_wanted(Level level);
Format format();

/// A line being made. Fields keep their order.
class Line {
public:
    Line(Literal message, Format format) : message_{message}, format_{format} {}
    template <Loggable T>
    void add(std::string_view name, const T& value);
    template <LoggableStruct Fields>
    void add_all(const Fields& fields) {
        for_each_member(fields,
                        [&](std::string_view name, const auto& value) { add(name, value); });
    }
    /// Without the end of the line.
    std::string formatted(Level level, Instant at) const;
    /// To where `set_up` said.
    void write(Level level) const;

private:
    void add_text(std::string_view name, std::string_view value);
    void add_bare(std::string_view name, std::string_view value);

    Literal message_;
    Format format_;
    std::string fields_;
};

template <Loggable T>
void Line::add(std::string_view name, const T& value) {
    if constexpr (std::same_as<T, bool>)
        add_bare(name, value ? "true" : "false");
    else if constexpr (std::integral<T>)
        add_bare(name, std::to_string(value));
    else if constexpr (DescribedEnum<T>)
        add_text(name, enum_name(value));
    else if constexpr (is_duration<T>)
        add_bare(name, std::to_string(
                           std::chrono::duration_cast<std::chrono::microseconds>(value).count()));
    else if constexpr (std::same_as<T, Instant>)
        add_text(name, format_instant(value));
    else
        add_text(name, value.text()); // An id, or a text.
}

template <Loggable... T>
void write(Level level, Literal message, const Field<T>&... fields) {
    if (!is_wanted(level)) return;
    Line line{message, format()};
    (line.add(fields.name.text(), fields.value), ...);
    line.write(level);
}

template <LoggableStruct Fields>
void write(Level level, Literal message, const Fields& fields) {
    if (!is_wanted(level)) return;
    Line line{message, format()};
    line.add_all(fields);
    line.write(level);
}

template <Loggable... T>
void info(Literal message, const Field<T>&... fields) {
    write(Level::info, message, fields...);
}
template <Loggable... T>
void warning(Literal message, const Field<T>&... fields) {
    write(Level::warning, message, fields...);
}
template <Loggable... T>
void error(Literal message, const Field<T>&... fields) {
    write(Level::error, message, fields...);
}

} // namespace strikeoff::log
