#pragma once

#include "core/describe.hpp"
#include "core/id.hpp"
#include "core/json.hpp"
#include "core/money.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "db/codec.hpp"

#include <boost/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace strikeoff::http {

/// Writes JSON into a string, without a tree in between.
class JsonWriter {
public:
    explicit JsonWriter(std::string& out) : out_{out} {}
    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }
    void key(std::string_view name);
    void text(std::string_view value);
    void integer(std::int64_t value);
    void boolean(bool value);
    void null();
    void raw(std::string_view json); ///< A value that is JSON already.

private:
    void separate();
    void open(char bracket);
    void close(char bracket);
    void quote(std::string_view value);

    std::string& out_;
    bool first_ = true; ///< Nothing precedes the next value in its array or object.
};

/// A list as the API gives it.
template <class T>
struct Page {
    std::vector<T> items;
    std::optional<std::string> next_cursor;
};
template <class T>
inline constexpr bool is_page = false;
template <class T>
inline constexpr bool is_page<Page<T>> = true;

inline constexpr std::size_t text_size_max = 10'000; ///< Bytes of a text in a request.
/// Complaints about one request: a body of many small faults must not make a large answer.
inline constexpr std::size_t field_errors_max = 100;

/// A value whose JSON form is a string, and how that string looks in OpenAPI.
template <class T>
struct JsonText;

template <>
struct JsonText<std::string> {
    static std::string write(const std::string& value) { return value; }
    static Result<std::string> read(std::string_view text) {
        if (text.size() > text_size_max)
            return fail(ErrorCode::invalid_input, "text.too_long", "must not be that long");
        // PostgreSQL's text cannot hold it.
        if (text.find('\0') != std::string_view::npos)
            return fail(ErrorCode::invalid_input, "text.malformed", "must not hold U+0000");
        return std::string(text);
    }
    static boost::json::object schema() {
        return {{"type", "string"}, {"maxLength", text_size_max}};
    }
};
template <>
struct JsonText<Money> {
    static std::string write(Money value) { return format_money(value); }
    static Result<Money> read(std::string_view text) { return parse_money(text); }
    static boost::json::object schema() {
        return {{"type", "string"},
                {"pattern", R"(^-?\d{1,12}(\.\d{1,2})?$)"},
                {"examples", {"1234.56"}}};
    }
};
template <>
struct JsonText<Rate> {
    static std::string write(Rate value) { return format_rate(value); }
    static Result<Rate> read(std::string_view text) { return parse_rate(text); }
    static boost::json::object schema() {
        return {
            {"type", "string"}, {"pattern", R"(^\d{1,3}(\.\d{1,2})?$)"}, {"examples", {"7.75"}}};
    }
};
template <>
struct JsonText<Instant> {
    static std::string write(Instant value) { return format_instant(value); }
    static Result<Instant> read(std::string_view text) { return parse_instant(text); }
    static boost::json::object schema() { return {{"type", "string"}, {"format", "date-time"}}; }
};
template <>
struct JsonText<Date> {
    static std::string write(Date value) { return format_date(value); }
    static Result<Date> read(std::string_view text) { return parse_date(text); }
    static boost::json::object schema() { return {{"type", "string"}, {"format", "date"}}; }
};
template <>
struct JsonText<Uuid> {
    static std::string write(const Uuid& value) { return format_uuid(value); }
    static Result<Uuid> read(std::string_view text) {
        const auto uuid = parse_uuid(text);
        if (!uuid) return fail(ErrorCode::invalid_input, "uuid.malformed", "not a UUID");
        return *uuid;
    }
    static boost::json::object schema() { return {{"type", "string"}, {"format", "uuid"}}; }
};
template <class Tag>
struct JsonText<Id<Tag>> {
    static std::string write(const Id<Tag>& value) { return format_uuid(value.uuid); }
    static Result<Id<Tag>> read(std::string_view text) {
        SO_TRY(const Uuid uuid, JsonText<Uuid>::read(text));
        return Id<Tag>{uuid};
    }
    static boost::json::object schema() { return JsonText<Uuid>::schema(); }
};
template <std::size_t N>
struct JsonText<std::array<std::uint8_t, N>> {
    using Value = std::array<std::uint8_t, N>;
    static std::string write(const Value& value) { return to_hex(value); }
    static Result<Value> read(std::string_view text) {
        const auto bytes = from_hex_fixed<N>(text);
        if (!bytes)
            return fail(ErrorCode::invalid_input, "hex.malformed",
                        fmt::format("must be {} lower-case hexadecimal digits", 2 * N));
        return *bytes;
    }
    static boost::json::object schema() {
        return {{"type", "string"}, {"pattern", fmt::format("^[0-9a-f]{{{}}}$", 2 * N)}};
    }
};
template <DescribedEnum E>
struct JsonText<E> {
    static std::string write(E value) { return std::string(enum_name(value)); }
    static Result<E> read(std::string_view text) {
        const auto value = parse_enum<E>(text);
        if (!value)
            return fail(ErrorCode::invalid_input, "enum.unknown", "not one of the allowed words");
        return *value;
    }
    static boost::json::object schema() {
        boost::json::array labels;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
            [&](auto enumerator) { labels.emplace_back(enum_name(enumerator.value)); });
        return {{"type", "string"}, {"enum", std::move(labels)}};
    }
};

