#include "modules/bids/sql_journal.hpp"

#include "db/transaction.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace strikeoff::bids {
namespace {

struct AppendedRow {
    BatchId batch_id;
    std::string verdict;
    std::optional<std::int64_t> first_seq; ///< Null, like the time, of a batch that there is not.
    std::optional<Instant> accepted_at;
    std::optional<std::string> rooms; ///< JSON.
};
BOOST_DESCRIBE_STRUCT(AppendedRow, (), (batch_id, verdict, first_seq, accepted_at, rooms))

struct FenceRow {
    BatchId batch_id;
    std::int64_t next_seq = 0;
};
BOOST_DESCRIBE_STRUCT(FenceRow, (), (batch_id, next_seq))

struct BlockRow {
    std::int64_t first_seq = 0;
    Instant accepted_at;
    Bytes records;
};
BOOST_DESCRIBE_STRUCT(BlockRow, (), (first_seq, accepted_at, records))

const db::Statement<AppendedRow(CountyId, std::vector<BatchId>, std::vector<std::int64_t>,
                                std::vector<Bytes>, std::optional<std::int64_t>,
                                std::optional<Instant>, std::optional<std::vector<std::string>>)>
    append_blocks{{"bids.append_blocks", R"sql(
    SELECT batch_id, verdict, first_seq, accepted_at, rooms::text AS rooms
    FROM strikeoff.journal_append($1, $2, $3, $4, $5, $6, $7))sql"}};

const db::Statement<FenceRow(std::vector<BatchId>, bool)> fence_batches{{"bids.fence_batches",
                                                                         R"sql(
    SELECT batch_id, next_seq FROM strikeoff.journal_fence($1, $2))sql"}};

const db::Statement<BlockRow(BatchId, std::int64_t, std::int32_t)> blocks_from{
    {"bids.blocks_from", R"sql(
    SELECT first_seq, accepted_at, records
    FROM bid_blocks
    WHERE batch_id = $1 AND first_seq >= $2
    ORDER BY first_seq
    LIMIT $3)sql"}};

std::optional<std::int64_t> oldest_epoch(std::span<const Offer> offers) {
    std::optional<std::int64_t> oldest;
    for (const Offer& offer : offers)
        if (offer.access)
            oldest = std::min(oldest.value_or(offer.access->epoch), offer.access->epoch);
    return oldest;
}

std::optional<Instant> first_to_run_out(std::span<const Offer> offers) {
    std::optional<Instant> first;
    for (const Offer& offer : offers)
        if (offer.access && offer.access->good_until)
            first = std::min(first.value_or(*offer.access->good_until), *offer.access->good_until);
    return first;
}

/// An order as the function reads it.
std::string order_json(const Order& order) {
    boost::json::array amounts;
    for (const Reserved& reserved : order.amounts)
        amounts.push_back(boost::json::object{{"number", reserved.bidder},
                                              {"amount", format_money(reserved.amount)}});
    boost::json::object out{{"known_seq", order.known_seq},
                            {"percent", order.deposit_percent},
                            {"amounts", std::move(amounts)}};
    if (order.until) out["until"] = format_instant(*order.until);
    if (order.leads.empty()) return boost::json::serialize(out);
    boost::json::array leads;
    for (const Lead& lead : order.leads)
        leads.push_back(boost::json::object{{"adv_no", lead.lot},
                                            {"number", lead.bidder},
                                            {"bp", lead.rate_bp},
                                            {"ends", format_instant(lead.ends)},
                                            {"extendable", lead.extendable},
                                            {"final", lead.is_final}});
    out["leads"] = std::move(leads);
    out["extension"] = order.extension.count();
    return boost::json::serialize(out);
}

std::vector<Reserved> read_rooms(std::string_view text) {
    std::vector<Reserved> rooms;
    for (const boost::json::value& room : boost::json::parse(text).as_array()) {
        const auto amount = parse_money(room.at("room").as_string());
        if (!amount) throw db::DecodeError("a room that is no amount");
        rooms.push_back({room.at("bidder").to_number<std::uint32_t>(), *amount});
    }
    return rooms;
}

bool concerns(const AccessChanges& changes, std::span<const Offer> offers) {
    return std::ranges::any_of(offers, [&](const Offer& offer) {
        return offer.access && std::ranges::any_of(offer.access->users, [&](UserId user) {
                   return std::ranges::find(changes.users, user) != changes.users.end();
               });
    });
}

} // namespace

std::vector<Appended> SqlJournal::append(CountyId county, std::span<const Offer> offers) {
    std::vector<Offer> again;
    std::vector<Appended> out;
    for (std::optional<std::int64_t> epoch = oldest_epoch(offers);;) {
        const std::vector<Appended> answers = append_once(county, offers, epoch);
        std::vector<Appended> outdated;
        for (const Appended& answer : answers)
            (answer.verdict == Verdict::outdated ? outdated : out).push_back(answer);
        if (outdated.empty()) return out;
        const AccessChanges changes = read_changes_(*epoch);
        // At the same epoch it was the time of somebody that ran out.
        if (changes.epoch == *epoch || concerns(changes, offers)) {
            out.insert(out.end(), outdated.begin(), outdated.end());
            return out;
        }
        epoch = changes.epoch;
        std::vector<Offer> rest;
        for (const Offer& offer : offers)
            if (std::ranges::find(outdated, offer.batch, &Appended::batch) != outdated.end())
                rest.push_back(offer);
        again = std::move(rest);
        offers = again;
    }
}

std::vector<Appended> SqlJournal::append_once(CountyId county, std::span<const Offer> offers,
                                              std::optional<std::int64_t> epoch) {
    std::vector<BatchId> batches;
    std::vector<std::int64_t> versions;
    std::vector<Bytes> records;
    std::vector<std::string> orders;
    for (const Offer& offer : offers) {
        batches.push_back(offer.batch);
        versions.push_back(offer.version);
        records.push_back(encode_records(offer.records));
        orders.push_back(offer.order ? order_json(*offer.order) : "");
    }
    const bool any_order = std::ranges::any_of(orders, [](const auto& o) { return !o.empty(); });
    if (!connection_ || connection_->has_broken_meanwhile()) connection_ = pool_.connect();
    connection_->take_warning();
    // A single statement is a transaction of its own: one round trip.
    const auto rows = connection_->all(append_blocks, county, batches, versions, records, epoch,
                                       first_to_run_out(offers),
                                       any_order ? std::optional{std::move(orders)} : std::nullopt);
    if (connection_->take_warning()) {
        connection_.reset();
        throw db::Unavailable("the append warned; its outcome is not certain");
    }
    std::vector<Appended> out;
    out.reserve(rows.size());
    for (const AppendedRow& row : rows) {
        const auto verdict = parse_enum<Verdict>(row.verdict);
        if (!verdict) throw db::DecodeError("unknown verdict " + row.verdict);
        out.push_back({row.batch_id, *verdict, row.first_seq.value_or(0),
                       row.accepted_at.value_or(Instant{})});
        if (row.rooms) out.back().rooms = read_rooms(*row.rooms);
    }
    return out;
}

std::vector<Appended> SqlJournal::fence(std::span<const BatchId> batches, bool shut) {
    const std::unique_ptr<db::Connection> connection = pool_.connect();
    const std::vector<BatchId> wanted(batches.begin(), batches.end());
    std::vector<Appended> out;
    for (const FenceRow& row : connection->all(fence_batches, wanted, shut))
        out.push_back({row.batch_id, Verdict::unknown, row.next_seq, Instant{}});
    return out;
}

std::vector<Block> SqlJournal::read(BatchId batch, std::int64_t from_seq, int blocks_max) {
    const auto lease = std::make_unique<db::Pool::Lease>(pool_.acquire());
    return read_blocks(**lease, batch, from_seq, blocks_max);
}

std::vector<Block> read_blocks(db::Connection& connection, BatchId batch, std::int64_t from_seq,
                               int blocks_max) {
    std::vector<Block> out;
    for (const BlockRow& row : connection.all(blocks_from, batch, from_seq, blocks_max))
        out.push_back({row.first_seq, row.accepted_at, decode_records(row.records)});
    return out;
}

} // namespace strikeoff::bids
