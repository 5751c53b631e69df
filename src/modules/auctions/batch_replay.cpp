#include "modules/auctions/batch_replay.hpp"

#include "modules/bids/sql_book_source.hpp"
#include "modules/bids/sql_journal.hpp"

namespace strikeoff::auctions {
namespace {

constexpr int blocks_a_read = 256;

struct OwnerRow {
    CountyId county_id;
    AuctionId auction_id;
};
BOOST_DESCRIBE_STRUCT(OwnerRow, (), (county_id, auction_id))

struct LotRow {
    std::int32_t adv_no = 0;
    CertificateId certificate_id;
    Money face;
    bool offered = true;
    std::int32_t round = 0;
};
BOOST_DESCRIBE_STRUCT(LotRow, (), (adv_no, certificate_id, face, offered, round))

struct BidderRow {
    std::int32_t number = 0;
    UserId user_id;
    Bytes16 bidder_ref{};
    std::int32_t weight = 1;
    bool eligible = true;
};
BOOST_DESCRIBE_STRUCT(BidderRow, (), (number, user_id, bidder_ref, weight, eligible))

const db::Statement<OwnerRow(BatchId)> owner_of_batch{{"auctions.owner_of_batch", R"sql(
    SELECT county_id, auction_id FROM batches WHERE id = $1)sql"}};

const db::Statement<LotRow(BatchId)> replay_lots{{"auctions.replay_lots", R"sql(
    SELECT adv_no, certificate_id, face, status <> 'withdrawn' AS offered, round
    FROM batch_certificates
    WHERE batch_id = $1
    ORDER BY adv_no)sql"}};

const db::Statement<BidderRow(AuctionId)> replay_bidders{{"auctions.replay_bidders", R"sql(
    SELECT number, user_id, bidder_ref, weight,
           status = 'eligible' AND missing = '{}' AS eligible
    FROM auction_bidders
    WHERE auction_id = $1
    ORDER BY number)sql"}};

} // namespace

BatchReplay load_replay(db::Connection& connection, const Keys& keys, BatchId batch) {
    const OwnerRow owner = connection.one(owner_of_batch, batch);
    auto chain = read_chain(connection, batch);
    if (!chain) throw std::logic_error("the batch has not been opened");
    BatchReplay replay{.batch = batch,
                       .auction = owner.auction_id,
                       .county = owner.county_id,
                       .chain = *std::move(chain),
                       .blind_key =
                           HmacSha256{ByteView{bids::open_blind_key(connection, keys, batch)}}};
    for (const LotRow& row : connection.all(replay_lots, batch)) {
        const auto number = static_cast<std::uint32_t>(row.adv_no);
        replay.lot_index[number] = static_cast<std::uint32_t>(replay.lots.size());
        replay.lots.push_back({{number, row.certificate_id, row.face, row.offered},
                               static_cast<std::uint32_t>(row.round)});
    }
    for (const BidderRow& row : connection.all(replay_bidders, owner.auction_id)) {
        const auto number = static_cast<std::uint32_t>(row.number);
        replay.bidder_index[number] = static_cast<std::uint32_t>(replay.bidders.size());
        replay.bidders.push_back({number, row.user_id, row.bidder_ref,
                                  static_cast<std::uint32_t>(row.weight), row.eligible});
    }
    return replay;
}

ReadBlocks blocks_of(db::Connection& connection, BatchId batch) {
    return [&connection, batch](std::int64_t from_seq, int blocks_max) {
        return bids::read_blocks(connection, batch, from_seq, blocks_max);
    };
}

void replay_leaves(const ReadBlocks& read, const BatchReplay& replay, std::int64_t from_seq,
                   std::int64_t leaves, const std::function<void(const ReplayedLeaf&)>& visit) {
    std::int64_t at = from_seq;
    const std::int64_t end = from_seq + leaves;
    while (at < end) {
        const auto blocks = read(at, blocks_a_read);
        if (blocks.empty()) throw std::runtime_error("the journal is shorter than its head says");
        for (const bids::Block& block : blocks) {
            if (block.first_seq != at) throw std::runtime_error("the journal has a gap");
            for (const bids::JournalRecord& record : block.records) {
                if (at == end) return;
                ReplayedLeaf leaf{.lot = replay.lot_index.at(record.lot),
                                  .bidder = replay.bidder_index.at(record.bidder),
                                  .bid = record.bid,
                                  .kind = record.kind,
                                  .rate = Rate::from_bp(record.rate_bp),
                                  .accepted_at = block.accepted_at,
                                  .source = record.source};
                leaf.bytes = encode_leaf({.kind = leaf.kind,
                                          .batch = replay.batch,
                                          .bid = leaf.bid,
                                          .certificate = replay.lots[leaf.lot].lot.certificate,
                                          .bidder_ref = replay.bidders[leaf.bidder].ref,
                                          .rate = leaf.rate,
                                          .accepted_at = leaf.accepted_at,
                                          .blind = blind(replay.blind_key, leaf.bid)});
                visit(leaf);
                ++at;
            }
        }
    }
}

std::vector<LiveBid> live_bids(const ReadBlocks& read, const BatchReplay& replay,
                               std::int64_t leaves, std::vector<bool>* has_leaf) {
    if (has_leaf) has_leaf->assign(replay.bidders.size(), false);
    // Bidders cannot foresee the operator's random blinding key.
    const std::uint64_t hash_key = load_be64(replay.blind_key(as_bytes("folding")).data());
    Folding folding{hash_key, static_cast<std::size_t>(leaves)};
    replay_leaves(read, replay, 0, leaves, [&](const ReplayedLeaf& leaf) {
        folding.apply(leaf.bidder, leaf.lot, leaf.bid, leaf.kind, leaf.rate);
        if (has_leaf) (*has_leaf)[leaf.bidder] = true;
    });
    return folding.live_bids();
}

} // namespace strikeoff::auctions
