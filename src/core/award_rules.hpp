#pragma once

#include "core/describe.hpp"
#include "core/money.hpp"
#include "core/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace strikeoff {

enum class Format : std::uint8_t { proxy, sealed, open };
BOOST_DESCRIBE_ENUM(Format, proxy, sealed, open)
enum class ZeroBids : std::uint8_t { allowed, refused };
BOOST_DESCRIBE_ENUM(ZeroBids, allowed, refused)
enum class GroupPrice : std::uint8_t { as_one, as_many };
BOOST_DESCRIBE_ENUM(GroupPrice, as_one, as_many)
enum class TieWeight : std::uint8_t { per_bidder, per_group };
BOOST_DESCRIBE_ENUM(TieWeight, per_bidder, per_group)
enum class Tie : std::uint8_t { random, first_received };
BOOST_DESCRIBE_ENUM(Tie, random, first_received)

/// What decides an award besides the bids. The defaults are Florida's (F.S. 197.432(5)).
struct AwardRules {
    Format format = Format::proxy;
    Rate rate_start = Rate::from_bp(1800);
    Rate rate_step = Rate::from_bp(25);
    Rate rate_floor = Rate::from_bp(25); ///< Lowest rate above zero.
    ZeroBids zero_bids = ZeroBids::allowed;
    bool blocked_bids_set_price = false;
    GroupPrice group_price = GroupPrice::as_one;
    TieWeight tie_weight = TieWeight::per_bidder;
    Tie tie = Tie::random;                     ///< The open format knows first_received alone.
    std::optional<int> extension_minutes = {}; ///< Open format; nothing is a hard close.
    int extensions_max = 10;                   ///< Open format; of an item.

    friend bool operator==(const AwardRules&, const AwardRules&) = default;
};
// The extensions are written and read with the rules of the open format alone.
BOOST_DESCRIBE_STRUCT(AwardRules, (),
                      (format, rate_start, rate_step, rate_floor, zero_bids, blocked_bids_set_price,
                       group_price, tie_weight, tie))

/// Reads rules as `clear --rules` and openings have them: a JSON object, every key optional. Fails
/// with `rules.malformed` for an unknown or repeated key, a wrong value, a step of 0, or a floor
/// above the start.
Result<AwardRules> parse_award_rules(std::string_view json);

/// RFC 8785 canonical JSON with every key written out: the bytes that the opening commits to.
std::string canonical_award_rules(const AwardRules& rules);

/// A rate a bid may carry: 0.00 if allowed, or start - k x step within [floor, start].
bool is_legal_rate(const AwardRules& rules, Rate rate);

} // namespace strikeoff
