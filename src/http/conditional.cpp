#include "http/conditional.hpp"

#include "core/bytes.hpp"
#include "core/sha256.hpp"
#include "http/text.hpp"

#include <fmt/format.h>

namespace strikeoff::http {

std::string entity_tag(std::string_view body) {
    const Hash hash = sha256(body);
    return fmt::format("\"{}\"", to_hex(ByteView{hash}.first(16)));
}

std::string coded_tag(const std::string& tag, std::string_view coding) {
    return fmt::format("{}-{}\"", std::string_view{tag}.substr(0, tag.size() - 1), coding);
}

bool names_tag(std::string_view value, std::string_view tag, TagComparison comparison) {
    value = trimmed(value);
    if (value == "*") return true;
    while (!value.empty()) {
        const bool is_weak = value.starts_with("W/");
        if (is_weak) value.remove_prefix(2);
        // A comma may stand inside of the quotes.
        const std::size_t end = value.find('"', 1);
        if (!value.starts_with('"') || end == std::string_view::npos) return false;
        const bool counts = !is_weak || comparison == TagComparison::weak;
        if (counts && value.substr(0, end + 1) == tag) return true;
        value = trimmed(value.substr(end + 1));
        if (value.starts_with(',')) value.remove_prefix(1);
        value = trimmed(value);
    }
    return false;
}

} // namespace strikeoff::http
