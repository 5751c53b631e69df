#include "core/canonical_json.hpp"
#include "core/json.hpp"
#include "core/published_json.hpp"
#include "core/transcript.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace strikeoff {
namespace {

namespace json = boost::json;

std::unexpected<Error> malformed(std::string message) {
    return fail(ErrorCode::invalid_input, "transcript.malformed", std::move(message));
}

/// Calls `read(reader)` for each entry of the list.
template <class Read>
void each(const json::value& value, const std::string& where, std::string& fault, Read read) {
    const json::array* items = PublishedReader{value, where, fault}.list();
    if (!items) return;
    for (std::size_t i = 0; i < items->size(); ++i)
        read((*items)[i], fmt::format("{}[{}]", where, i));
}

void read_book(PublishedReader& file, Transcript& out, std::string& fault) {
    const json::value* value = file.member("book");
    if (!value) return;
    PublishedReader book{*value, "book", fault};
    if (const json::value* lots = book.member("lots"))
        each(*lots, "book.lots", fault, [&](const json::value& row, std::string where) {
            BookLot& lot = out.lots.emplace_back();
            PublishedReader{row, std::move(where), fault}.row(lot.adv_no, lot.certificate, lot.face,
                                                              lot.offered);
        });
    if (const json::value* bidders = book.member("bidders"))
        each(*bidders, "book.bidders", fault, [&](const json::value& row, std::string where) {
            BookBidder& bidder = out.bidders.emplace_back();
            PublishedReader{row, std::move(where), fault}.row(bidder.ref, bidder.budget,
                                                              bidder.weight, bidder.eligible);
        });
    book.no_others();
}

void read_change(const json::value& value, std::string where, SignedChange& out,
                 std::string& fault) {
    PublishedReader change{value, std::move(where), fault};
    std::optional<CertificateId> certificate;
    std::uint32_t kind = 0;
    change.member("kind", kind);
    if (kind < 1 || kind > 5) change.note("its kind is unknown");
    change.member("at", out.change.at);
    change.member("new_end", out.change.new_end);
    change.member("certificate_id", certificate);
    change.member("reason_hash", out.change.reason_hash);
    change.member("hash", out.record.hash);
    change.member("signature", out.record.signature);
    change.no_others();
    out.change.kind = static_cast<ChangeKind>(kind);
    out.change.certificate = certificate.value_or(CertificateId{});
}

void read_groups(PublishedReader& file, Transcript& out, std::string& fault) {
    const json::value* value = file.member("groups");
    if (!value) return;
    each(*value, "groups", fault, [&](const json::value& row, std::string where) {
        PublishedReader reader{row, std::move(where), fault};
        const json::array* pair = reader.list();
        if (!pair) return;
        BookGroup& group = out.groups.emplace_back();
        if (pair->size() != 2 || !read_published((*pair)[0], group.ref) || !(*pair)[1].is_array())
            return reader.note("it is not a pseudonym and a list of members");
        for (const json::value& member : (*pair)[1].get_array())
            if (!read_published(member, group.members.emplace_back()))
                return reader.note("a member is not an id");
    });
}

void read_opening(PublishedReader& file, Transcript& out, std::string& fault) {
    const json::value* value = file.member("open");
    if (!value) return;
    PublishedReader open{*value, "open", fault};
    open.member("start", out.terms.start);
    open.member("end", out.terms.end);
    open.member("c_county", out.terms.county_commitment);
    open.member("c_operator", out.terms.operator_commitment);
    open.member("rules_hash", out.terms.rules_hash);
    open.member("lots_hash", out.terms.lots_hash);
    open.member("hash", out.opening.hash);
    open.member("signature", out.opening.signature);
    open.no_others();
}

void read_head_and_close(PublishedReader& file, Transcript& out, std::string& fault) {
    if (const json::value* value = file.member("head")) {
        PublishedReader head{*value, "head", fault};
        head.member("n", out.head_leaves);
        head.member("root", out.root);
        head.member("closed_at", out.closed_at);
        head.member("hash", out.head.hash);
        head.member("signature", out.head.signature);
        head.no_others();
    }
    if (const json::value* value = file.member("close")) {
        PublishedReader close{*value, "close", fault};
        close.member("book_hash", out.book_hash);
        close.member("groups_hash", out.groups_hash);
        close.member("hash", out.close.hash);
        close.member("signature", out.close.signature);
        close.no_others();
    }
    if (const json::value* value = file.member("leaves")) {
        PublishedReader leaves{*value, "leaves", fault};
        leaves.member("count", out.leaves_count);
        leaves.member("sha256", out.leaves_sha256);
        leaves.no_others();
    }
}

void read_secrets(PublishedReader& file, Transcript& out, std::string& fault) {
    const json::value* value = file.member("secrets");
    if (!value) return;
    PublishedReader secrets{*value, "secrets", fault};
    secrets.member("operator", out.operator_secret);
    secrets.member("k_blind", out.k_blind);
    const json::value* county = secrets.member("county");
    if (county && !county->is_null()) {
        CountySecret& secret = out.county_secret.emplace();
        PublishedReader reader{*county, "secrets.county", fault};
        reader.member("s", secret.secret);
        reader.member("received_at", secret.received_at);
        reader.member("signature", secret.signature);
        reader.no_others();
    }
    secrets.no_others();
}

void read_results(PublishedReader& file, Transcript& out, std::string& fault) {
    const json::value* value = file.member("results");
    if (!value) return;
    each(*value, "results", fault, [&](const json::value& item, std::string where) {
        ResultRow& row = out.results.emplace_back();
        PublishedReader{item, std::move(where), fault}.row(row.adv_no, row.certificate, row.outcome,
                                                           row.bidder_ref, row.member, row.rate,
                                                           row.round);
    });
}

/// A number or a pseudonym that occurs twice could be read in two ways.
template <class Entry, class Key>
void no_twice(const std::vector<Entry>& entries, Key Entry::* key, std::string_view where,
              std::string& fault) {
    const auto twice = std::ranges::adjacent_find(entries, {}, key);
    if (twice == entries.end() || !fault.empty()) return;
    fault = fmt::format("{}: entry {} and the next are of the same lot or bidder", where,
                        twice - entries.begin() + 1);
}

void read_rules(PublishedReader& file, Transcript& out) {
    const json::value* value = file.member("rules");
    if (!value) return;
    auto rules = parse_award_rules(canonical_json(*value));
    if (!rules) return file.note(rules.error().message);
    out.rules = *rules;
}

} // namespace