template <class T>
void write_json(JsonWriter& json, const T& value) {
    if constexpr (is_optional<T>) {
        value ? write_json(json, *value) : json.null();
    } else if constexpr (is_vector<T>) {
        json.begin_array();
        for (const auto& element : value)
            write_json(json, element);
        json.end_array();
    } else if constexpr (is_page<T>) {
        json.begin_object();
        json.key("items");
        write_json(json, value.items);
        json.key("next_cursor");
        write_json(json, value.next_cursor);
        json.end_object();
    } else if constexpr (std::is_same_v<T, bool>) {
        json.boolean(value);
    } else if constexpr (std::is_integral_v<T>) {
        json.integer(static_cast<std::int64_t>(value));
    } else if constexpr (std::is_same_v<T, db::Json>) {
        json.raw(value.text);
    } else if constexpr (DescribedStruct<T>) {
        json.begin_object();
        for_each_member(value, [&](std::string_view name, const auto& member) {
            json.key(name);
            write_json(json, member);
        });
        json.end_object();
    } else {
        json.text(JsonText<T>::write(value));
    }
}

template <class T>
std::string to_json(const T& value) {
    std::string out;
    JsonWriter json{out};
    write_json(json, value);
    return out;
}

/// Reads a described shape out of a parsed document. Unknown members, missing ones and wrong types
/// are collected, each under its path, up to `field_errors_max` of them.
class JsonReader {
public:
    explicit JsonReader(std::vector<FieldError>& errors) : errors_{errors} {}

