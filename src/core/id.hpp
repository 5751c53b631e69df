#pragma once

#include "core/bytes.hpp"
#include "core/time.hpp"

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace strikeoff {

/// A UUID as its sixteen bytes (RFC 9562). Ordered as its bytes, which is how PostgreSQL orders.
struct Uuid {
    Bytes16 bytes{};

    friend auto operator<=>(const Uuid&, const Uuid&) = default;
    bool is_nil() const { return *this == Uuid{}; }
    int version() const { return bytes[6] >> 4; }
};

/// Reads the 36-character form, either case; nothing for anything else.
std::optional<Uuid> parse_uuid(std::string_view text);
/// The 36-character lower-case form.
std::string format_uuid(const Uuid& uuid);
void format_uuid(const Uuid& uuid, char* out); ///< Writes 36 characters.

/// UUIDv7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then 74 bits of `random`.
Uuid make_uuid_v7(Instant now, const Bytes16& random);
/// The time a UUIDv7 carries, to the millisecond.
Instant uuid_v7_time(const Uuid& uuid);
/// UUIDv8 (RFC 9562 section 5.8) from the first bytes of a hash: the same input, the same id.
Uuid make_uuid_v8(const Hash& hash);

/// An id that knows its table, so that a batch's cannot stand where a certificate's is due.
template <class Tag>
struct Id {
    Uuid uuid;

    friend auto operator<=>(const Id&, const Id&) = default;
    ByteView bytes() const { return uuid.bytes; }
    std::string text() const { return format_uuid(uuid); }
};

using UserId = Id<struct UserTag>;
using CountyId = Id<struct CountyTag>;
using PropertyId = Id<struct PropertyTag>;
using CertificateId = Id<struct CertificateTag>;
using AuctionId = Id<struct AuctionTag>;
using BatchId = Id<struct BatchTag>;
using BidId = Id<struct BidTag>;
using BidderNumberId = Id<struct BidderNumberTag>;
using AmendmentId = Id<struct AmendmentTag>;
using ApprovalId = Id<struct ApprovalTag>;
using SessionFamilyId = Id<struct SessionFamilyTag>; ///< A sign-in and all that renewed it.

} // namespace strikeoff

template <>
struct std::hash<strikeoff::Uuid> {
    std::size_t operator()(const strikeoff::Uuid& uuid) const noexcept {
        // The tail of a UUIDv7 is random; a version 8 is a hash throughout.
        return strikeoff::load_be64(uuid.bytes.data() + 8) ^
               strikeoff::load_be64(uuid.bytes.data());
    }
};

template <class Tag>
struct std::hash<strikeoff::Id<Tag>> {
    std::size_t operator()(const strikeoff::Id<Tag>& id) const noexcept {
        return std::hash<strikeoff::Uuid>{}(id.uuid);
    }
};
