#pragma once

#include "core/bytes.hpp"
#include "db/transaction.hpp"
#include "modules/parcels/import_records.hpp"

#include <span>

namespace strikeoff::parcels {

/// A file on its way in.
struct ImportStart {
    CountyId county;
    ImportFormat kind = ImportFormat::nal;
    std::string file_name;
    std::int64_t file_size = 0;
    Hash sha256{}; ///< Of the file as it was sent.
    std::optional<std::int32_t> tax_year;
    std::optional<UserId> by; ///< Nobody when the operator's own command does it.
};

/// What an import counted in the end.
struct ImportOutcome {
    std::int32_t rows = 0;
    std::int32_t accepted = 0;
    std::int32_t rejected = 0;
    std::string summary; ///< JSON: what the sender was told.
};

/// Lets one import of a county run at a time, until the end of the transaction. False when there is
/// no such county.
bool lock_county(db::Connection& connection, CountyId county);

/// The summary of the last import of its kind, if that was of this very file: reading it again
/// would change nothing. Rolls of either format are of one kind.
std::optional<db::Json> repeated_import(db::Connection& connection, const ImportStart& start);

Uuid begin_import(db::Connection& connection, const ImportStart& start);
void finish_import(db::Connection& connection, Uuid import, const ImportReport& report,
                   const ImportOutcome& outcome);

enum class RowVerdict : std::uint8_t { accepted, rejected, superseded, needs_decision, applied };
BOOST_DESCRIBE_ENUM(RowVerdict, accepted, rejected, superseded, needs_decision, applied)
constexpr std::string_view pg_type_name(RowVerdict) {
    return "import_row_status";
}

/// Keeps the records that somebody must look at, about a thousand at a time.
class RowLog {
public:
    RowLog(db::Connection& connection, CountyId county, Uuid import)
        : connection_{connection}, county_{county}, import_{import} {}

    void add(std::size_t line, RowVerdict verdict,
             const std::vector<std::pair<std::string, std::string>>& values,
             std::span<const RowError> errors);
    void flush();

private:
    db::Connection& connection_;
    CountyId county_;
    Uuid import_;
    std::vector<std::int32_t> lines_;
    std::vector<std::string> verdicts_;
    std::vector<std::string> records_;
    std::vector<std::string> errors_;
};

} // namespace strikeoff::parcels