    template <class T>
    void read(const boost::json::value& value, const std::string& path, T& out) {
        if constexpr (is_optional<T>) {
            if (value.is_null()) return;
            read(value, path, out.emplace());
        } else if constexpr (is_vector<T>) {
            read_list(value, path, out);
        } else if constexpr (std::is_same_v<T, bool>) {
            value.is_bool() ? void(out = value.get_bool())
                            : complain(path, "must be true or false");
        } else if constexpr (std::is_integral_v<T>) {
            read_integer(value, path, out);
        } else if constexpr (std::is_same_v<T, db::Json>) {
            value.is_object() ? void(out.text = boost::json::serialize(value))
                              : complain(path, "must be an object");
        } else if constexpr (DescribedStruct<T>) {
            read_object(value, path, out);
        } else {
            read_text(value, path, out);
        }
    }

private:
    void complain(const std::string& path, std::string message) {
        if (errors_.size() == field_errors_max) return;
        errors_.push_back({path.empty() ? "." : path, std::move(message)});
    }
    template <class T>
    void read_list(const boost::json::value& value, const std::string& path, T& out) {
        if (!value.is_array()) return complain(path, "must be a list");
        for (std::size_t i = 0; i < value.get_array().size(); ++i)
            read(value.get_array()[i], fmt::format("{}.{}", path, i), out.emplace_back());
    }
    template <class T>
    void read_integer(const boost::json::value& value, const std::string& path, T& out) {
        if (!value.is_int64() || !std::in_range<T>(value.get_int64()))
            return complain(path, "must be an integer of a usual size");
        out = static_cast<T>(value.get_int64());
    }
    template <class T>
    void read_text(const boost::json::value& value, const std::string& path, T& out) {
        if (!value.is_string()) return complain(path, "must be a string");
        const auto& text = value.get_string();
        auto read = JsonText<T>::read({text.data(), text.size()});
        if (!read) return complain(path, read.error().message);
        out = *std::move(read);
    }
    template <class T>
    void read_object(const boost::json::value& value, const std::string& path, T& out) {
        if (!value.is_object()) return complain(path, "must be an object");
        const boost::json::object& object = value.get_object();
        const std::string prefix = path.empty() ? "" : path + ".";
        std::size_t known = 0;
        for_each_member(out, [&]<class M>(std::string_view name, M& member) {
            const boost::json::value* found = object.if_contains(name);
            if (found) {
                ++known;
                read(*found, prefix + std::string(name), member);
            } else if constexpr (!is_optional<M>) {
                complain(prefix + std::string(name), "is missing");
            }
        });
        if (known == object.size()) return;
        for (const auto& member : object)
            if (!has_member<T>(member.key()))
                complain(prefix + std::string(member.key()), "is not known here");
    }
    template <class T>
    static bool has_member(std::string_view name) {
        bool found = false;
        T prototype{};
        for_each_member(prototype,
                        [&](std::string_view member, auto&) { found |= member == name; });
        return found;
    }

    std::vector<FieldError>& errors_;
};

/// A request body as shape T. Fails with `json.malformed` or `body.invalid` and its fields.
template <class T>
Result<T> from_json(std::string_view text) {
    SO_TRY(const boost::json::value document, parse_json_strict(text));
    T out{};
    std::vector<FieldError> errors;
    JsonReader{errors}.read(document, "", out);
    if (!errors.empty())
        return fail(ErrorCode::invalid_input, "body.invalid", "the body is not as expected",
                    std::move(errors));
    return out;
}

/// The OpenAPI 3.1 schema of a shape.
template <class T>
boost::json::object schema_of() {
    if constexpr (is_optional<T>) {
        boost::json::object schema = schema_of<typename T::value_type>();
        if (boost::json::value* type = schema.if_contains("type"))
            *type = boost::json::array{*type, "null"};
        if (boost::json::value* labels = schema.if_contains("enum"))
            labels->as_array().emplace_back(nullptr);
        return schema;
    } else if constexpr (is_vector<T>) {
        return {{"type", "array"}, {"items", schema_of<typename T::value_type>()}};
    } else if constexpr (is_page<T>) {
        using Item = typename decltype(T::items)::value_type;
        return {{"type", "object"},
                {"properties",
                 {{"items", {{"type", "array"}, {"items", schema_of<Item>()}}},
                  {"next_cursor", {{"type", {"string", "null"}}}}}},
                {"required", {"items", "next_cursor"}}};
    } else if constexpr (std::is_same_v<T, bool>) {
        return {{"type", "boolean"}};
    } else if constexpr (std::is_integral_v<T>) {
        return {{"type", "integer"}};
    } else if constexpr (std::is_same_v<T, db::Json>) {
        return {{"type", "object"}};
    } else if constexpr (DescribedStruct<T>) {
        boost::json::object properties;
        boost::json::array required;
        T prototype{};
        for_each_member(prototype, [&]<class M>(std::string_view name, M&) {
            properties.emplace(name, schema_of<M>());
            if constexpr (!is_optional<M>) required.emplace_back(name);
        });
        return {{"type", "object"},
                {"properties", std::move(properties)},
                {"required", std::move(required)}};
    } else {
        return JsonText<T>::schema();
    }
}

} // namespace strikeoff::http
