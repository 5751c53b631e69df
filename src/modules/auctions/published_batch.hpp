#pragma once

#include "core/transcript.hpp"
#include "db/transaction.hpp"
#include "modules/auctions/batch_replay.hpp"

namespace strikeoff::auctions {

/// What the close record fixed: the book and the groups, decoded from the bytes that were hashed.
struct ClosedBook {
    std::vector<BookLot> lots;
    std::vector<BookBidder> bidders;
    std::vector<BookGroup> groups;
};

/// Reads what `encode_book` and `encode_groups` wrote. Throws std::runtime_error when it is cut
/// off.
ClosedBook decode_book(ByteView book, ByteView groups);

/// The head and close records of a batch as stored, with the book and the county's secret: a
/// transcript without operator's secrets, results and leaf digest.
/// Throws std::logic_error before the close record is made.
Transcript load_closed(db::Connection& connection, const BatchReplay& replay);

/// Decrypts the operator's secrets into the transcript. Only after the county's secret, or the
/// zeros in its place, are stored.
void add_operator_secrets(db::Connection& connection, const Keys& keys, Transcript& transcript);

/// The published transcript of a closed batch: the same bytes each time. Nothing before the batch
/// is closed.
std::optional<std::string> published_transcript(db::Connection& connection, const Keys& keys,
                                                BatchId batch);

} // namespace strikeoff::auctions
