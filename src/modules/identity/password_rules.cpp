#include "modules/identity/password_rules.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace strikeoff::identity {
namespace {

// What people choose, in small letters and with leet undone. Looked for after everything that is
// only there to make it longer has been taken away.
constexpr std::array common_words{"password",
                                  "passwort",
                                  "passphrase",
                                  "letmein",
                                  "welcome",
                                  "admin",
                                  "administrator",
                                  "root",
                                  "master",
                                  "login",
                                  "access",
                                  "secret",
                                  "changeme",
                                  "default",
                                  "guest",
                                  "user",
                                  "username",
                                  "test",
                                  "testing",
                                  "temp",
                                  "temporary",
                                  "hello",
                                  "helloworld",
                                  "iloveyou",
                                  "loveyou",
                                  "love",
                                  "lovely",
                                  "sunshine",
                                  "princess",
                                  "dragon",
                                  "monkey",
                                  "football",
                                  "baseball",
                                  "basketball",
                                  "soccer",
                                  "hockey",
                                  "superman",
                                  "batman",
                                  "spiderman",
                                  "pokemon",
                                  "starwars",
                                  "shadow",
                                  "michael",
                                  "jennifer",
                                  "jordan",
                                  "jessica",
                                  "ashley",
                                  "charlie",
                                  "daniel",
                                  "andrew",
                                  "thomas",
                                  "robert",
                                  "matthew",
                                  "joshua",
                                  "george",
                                  "william",
                                  "hunter",
                                  "harley",
                                  "ranger",
                                  "trustno",
                                  "whatever",
                                  "freedom",
                                  "mustang",
                                  "corvette",
                                  "ferrari",
                                  "porsche",
                                  "mercedes",
                                  "yankees",
                                  "dallas",
                                  "cowboys",
                                  "chelsea",
                                  "liverpool",
                                  "arsenal",
                                  "barcelona",
                                  "google",
                                  "facebook",
                                  "computer",
                                  "internet",
                                  "samsung",
                                  "iphone",
                                  "windows",
                                  "microsoft",
                                  "summer",
                                  "winter",
                                  "spring",
                                  "autumn",
                                  "january",
                                  "february",
                                  "march",
                                  "april",
                                  "june",
                                  "july",
                                  "august",
                                  "september",
                                  "october",
                                  "november",
                                  "december",
                                  "monday",
                                  "friday",
                                  "sunday",
                                  "cheese",
                                  "pepper",
                                  "cookie",
                                  "banana",
                                  "orange",
                                  "chocolate",
                                  "flower",
                                  "butterfly",
                                  "purple",
                                  "yellow",
                                  "silver",
                                  "golden",
                                  "diamond",
                                  "killer",
                                  "angel",
                                  "blessed",
                                  "jesus",
                                  "family",
                                  "mother",
                                  "friend",
                                  "forever",
                                  "qwerty",
                                  "qwertyuiop",
                                  "asdfgh",
                                  "asdfghjkl",
                                  "zxcvbn",
                                  "zxcvbnm",
                                  "qazwsx",
                                  "qazwsxedc",
                                  "qwertz",
                                  "azerty",
                                  "abcdef",
                                  "abcabc",
                                  "aaaaaa",
                                  "florida",
                                  "county",
                                  "taxes",
                                  "taxcollector",
                                  "taxcertificate",
                                  "certificate",
                                  "auction",
                                  "bidder",
                                  "investor",
                                  "strikeoff",
                                  "strikeoffstrikeoff",
                                  "correcthorsebatterystaple",
                                  "mypassword",
                                  "newpassword",
                                  "thisismypassword",
                                  "thisisapassword",
                                  "passwordpassword",
                                  "letmeinplease",
                                  "iloveyouforever",
                                  "mynameis",
                                  "opensesame",
                                  "donttellanyone",
                                  "passwordabc"};

constexpr std::array keyboard_rows{"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm",
                                   "0987654321", "poiuytrewq", "lkjhgfdsa", "mnbvcxz"};

char plain_letter(char c) {
    constexpr std::string_view leet = "0134578@$!|";
    constexpr std::string_view meant = "oieastbasil";
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
    const std::size_t at = leet.find(c);
    return at == std::string_view::npos ? c : meant[at];
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Small letters with leet undone.
std::string letters_of(std::string_view password) {
    std::string out;
    for (const char c : password)
        if (const char plain = plain_letter(c); is_letter(plain)) out += plain;
    return out;
}

/// The letters as they stand, without what is put before, between and behind them.
std::string bare_letters_of(std::string_view password) {
    std::string out;
    for (const char c : password) {
        const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (is_letter(small)) out += small;
    }
    return out;
}

/// The shortest text that gives this one when it is repeated; the last time may be cut off.
std::string_view period_of(std::string_view text) {
    for (std::size_t length = 1; length < text.size(); ++length)
        if (text.substr(length) == text.substr(0, text.size() - length))
            return text.substr(0, length);
    return text;
}

/// How many characters go on from their neighbour: the next or previous one, the same, or the next
/// key.
std::size_t predictable(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const int step = text[i] - text[i - 1];
        const std::array<char, 3> pair{text[i - 1], text[i], '\0'};
        const bool are_keys = std::ranges::any_of(keyboard_rows, [&](std::string_view row) {
            return row.find(pair.data()) != std::string_view::npos;
        });
        if ((step >= -1 && step <= 1) || are_keys) ++count;
    }
    return count;
}

/// What is left of the text once the words have been taken out of it.
std::size_t length_without(std::string text, const std::vector<std::string>& words) {
    for (const std::string& word : words)
        for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word))
            text.erase(at, word.size());
    return text.size();
}

