#include "core/verify_receipts.hpp"

#include "core/receipt.hpp"
#include "core/verify_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace strikeoff::verification {
namespace {

constexpr std::size_t bid_offset = 24;
constexpr std::size_t bidder_ref_offset = 56;
constexpr std::size_t blind_offset = 88;

/// A leaf ends in a cut hash.
struct LeafHasher {
    std::size_t operator()(const LeafBytes& leaf) const {
        return load_be64(leaf.data() + blind_offset);
    }
};

Uuid uuid_at(const std::uint8_t* bytes) {
    Uuid uuid;
    std::memcpy(uuid.bytes.data(), bytes, uuid.bytes.size());
    return uuid;
}

Uuid bidder_of(const std::uint8_t* leaf) {
    return uuid_at(leaf + bidder_ref_offset);
}

Uuid bid_of(const std::uint8_t* leaf) {
    return uuid_at(leaf + bid_offset);
}

Result<void> check_receipt(const Transcript& transcript, const Receipt& receipt,
                           std::string_view where) {
    if (receipt.batch != transcript.terms.batch)
        return failed("receipts", where, "it belongs to another batch");
    const auto is_opening = [&receipt](const SignedChange& change) {
        return change.record.hash == receipt.opening;
    };
    if (receipt.opening != transcript.opening.hash &&
        std::ranges::none_of(transcript.changes, is_opening))
        return failed("receipts", where, "it names an opening that is not in the transcript");
    if (const auto verified = verify_receipt(receipt, transcript.terms.key); !verified)
        return failed("receipts", where, verified.error().message);
    return {};
}

} // namespace

Result<void> check_receipts(const Transcript& transcript, ByteView leaves,
                            std::string_view receipts_text, Completeness completeness) {
    const auto receipts = read_receipts(receipts_text);
    if (!receipts) return failed("receipts", "receipts", receipts.error().message);

    std::unordered_map<LeafBytes, bool, LeafHasher> published; // By leaf of a receipt.
    std::unordered_set<Uuid> bidders;
    std::size_t number = 0;
    for (const Receipt& receipt : *receipts) {
        SO_TRY_VOID(check_receipt(transcript, receipt, fmt::format("receipt {}", ++number)));
        published.emplace(receipt.leaf, false);
        bidders.insert(bidder_of(receipt.leaf.data()));
    }

    // The bid sent again, through another process of the service perhaps, is stored again and void.
    std::set<std::pair<Uuid, Uuid>> proven;
    std::size_t without_receipt = 0; // The first such leaf, counted from 1.
    LeafBytes leaf;
    for (std::size_t at = 0; at < leaves.size(); at += leaf_size) {
        if (!bidders.contains(bidder_of(leaves.data() + at))) continue;
        std::memcpy(leaf.data(), leaves.data() + at, leaf_size);
        const std::pair id{bidder_of(leaf.data()), bid_of(leaf.data())};
        if (const auto found = published.find(leaf); found != published.end()) {
            found->second = true;
            proven.insert(id);
        } else if (without_receipt == 0 && !proven.contains(id)) {
            without_receipt = at / leaf_size + 1;
        }
    }
    number = 0;
    for (const Receipt& receipt : *receipts) {
        ++number;
        if (!published.at(receipt.leaf))
            return failed("receipts", fmt::format("receipt {}", number),
                          "its leaf is not among the published ones");
    }
    if (without_receipt != 0 && completeness == Completeness::complete)
        return failed(
            "receipts", fmt::format("leaf {}", without_receipt),
            fmt::format(
                "it is of bidder {}, whose receipts do not have it",
                to_hex(bidder_of(leaves.data() + (without_receipt - 1) * leaf_size).bytes)));
    return {};
}

} // namespace strikeoff::verification
