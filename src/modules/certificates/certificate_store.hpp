#pragma once

#include "core/face.hpp"
#include "db/transaction.hpp"

namespace strikeoff::certificates {

/// What a county's settings say of new certificates.
struct CertificateTerms {
    FaceRules face;
    Rate rate_start;                               ///< What the county gets on what it must hold.
    Money homestead_minimum = homestead_threshold; ///< Less tax of a homestead is not offered.
};
/// Nothing when there is no such county.
std::optional<CertificateTerms> read_terms(db::Connection& connection, CountyId county);

/// A certificate as a file or a rule wants it to be.
struct CertificateDraft {
    CertificateId id;
    PropertyId property_id;
    std::int32_t tax_year = 0;
    std::optional<std::int32_t> advertised_number;
    Money face;
    std::optional<Money> tax;
    std::optional<Money> interest; ///< Known with the commission and the costs, or not at all.
    std::optional<Money> commission;
    std::optional<Money> costs;
    bool homestead = false;
    bool below_threshold = false; ///< Goes straight to the county.
    bool removed = false;
    std::optional<std::string> removed_reason;
    bool paid = false;
};

/// Who writes, and why: goes into the history of each certificate.
struct WriteReason {
    CountyId county;
    std::string event;
    std::optional<Uuid> import;
    std::optional<UserId> by;
};

/// Makes the certificates that their parcels do not have for the year yet; returns how many.
std::int64_t insert_certificates(db::Connection& connection, const WriteReason& reason,
                                 const CertificateTerms& terms,
                                 const std::vector<CertificateDraft>& drafts);

/// Brings certificates that are not offered in line with the drafts of the same id.
void update_certificates(db::Connection& connection, const WriteReason& reason,
                         const CertificateTerms& terms,
                         const std::vector<CertificateDraft>& drafts);

/// Appends to the county's audit log; call it last, it holds the log's head until the commit.
void audit_import(db::Connection& connection, const WriteReason& reason, Uuid entity,
                  const std::string& canonical_facts);

} // namespace strikeoff::certificates
