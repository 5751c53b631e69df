#include "modules/bids/sale_steps.hpp"

#include "modules/bids/sql_journal.hpp"

#include <set>

namespace strikeoff::bids {
namespace {

constexpr int blocks_a_read = 256;

const db::Statement<void(BatchId, std::vector<std::int32_t>, Money)> release_reserves{
    {"bids.release_reserves", R"sql(
    UPDATE bidder_exposures SET exposed = exposed - $3
    WHERE batch_id = $1 AND number = ANY ($2))sql"}};

const db::Statement<void(BatchId, Instant, Instant, Rate)> move_leads{{"bids.move_leads", R"sql(
    UPDATE open_leads SET ends_at = $3
    WHERE batch_id = $1 AND ends_at > $2 AND rate > $4)sql"}};

} // namespace

void release_lot(db::Connection& connection, BatchId batch, std::uint32_t lot, Money face,
                 Format format) {
    std::set<std::int32_t> holders;
    std::int64_t from = 0;
    for (;;) {
        const std::vector<Block> blocks = read_blocks(connection, batch, from, blocks_a_read);
        if (blocks.empty()) break;
        for (const Block& block : blocks) {
            for (const JournalRecord& record : block.records) {
                if (record.lot != lot) continue;
                // In the open format whoever comes takes the place of who led.
                if (format == Format::open) holders.clear();
                if (record.kind == BidKind::place)
                    holders.insert(static_cast<std::int32_t>(record.bidder));
                else
                    holders.erase(static_cast<std::int32_t>(record.bidder));
            }
            from = block.first_seq + static_cast<std::int64_t>(block.records.size());
        }
    }
    connection.run(release_reserves, batch,
                   std::vector<std::int32_t>(holders.begin(), holders.end()), face);
}

void move_item_ends(db::Connection& connection, BatchId batch, const AwardRules& rules,
                    Instant since, Instant end) {
    if (rules.format == Format::open)
        connection.run(move_leads, batch, since, end, rules.rate_floor);
}

} // namespace strikeoff::bids
