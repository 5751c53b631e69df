#include "support/server/secret_search.hpp"

#include "support/run_command.hpp"

#include <algorithm>
#include <cstring>
#include <set>
#include <stdexcept>

namespace strikeoff::testing {
namespace {

constexpr std::size_t begin_size = 8;

std::uint64_t begin_of(const char* text) {
    std::uint64_t begin = 0;
    std::memcpy(&begin, text, begin_size);
    return begin;
}

std::uint16_t pair_of(const char* text) {
    std::uint16_t pair = 0;
    std::memcpy(&pair, text, sizeof pair);
    return pair;
}

/// The Base64 digits that a text has when it begins at byte `offset` of three, without those that
/// its neighbours decide as well.
std::string base64(std::string_view text, std::size_t offset, std::string_view last_digits) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    const std::string digits = std::string(letters) + std::string(last_digits);
    const std::string padded = std::string(offset, '\0') + std::string(text);
    std::string coded;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : padded) {
        bits = (bits << 8) | static_cast<unsigned char>(c);
        for (count += 8; count >= 6; count -= 6)
            coded += digits[(bits >> (count - 6)) & 63];
    }
    constexpr std::size_t spoilt_by_before[] = {0, 2, 3};
    return coded.substr(spoilt_by_before[offset]);
}

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return text;
}

} // namespace

void SecretSearch::add(const std::string& what, std::string_view secret) {
    if (secret.size() < 9) throw std::runtime_error("too short to be told from chance: " + what);
    ++secrets_;
    add_pattern(what + " as it is", std::string(secret));
    const std::string hex = to_hex(as_bytes(secret));
    add_pattern(what + " in hexadecimal", hex);
    if (upper(hex) != hex) add_pattern(what + " in hexadecimal", upper(hex));
    for (std::size_t offset = 0; offset < 3; ++offset)
        for (const char* last_digits : {"+/", "-_"})
            add_pattern(what + " in Base64", base64(secret, offset, last_digits));
}

void SecretSearch::add_pattern(const std::string& what, std::string text) {
    begins_[pair_of(text.data())] = true;
    by_begin_[begin_of(text.data())].push_back({what, std::move(text)});
}

std::vector<std::string> SecretSearch::search(std::string_view text) const {
    std::set<std::string> found;
    for (std::size_t i = 0; i + begin_size <= text.size(); ++i) {
        if (!begins_[pair_of(text.data() + i)]) continue;
        const auto candidates = by_begin_.find(begin_of(text.data() + i));
        if (candidates == by_begin_.end()) continue;
        for (const Pattern& pattern : candidates->second)
            if (text.substr(i).starts_with(pattern.text)) found.insert(pattern.what);
    }
    return {found.begin(), found.end()};
}

std::vector<std::string> SecretSearch::search_files(const std::filesystem::path& path) const {
    namespace fs = std::filesystem;
    if (!fs::is_directory(path)) return search(testing_support::read_file(path.string()));
    std::set<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
        if (!entry.is_regular_file()) continue;
        for (const std::string& what : search(testing_support::read_file(entry.path().string())))
            found.insert(what);
    }
    return {found.begin(), found.end()};
}

} // namespace strikeoff::testing