bool is_common(std::string_view letters) {
    const std::string_view period = period_of(letters);
    return std::ranges::any_of(common_words, [&](std::string_view word) { return period == word; });
}

bool is_easily_guessed(std::string_view password, const std::vector<std::string>& personal) {
    constexpr std::size_t own_characters_min = 8; // Beside the own name.
    if (period_of(password).size() <= 4) return true;
    const std::string letters = letters_of(password);
    if (is_common(letters) || is_common(bare_letters_of(password))) return true;
    std::string small{password};
    std::ranges::transform(small, small.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (predictable(small) + 4 >= small.size()) return true;
    return length_without(small, personal) < own_characters_min;
}

std::vector<std::string> personal_words(const std::vector<std::string>& personal) {
    std::vector<std::string> words;
    for (const std::string& text : personal) {
        std::string word;
        for (const char c : text + ' ') {
            const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            if (is_letter(small) || (small >= '0' && small <= '9')) {
                word += small;
                continue;
            }
            if (word.size() >= 3) words.push_back(word);
            word.clear();
        }
    }
    words.emplace_back("strikeoff");
    return words;
}

/// Characters of UTF-8; nothing when it is none (RFC 3629).
std::optional<std::size_t> characters_of(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++count) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t size = lead < 0x80                   ? 1
                                 : lead >= 0xc2 && lead < 0xe0 ? 2
                                 : lead >= 0xe0 && lead < 0xf0 ? 3
                                 : lead >= 0xf0 && lead < 0xf5 ? 4
                                                               : 0;
        if (size == 0 || i + size > text.size()) return std::nullopt;
        for (std::size_t k = 1; k < size; ++k)
            if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return std::nullopt;
        i += size;
    }
    return count;
}

} // namespace

Result<void> check_password(std::string_view password, const std::vector<std::string>& personal) {
    const auto refuse = [](std::string reason, std::string message) {
        return fail(ErrorCode::invalid_input, std::move(reason), message, {{"password", message}});
    };
    if (password.size() > password_bytes_max)
        return refuse("password.too_long", "must have at most 1,024 bytes");
    const auto characters = characters_of(password);
    if (!characters) return refuse("password.malformed", "is no text in UTF-8");
    if (*characters < password_characters_min)
        return refuse("password.too_short", "must have at least 15 characters");
    if (is_easily_guessed(password, personal_words(personal)))
        return refuse("password.easily_guessed",
                      "is among the first that others would try; a few unrelated words are better");
    return {};
}

} // namespace strikeoff::identity
