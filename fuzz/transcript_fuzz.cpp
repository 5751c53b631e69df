// Covers: src/core/verify.cpp src/core/verify_leaves.cpp src/core/verify_records.cpp
// Covers: src/core/transcript.cpp src/core/transcript_read.cpp src/core/published_json.cpp
// Covers: src/core/batch_result.cpp
#include "core/tests/draw_kat.hpp"
#include "core/tests/sale_fixture.hpp"
#include "core/verify.hpp"
#include "input.hpp"

#include <cassert>

namespace {

using namespace strikeoff;
using draw_kat::Sale;

struct Files {
    std::string transcript;
    std::string leaves;

    friend bool operator==(const Files&, const Files&) = default;
};

const Files& known_files() {
    static const Files files{draw_kat::transcript_text(), draw_kat::leaves_text()};
    return files;
}

bool holds(const Files& files) {
    static const PublicKey key = draw_kat::answer("public_key");
    const auto summary = verify_transcript(files.transcript, as_bytes(files.leaves), {.key = key});
    assert(summary ||
           (summary.error().reason.starts_with("verify.") && !summary.error().message.empty()));
    return summary.has_value();
}

/// What the file alone says: the operator may hide the county's secret, and how often a lot was
/// offered before. Whoever draws differently by that shows it in the results.
Transcript without_claims(Transcript transcript) {
    transcript.county_secret.reset();
    transcript.results.clear();
    transcript.signature = {};
    return transcript;
}

/// Any text and any leaves: what is accepted is the known sale, to the letter, whatever somebody
/// without the key does to the files.
void check_files(const Files& files) {
    const auto transcript = read_transcript(files.transcript);
    if (transcript) assert(canonical_transcript(*transcript) == files.transcript);
    assert(holds(files) == (files == known_files()));
    if (!transcript) return;
    // And whoever has the key, and signs the file anew but not its records, can change no record.
    const Files signed_anew{write_transcript(*transcript, draw_kat::sale_key()), files.leaves};
    if (!holds(signed_anew)) return;
    static const Transcript known = read_transcript(known_files().transcript).value();
    assert(without_claims(*transcript) == without_claims(known));
    assert(files.leaves == known_files().leaves);
}

void edit_lot(Sale& sale, fuzz::Numbers& numbers) {
    auto& lots = sale.transcript.lots;
    if (lots.empty()) return;
    BookLot& lot = lots[numbers.below(static_cast<std::uint32_t>(lots.size()))];
    switch (numbers.below(5)) {
    case 0:
        lot.face = Money::from_cents(numbers.u32());
        break;
    case 1:
        lot.adv_no = numbers.byte();
        break;
    case 2:
        lot.offered = !lot.offered;
        break;
    case 3:
        lot.certificate.uuid.bytes[15] = numbers.byte();
        break;
    default:
        lots.pop_back();
    }
}

void edit_bidder(Sale& sale, fuzz::Numbers& numbers) {
    auto& bidders = sale.transcript.bidders;
    if (bidders.empty()) return;
    BookBidder& bidder = bidders[numbers.below(static_cast<std::uint32_t>(bidders.size()))];
    switch (numbers.below(5)) {
    case 0:
        bidder.budget = Money::from_cents(numbers.u32());
        break;
    case 1:
        bidder.weight = 1 + numbers.byte(); // The draw of a server knows no weight of 0.
        break;
    case 2:
        bidder.eligible = !bidder.eligible;
        break;
    case 3:
        bidder.ref[0] = numbers.byte();
        break;
    default:
        bidders.pop_back();
    }
}

void edit_leaf(Sale& sale, fuzz::Numbers& numbers) {
    auto& leaves = sale.leaves;
    const Transcript& transcript = sale.transcript;
    if (leaves.empty()) return;
    const auto at = numbers.below(static_cast<std::uint32_t>(leaves.size()));
    Leaf& leaf = leaves[at];
    switch (numbers.below(7)) {
    case 0:
        leaf.rate = Rate::from_bp(numbers.byte() * 25);
        break;
    case 1:
        leaf.kind = leaf.kind == BidKind::place ? BidKind::withdraw : BidKind::place;
        break;
    case 2:
        leaf.accepted_at = leaf.accepted_at + std::chrono::microseconds{numbers.u32()};
        break;
    case 3:
        leaf.bid.uuid.bytes[15] = numbers.byte();
        break;
    case 4:
        if (!transcript.lots.empty())
            leaf.certificate =
                transcript.lots[numbers.below(static_cast<std::uint32_t>(transcript.lots.size()))]
                    .certificate;
        break;
    case 5:
        leaves.push_back(leaf);
        break;
    default:
        leaves.erase(leaves.begin() + at);
    }
}

void edit_change(Sale& sale, fuzz::Numbers& numbers) {
    auto& changes = sale.transcript.changes;
    if (changes.empty() || numbers.below(4) == 0) {
        // In front of those of the sale, or behind them; as its time is, it may be wrong there.
        SignedChange added;
        added.change.kind = static_cast<ChangeKind>(1 + numbers.below(5));
        added.change.new_end = sale.transcript.terms.end;
        added.change.at = sale.transcript.terms.start;
        changes.insert(numbers.below(2) == 0 ? changes.begin() : changes.end(), added);
        return;
    }
    Change& change = changes[numbers.below(static_cast<std::uint32_t>(changes.size()))].change;
    switch (numbers.below(4)) {
    case 0:
        change.kind = static_cast<ChangeKind>(1 + numbers.below(5));
        break;
    case 1:
        change.at = change.at + std::chrono::microseconds{numbers.u32()};
        break;
    case 2:
        change.new_end = change.new_end - std::chrono::microseconds{numbers.u32()};
        break;
    default:
        change.certificate = {};
    }
}

void edit_rules_and_times(Sale& sale, fuzz::Numbers& numbers) {
    Transcript& transcript = sale.transcript;
    AwardRules& rules = transcript.rules;
    switch (numbers.below(10)) {
    case 0:
        rules.format = Format::sealed;
        break;
    case 1:
        rules.rate_step = Rate::from_bp(1 + numbers.byte());
        break;
    case 2:
        rules.zero_bids = ZeroBids::refused;
        break;
    case 3:
        rules.blocked_bids_set_price = true;
        break;
    case 4:
        rules.group_price = GroupPrice::as_many;
        break;
    case 5:
        rules.tie_weight = TieWeight::per_group;
        break;
    case 6:
        rules.tie = Tie::first_received;
        break;
    case 7:
        transcript.county_secret.reset();
        break;
    case 8:
        transcript.closed_at = transcript.closed_at - std::chrono::microseconds{numbers.u32()};
        break;
    default:
        if (!transcript.groups.empty()) transcript.groups.pop_back();
    }
}

/// A sale that an operator with the key tells otherwise, every record signed. If it is accepted,
/// its results follow from the rest: no other winner or rate is.
void check_sealed(fuzz::Numbers numbers) {
    static const Sale known = draw_kat::known_sale();
    Sale sale = known;
    for (int edits = 0; edits < 8 && !numbers.at_end(); ++edits) {
        constexpr void (*edit[])(Sale&, fuzz::Numbers&) = {edit_lot, edit_bidder, edit_leaf,
                                                           edit_change, edit_rules_and_times};
        edit[numbers.below(std::size(edit))](sale, numbers);
    }
    draw_kat::seal(sale);
    const std::string leaves = draw_kat::leaves_file(sale);
    const auto files = [&] {
        return Files{write_transcript(sale.transcript, draw_kat::sale_key()), leaves};
    };
    if (!holds(files())) return;
    auto& results = sale.transcript.results;
    if (results.empty()) return;
    ResultRow& row = results[numbers.below(static_cast<std::uint32_t>(results.size()))];
    if (row.rate)
        row.rate = Rate::from_bp(row.rate->bp() + 1);
    else
        row.outcome = Outcome::struck;
    assert(!holds(files()));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    // A text is a transcript, which has one line feed, with its leaves behind; edits begin with a
    // zero byte.
    if (data[0] == 0) {
        check_sealed(fuzz::Numbers{{data + 1, size - 1}});
        return 0;
    }
    const std::string_view text = fuzz::text_of(data, size);
    const std::size_t end = std::min(text.find('\n'), size - 1) + 1;
    check_files({std::string{text.substr(0, end)}, std::string{text.substr(end)}});
    return 0;
}
