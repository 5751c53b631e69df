// Covers: src/cli/sale_files.cpp src/cli/table_file.cpp src/cli/rules_file.cpp
// Covers: src/core/award_rules.cpp src/core/clearing.cpp
#include "cli/sale_files.hpp"
#include "core/csv.hpp"
#include "input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <map>
#include <sys/mman.h>
#include <unistd.h>

namespace {

using namespace strikeoff;

/// A file in memory that the reader opens by its path.
class MemoryFile {
public:
    MemoryFile() : file_{::memfd_create("sale", MFD_CLOEXEC)} { assert(file_ >= 0); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { ::close(file_); }

    std::string holding(std::string_view text) {
        const bool emptied = ::ftruncate(file_, 0) == 0;
        const auto written = ::pwrite(file_, text.data(), text.size(), 0);
        assert(emptied && written == static_cast<ssize_t>(text.size()));
        return fmt::format("/proc/self/fd/{}", file_);
    }

private:
    int file_;
};

struct Texts {
    std::string items;
    std::string bids;
    std::string bidders;
    std::string rules;
};

Result<cli::Sale> read(const Texts& texts) {
    static MemoryFile items, bids, bidders, rules;
    return cli::read_sale({.items = items.holding(texts.items),
                           .bids = bids.holding(texts.bids),
                           .bidders = bidders.holding(texts.bidders),
                           .rules = rules.holding(texts.rules)},
                          0);
}

/// The files that say the same in one way.
Texts write(const cli::Sale& sale) {
    Texts out{.items = "adv_no,certificate_id,face\n",
              .bids = "bid_id,certificate_id,bidder,rate,seq\n",
              .bidders = "bidder,bidder_ref,budget,weight\n",
              .rules = canonical_award_rules(sale.rules)};
    for (const ClearingItem& item : sale.items)
        append_csv_record(out.items, {std::to_string(item.adv_no), item.certificate_id.text(),
                                      format_money(item.face)});
    for (std::size_t i = 0; i < sale.bidders.size(); ++i) {
        const ClearingBidder& bidder = sale.bidders[i];
        append_csv_record(out.bidders,
                          {sale.bidder_names[i], to_hex(bidder.ref), format_money(bidder.budget),
                           std::to_string(bidder.weight)});
    }
    for (const LiveBid& bid : sale.bids)
        append_csv_record(out.bids,
                          {format_uuid(Uuid{}), sale.items[bid.item].certificate_id.text(),
                           sale.bidder_names[bid.bidder], format_rate(Rate::from_bp(bid.rate_bp)),
                           std::to_string(bid.rank)});
    return out;
}

std::vector<Award> awards_of(const cli::Sale& sale) {
    return clear(sale.rules, sale.items, sale.bidders, sale.bids, Hash{});
}

/// What an award may be, whoever wins: a bid of the winner at no more than its rate, and no budget
/// overdrawn.
void check_awards(const cli::Sale& sale, const std::vector<Award>& awards) {
    assert(awards.size() == sale.items.size());
    std::map<std::uint32_t, Money> spent;
    for (std::size_t i = 0; i < awards.size(); ++i) {
        const Award& award = awards[i];
        if (award.outcome == Outcome::struck) {
            assert(award.rate == sale.rules.rate_start);
            continue;
        }
        const auto bid = std::ranges::find_if(sale.bids, [&](const LiveBid& candidate) {
            return candidate.item == i && candidate.bidder == award.bidder;
        });
        assert(bid != sale.bids.end() && award.rate >= Rate::from_bp(bid->rate_bp));
        assert(award.rate <= sale.rules.rate_start);
        assert(award.member < sale.bidders[award.bidder].weight);
        spent[award.bidder] += sale.items[i].face;
    }
    for (const auto& [bidder, amount] : spent)
        assert(amount <= sale.bidders[bidder].budget);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto parts = fuzz::parts_of(fuzz::text_of(data, size), 4);
    const Texts texts{std::string{parts[0]}, std::string{parts[1]}, std::string{parts[2]},
                      std::string{parts[3]}};
    const auto sale = read(texts);
    if (!sale) {
        const std::string& message = sale.error().message;
        assert(message.starts_with("/proc/self/fd/") && message.contains(": "));
        for (const char c : message)
            assert(static_cast<unsigned char>(c) >= ' ' && c != 127);
        return 0;
    }
    const std::vector<Award> awards = awards_of(*sale);
    check_awards(*sale, awards);
    const auto again = read(write(*sale));
    assert(again && again->bidder_names == sale->bidder_names && again->rules == sale->rules);
    assert(awards_of(*again) == awards);
    return 0;
}
