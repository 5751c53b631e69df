#include "modules/identity/password_hasher.hpp"

#include "core/sha256.hpp"

#include <sodium.h>

#include <cassert>
#include <charconv>
#include <stdexcept>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

namespace strikeoff::identity {
namespace {

constexpr unsigned long long passes = 2;
constexpr std::size_t memory_bytes = 64ULL << 20;
constexpr std::uint64_t kibibytes_max = 256ULL
                                        << 10; ///< Of a hash that is held against a password.
constexpr std::uint64_t work_max = 1ULL << 20; ///< Kibibytes times passes.
constexpr std::size_t stored_size_max = 256;
constexpr int running_max = 2;
constexpr int waiting_max = 64;

/// The same letters give the same bytes, however a keyboard composes them (Unicode, UAX #15).
std::string nfkc(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* const normalizer = icu::Normalizer2::getNFKCInstance(error);
    std::string out;
    icu::StringByteSink<std::string> sink{&out};
    normalizer->normalizeUTF8(0, {text.data(), static_cast<std::int32_t>(text.size())}, sink,
                              nullptr, error);
    if (U_FAILURE(error)) throw std::runtime_error("a text could not be normalised");
    return out;
}

std::string argon2id(const Hash& input) {
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (::crypto_pwhash_str_alg(out.data(), reinterpret_cast<const char*>(input.data()),
                                input.size(), passes, memory_bytes,
                                crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc{};
    return out.data();
}

/// Reads `name` and a number off the front of `text`; zero when they are not there.
std::uint64_t cut_number(std::string_view& text, std::string_view name) {
    std::uint64_t number = 0;
    if (!text.starts_with(name)) return 0;
    const char* const begin = text.data() + name.size();
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), number);
    if (error != std::errc{}) return 0;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

/// Whether this is a hash of our kind that takes no unreasonable work. Its parameters come from the
/// database: whoever can write there must not have a worker busy for hours with gigabytes.
bool is_workable(std::string_view stored) {
    // What stands behind a zero would not be looked at.
    if (stored.size() > stored_size_max || stored.find('\0') != std::string_view::npos)
        return false;
    std::string_view rest = stored;
    const std::uint64_t version = cut_number(rest, "$argon2id$v=");
    const std::uint64_t kibibytes = cut_number(rest, "$m=");
    const std::uint64_t rounds = cut_number(rest, ",t=");
    const std::uint64_t lanes = cut_number(rest, ",p=");
    return version == 19 && kibibytes > 0 && kibibytes <= kibibytes_max && rounds > 0 &&
           rounds <= work_max / kibibytes && lanes > 0 && lanes <= 16 && rest.starts_with('$');
}

bool argon2id_fits(std::string_view stored, const Hash& input) {
    // libsodium wants the zero behind the text.
    const std::string text{stored};
    return ::crypto_pwhash_str_verify(text.c_str(), reinterpret_cast<const char*>(input.data()),
                                      input.size()) == 0;
}

} // namespace

class PasswordHasher::Turn {
public:
    explicit Turn(PasswordHasher& hasher) : hasher_{hasher} {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { hasher_.leave(); }

private:
    PasswordHasher& hasher_;
};

PasswordHasher::PasswordHasher(const Hash& pepper) : pepper_{pepper} {
    [[maybe_unused]] const int ready = ::sodium_init();
    assert(ready >= 0);
    Hash nobody;
    ::randombytes_buf(nobody.data(), nobody.size());
    nobodys_ = argon2id(nobody);
}

Result<std::string> PasswordHasher::hash(std::string_view password) {
    SO_TRY_VOID(enter());
    const Turn turn{*this};
    return argon2id(peppered(password));
}

Result<bool> PasswordHasher::fits(std::string_view stored, std::string_view password) {
    SO_TRY_VOID(enter());
    const Turn turn{*this};
    const Hash input = peppered(password);
    // A hash that is none is refused at once, which would tell it from others.
    if (!is_workable(stored)) {
        argon2id_fits(nobodys_, input);
        return false;
    }
    return argon2id_fits(stored, input);
}

Result<void> PasswordHasher::waste_time(std::string_view password) {
    SO_TRY([[maybe_unused]] const bool fits_nobody, fits(nobodys_, password));
    return {};
}

bool PasswordHasher::is_outdated(std::string_view stored) {
    const std::string text{stored};
    return ::crypto_pwhash_str_needs_rehash(text.c_str(), passes, memory_bytes) != 0;
}

Result<void> PasswordHasher::enter() {
    std::unique_lock lock{mutex_};
    if (running_ >= running_max) {
        if (waiting_ >= waiting_max)
            return fail(
                ErrorCode::unavailable, "auth.busy",
                "too many people are signing in at this moment; try again in a few seconds");
        ++waiting_;
        left_.wait(lock, [this] { return running_ < running_max; });
        --waiting_;
    }
    ++running_;
    return {};
}

void PasswordHasher::leave() {
    {
        const std::lock_guard lock{mutex_};
        --running_;
    }
    left_.notify_one();
}

Hash PasswordHasher::peppered(std::string_view password) const {
    return hmac_sha256(pepper_, std::string_view{nfkc(password)});
}

} // namespace strikeoff::identity
