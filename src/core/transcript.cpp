#include "core/transcript.hpp"

#include "core/draw.hpp"
#include "core/ordered.hpp"

#include <fmt/format.h>

namespace strikeoff {
namespace {

/// Writes members and list entries with the commas between them. Nothing that a transcript says
/// needs escaping.
class Writer {
public:
    void open(char bracket) {
        separate();
        out_ += bracket;
        first_ = true;
    }
    void close(char bracket) {
        out_ += bracket;
        first_ = false;
    }
    void name(std::string_view name) {
        separate();
        out_ += '"';
        out_ += name;
        out_ += "\":";
        first_ = true;
    }
    void literal(std::string_view json) {
        separate();
        out_ += json;
    }
    void text(std::string_view text) {
        separate();
        out_ += '"';
        out_ += text;
        out_ += '"';
    }

    void value(ByteView bytes) { text(to_hex(bytes)); }
    template <std::size_t N>
    void value(const std::array<std::uint8_t, N>& bytes) {
        value(ByteView{bytes});
    }
    template <class Tag>
    void value(const Id<Tag>& id) {
        text(id.text());
    }
    void value(Instant time) { text(fmt::to_string(time.micros())); }
    void value(Money amount) { text(fmt::to_string(amount.cents())); }
    void value(Rate rate) { literal(fmt::to_string(rate.bp())); }
    void value(bool flag) { literal(flag ? "1" : "0"); }
    void value(std::uint32_t number) { literal(fmt::to_string(number)); }
    void value(std::uint64_t number) { literal(fmt::to_string(number)); }
    template <DescribedEnum E>
    void value(E choice) {
        text(enum_name(choice));
    }
    template <class T>
    void value(const std::optional<T>& maybe) {
        if (maybe)
            value(*maybe);
        else
            literal("null");
    }

    template <class T>
    void member(std::string_view key, const T& content) {
        name(key);
        value(content);
    }
    template <class... T>
    void row(const T&... entries) {
        open('[');
        (value(entries), ...);
        close(']');
    }
    std::string take() { return std::move(out_); }

private:
    void separate() {
        if (!first_) out_ += ',';
        first_ = false;
    }

    std::string out_;
    bool first_ = true;
};

void write_book(Writer& out, const Transcript& transcript) {
    out.name("book");
    out.open('{');
    out.name("bidders");
    out.open('[');
    for (const BookBidder* bidder : ordered(std::span{transcript.bidders}, &BookBidder::ref))
        out.row(bidder->ref, bidder->budget, bidder->weight, bidder->eligible);
    out.close(']');
    out.name("lots");
    out.open('[');
    for (const BookLot* lot : ordered(std::span{transcript.lots}, &BookLot::adv_no))
        out.row(lot->adv_no, lot->certificate, lot->face, lot->offered);
    out.close(']');
    out.close('}');
}

void write_changes(Writer& out, const Transcript& transcript) {
    out.name("changes");
    out.open('[');
    for (const auto& [change, record] : transcript.changes) {
        out.open('{');
        out.member("at", change.at);
        out.name("certificate_id");
        if (change.certificate.uuid.is_nil())
            out.literal("null");
        else
            out.value(change.certificate);
        out.member("hash", record.hash);
        out.member("kind", std::uint32_t{static_cast<std::uint8_t>(change.kind)});
        out.member("new_end", change.new_end);
        out.member("reason_hash", change.reason_hash);
        out.member("signature", record.signature);
        out.close('}');
    }
    out.close(']');
}

void write_close(Writer& out, const Transcript& transcript) {
    out.name("close");
    out.open('{');
    out.member("book_hash", transcript.book_hash);
    out.member("groups_hash", transcript.groups_hash);
    out.member("hash", transcript.close.hash);
    out.member("signature", transcript.close.signature);
    out.close('}');
}

void write_groups(Writer& out, const Transcript& transcript) {
    out.name("groups");
    out.open('[');
    for (const BookGroup* group : ordered(std::span{transcript.groups}, &BookGroup::ref)) {
        out.open('[');
        out.value(group->ref);
        out.open('[');
        for (const BidderNumberId& member : group->members)
            out.value(member);
        out.close(']');
        out.close(']');
    }
    out.close(']');
}

void write_head(Writer& out, const Transcript& transcript) {
    out.name("head");
    out.open('{');
    out.member("closed_at", transcript.closed_at);
    out.member("hash", transcript.head.hash);
    out.member("n", transcript.head_leaves);
    out.member("root", transcript.root);
    out.member("signature", transcript.head.signature);
    out.close('}');
}

void write_opening(Writer& out, const Transcript& transcript) {
    const OpeningTerms& terms = transcript.terms;
    out.name("open");
    out.open('{');
    out.member("c_county", terms.county_commitment);
    out.member("c_operator", terms.operator_commitment);
    out.member("end", terms.end);
    out.member("hash", transcript.opening.hash);
    out.member("lots_hash", terms.lots_hash);
    out.member("rules_hash", terms.rules_hash);
    out.member("signature", transcript.opening.signature);
    out.member("start", terms.start);
    out.close('}');
}

void write_results(Writer& out, const Transcript& transcript) {
    out.name("results");
    out.open('[');
    for (const ResultRow* row : ordered(std::span{transcript.results}, &ResultRow::adv_no))
        out.row(row->adv_no, row->certificate, row->outcome, row->bidder_ref, row->member,
                row->rate, row->round);
    out.close(']');
}

void write_secrets(Writer& out, const Transcript& transcript) {
    out.name("secrets");
    out.open('{');
    out.name("county");
    if (const auto& county = transcript.county_secret) {
        out.open('{');
        out.member("received_at", county->received_at);
        out.member("s", county->secret);
        out.member("signature", county->signature);
        out.close('}');
    } else {
        out.literal("null");
    }
    out.member("k_blind", transcript.k_blind);
    out.member("operator", transcript.operator_secret);
    out.close('}');
}

/// The whole file. The members stand in the order of RFC 8785, which for these names is
/// alphabetical.
std::string render(const Transcript& transcript, const Signature* signature) {
    Writer out;
    out.open('{');
    out.member("auction_id", transcript.terms.auction);
    out.member("batch_id", transcript.terms.batch);
    write_book(out, transcript);
    write_changes(out, transcript);
    write_close(out, transcript);
    write_groups(out, transcript);
    write_head(out, transcript);
    out.member("key", transcript.terms.key);
    out.name("leaves");
    out.open('{');
    out.member("count", transcript.leaves_count);
    out.member("sha256", transcript.leaves_sha256);
    out.close('}');
    write_opening(out, transcript);
    write_results(out, transcript);
    out.name("rules");
    out.literal(canonical_award_rules(transcript.rules));
    write_secrets(out, transcript);
    if (signature) out.member("signature", *signature);
    out.name("version");
    out.literal("1");
    out.close('}');
    std::string text = out.take();
    text += '\n';
    return text;
}

} // namespace

std::string write_transcript(const Transcript& transcript, const SigningKey& key) {
    const Signature signature = key.sign(transcript_signed_message(transcript));
    return render(transcript, &signature);
}

std::string canonical_transcript(const Transcript& transcript) {
    return render(transcript, &transcript.signature);
}

Bytes transcript_signed_message(const Transcript& transcript) {
    return transcript_message(sha256(render(transcript, nullptr)));
}

Hash transcript_draw_key(const Transcript& transcript) {
    const Hash county = transcript.county_secret ? transcript.county_secret->secret : no_hash;
    return draw_key(draw_seed(county, transcript.operator_secret), transcript.terms.batch,
                    transcript.close.hash);
}

} // namespace strikeoff
