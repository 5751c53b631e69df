#pragma once

#include "core/describe.hpp"
#include "core/id.hpp"

#include <cstdint>
#include <initializer_list>

namespace strikeoff::http {

/// What a county's staff may do, by function; `all` holds every other one.
enum class Permission : std::uint8_t { imports, sales, approvals, money, reports, settings, all };
BOOST_DESCRIBE_ENUM(Permission, imports, sales, approvals, money, reports, settings, all)

/// A set of permissions.
class Permissions {
public:
    constexpr Permissions() = default;
    constexpr Permissions(Permission one) { add(one); }
    constexpr Permissions(std::initializer_list<Permission> members) {
        for (const Permission member : members)
            add(member);
    }

    constexpr void add(Permission one) { bits_ |= bit(one); }
    constexpr bool empty() const { return bits_ == 0; }
    constexpr bool has(Permission one) const { return (bits_ & bit(one)) != 0; }
    /// Does who has these have one of the wanted?
    constexpr bool serve(Permissions wanted) const {
        return has(Permission::all) || (bits_ & wanted.bits_) != 0;
    }
    /// Is nothing in these that is not in the other?
    constexpr bool within(Permissions other) const {
        return other.has(Permission::all) || (bits_ & ~other.bits_) == 0;
    }
    friend constexpr bool operator==(Permissions, Permissions) = default;

private:
    static constexpr unsigned bit(Permission one) { return 1U << static_cast<unsigned>(one); }
    unsigned bits_ = 0;
};

/// What a person may do in one county.
struct CountyRights {
    CountyId county;
    Permissions permissions;
};

} // namespace strikeoff::http
