#include "core/tests/draw_kat.hpp"
#include "core/tests/sale_fixture.hpp"
#include "core/verify.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace strikeoff {
namespace {

using draw_kat::Sale;
using draw_kat::seal;
using draw_kat::signed_record;

/// "ok", or the reason and the message of the first failure.
std::string verdict(std::string_view transcript, std::string_view leaves,
                    const VerifyOptions& options = {}) {
    const auto summary = verify_transcript(transcript, as_bytes(leaves), options);
    return summary ? "ok" : summary.error().reason + " | " + summary.error().message;
}

std::string verdict(const Sale& sale) {
    return verdict(write_transcript(sale.transcript, draw_kat::sale_key()), leaves_file(sale));
}

TEST(Verify, the_known_sale_is_in_order) {
    const std::string leaves = draw_kat::leaves_text();
    const auto summary = verify_transcript(draw_kat::transcript_text(), as_bytes(leaves),
                                           {.key = draw_kat::answer("public_key")});
    ASSERT_TRUE(summary) << summary.error().message;
    EXPECT_EQ(summary->leaves, 13U);
    EXPECT_EQ(summary->items, 5U);
    EXPECT_TRUE(summary->county_took_part);
}

TEST(Verify, another_key_than_the_one_known_is_refused) {
    PublicKey other = draw_kat::answer("public_key");
    other[0] ^= 1;
    EXPECT_EQ(
        verdict(draw_kat::transcript_text(), draw_kat::leaves_text(), {.key = other}).substr(0, 33),
        "verify.signature | file signature");
}

TEST(Verify, a_change_of_any_byte_of_the_transcript_is_found) {
    const std::string leaves = draw_kat::leaves_text();
    std::string text = draw_kat::transcript_text();
    for (std::size_t i = 0; i < text.size(); ++i)
        for (const char flip : {'\x01', '\x20', '\x80'}) {
            text[i] = static_cast<char>(text[i] ^ flip);
            ASSERT_NE(verdict(text, leaves), "ok") << "byte " << i;
            text[i] = static_cast<char>(text[i] ^ flip);
        }
    EXPECT_EQ(verdict(text, leaves), "ok");
    EXPECT_NE(verdict(text.substr(0, text.size() - 1), leaves), "ok");
    EXPECT_NE(verdict(text + "\n", leaves), "ok");
}

TEST(Verify, a_change_of_any_byte_of_the_leaves_is_found) {
    const std::string text = draw_kat::transcript_text();
    std::string leaves = draw_kat::leaves_text();
    for (std::size_t i = 0; i < leaves.size(); ++i)
        for (const char flip : {'\x01', '\x80'}) {
            leaves[i] = static_cast<char>(leaves[i] ^ flip);
            ASSERT_EQ(verdict(text, leaves).substr(0, 13), "verify.leaves") << "byte " << i;
            leaves[i] = static_cast<char>(leaves[i] ^ flip);
        }
    EXPECT_EQ(verdict(text, leaves), "ok");
    EXPECT_NE(verdict(text, leaves.substr(1)), "ok");
    EXPECT_NE(verdict(text, leaves + '\0'), "ok");
    EXPECT_NE(verdict(text, leaves + leaves.substr(0, leaf_size)), "ok");
    EXPECT_NE(verdict(text, ""), "ok");
}

/// What an operator with the key might publish. `before` changes what the sale was, and all is
/// sealed again; `after` changes what is said of it, and only the file is signed again.
struct Lie {
    const char* expected; ///< How the verdict begins.
    std::function<void(Sale&)> before;
    std::function<void(Sale&)> after;
};

void expect_found(const std::vector<Lie>& lies) {
    for (const Lie& lie : lies) {
        Sale sale = draw_kat::known_sale();
        if (lie.before) lie.before(sale);
        seal(sale);
        if (lie.after) lie.after(sale);
        EXPECT_EQ(verdict(sale).substr(0, std::string_view{lie.expected}.size()), lie.expected);
    }
}

void shift(Instant& time, std::int64_t micros) {
    time = time + std::chrono::microseconds{micros};
}

TEST(Verify, lies_about_the_opening_are_found) {
    const auto none = std::function<void(Sale&)>{};
    expect_found({
        {"ok", none, none},
        {"verify.open | opening: the batch ends before it starts",
         [](Sale& s) { s.transcript.terms.end = s.transcript.terms.start; }, none},
        {"verify.open | rules of the opening: the hash", none,
         [](Sale& s) { s.transcript.rules.tie_weight = TieWeight::per_group; }},
        {"verify.open | lots of the opening: the hash", none,
         [](Sale& s) { s.transcript.lots[0].face += Money::from_cents(1); }},
        {"verify.open | lots of the opening: the hash", none,
         [](Sale& s) { s.transcript.lots.pop_back(); }},
        {"verify.open | lot with advertised number 12: its face is nothing",
         [](Sale& s) { s.transcript.lots[4].face = {}; }, none},
        {"verify.open | lot with advertised number 12: its certificate has another number",
         [](Sale& s) { s.transcript.lots[4].certificate = s.transcript.lots[0].certificate; },
         none},
        {"verify.form | form of the transcript: book.lots: entry 1 and the next",
         [](Sale& s) { s.transcript.lots[1].adv_no = s.transcript.lots[0].adv_no; }, none},
        {"verify.open | opening: the transcript says", none,
         [](Sale& s) { s.transcript.opening.hash[0] ^= 1; }},
        {"verify.open | opening: the transcript says", none,
         [](Sale& s) { shift(s.transcript.terms.start, 1); }},
        {"verify.open | opening: the transcript says", none,
         [](Sale& s) { s.transcript.terms.auction.uuid.bytes[0] ^= 1; }},
        {"verify.open | opening: the signature", none,
         [](Sale& s) { s.transcript.opening.signature[5] ^= 1; }},
    });
}

TEST(Verify, lies_about_the_changes_are_found) {
    const auto none = std::function<void(Sale&)>{};
    const auto change = [](Sale& s, std::size_t i) -> Change& {
        return s.transcript.changes[i].change;
    };
    expect_found({
        {"verify.change | change 2: the transcript says", none,
         [&](Sale& s) { shift(change(s, 1).at, 1); }},
        {"verify.change | change 1: the signature", none,
         [](Sale& s) { s.transcript.changes[0].record.signature[0] ^= 1; }},
        {"verify.change | change 1: the transcript says", none,
         [](Sale& s) { s.transcript.changes.erase(s.transcript.changes.begin()); }},
        {"verify.head | head: the transcript says", none,
         [](Sale& s) {
             s.transcript.changes.pop_back();
             s.transcript.lots[3].offered = true;
         }},
        {"verify.change | change 1: it names a lot but does not withdraw one",
         [&](Sale& s) { change(s, 0).certificate = s.transcript.lots[0].certificate; }, none},
        {"verify.change | change 2: it withdraws a lot but does not say which",
         [&](Sale& s) { change(s, 1).certificate = {}; }, none},
        {"verify.change | change 2: it is of a kind that cannot move the end",
         [&](Sale& s) { shift(change(s, 1).new_end, -1); }, none},
        {"verify.change | change 2: it happened before",
         [&](Sale& s) { change(s, 1).at = change(s, 0).at - std::chrono::microseconds{1}; }, none},
        {"verify.change | change 3: the batch was canceled",
         [&](Sale& s) {
             Change canceled = change(s, 1);
             canceled.kind = ChangeKind::canceled;
             canceled.certificate = {};
             s.transcript.changes.push_back({canceled, {}});
         },
         none},
    });
}

TEST(Verify, lies_about_the_head_are_found) {
    const auto none = std::function<void(Sale&)>{};
    expect_found({
        {"verify.head | head: the batch was closed before its end",
         [](Sale& s) {
             s.transcript.closed_at =
                 s.transcript.changes[1].change.new_end - std::chrono::microseconds{1};
         },
         none},
        {"ok", [](Sale& s) { s.transcript.closed_at = s.transcript.changes[1].change.new_end; },
         none},
        {"verify.head | head: the batch was changed after it was closed",
         [](Sale& s) {
             s.transcript.changes[1].change.at =
                 s.transcript.closed_at + std::chrono::microseconds{1};
         },
         none},
        {"verify.head | head: the transcript says", none,
         [](Sale& s) { s.transcript.root[0] ^= 1; }},
        {"verify.head | head: the transcript says", none,
         [](Sale& s) { ++s.transcript.head_leaves; }},
        {"verify.head | head: the signature", none,
         [](Sale& s) { s.transcript.head.signature[0] ^= 1; }},
    });
}

TEST(Verify, lies_about_the_leaves_are_found) {
    const auto none = std::function<void(Sale&)>{};
    expect_found({
        {"verify.leaves | leaves: the head counts 13, the transcript says 12", none,
         [](Sale& s) { --s.transcript.leaves_count; }},
        {"verify.leaves | leaves: the file has 1248 bytes, 13 leaves of 104 bytes are due", none,
         [](Sale& s) { s.leaves.pop_back(); }},
        {"verify.leaves | leaf 3 of 13: it belongs to another batch",
         [](Sale& s) { s.leaves[2].batch.uuid.bytes[15] ^= 1; }, none},
        {"verify.leaves | leaf 2 of 13: its rate, 0.26 %, is not legal",
         [](Sale& s) { s.leaves[1].rate = Rate::from_bp(26); }, none},
        {"verify.leaves | leaf 2 of 13: its rate, 18.25 %, is not legal",
         [](Sale& s) { s.leaves[1].rate = Rate::from_bp(1825); }, none},
        {"verify.leaves | leaf 11 of 13: its rate, 0.00 %, is not legal",
         [](Sale& s) { s.transcript.rules.zero_bids = ZeroBids::refused; }, none},
        {"verify.leaves | leaf 9 of 13: it withdraws a bid but carries a rate",
         [](Sale& s) { s.leaves[8].rate = Rate::from_bp(500); }, none},
        {"verify.leaves | leaf 4 of 13: its certificate is no lot of the book",
         [](Sale& s) { s.leaves[3].certificate.uuid.bytes[9] ^= 1; }, none},
        {"verify.leaves | leaf 13 of 13: its bidder is not in the book",
         [](Sale& s) { s.leaves[12].bidder_ref[0] ^= 1; }, none},
        {"verify.leaves | leaf 4 of 13: its bidder is not in the book",
         [](Sale& s) { s.transcript.bidders.erase(s.transcript.bidders.begin() + 2); }, none},
        {"verify.leaves | leaf 7 of 13: it is older than the one before",
         [](Sale& s) {
             s.leaves[6].accepted_at = s.leaves[5].accepted_at - std::chrono::microseconds{1};
         },
         none},
        {"verify.leaves | leaf 5 of 13: its blind", none,
         [](Sale& s) { s.leaves[4].blind[0] ^= 1; }},
        {"verify.leaves | leaf 1 of 13: its blind", none,
         [](Sale& s) { s.transcript.k_blind[0] ^= 1; }},
        {"verify.leaves | leaves: the file's hash is", none,
         [](Sale& s) { s.transcript.leaves_sha256[0] ^= 1; }},
        {"verify.leaves | leaves: the root of their tree is", none,
         [](Sale& s) {
             // Two leaves of one moment change places: each is right, only the order is not.
             std::swap(s.leaves[3], s.leaves[4]);
             s.transcript.leaves_sha256 = sha256(leaves_file(s));
         }},
    });
}

TEST(Verify, bids_outside_the_time_of_the_batch_are_found) {
    const auto none = std::function<void(Sale&)>{};
    const auto us = [](std::int64_t count) { return std::chrono::microseconds{count}; };
    const auto pause = [](Sale& s, Instant from, Instant to) {
        auto& changes = s.transcript.changes;
        const Instant end = changes[0].change.new_end;
        changes.insert(changes.begin() + 1, {Change{ChangeKind::resumed, to, end, {}, {}}, {}});
        changes.insert(changes.begin() + 1, {Change{ChangeKind::paused, from, end, {}, {}}, {}});
    };
    expect_found({
        {"ok", [](Sale& s) { s.leaves[0].accepted_at = s.transcript.terms.start; }, none},
        {"verify.leaves | leaf 1 of 13: it was accepted before the batch started",
         [&](Sale& s) { s.leaves[0].accepted_at = s.transcript.terms.start - us(1); }, none},
        {"ok",
         [&](Sale& s) {
             s.leaves[12].accepted_at = s.transcript.changes[0].change.new_end - us(1);
         },
         none},
        {"verify.leaves | leaf 13 of 13: it was accepted at or after the end of the batch",
         [](Sale& s) { s.leaves[12].accepted_at = s.transcript.changes[0].change.new_end; }, none},
        {"verify.leaves | leaf 1 of 13: it was accepted after the end that was then in force",
         [&](Sale& s) { s.transcript.changes[0].change.at = s.leaves[0].accepted_at + us(1); },
         none},
        {"ok", [](Sale& s) { s.transcript.changes[0].change.at = s.leaves[0].accepted_at; }, none},
        {"verify.leaves | leaf 2 of 13: it was accepted while the batch was paused",
         [&](Sale& s) {
             pause(s, s.leaves[1].accepted_at - us(1), s.leaves[1].accepted_at + us(1));
         },
         none},
        {"ok", [&](Sale& s) { pause(s, s.leaves[0].accepted_at + us(1), s.leaves[1].accepted_at); },
         none},
        {"ok", [&](Sale& s) { pause(s, s.leaves[0].accepted_at, s.leaves[1].accepted_at - us(1)); },
         none},
    });
}

TEST(Verify, lies_about_the_book_are_found) {
    const auto none = std::function<void(Sale&)>{};
    expect_found({
        {"verify.book | book, bidder 00000000000000000000000000000000: the bidder has no leaf",
         [](Sale& s) {
             s.transcript.bidders.insert(s.transcript.bidders.begin(), {{}, {}, 1, true});
         },
         none},
        {"verify.book | book, bidder 34dd8dc952f1c4a29a7d9885920faea1: the weight is 0",
         [](Sale& s) { s.transcript.bidders[0].weight = 0; }, none},
        {"verify.book | book, bidder 34dd8dc952f1c4a29a7d9885920faea1: the budget is above",
         [](Sale& s) { s.transcript.bidders[0].budget += Money::from_cents(1); }, none},
        {"ok", [](Sale& s) { s.transcript.bidders[0].budget -= Money::from_cents(1); }, none},
        {"verify.book | book, advertised number 10: a change withdrew the lot",
         [](Sale& s) { s.transcript.lots[3].offered = true; }, none},
        {"verify.book | book, advertised number 7: the book withdraws the lot, but no change did",
         [](Sale& s) { s.transcript.lots[0].offered = false; }, none},
        {"verify.book | book: a change withdrew 01a0c45d-03a5-77b0-a90c-7605d74344c4, which is no",
         [](Sale& s) {
             Change other = s.transcript.changes[1].change;
             other.certificate.uuid.bytes[15] ^= 7;
             s.transcript.changes.push_back({other, {}});
         },
         none},
        {"verify.book | book: the hash", none,
         [](Sale& s) { s.transcript.bidders[0].eligible = true; }},
        {"verify.book | book: the hash", none,
         [](Sale& s) { s.transcript.bidders[2].budget -= Money::from_cents(1); }},
        {"verify.book | book: the hash", none, [](Sale& s) { s.transcript.book_hash[0] ^= 1; }},
    });
}

TEST(Verify, lies_about_the_groups_are_found) {
    const auto none = std::function<void(Sale&)>{};
    const char* const group = "verify.groups | group 5a2deb9e6715d5e91a7c3b74c1e734d8: ";
    const std::string absent = group + std::string{"the bidder's weight is above 1"};
    const std::string few = group + std::string{"it has 3 members, the bidder's weight is 4"};
    const std::string twice = group + std::string{"member 01a0c458-29fb-74b7-af11-efac4efafa0e"};
    expect_found({
        {absent.c_str(), [](Sale& s) { s.transcript.groups.clear(); }, none},
        {few.c_str(), [](Sale& s) { s.transcript.groups[0].members.pop_back(); }, none},
        {twice.c_str(),
         [](Sale& s) { s.transcript.groups[0].members[3] = s.transcript.groups[0].members[0]; },
         none},
        {"verify.groups | group ff000000000000000000000000000000: no bidder of the book",
         [](Sale& s) { s.transcript.groups.push_back({Bytes16{0xff}, {{}, {}}}); }, none},
        {"verify.groups | groups: the hash", none,
         [](Sale& s) {
             std::swap(s.transcript.groups[0].members[0], s.transcript.groups[0].members[1]);
         }},
    });
}

TEST(Verify, lies_about_the_close_and_the_secrets_are_found) {
    const auto none = std::function<void(Sale&)>{};
    expect_found({
        {"verify.close | close record: the transcript says", none,
         [](Sale& s) { s.transcript.close.hash[0] ^= 1; }},
        {"verify.close | close record: the signature", none,
         [](Sale& s) { s.transcript.close.signature[0] ^= 1; }},
        {"verify.secrets | secret of the operator: it is not the one committed to", none,
         [](Sale& s) { s.transcript.operator_secret[0] ^= 1; }},
        {"verify.secrets | secret of the county: it is not the one committed to", none,
         [](Sale& s) { s.transcript.county_secret->secret[0] ^= 1; }},
        {"verify.secrets | secret of the county: the receipt", none,
         [](Sale& s) { s.transcript.county_secret->signature[0] ^= 1; }},
        {"verify.secrets | secret of the county: the receipt", none,
         [](Sale& s) { shift(s.transcript.county_secret->received_at, 1); }},
        {"verify.secrets | secret of the county: it was received before the batch was closed",
         [](Sale& s) {
             s.transcript.county_secret->received_at =
                 s.transcript.closed_at - std::chrono::microseconds{1};
         },
         none},
        {"verify.secrets | secret of the county: the county had committed to none",
         [](Sale& s) {
             s.transcript.terms.county_commitment = no_hash;
             s.transcript.county_secret.reset();
         },
         [](Sale& s) { s.transcript.county_secret.emplace(); }},
    });
}

TEST(Verify, without_the_countys_secret_the_draw_is_made_with_zeros) {
    for (const bool committed : {true, false}) {
        Sale sale = draw_kat::known_sale();
        if (!committed) sale.transcript.terms.county_commitment = no_hash;
        sale.transcript.county_secret.reset(); // Not revealed in time, or never committed to.
        seal(sale);
        if (committed)
            EXPECT_EQ(transcript_draw_key(sale.transcript), draw_kat::answer("PRK_without_county"));
        const auto summary =
            verify_transcript(write_transcript(sale.transcript, draw_kat::sale_key()),
                              as_bytes(draw_kat::leaves_text()));
        ASSERT_TRUE(summary) << summary.error().message;
        EXPECT_FALSE(summary->county_took_part);
    }
}

TEST(Verify, lies_about_the_results_are_found) {
    const auto none = std::function<void(Sale&)>{};
    const auto results = [](Sale& s) -> std::vector<ResultRow>& { return s.transcript.results; };
    expect_found({
        {"verify.results | results: there are 4 for 5 lots", none,
         [&](Sale& s) { results(s).pop_back(); }},
        {"verify.results | result of advertised number 12: another number or certificate", none,
         [&](Sale& s) { results(s)[4].adv_no = 13; }},
        {"verify.results | result of advertised number 7: another number or certificate", none,
         [&](Sale& s) { std::swap(results(s)[0].certificate, results(s)[1].certificate); }},
        {"verify.results | result of advertised number 7: the transcript says awarded to bidder "
         "34dd8dc952f1c4a29a7d9885920faea1, member 0, at 0.25 %, recomputed awarded to bidder "
         "fb464d88b72decc28833c7ac3665b9c0, member 0, at 0.25 %",
         none, [&](Sale& s) { results(s)[0].bidder_ref = s.transcript.bidders[0].ref; }},
        {"verify.results | result of advertised number 9:", none,
         [&](Sale& s) { results(s)[2].member = 0; }},
        {"verify.results | result of advertised number 8:", none,
         [&](Sale& s) { results(s)[1].rate = Rate::from_bp(1775); }},
        {"verify.results | result of advertised number 7:", none,
         [&](Sale& s) { results(s)[0].round = 1; }}, // Another draw, another winner.
        {"verify.results | result of advertised number 12: the transcript says withdrawn,", none,
         [&](Sale& s) {
             results(s)[4].outcome = Outcome::withdrawn;
             results(s)[4].rate.reset();
         }},
        {"verify.results | result of advertised number 10:", none,
         [&](Sale& s) { results(s)[3].rate = Rate::from_bp(1800); }},
        {"verify.results | result of advertised number 12:", none,
         [&](Sale& s) { results(s)[4].rate.reset(); }},
    });
}

TEST(Verify, a_batch_without_bids_is_struck_to_the_county) {
    Sale sale = draw_kat::known_sale();
    sale.leaves.clear();
    sale.transcript.bidders.clear();
    sale.transcript.groups.clear();
    seal(sale);
    EXPECT_EQ(verdict(sale), "ok");
    EXPECT_EQ(sale.transcript.results[0].outcome, Outcome::struck);
    sale.transcript.lots.clear();
    sale.transcript.changes.clear();
    sale.transcript.terms.end = sale.transcript.closed_at;
    seal(sale);
    EXPECT_EQ(verdict(sale), "ok");
}

TEST(Verify, a_transcript_that_promises_the_moon_allocates_nothing_for_it) {
    Sale sale = draw_kat::known_sale();
    sale.transcript.leaves_count = sale.transcript.head_leaves = (std::uint64_t{1} << 53) - 1;
    sale.transcript.head = signed_record(
        head_hash(sale.transcript.terms.batch, sale.transcript.changes[1].record.hash,
                  sale.transcript.head_leaves, sale.transcript.root, sale.transcript.closed_at));
    EXPECT_EQ(verdict(sale).substr(0, 39), "verify.leaves | leaves: the file has 13");
}

} // namespace
} // namespace strikeoff
