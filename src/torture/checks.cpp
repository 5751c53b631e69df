#include "torture/checks.hpp"

#include "core/verify.hpp"

#include <set>

namespace strikeoff::torture {
namespace {

/// What the leaves of a batch come to, told apart from the software's own folding.
struct Folded {
    struct Leaf {
        std::int64_t seq = 0;
        bids::JournalRecord record;
        Instant accepted_at;
        bids::BidStatus status = bids::BidStatus::standing;
    };
    std::vector<Leaf> leaves;
    std::map<std::pair<std::uint32_t, BidId>, std::size_t> first_of_id;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> standing; ///< Bidder and lot.
};

Folded fold(const std::vector<bids::Block>& blocks, Format format, std::int64_t until = INT64_MAX) {
    Folded out;
    std::map<std::uint32_t, std::size_t> leading; // By lot, in the open format.
    for (const bids::Block& block : blocks) {
        std::int64_t seq = block.first_seq;
        for (const bids::JournalRecord& record : block.records) {
            if (seq == until) return out;
            Folded::Leaf leaf{seq++, record, block.accepted_at};
            const std::size_t index = out.leaves.size();
            const std::pair head{record.bidder, record.lot};
            const auto before = out.standing.find(head);
            const bool stands = before != out.standing.end();
            if (!out.first_of_id.try_emplace({record.bidder, record.bid}, index).second) {
                leaf.status = bids::BidStatus::void_;
            } else if (record.kind == BidKind::withdraw) {
                leaf.status = bids::BidStatus::withdrawn;
                if (stands) {
                    out.leaves[before->second].status = bids::BidStatus::withdrawn;
                    out.standing.erase(before);
                }
            } else if (stands && out.leaves[before->second].record.rate_bp == record.rate_bp) {
                leaf.status = bids::BidStatus::void_;
            } else {
                if (stands && out.leaves[before->second].status != bids::BidStatus::outbid)
                    out.leaves[before->second].status = bids::BidStatus::replaced;
                out.standing[head] = index;
                if (format == Format::open) {
                    const auto led = leading.find(record.lot);
                    if (led != leading.end() &&
                        out.leaves[led->second].record.bidder != record.bidder)
                        out.leaves[led->second].status = bids::BidStatus::outbid;
                    leading[record.lot] = index;
                }
            }
            out.leaves.push_back(leaf);
        }
    }
    return out;
}

void check_journal(World& world, BatchId batch, const std::vector<bids::Block>& blocks,
                   std::vector<std::string>& faults) {
    std::int64_t next = 0;
    Instant last;
    for (const bids::Block& block : blocks) {
        if (block.first_seq != next) faults.push_back("the journal has a gap");
        if (block.accepted_at <= last) faults.push_back("the journal's times do not rise");
        // In the open format each item has an end of its own, which `verify` knows.
        if (world.sale().format != Format::open && block.accepted_at >= world.end_time(batch))
            faults.push_back("a bid was accepted at or after the end");
        last = block.accepted_at;
        next += static_cast<std::int64_t>(block.records.size());
        std::set<std::pair<std::uint32_t, std::uint32_t>> heads;
        for (const bids::JournalRecord& record : block.records)
            if (!heads.emplace(record.bidder, record.lot).second)
                faults.push_back("a block changes a bid twice");
    }
}

/// Every accepted bid is stored first under its id, with its content and time; what was only ever
/// refused is not stored.
void check_promises(const SaleFacts& sale, const BatchFacts& batch, const Folded& folded,
                    const std::map<BidKey, KnownBid>& known, std::vector<std::string>& faults) {
    std::map<CertificateId, std::uint32_t> numbers;
    for (const bids::Lot& lot : batch.lots)
        numbers[lot.certificate] = lot.number;
    for (const auto& [key, bid] : known) {
        const std::string name = key.second.text();
        if (bid.called_reused && !bid.accepted_at && !bid.uncertain)
            faults.push_back("bid " + name + " is called reused and was never accepted");
        const auto found = folded.first_of_id.find({sale.bidders[key.first].number, key.second});
        if (found == folded.first_of_id.end()) {
            if (bid.accepted_at) faults.push_back("accepted bid " + name + " is lost");
            continue;
        }
        const Folded::Leaf& leaf = folded.leaves[found->second];
        if (!bid.accepted_at) {
            if (!bid.uncertain) faults.push_back("bid " + name + " was refused and is stored");
            continue;
        }
        const bool withdraw = bid.wish.kind == BidKind::withdraw;
        if (leaf.record.kind != bid.wish.kind ||
            leaf.record.lot != numbers.at(bid.wish.certificate) ||
            (!withdraw && leaf.record.rate_bp != bid.wish.rate.bp()))
            faults.push_back("accepted bid " + name + " is stored with other content");
        if (leaf.accepted_at != *bid.accepted_at)
            faults.push_back(fmt::format("accepted bid {} was told {} and is stored at {}, leaf {}",
                                         name, format_instant(*bid.accepted_at),
                                         format_instant(leaf.accepted_at), leaf.seq));
    }
}

void check_rows(World& world, BatchId batch, const Folded& folded,
                std::vector<std::string>& faults) {
    const std::vector<RowFacts> rows = world.rows(batch);
    if (rows.size() != folded.leaves.size()) {
        faults.push_back(
            fmt::format("{} leaves are copied as {} rows", folded.leaves.size(), rows.size()));
        return;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bids::BidStatus wanted = folded.leaves[i].status;
        const bool won =
            rows[i].status == bids::BidStatus::awarded &&
            (wanted == bids::BidStatus::standing ||
             (wanted == bids::BidStatus::outbid && world.sale().format == Format::open));
        if (rows[i].seq != folded.leaves[i].seq || (rows[i].status != wanted && !won))
            faults.push_back(fmt::format("leaf {} is {} and copied as {}", i, enum_name(wanted),
                                         enum_name(rows[i].status)));
    }
}

/// In the open format each bid is a step below the one before on its lot.
void check_open(const Folded& folded, std::vector<std::string>& faults) {
    std::map<std::uint32_t, int> led_at;
    for (const Folded::Leaf& leaf : folded.leaves) {
        const int rate = leaf.record.rate_bp;
        const auto led = led_at.find(leaf.record.lot);
        if (leaf.record.kind != BidKind::place || leaf.status == bids::BidStatus::void_)
            faults.push_back(fmt::format("leaf {} places no bid", leaf.seq));
        if (led != led_at.end() && (rate > led->second - 25 || led->second <= 25))
            faults.push_back(fmt::format("leaf {} at {} follows {}", leaf.seq, rate, led->second));
        led_at[leaf.record.lot] = rate;
    }
}

/// Where bids reserve budget no bidder ever has more at stake in a batch than its cover. Lots that
/// are withdrawn count for nothing, at no time: when they were is not asked.
void check_reserves(const SaleFacts& sale, const BatchFacts& batch, const Folded& folded,
                    const Clients& clients, std::vector<std::string>& faults) {
    std::map<std::uint32_t, Money> faces;
    for (const bids::Lot& lot : batch.lots)
        if (!clients.withdrawn.contains({batch.id, lot.number})) faces[lot.number] = lot.face;
    std::map<std::uint32_t, Money> covers;
    for (const BidderFacts& bidder : sale.bidders)
        covers[bidder.number] = bidder.cover;
    std::map<std::uint32_t, std::set<std::uint32_t>> lots_of; // Of each bidder.
    std::set<std::uint32_t>
        changed; // Since the last block: what is stored together counts together.
    for (std::size_t i = 0; i < folded.leaves.size(); ++i) {
        const Folded::Leaf& leaf = folded.leaves[i];
        const bids::JournalRecord& record = leaf.record;
        if (sale.format == Format::open)
            for (auto& [bidder, lots] : lots_of)
                lots.erase(record.lot);
        std::set<std::uint32_t>& lots = lots_of[record.bidder];
        if (record.kind == BidKind::withdraw)
            lots.erase(record.lot);
        else
            lots.insert(record.lot);
        changed.insert(record.bidder);
        if (i + 1 < folded.leaves.size() && folded.leaves[i + 1].accepted_at == leaf.accepted_at)
            continue;
        for (const std::uint32_t bidder : std::exchange(changed, {})) {
            Money total;
            for (const std::uint32_t lot : lots_of[bidder])
                total += faces[lot];
            if (total > covers[bidder])
                faults.push_back(fmt::format("with leaf {} bidder {} has {} at stake", leaf.seq,
                                             bidder, format_money(total)));
        }
    }
}

void check_transcript(World& world, BatchId batch, const std::map<BidKey, KnownBid>& known,
                      std::vector<std::string>& faults) {
    const BatchFiles files = world.files(batch);
    std::string receipts = "[";
    for (const auto& [key, bid] : known)
        for (const std::string& receipt : bid.receipts) {
            if (receipts.size() > 1) receipts += ',';
            receipts += receipt;
        }
    receipts += ']';
    const auto verified =
        verify_transcript(files.transcript, files.leaves,
                          {.key = world.key().public_key(), .receipts = receipts, .partial = true});
    if (!verified) faults.push_back("the transcript does not verify: " + verified.error().message);
}

void check_money(World& world, std::vector<std::string>& faults) {
    const MoneyFacts money = world.money();
    if (money.receivable != money.faces)
        faults.push_back("the ledger holds " + format_money(money.receivable) +
                         " and the awards come to " + format_money(money.faces));
    const SaleFacts sale = world.sale();
    for (std::size_t i = 0; i < sale.bidders.size(); ++i)
        if (money.awarded[i] > sale.bidders[i].cover || money.awarded[i] < Money{})
            faults.push_back(fmt::format("bidder {} was awarded {} and has {}",
                                         sale.bidders[i].number, format_money(money.awarded[i]),
                                         format_money(sale.bidders[i].cover)));
}

} // namespace

void check_book(const bids::Book& book, const std::vector<bids::Block>& blocks,
                std::vector<std::string>& faults) {
    const Folded folded = fold(blocks, book.terms().rules.format, book.next_seq());
    if (std::ssize(folded.leaves) != book.next_seq()) {
        faults.push_back("a book is ahead of the journal");
        return;
    }
    for (const bids::Bidder& bidder : book.terms().bidders)
        for (const bids::Lot& lot : book.terms().lots) {
            const bids::Standing* standing = book.standing(bidder.number, lot.number);
            const auto wanted = folded.standing.find({bidder.number, lot.number});
            const bool stands = wanted != folded.standing.end();
            if ((standing != nullptr) != stands ||
                (stands && (standing->bid != folded.leaves[wanted->second].record.bid ||
                            standing->rate.bp() != folded.leaves[wanted->second].record.rate_bp)))
                faults.push_back(fmt::format("a book is wrong about bidder {} and lot {}",
                                             bidder.number, lot.number));
        }
}

void check_doubles(const std::vector<bids::Block>& blocks, std::vector<std::string>& faults) {
    std::set<std::tuple<std::uint32_t, std::uint32_t, BidId>> seen;
    for (const bids::Block& block : blocks)
        for (const bids::JournalRecord& record : block.records)
            if (!seen.emplace(record.source, record.bidder, record.bid).second)
                faults.push_back(fmt::format("bid {} was stored twice by process {}",
                                             record.bid.text(), record.source));
}

void check_sale(World& world, const Clients& clients, std::vector<std::string>& faults) {
    const SaleFacts sale = world.sale();
    static const std::map<BidKey, KnownBid> none;
    for (const BatchFacts& batch : sale.batches) {
        const std::vector<bids::Block> blocks = world.blocks(batch.id);
        const Folded folded = fold(blocks, sale.format);
        const auto found = clients.known().find(batch.id);
        const auto& known = found == clients.known().end() ? none : found->second;
        check_journal(world, batch.id, blocks, faults);
        check_promises(sale, batch, folded, known, faults);
        check_rows(world, batch.id, folded, faults);
        if (sale.format == Format::open) check_open(folded, faults);
        if (sale.reserves) check_reserves(sale, batch, folded, clients, faults);
        const auctions::BatchStatus status = world.status(batch.id);
        if (status == auctions::BatchStatus::closed)
            check_transcript(world, batch.id, known, faults);
        else if (status != auctions::BatchStatus::canceled)
            faults.push_back(fmt::format("a batch is left {}", enum_name(status)));
    }
    check_money(world, faults);
}

} // namespace strikeoff::torture
