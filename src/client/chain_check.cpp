#include "client/chain_check.hpp"

#include "core/chain.hpp"
#include "core/sha256.hpp"

namespace strikeoff::client {
namespace {

using auctions::ChainLink;

std::unexpected<Error> wrong(std::string reason, std::string message) {
    return fail(ErrorCode::conflict, std::move(reason), std::move(message));
}

Result<void> check_opening(const PublicBatch& seen, const ChainLink& link, const Hash& commitment,
                           const PublicKey& key) {
    if (link.c_county != commitment)
        return wrong("chain.opening", "the opening names another commitment than ours");
    if (!link.at || !link.end_time || !link.c_operator || !link.rules)
        return wrong("chain.opening", "the opening lacks its times, its rules or the operator's "
                                      "commitment");
    std::vector<BookLot> lots;
    for (const auctions::Item& item : seen.items)
        lots.push_back({static_cast<std::uint32_t>(item.adv_no), item.certificate_id, item.face});
    const Hash expected = opening_hash({.batch = seen.batch.id,
                                        .auction = seen.batch.auction_id,
                                        .start = *link.at,
                                        .end = *link.end_time,
                                        .county_commitment = commitment,
                                        .operator_commitment = *link.c_operator,
                                        .rules_hash = sha256(*link.rules),
                                        .lots_hash = lots_hash(lots),
                                        .key = key});
    if (expected != link.hash)
        return wrong("chain.opening",
                     "the opening's hash does not follow from the batch, its items and rules");
    return {};
}

std::optional<ChangeKind> kind_of(const ChainLink& link) {
    static constexpr std::array<std::string_view, 5> names{"end_moved", "paused", "resumed",
                                                           "lot_withdrawn", "canceled"};
    for (std::size_t i = 0; i < names.size(); ++i)
        if (link.kind == names[i]) return static_cast<ChangeKind>(i + 1);
    return std::nullopt;
}

/// The link does not say which lot was withdrawn: one of those that are shown as such must fit.
Result<void> check_change(const PublicBatch& seen, const ChainLink& link, const Hash& previous) {
    const auto kind = kind_of(link);
    if (!kind || !link.at || !link.end_time)
        return wrong("chain.change", fmt::format("change {} is incomplete", link.number));
    std::vector<CertificateId> candidates;
    if (*kind != ChangeKind::lot_withdrawn) candidates.emplace_back();
    for (const auctions::Item& item : seen.items)
        if (*kind == ChangeKind::lot_withdrawn && item.status == auctions::LotStatus::withdrawn)
            candidates.push_back(item.certificate_id);
    for (const CertificateId certificate : candidates)
        if (change_hash(seen.batch.id, static_cast<std::uint32_t>(link.number), previous,
                        {.kind = *kind,
                         .at = *link.at,
                         .new_end = *link.end_time,
                         .certificate = certificate,
                         .reason_hash = sha256(link.reason.value_or(""))}) == link.hash)
            return {};
    return wrong("chain.change", fmt::format("the hash of change {} does not follow from the "
                                             "record before and what changed",
                                             link.number));
}

} // namespace

Result<void> check_chain(const PublicBatch& seen, const Hash& commitment, const PublicKey& key) {
    Hash previous{};
    int expected_number = 0;
    for (const ChainLink& link : seen.chain.links) {
        if (link.record == "opening") {
            SO_TRY_VOID(check_opening(seen, link, commitment, key));
        } else if (expected_number == 0) {
            return wrong("chain.opening", "the chain does not begin with its opening");
        } else if (link.record == "change") {
            if (link.number != expected_number)
                return wrong("chain.change", fmt::format("change {} is missing", expected_number));
            SO_TRY_VOID(check_change(seen, link, previous));
        }
        if (!verify_signature(key, chain_message(link.hash), link.signature))
            return wrong("chain.signature",
                         fmt::format("the {} is not signed with the server's key", link.record));
        previous = link.hash;
        ++expected_number;
    }
    return {};
}

} // namespace strikeoff::client