Result<Transcript> read_transcript(std::string_view text) {
    const auto document = parse_json_strict(text);
    if (!document) return malformed(document.error().message);

    Transcript out;
    std::string fault;
    PublishedReader file{*document, "the transcript", fault};
    std::uint32_t version = 0;
    file.member("version", version);
    if (version != 1) file.note("it is not of version 1");
    file.member("auction_id", out.terms.auction);
    file.member("batch_id", out.terms.batch);
    file.member("key", out.terms.key);
    read_rules(file, out);
    read_opening(file, out, fault);
    if (const json::value* changes = file.member("changes"))
        each(*changes, "changes", fault, [&](const json::value& item, std::string where) {
            read_change(item, std::move(where), out.changes.emplace_back(), fault);
        });
    read_head_and_close(file, out, fault);
    read_book(file, out, fault);
    read_groups(file, out, fault);
    read_secrets(file, out, fault);
    read_results(file, out, fault);
    file.member("signature", out.signature);
    file.no_others();
    no_twice(out.lots, &BookLot::adv_no, "book.lots", fault);
    no_twice(out.bidders, &BookBidder::ref, "book.bidders", fault);
    no_twice(out.groups, &BookGroup::ref, "groups", fault);
    no_twice(out.results, &ResultRow::adv_no, "results", fault);
    if (!fault.empty()) return malformed(std::move(fault));
    // Everything that the text could say in another way, it must say in this one.
    if (canonical_transcript(out) != text)
        return malformed("it is not canonical JSON (RFC 8785) in ascending order with one line "
                         "feed at its end");
    return out;
}

} // namespace strikeoff
