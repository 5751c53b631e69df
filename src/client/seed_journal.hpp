#pragma once

#include "core/chain.hpp"
#include "core/result.hpp"

#include <boost/json/object.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace strikeoff::client {

/// Reads the county's 32-byte master for a sale (64 hexadecimal digits), or makes it with mode 0400
/// when there is none. Fails with `master.open_to_others` or `master.malformed`; throws
/// std::system_error when the file cannot be read or made.
Result<Hash> load_master(const std::filesystem::path& file);

/// What the county's tool has seen and done, one JSON object a line, flushed to the disk before the
/// next step. It is the memory that keeps a secret from being released against two different close
/// records of one batch, whatever the server says later.
class SeedJournal {
public:
    /// Opens or makes the journal. Fails with `journal.malformed`; throws std::system_error when
    /// the file cannot be used.
    static Result<SeedJournal> open(const std::filesystem::path& file);

    SeedJournal(SeedJournal&& other) noexcept;
    SeedJournal(const SeedJournal&) = delete;
    SeedJournal& operator=(const SeedJournal&) = delete;
    ~SeedJournal();

    /// The server's key, pinned when it was first seen. Fails with `key.changed`.
    Result<void> pin_key(const PublicKey& key);
    void note_commitment(BatchId batch, const Hash& commitment);
    /// Keeps a checked record (opening, change, head) as it was published. Fails with
    /// `record.changed` when another was kept under the same name and number.
    Result<void> note_record(BatchId batch, std::string_view record, int number, const Hash& hash,
                             const Signature& signature);
    /// Allows the release of the batch's secret against `close`, once and for all. Fails with
    /// `close.changed` when another close record of the batch was kept before.
    Result<void> note_close(BatchId batch, const Hash& close, const Signature& signature);
    void note_receipt(BatchId batch, const Hash& close, Instant received_at,
                      const Signature& signature);
    bool has_receipt(BatchId batch) const { return receipts_.contains(batch); }

private:
    SeedJournal(std::filesystem::path file, int descriptor)
        : file_{std::move(file)}, descriptor_{descriptor} {}
    Result<void> replay(std::string_view text);
    bool take(const boost::json::object& line);
    void append(const boost::json::object& line);

    std::filesystem::path file_;
    int descriptor_ = -1;
    std::optional<PublicKey> key_;
    std::map<std::pair<BatchId, std::string>, Hash> records_; ///< By record and number.
    std::map<BatchId, Hash> receipts_;                        ///< The close record released for.
};

} // namespace strikeoff::client
