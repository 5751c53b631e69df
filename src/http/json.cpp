#include "http/json.hpp"

#include <algorithm>

namespace strikeoff::http {

void JsonWriter::separate() {
    if (!first_) out_ += ',';
    first_ = false;
}

void JsonWriter::open(char bracket) {
    separate();
    out_ += bracket;
    first_ = true;
}

void JsonWriter::close(char bracket) {
    out_ += bracket;
    first_ = false;
}

void JsonWriter::key(std::string_view name) {
    separate();
    quote(name);
    out_ += ':';
    first_ = true;
}

void JsonWriter::text(std::string_view value) {
    separate();
    quote(value);
}

void JsonWriter::integer(std::int64_t value) {
    separate();
    out_ += std::to_string(value);
}

void JsonWriter::boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
}

void JsonWriter::null() {
    separate();
    out_ += "null";
}

void JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
}

void JsonWriter::quote(std::string_view value) {
    const auto is_plain = [](char c) {
        return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
    };
    out_ += '"';
    while (!value.empty()) {
        const auto end = std::ranges::find_if_not(value, is_plain);
        const auto plain = static_cast<std::size_t>(end - value.begin());
        out_.append(value.substr(0, plain));
        value.remove_prefix(plain);
        if (value.empty()) break;
        const char c = value.front();
        if (c == '"' || c == '\\') {
            out_ += '\\';
            out_ += c;
        } else {
            out_ += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        }
        value.remove_prefix(1);
    }
    out_ += '"';
}

} // namespace strikeoff::http
