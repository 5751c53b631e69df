#pragma once

#include "core/bytes.hpp"
#include "core/describe.hpp"
#include "core/id.hpp"
#include "core/money.hpp"
#include "core/time.hpp"
#include "db/error.hpp"

#include <fmt/format.h>

#include <charconv>
#include <string>
#include <string_view>
#include <vector>

namespace strikeoff::db {

/// A JSON document as text, for jsonb columns.
struct Json {
    std::string text;
};

/// The fixed object id of a built-in type, so that a statement's parameters have the types that C++
/// declares; 0, for an enum, leaves it to PostgreSQL to infer.
unsigned builtin_oid(std::string_view pg_type);

/// How a value crosses to PostgreSQL: its type's name there, its text form, and whether the
/// parameter is sent as raw bytes (`bytea` only).
template <class T>
struct Codec;

template <class T, auto& name>
struct IntegerCodec {
    static constexpr std::string_view pg_type = name;
    static std::string encode(T value) { return std::to_string(value); }
    static T decode(std::string_view text) {
        T value{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end != text.data() + text.size())
            throw DecodeError("not an integer of this size: " + std::string(text));
        return value;
    }
};
inline constexpr char int2_name[] = "int2";
inline constexpr char int4_name[] = "int4";
inline constexpr char int8_name[] = "int8";
template <>
struct Codec<std::int16_t> : IntegerCodec<std::int16_t, int2_name> {};
template <>
struct Codec<std::int32_t> : IntegerCodec<std::int32_t, int4_name> {};
template <>
struct Codec<std::int64_t> : IntegerCodec<std::int64_t, int8_name> {};

template <>
struct Codec<bool> {
    static constexpr std::string_view pg_type = "bool";
    static std::string encode(bool value) { return value ? "t" : "f"; }
    static bool decode(std::string_view text) { return text == "t"; }
};

template <>
struct Codec<std::string> {
    static constexpr std::string_view pg_type = "text";
    static std::string encode(std::string value) { return value; }
    static std::string decode(std::string_view text) { return std::string(text); }
};

template <>
struct Codec<Json> {
    static constexpr std::string_view pg_type = "jsonb";
    static std::string encode(Json value) { return std::move(value.text); }
    static Json decode(std::string_view text) { return {std::string(text)}; }
};

template <>
struct Codec<Money> {
    static constexpr std::string_view pg_type = "numeric";
    static std::string encode(Money value) { return format_money(value); }
    static Money decode(std::string_view text) {
        const auto value = parse_money(text);
        if (!value) throw DecodeError(value.error().message);
        return *value;
    }
};

template <>
struct Codec<Rate> {
    static constexpr std::string_view pg_type = "numeric";
    static std::string encode(Rate value) { return format_rate(value); }
    static Rate decode(std::string_view text) {
        const auto value = parse_rate(text);
        if (!value) throw DecodeError(value.error().message);
        return *value;
    }
};

template <>
struct Codec<Uuid> {
    static constexpr std::string_view pg_type = "uuid";
    static std::string encode(const Uuid& value) { return format_uuid(value); }
    static Uuid decode(std::string_view text) {
        const auto value = parse_uuid(text);
        if (!value) throw DecodeError("not a uuid");
        return *value;
    }
};
template <class Tag>
struct Codec<Id<Tag>> {
    static constexpr std::string_view pg_type = "uuid";
    static std::string encode(const Id<Tag>& value) { return format_uuid(value.uuid); }
    static Id<Tag> decode(std::string_view text) { return {Codec<Uuid>::decode(text)}; }
};

/// Sessions run in UTC, so times read `2026-05-27 12:00:00.123456+00`.
template <>
struct Codec<Instant> {
    static constexpr std::string_view pg_type = "timestamptz";
    static std::string encode(Instant value) { return format_instant(value); }
    static Instant decode(std::string_view text) {
        const auto value =
            parse_instant(text.ends_with("+00") ? std::string(text) + ":00" : std::string(text));
        if (!value) throw DecodeError(value.error().message);
        return *value;
    }
};
template <>
struct Codec<Date> {
    static constexpr std::string_view pg_type = "date";
    static std::string encode(Date value) { return format_date(value); }
    static Date decode(std::string_view text) {
        const auto value = parse_date(text);
        if (!value) throw DecodeError(value.error().message);
        return *value;
    }
};

/// Parameters of `bytea` go as raw bytes; results come as `\x` and hexadecimal.
template <>
struct Codec<Bytes> {
    static constexpr std::string_view pg_type = "bytea";
    static std::string encode(const Bytes& value) { return std::string(as_text(value)); }
    static Bytes decode(std::string_view text) {
        auto bytes = text.starts_with("\\x") ? from_hex(text.substr(2)) : std::nullopt;
        if (!bytes) throw DecodeError("not a bytea");
        return *std::move(bytes);
    }
};
template <std::size_t N>
struct Codec<std::array<std::uint8_t, N>> {
    static constexpr std::string_view pg_type = "bytea";
    static std::string encode(const std::array<std::uint8_t, N>& value) {
        return std::string(as_text(value));
    }
    static std::array<std::uint8_t, N> decode(std::string_view text) {
        const auto bytes =
            text.starts_with("\\x") ? from_hex_fixed<N>(text.substr(2)) : std::nullopt;
        if (!bytes) throw DecodeError("a bytea of another length");
        return *bytes;
    }
};

/// An enum needs `pg_type_name(E)`, found by argument-dependent look-up beside its declaration.
template <DescribedEnum E>
struct Codec<E> {
    static std::string encode(E value) { return std::string(enum_name(value)); }
    static E decode(std::string_view text) {
        const auto value = parse_enum<E>(text);
        if (!value) throw DecodeError("unknown enum label: " + std::string(text));
        return *value;
    }
    static inline const std::string_view pg_type = pg_type_name(E{});
};

/// Arrays are written as PostgreSQL's array literal, each element quoted. There is no decoder:
/// lists come as rows.
template <class T>
struct Codec<std::vector<T>> {
    static inline const std::string pg_type = "_" + std::string(Codec<T>::pg_type);
    static std::string encode(const std::vector<T>& values) {
        std::string out = "{";
        for (const T& value : values) {
            if (out.size() > 1) out += ',';
            append_element(out, value);
        }
        return out += '}';
    }

    static void append_element(std::string& out, const T& value) {
        out += '"';
        if constexpr (Codec<T>::pg_type == "bytea") {
            const std::string raw = Codec<T>::encode(value);
            out += "\\\\x" + to_hex(as_bytes(raw));
        } else {
            for (const char c : Codec<T>::encode(value)) {
                if (c == '"' || c == '\\') out += '\\';
                out += c;
            }
        }
        out += '"';
    }
};

template <class T>
struct Codec<std::vector<std::optional<T>>> {
    static inline const std::string pg_type = "_" + std::string(Codec<T>::pg_type);
    static std::string encode(const std::vector<std::optional<T>>& values) {
        std::string out = "{";
        for (const std::optional<T>& value : values) {
            if (out.size() > 1) out += ',';
            if (value)
                Codec<std::vector<T>>::append_element(out, *value);
            else
                out += "NULL";
        }
        return out += '}';
    }
};

} // namespace strikeoff::db
