#include "cli/sale_files.hpp"

#include "cli/position_table.hpp"
#include "cli/rules_file.hpp"
#include "cli/table_file.hpp"
#include "core/rules_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <unordered_set>

namespace strikeoff::cli {
namespace {

/// Nothing is left to award where each bid was decided when it came.
Result<AwardRules> parse_sealed_rules(std::string_view text) {
    SO_TRY(AwardRules rules, parse_award_rules(text));
    if (rules.format == Format::open)
        return malformed_rule("format", "must be \"proxy\" or \"sealed\"");
    return rules;
}

/// The shortest line a bid can have; bounds their number from the size of the file.
constexpr std::size_t bid_bytes_min = 80;

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<Bytes16> parse_reference(std::string_view text) {
    std::string lower{text};
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return from_hex_fixed<16>(lower);
}

/// Reads one batch; the tables of names outlive the reading of the bids only.
class SaleReader {
public:
    SaleReader(const SaleFiles& files, std::uint32_t round) : files_{files}, round_{round} {}

    Result<Sale> read() {
        SO_TRY(sale_.rules, read_rules_file(files_.rules, &parse_sealed_rules));
        SO_TRY_VOID(read_items());
        SO_TRY_VOID(read_bidders());
        SO_TRY_VOID(read_bids());
        SO_TRY_VOID(refuse_second_bids());
        sale_.bidder_names = names_.keys();
        return std::move(sale_);
    }

private:
    Result<void> read_items() {
        SO_TRY(TableFile table,
               TableFile::open(files_.items, {"adv_no", "certificate_id", "face"}));
        std::unordered_set<std::uint32_t> adv_nos;
        for (;;) {
            SO_TRY(const bool more, table.next());
            if (!more) return {};
            const auto adv_no = parse_number<std::uint32_t>(table.field(0));
            if (!adv_no)
                return table.refuse(fmt::format("adv_no '{}' is not a number", table.field(0)));
            if (!adv_nos.insert(*adv_no).second)
                return table.refuse(fmt::format("adv_no {} occurs twice", *adv_no));
            const auto id = parse_uuid(table.field(1));
            if (!id)
                return table.refuse(
                    fmt::format("certificate_id '{}' is not a UUID", table.field(1)));
            if (!certificates_.insert(*id).second)
                return table.refuse(fmt::format("certificate_id {} occurs twice", table.field(1)));
            const auto face = parse_money(table.field(2));
            if (!face) return table.refuse("face: " + face.error().message);
            if (*face <= Money{})
                return table.refuse(fmt::format("face {} is not above 0.00", table.field(2)));
            sale_.items.push_back(
                {.adv_no = *adv_no, .certificate_id = {*id}, .face = *face, .round = round_});
        }
    }

    Result<void> read_bidders() {
        SO_TRY(TableFile table,
               TableFile::open(files_.bidders, {"bidder", "bidder_ref", "budget", "weight"}));
        std::unordered_set<Uuid> references;
        for (;;) {
            SO_TRY(const bool more, table.next());
            if (!more) return {};
            const std::string_view name = table.field(0);
            if (name.empty() || name.contains(','))
                return table.refuse(fmt::format("bidder '{}' is not a text without commas", name));
            if (!names_.insert(std::string{name}).second)
                return table.refuse(fmt::format("bidder '{}' occurs twice", name));
            const auto reference = parse_reference(table.field(1));
            if (!reference)
                return table.refuse(
                    fmt::format("bidder_ref '{}' is not 32 hexadecimal digits", table.field(1)));
            if (!references.insert(Uuid{*reference}).second)
                return table.refuse(fmt::format("bidder_ref {} occurs twice", table.field(1)));
            const auto budget = parse_money(table.field(2));
            if (!budget) return table.refuse("budget: " + budget.error().message);
            const auto weight = parse_number<std::uint32_t>(table.field(3));
            if (!weight || *weight == 0)
                return table.refuse(
                    fmt::format("weight '{}' is not a number above 0", table.field(3)));
            sale_.bidders.push_back({.ref = *reference, .budget = *budget, .weight = *weight});
        }
    }

    Result<TableFile> open_bids() const {
        return TableFile::open(files_.bids, {"bid_id", "certificate_id", "bidder", "rate", "seq"});
    }

    Result<void> read_bids() {
        SO_TRY(TableFile table, open_bids());
        std::vector<std::uint64_t> sequence;
        sequence.reserve(table.size_bytes() / bid_bytes_min + 1);
        sale_.bids.reserve(table.size_bytes() / bid_bytes_min + 1);
        for (;;) {
            SO_TRY(const bool more, table.next());
            if (!more) break;
            SO_TRY(const LiveBid bid, read_bid(table));
            const auto seq = parse_number<std::uint64_t>(table.field(4));
            if (!seq) return table.refuse(fmt::format("seq '{}' is not a number", table.field(4)));
            if (sale_.bids.size() == UINT32_MAX) return table.refuse("more than 2^32 - 1 bids");
            sale_.bids.push_back(bid);
            sequence.push_back(*seq);
        }
        rank(sequence);
        return {};
    }

