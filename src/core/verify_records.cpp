#include "core/verify_records.hpp"

#include "core/sha256.hpp"

#include <fmt/format.h>

#include <unordered_set>

namespace strikeoff::verification {
namespace {

__extension__ using uint128 = unsigned __int128;

/// The hash that stands in the transcript is the one computed, and the key signed it.
Result<void> check_record(const Transcript& transcript, const SignedRecord& record,
                          const Hash& computed, std::string_view check, std::string_view where) {
    if (record.hash != computed)
        return failed(check, where,
                      fmt::format("the transcript says {}, recomputed {}", to_hex(record.hash),
                                  to_hex(computed)));
    if (!verify_signature(transcript.terms.key, chain_message(computed), record.signature))
        return failed(check, where, "the signature is not that of the key over this record");
    return {};
}

Result<void> check_hash(const Hash& said, const Hash& computed, std::string_view check,
                        std::string_view where) {
    if (said == computed) return {};
    return failed(check, where,
                  fmt::format("the hash in the transcript is {}, recomputed {}", to_hex(said),
                              to_hex(computed)));
}

Result<void> check_lots(const Transcript& transcript) {
    std::unordered_set<CertificateId> certificates;
    for (const BookLot& lot : transcript.lots) {
        const std::string where = fmt::format("lot with advertised number {}", lot.adv_no);
        if (!certificates.insert(lot.certificate).second)
            return failed("open", where, "its certificate has another number as well");
        if (lot.face == Money{}) return failed("open", where, "its face is nothing");
    }
    return check_hash(transcript.terms.lots_hash, lots_hash(transcript.lots), "open",
                      "lots of the opening");
}

/// What kind of change may say what.
Result<void> check_change(const Change& change, Instant end_before, Instant happened_before,
                          std::string_view where) {
    const bool names_a_lot = !change.certificate.uuid.is_nil();
    if (names_a_lot != (change.kind == ChangeKind::lot_withdrawn))
        return failed("change", where,
                      names_a_lot ? "it names a lot but does not withdraw one"
                                  : "it withdraws a lot but does not say which");
    const bool may_move_end =
        change.kind == ChangeKind::end_moved || change.kind == ChangeKind::resumed;
    if (!may_move_end && change.new_end != end_before)
        return failed("change", where, "it is of a kind that cannot move the end, but moves it");
    if (change.at < happened_before)
        return failed("change", where, "it happened before the change in front of it");
    if (change.kind == ChangeKind::canceled)
        return failed("change", where, "the batch was canceled, so it can have no results");
    return {};
}

std::string describe(const ResultRow& row) {
    std::string text{enum_name(row.outcome)};
    if (row.bidder_ref) text += fmt::format(" to bidder {}", to_hex(*row.bidder_ref));
    if (row.member) text += fmt::format(", member {},", *row.member);
    if (row.rate) text += fmt::format(" at {} %", format_rate(*row.rate));
    return text;
}

} // namespace

std::unexpected<Error> failed(std::string_view check, std::string_view where,
                              std::string_view what) {
    return fail(ErrorCode::rule_violation, fmt::format("verify.{}", check),
                fmt::format("{}: {}", where, what));
}

Result<void> check_file_signature(const Transcript& transcript,
                                  const std::optional<PublicKey>& known_key) {
    const PublicKey& key = transcript.terms.key;
    if (known_key && *known_key != key)
        return failed("signature", "file signature",
                      fmt::format("the transcript names the key {}, the one given is {}",
                                  to_hex(key), to_hex(*known_key)));
    if (!verify_signature(key, transcript_signed_message(transcript), transcript.signature))
        return failed("signature", "file signature", "it is not that of the key over this file");
    return {};
}

Result<void> check_openings(const Transcript& transcript) {
    const OpeningTerms& terms = transcript.terms;
    if (terms.start >= terms.end)
        return failed("open", "opening", "the batch ends before it starts");
    SO_TRY_VOID(check_hash(terms.rules_hash, sha256(canonical_award_rules(transcript.rules)),
                           "open", "rules of the opening"));
    SO_TRY_VOID(check_lots(transcript));
    Hash latest = opening_hash(terms);
    SO_TRY_VOID(check_record(transcript, transcript.opening, latest, "open", "opening"));

    Instant end = terms.end;
    Instant happened = Instant::from_micros(INT64_MIN);
    std::uint32_t number = 0;
    for (const auto& [change, record] : transcript.changes) {
        const std::string where = fmt::format("change {}", ++number);
        latest = change_hash(terms.batch, number, latest, change);
        SO_TRY_VOID(check_record(transcript, record, latest, "change", where));
        SO_TRY_VOID(check_change(change, end, happened, where));
        end = change.new_end;
        happened = change.at;
    }
    return {};
}

Instant final_end(const Transcript& transcript) {
    return transcript.changes.empty() ? transcript.terms.end
                                      : transcript.changes.back().change.new_end;
}

Result<void> check_head(const Transcript& transcript) {
    const Hash& latest = transcript.changes.empty() ? transcript.opening.hash
                                                    : transcript.changes.back().record.hash;
    if (transcript.closed_at < final_end(transcript))
        return failed("head", "head", "the batch was closed before its end");
    if (!transcript.changes.empty() && transcript.closed_at < transcript.changes.back().change.at)
        return failed("head", "head", "the batch was changed after it was closed");
    return check_record(transcript, transcript.head,
                        head_hash(transcript.terms.batch, latest, transcript.head_leaves,
                                  transcript.root, transcript.closed_at),
                        "head", "head");
}

Result<void> check_book(const Transcript& transcript, std::span<const std::uint32_t> leaves_of,
                        std::span<const LiveBid> bids) {
    std::vector<uint128> live_total(transcript.bidders.size());
    for (const LiveBid& bid : bids)
        live_total[bid.bidder] += static_cast<uint128>(transcript.lots[bid.item].face.cents());
    for (std::size_t i = 0; i < transcript.bidders.size(); ++i) {
        const BookBidder& bidder = transcript.bidders[i];
        const std::string where = fmt::format("book, bidder {}", to_hex(bidder.ref));
        if (leaves_of[i] == 0) return failed("book", where, "the bidder has no leaf");
        if (bidder.weight == 0) return failed("book", where, "the weight is 0");
        if (static_cast<uint128>(bidder.budget.cents()) > live_total[i])
            return failed("book", where, "the budget is above the face of all its live bids");
    }
    std::unordered_set<CertificateId> withdrawn;
    for (const auto& [change, record] : transcript.changes)
        if (change.kind == ChangeKind::lot_withdrawn) withdrawn.insert(change.certificate);
    for (const BookLot& lot : transcript.lots) {
        const bool was_withdrawn = withdrawn.erase(lot.certificate) != 0;
        if (lot.offered == was_withdrawn)
            return failed("book", fmt::format("book, advertised number {}", lot.adv_no),
                          lot.offered ? "a change withdrew the lot, the book still offers it"
                                      : "the book withdraws the lot, but no change did");
    }
    if (!withdrawn.empty())
        return failed("book", "book",
                      fmt::format("a change withdrew {}, which is no lot of the batch",
                                  withdrawn.begin()->text()));
    return check_hash(transcript.book_hash, book_hash(transcript.lots, transcript.bidders), "book",
                      "book");
}

Result<void> check_groups(const Transcript& transcript) {
    auto group = transcript.groups.begin();
    for (const BookBidder& bidder : transcript.bidders) {
        if (bidder.weight == 1) continue;
        const std::string where = fmt::format("group {}", to_hex(bidder.ref));
        if (group == transcript.groups.end() || group->ref != bidder.ref)
            return failed("groups", where,
                          "the bidder's weight is above 1, but no group stands "
                          "in its place");
        if (group->members.size() != bidder.weight)
            return failed("groups", where,
                          fmt::format("it has {} members, the bidder's weight is {}",
                                      group->members.size(), bidder.weight));
        std::unordered_set<BidderNumberId> members;
        for (const BidderNumberId& member : group->members)
            if (!members.insert(member).second)
                return failed("groups", where,
                              fmt::format("member {} occurs twice", member.text()));
        ++group;
    }
    if (group != transcript.groups.end())
        return failed("groups", fmt::format("group {}", to_hex(group->ref)),
                      "no bidder of the book with a weight above 1 stands behind it");
    return check_hash(transcript.groups_hash, groups_hash(transcript.groups), "groups", "groups");
}

Result<void> check_close(const Transcript& transcript) {
    return check_record(transcript, transcript.close,
                        close_hash(transcript.terms.batch, transcript.head.hash,
                                   transcript.book_hash, transcript.groups_hash),
                        "close", "close record");
}

Result<void> check_secrets(const Transcript& transcript) {
    const OpeningTerms& terms = transcript.terms;
    if (const auto& county = transcript.county_secret) {
        if (terms.county_commitment == no_hash)
            return failed("secrets", "secret of the county", "the county had committed to none");
        if (commitment(SecretRole::county, terms.batch, county->secret) != terms.county_commitment)
            return failed("secrets", "secret of the county",
                          "it is not the one committed to at the opening");
        if (county->received_at < transcript.closed_at)
            return failed("secrets", "secret of the county",
                          "it was received before the batch was closed");
        if (!verify_signature(terms.key,
                              secret_message(terms.batch, transcript.close.hash, county->secret,
                                             county->received_at),
                              county->signature))
            return failed("secrets", "secret of the county",
                          "the receipt for it is not signed by the key");
    }
    if (commitment(SecretRole::operator_, terms.batch, transcript.operator_secret) !=
        terms.operator_commitment)
        return failed("secrets", "secret of the operator",
                      "it is not the one committed to at the opening");
    return {};
}

Result<void> check_results(const Transcript& transcript, std::span<const LiveBid> bids) {
    const std::vector<ResultRow>& said = transcript.results;
    if (said.size() != transcript.lots.size())
        return failed("results", "results",
                      fmt::format("there are {} for {} lots", said.size(), transcript.lots.size()));
    std::vector<std::uint32_t> rounds;
    rounds.reserve(said.size());
    for (const ResultRow& row : said)
        rounds.push_back(row.round); // Lots and results stand in the same order.
    const std::vector<ResultRow> computed =
        award_batch(transcript.rules, transcript.lots, rounds, transcript.bidders, bids,
                    transcript_draw_key(transcript));
    for (std::size_t i = 0; i < said.size(); ++i) {
        if (said[i].adv_no != computed[i].adv_no || said[i].certificate != computed[i].certificate)
            return failed("results",
                          fmt::format("result of advertised number {}", computed[i].adv_no),
                          "another number or certificate stands in its place");
        if (said[i] != computed[i])
            return failed("results", fmt::format("result of advertised number {}", said[i].adv_no),
                          fmt::format("the transcript says {}, recomputed {}", describe(said[i]),
                                      describe(computed[i])));
    }
    return {};
}

} // namespace strikeoff::verification
