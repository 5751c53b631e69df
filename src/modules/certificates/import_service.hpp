#pragma once

#include "core/clock.hpp"
#include "db/pool.hpp"
#include "modules/certificates/certificates.hpp"
#include "modules/parcels/import_records.hpp"

namespace strikeoff::certificates {

/// A file as a county sends it.
struct ImportFile {
    CountyId county;
    parcels::ImportFormat format = parcels::ImportFormat::nal;
    std::string name;
    std::string_view bytes; ///< CSV, perhaps compressed by gzip.
    std::optional<std::int32_t> tax_year;
    std::optional<UserId> by; ///< Nobody: the operator, at the command line.
};

/// Takes rolls and advertised lists in. An import is one transaction: it happens whole or not at
/// all, though records that are wrong are left out and reported.
class ImportService {
public:
    ImportService(db::Pool& worker_pool, const Clock& clock) : pool_{worker_pool}, clock_{clock} {}

    /// A roll in either format: properties are made or brought up to date. Fails with
    /// `county.unknown`, `import.kind`, or as `parcels::read_import` and `parcels::gunzip` do.
    Result<ImportSummary> import_parcels(const ImportFile& file);

    /// An advertised list: pending certificates, except that small homesteads go to the county.
    /// A list that was corrected brings certificates up to date until they are offered. Fails as
    /// `import_parcels`, and with `import.tax_year` when neither list nor caller says the year.
    Result<ImportSummary> import_advertised(const ImportFile& file);

    /// Either, by its format, within the caller's transaction. Publishing an import takes two
    /// people: what is sent over HTTP is tried by this, and carried out by this.
    Result<ImportSummary> take_in(db::Connection& connection, const ImportFile& file) const;

    /// Fails with `county.unknown` or `delinquent.invalid`.
    Result<DelinquentSummary> make_delinquent(CountyId county, const MarkDelinquent& wanted,
                                              std::optional<UserId> by);

private:
    Result<ImportSummary> import(const ImportFile& file);

    db::Pool& pool_;
    const Clock& clock_;
};

} // namespace strikeoff::certificates
