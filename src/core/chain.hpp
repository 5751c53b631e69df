#pragma once

#include "core/ed25519.hpp"
#include "core/id.hpp"

#include <cstdint>

namespace strikeoff {

/// The records of a batch, each bound to the one before by its hash: opening, changes, head, close.

/// Who commits to a secret for the draw.
enum class SecretRole : std::uint8_t { county, operator_ };

/// What stands for the county's commitment, and for its secret, when there is none.
inline constexpr Hash no_hash{};

/// `C`: published before the first bid, so that the secret cannot be chosen after it.
Hash commitment(SecretRole role, BatchId batch, const Hash& secret);
/// The county's secret of one batch from its master for the sale, which never leaves its machine.
Hash county_secret(const Hash& master, BatchId batch);

/// What `O_0` fixes before the first bid.
struct OpeningTerms {
    BatchId batch;
    AuctionId auction;
    Instant start;
    Instant end;
    Hash county_commitment{}; ///< `no_hash` when the county takes no part.
    Hash operator_commitment{};
    Hash rules_hash{}; ///< SHA-256 of `canonical_award_rules`.
    Hash lots_hash{};  ///< `lots_hash` of book_record.hpp.
    PublicKey key{};   ///< Signs everything of this batch.

    friend bool operator==(const OpeningTerms&, const OpeningTerms&) = default;
};

Bytes opening_message(const OpeningTerms& terms);
Hash opening_hash(const OpeningTerms& terms); ///< `O_0`

enum class ChangeKind : std::uint8_t {
    end_moved = 1,
    paused = 2,
    resumed = 3,
    lot_withdrawn = 4,
    canceled = 5
};

/// What happened to an open batch.
struct Change {
    ChangeKind kind = ChangeKind::end_moved;
    Instant at;
    Instant new_end;           ///< The end in force from now on, moved or not.
    CertificateId certificate; ///< The lot withdrawn; all zeros for the other kinds.
    Hash reason_hash{};        ///< SHA-256 of the published reason.

    friend bool operator==(const Change&, const Change&) = default;
};

/// `O_k`; `number` is k, the first change is 1, and `previous` is `O_(k-1)`.
Hash change_hash(BatchId batch, std::uint32_t number, const Hash& previous, const Change& change);

/// `H`; `opening` is the latest of the `O`.
Hash head_hash(BatchId batch, const Hash& opening, std::uint64_t leaves, const Hash& root,
               Instant closed_at);
/// `Z`
Hash close_hash(BatchId batch, const Hash& head, const Hash& book, const Hash& groups);

/// What is signed for `O_k`, `H` and `Z`.
Bytes chain_message(const Hash& record);
/// What is signed for a tree of receipts.
Bytes receipt_message(BatchId batch, const Hash& opening, std::uint64_t size, const Hash& root);
/// What the county gets signed for its secret; `close` is `Z`.
Bytes secret_message(BatchId batch, const Hash& close, const Hash& secret, Instant received_at);
/// `amendment_hash` is SHA-256 of the amendment's canonical JSON.
Bytes amendment_message(const Hash& amendment_hash);
/// `file_hash` is SHA-256 of the transcript without its member `signature`.
Bytes transcript_message(const Hash& file_hash);

} // namespace strikeoff
