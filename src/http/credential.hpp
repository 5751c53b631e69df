#pragma once

#include "core/bytes.hpp"
#include "core/describe.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>

namespace strikeoff::http {

/// What the key of a program may be for.
enum class Scope : std::uint8_t {
    read,  ///< Whatever is asked by GET.
    bid,   ///< Bids.
    manage ///< Everything else.
};
BOOST_DESCRIBE_ENUM(Scope, read, bid, manage)

/// A set of scopes.
class Scopes {
public:
    static constexpr Scopes all() { return Scopes{7}; }
    constexpr Scopes() = default;

    constexpr void add(Scope one) { bits_ |= bit(one); }
    constexpr bool has(Scope one) const { return (bits_ & bit(one)) != 0; }
    friend constexpr bool operator==(Scopes, Scopes) = default;

private:
    constexpr explicit Scopes(unsigned bits) : bits_{bits} {}
    static constexpr unsigned bit(Scope one) { return 1U << static_cast<unsigned>(one); }
    unsigned bits_ = 0;
};

enum class CredentialKind : std::uint8_t { key, session };

/// By what a caller was let in, and how far that can be relied on.
struct Credential {
    CredentialKind kind = CredentialKind::key;
    Scopes scopes = Scopes::all(); ///< Of a key; a session is for everything.
    Hash token{};                  ///< Its SHA-256.
    std::int64_t epoch = 0;        ///< Nothing is known of changes of access after this one.
    std::optional<Instant> good_until;
};

} // namespace strikeoff::http
