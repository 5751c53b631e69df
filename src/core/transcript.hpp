#pragma once

#include "core/batch_result.hpp"
#include "core/chain.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strikeoff {

/// The hash of a record and the operator's signature over it.
struct SignedRecord {
    Hash hash{};
    Signature signature{};

    friend bool operator==(const SignedRecord&, const SignedRecord&) = default;
};

struct SignedChange {
    Change change;
    SignedRecord record; ///< `O_k`

    friend bool operator==(const SignedChange&, const SignedChange&) = default;
};

/// The county's secret and the operator's receipt for it.
struct CountySecret {
    Hash secret{};
    Instant received_at;
    Signature signature{};

    friend bool operator==(const CountySecret&, const CountySecret&) = default;
};

/// Everything that is published about a closed batch except its leaves (draw.md, "What is
/// published").
struct Transcript {
    OpeningTerms terms; ///< With the ids of batch and auction and the public key.
    AwardRules rules;
    SignedRecord opening; ///< `O_0`
    std::vector<SignedChange> changes;

    std::uint64_t head_leaves = 0; ///< Leaves that the head counts.
    Hash root{};
    Instant closed_at;
    SignedRecord head; ///< `H`

    std::vector<BookLot> lots;
    std::vector<BookBidder> bidders;
    std::vector<BookGroup> groups;
    Hash book_hash{};
    Hash groups_hash{};
    SignedRecord close; ///< `Z`

    std::optional<CountySecret> county_secret;
    Hash operator_secret{};
    Hash k_blind{};

    std::uint64_t leaves_count = 0; ///< Leaves in the file beside.
    Hash leaves_sha256{};           ///< SHA-256 of that file.
    std::vector<ResultRow> results;
    Signature signature{}; ///< Over the file without it.

    friend bool operator==(const Transcript&, const Transcript&) = default;
};

/// The file: canonical JSON with one line feed, signed with `key`; `transcript.signature` is not
/// looked at. Lots, bidders, groups and results are written in ascending order.
std::string write_transcript(const Transcript& transcript, const SigningKey& key);

/// The same with the signature that the transcript carries.
std::string canonical_transcript(const Transcript& transcript);

/// Reads a transcript or fails with `transcript.malformed`: not JSON, a member missing, unknown or
/// misspelt, or not in canonical form. What it says is not checked.
Result<Transcript> read_transcript(std::string_view text);

/// What the signature of the file covers.
Bytes transcript_signed_message(const Transcript& transcript);

/// The key of the batch's draws, from its secrets and its close record.
Hash transcript_draw_key(const Transcript& transcript);

} // namespace strikeoff
