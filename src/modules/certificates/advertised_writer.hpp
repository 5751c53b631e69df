#pragma once

#include "modules/certificates/certificate_store.hpp"
#include "modules/certificates/certificates.hpp"
#include "modules/parcels/import_file.hpp"
#include "modules/parcels/import_log.hpp"
#include "modules/parcels/properties.hpp"

namespace strikeoff::certificates {

constexpr std::size_t reported_max = 100;

/// Turns the records of an advertised list into certificates, about a thousand at a time.
class AdvertisedWriter {
public:
    AdvertisedWriter(db::Connection& connection, WriteReason reason, CertificateTerms terms,
                     std::optional<std::int32_t> tax_year, Instant now, parcels::RowLog& rows,
                     ImportSummary& summary)
        : connection_{connection}, reason_{std::move(reason)}, terms_{terms}, tax_year_{tax_year},
          property_ids_{now}, certificate_ids_{now}, rows_{rows}, summary_{summary} {}

    void add(std::size_t line, const parcels::AdvertisedRecord& record);
    void flush(); ///< Writes what is left.

private:
    struct Line {
        std::size_t line = 0;
        parcels::AdvertisedRecord record;
        CertificateDraft draft;
        bool tax_is_computed = false;
    };
    struct Existing;

    void find_properties();
    void complete(Line& line, bool roll_homestead);
    void complete_tax(Line& line);
    void write();
    bool is_refused(const Line& line, const Existing* existing,
                    const std::optional<std::string>& number_taken_by);
    void reject(const Line& line, std::string message);
    void count(const Line& line);

    db::Connection& connection_;
    WriteReason reason_;
    CertificateTerms terms_;
    std::optional<std::int32_t> tax_year_;
    parcels::NewIds property_ids_;
    parcels::NewIds certificate_ids_;
    parcels::RowLog& rows_;
    ImportSummary& summary_;
    std::vector<Line> pending_;
};

} // namespace strikeoff::certificates