    Result<LiveBid> read_bid(const TableFile& table) const {
        if (!parse_uuid(table.field(0)))
            return table.refuse(fmt::format("bid_id '{}' is not a UUID", table.field(0)));
        const auto id = parse_uuid(table.field(1));
        if (!id)
            return table.refuse(fmt::format("certificate_id '{}' is not a UUID", table.field(1)));
        const auto item = certificates_.find(*id);
        if (!item) return table.refuse(fmt::format("unknown certificate {}", table.field(1)));
        const auto bidder = names_.find(table.field(2));
        if (!bidder) return table.refuse(fmt::format("unknown bidder '{}'", table.field(2)));
        const auto rate = parse_rate(table.field(3));
        if (!rate) return table.refuse("rate: " + rate.error().message);
        if (!is_legal_rate(sale_.rules, *rate)) return table.refuse(illegal_rate(table.field(3)));
        return LiveBid{
            .item = *item, .bidder = *bidder, .rate_bp = static_cast<std::uint16_t>(rate->bp())};
    }

    std::string illegal_rate(std::string_view text) const {
        const AwardRules& rules = sale_.rules;
        return fmt::format("rate {} is not {} less a multiple of {}, down to {}{}", text,
                           format_rate(rules.rate_start), format_rate(rules.rate_step),
                           format_rate(rules.rate_floor),
                           rules.zero_bids == ZeroBids::allowed ? ", nor 0.00" : "");
    }

    /// Sequence numbers may be anything of 64 bits; ranks are their order in 32.
    void rank(const std::vector<std::uint64_t>& sequence) {
        if (std::ranges::all_of(sequence, [](std::uint64_t seq) { return seq <= UINT32_MAX; })) {
            for (std::size_t i = 0; i < sequence.size(); ++i)
                sale_.bids[i].rank = static_cast<std::uint32_t>(sequence[i]);
            return;
        }
        std::vector<std::uint64_t> sorted = sequence;
        std::ranges::sort(sorted);
        for (std::size_t i = 0; i < sequence.size(); ++i)
            sale_.bids[i].rank = static_cast<std::uint32_t>(
                std::ranges::lower_bound(sorted, sequence[i]) - sorted.begin());
    }

    /// Groups the bids by item and marks who was seen on it: linear, and four bytes a bid.
    Result<void> refuse_second_bids() const {
        std::vector<std::uint32_t> ends(sale_.items.size() + 1);
        for (const LiveBid& bid : sale_.bids)
            ++ends[bid.item + 1];
        std::partial_sum(ends.begin(), ends.end(), ends.begin());
        std::vector<std::uint32_t> by_item(sale_.bids.size());
        for (std::uint32_t i = 0; i < sale_.bids.size(); ++i)
            by_item[ends[sale_.bids[i].item]++] = i;

        std::vector<std::uint32_t> last_item(sale_.bidders.size(), UINT32_MAX);
        std::optional<std::uint32_t> second;
        for (const std::uint32_t i : by_item) {
            const LiveBid& bid = sale_.bids[i];
            if (last_item[bid.bidder] == bid.item) second = std::min(i, second.value_or(i));
            last_item[bid.bidder] = bid.item;
        }
        return second ? refuse_second_bid(*second) : Result<void>{};
    }

    /// Lines are not kept for millions of bids, so the file is read again for the one to blame.
    Result<void> refuse_second_bid(std::uint32_t second) const {
        const LiveBid& bid = sale_.bids[second];
        const auto same = [&](const LiveBid& other) {
            return other.item == bid.item && other.bidder == bid.bidder;
        };
        const auto first =
            static_cast<std::uint32_t>(std::ranges::find_if(sale_.bids, same) - sale_.bids.begin());
        SO_TRY(TableFile table, open_bids());
        std::size_t first_line = 0;
        for (std::uint32_t i = 0; i <= second; ++i) {
            SO_TRY(const bool more, table.next());
            if (!more) return table.refuse("the file changed while it was read");
            if (i == first) first_line = table.line();
        }
        return table.refuse(fmt::format("bidder '{}' already bids on {} on line {}", table.field(2),
                                        table.field(1), first_line));
    }

    const SaleFiles& files_;
    const std::uint32_t round_;
    Sale sale_;
    PositionTable<Uuid> certificates_;
    PositionTable<std::string> names_;
};

} // namespace

Result<Sale> read_sale(const SaleFiles& files, std::uint32_t round) {
    return SaleReader{files, round}.read();
}

} // namespace strikeoff::cli
