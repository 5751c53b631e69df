#include "modules/certificates/certificate_store.hpp"

#include "modules/counties/settings.hpp"

namespace strikeoff::certificates {
namespace {

using Numbers = std::vector<std::optional<std::int32_t>>;
using Amounts = std::vector<std::optional<Money>>;
using Texts = std::vector<std::optional<std::string>>;
using Flags = std::vector<bool>;

// What is removed or paid keeps its number: the list has been printed with it.
const db::Statement<std::int64_t(CountyId, std::string, std::optional<Uuid>, std::optional<UserId>,
                                 Rate, std::vector<CertificateId>, std::vector<PropertyId>,
                                 std::vector<std::int32_t>, Numbers, std::vector<Money>, Amounts,
                                 Amounts, Amounts, Amounts, Flags, Flags, Flags, Texts, Flags)>
    insert_drafts{{"certificates.insert_drafts", R"sql(
    WITH made AS (
        INSERT INTO certificates
            (id, county_id, property_id, tax_year, advertised_number, face_value, tax_amount,
             interest_amount, commission_amount, cost_amount, homestead, homestead_below_threshold,
             status, award_rate, removed_at, removed_reason, paid_at, import_id)
        SELECT d.id, $1, d.property_id, d.tax_year, d.advertised_number, d.face, d.tax, d.interest,
               d.commission, d.costs, d.homestead, d.below,
               CASE WHEN d.below THEN 'sold' ELSE 'pending' END::certificate_status,
               CASE WHEN d.below THEN $5 END,
               CASE WHEN d.removed THEN strikeoff.clock() END, d.removed_reason,
               CASE WHEN d.paid THEN strikeoff.clock() END, $3
        FROM unnest($6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
             AS d (id, property_id, tax_year, advertised_number, face, tax, interest, commission,
                   costs, homestead, below, removed, removed_reason, paid)
        ON CONFLICT (county_id, property_id, tax_year) DO NOTHING
        RETURNING id, tax_year, advertised_number, face_value, tax_amount, status, removed_at,
                  paid_at, homestead_below_threshold),
    told AS (
        INSERT INTO certificate_history
            (county_id, certificate_id, event_type, change_data_json, performed_by, created_at)
        SELECT $1, m.id, $2,
               jsonb_build_object('import_id', $3, 'advertised_number', m.advertised_number,
                                  'face_value', m.face_value::text,
                                  'tax_amount', m.tax_amount::text, 'status', m.status,
                                  'homestead_below_threshold', m.homestead_below_threshold,
                                  'removed', m.removed_at IS NOT NULL,
                                  'paid', m.paid_at IS NOT NULL),
               $4, strikeoff.clock()
        FROM made m)
    SELECT count(*) AS made FROM made)sql"}};

const db::Statement<void(CountyId, std::string, std::optional<Uuid>, std::optional<UserId>, Rate,
                         std::vector<CertificateId>, Numbers, std::vector<Money>, Amounts, Amounts,
                         Amounts, Amounts, Flags, Flags, Flags, Texts, Flags)>
    update_drafts{{"certificates.update_drafts", R"sql(
    WITH before AS (
        SELECT c.id, c.advertised_number, c.face_value, c.tax_amount, c.status
        FROM certificates c
        WHERE c.county_id = $1 AND c.id = ANY ($6)),
    changed AS (
        UPDATE certificates c
        SET advertised_number = d.advertised_number, face_value = d.face, tax_amount = d.tax,
            interest_amount = d.interest, commission_amount = d.commission, cost_amount = d.costs,
            homestead = d.homestead, homestead_below_threshold = d.below,
            status = CASE WHEN d.below THEN 'sold' ELSE 'pending' END::certificate_status,
            award_rate = CASE WHEN d.below THEN $5 END,
            removed_at = CASE WHEN d.removed THEN coalesce(c.removed_at, strikeoff.clock())
                              ELSE c.removed_at END,
            removed_reason = coalesce(d.removed_reason, c.removed_reason),
            paid_at = CASE WHEN d.paid THEN coalesce(c.paid_at, strikeoff.clock())
                           ELSE c.paid_at END,
            import_id = $3
        FROM unnest($6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
             AS d (id, advertised_number, face, tax, interest, commission, costs, homestead, below,
                   removed, removed_reason, paid)
        WHERE c.county_id = $1 AND c.id = d.id
        RETURNING c.id, c.advertised_number, c.face_value, c.tax_amount, c.status, c.removed_at,
                  c.paid_at)
    INSERT INTO certificate_history
        (county_id, certificate_id, event_type, change_data_json, performed_by, created_at)
    SELECT $1, n.id, $2,
           jsonb_build_object('import_id', $3, 'before',
               jsonb_build_object('advertised_number', b.advertised_number,
                                  'face_value', b.face_value::text,
                                  'tax_amount', b.tax_amount::text, 'status', b.status),
               'after',
               jsonb_build_object('advertised_number', n.advertised_number,
                                  'face_value', n.face_value::text,
                                  'tax_amount', n.tax_amount::text, 'status', n.status,
                                  'removed', n.removed_at IS NOT NULL,
                                  'paid', n.paid_at IS NOT NULL)),
           $4, strikeoff.clock()
    FROM changed n JOIN before b ON b.id = n.id)sql"}};

const db::Statement<std::string(Uuid, CountyId, std::optional<UserId>, Uuid, std::string, Bytes)>
    append_audit{{"certificates.append_audit_of_import", R"sql(
    SELECT strikeoff.audit_append($1, $2, $3, 'import', $4, $5, $6, NULL)::text)sql"}};

template <class Value>
std::vector<Value> column(const std::vector<CertificateDraft>& drafts,
                          Value CertificateDraft::* member) {
    std::vector<Value> values;
    values.reserve(drafts.size());
    for (const CertificateDraft& draft : drafts)
        values.push_back(draft.*member);
    return values;
}

} // namespace

std::optional<CertificateTerms> read_terms(db::Connection& connection, CountyId county) {
    const auto settings = counties::load_county_settings(connection, county);
    if (!settings) return std::nullopt;
    return CertificateTerms{.face = {.interest_minimum = settings->interest_minimum_percent,
                                     .commission = settings->commission_percent,
                                     .commission_base = settings->commission_base,
                                     .costs = settings->certificate_costs},
                            .rate_start = settings->rate_start,
                            .homestead_minimum = settings->homestead_minimum};
}

std::int64_t insert_certificates(db::Connection& connection, const WriteReason& reason,
                                 const CertificateTerms& terms,
                                 const std::vector<CertificateDraft>& drafts) {
    if (drafts.empty()) return 0;
    using D = CertificateDraft;
    return connection.one(
        insert_drafts, reason.county, reason.event, reason.import, reason.by, terms.rate_start,
        column(drafts, &D::id), column(drafts, &D::property_id), column(drafts, &D::tax_year),
        column(drafts, &D::advertised_number), column(drafts, &D::face), column(drafts, &D::tax),
        column(drafts, &D::interest), column(drafts, &D::commission), column(drafts, &D::costs),
        column(drafts, &D::homestead), column(drafts, &D::below_threshold),
        column(drafts, &D::removed), column(drafts, &D::removed_reason), column(drafts, &D::paid));
}

void update_certificates(db::Connection& connection, const WriteReason& reason,
                         const CertificateTerms& terms,
                         const std::vector<CertificateDraft>& drafts) {
    if (drafts.empty()) return;
    using D = CertificateDraft;
    connection.run(update_drafts, reason.county, reason.event, reason.import, reason.by,
                   terms.rate_start, column(drafts, &D::id), column(drafts, &D::advertised_number),
                   column(drafts, &D::face), column(drafts, &D::tax), column(drafts, &D::interest),
                   column(drafts, &D::commission), column(drafts, &D::costs),
                   column(drafts, &D::homestead), column(drafts, &D::below_threshold),
                   column(drafts, &D::removed), column(drafts, &D::removed_reason),
                   column(drafts, &D::paid));
}

void audit_import(db::Connection& connection, const WriteReason& reason, Uuid entity,
                  const std::string& canonical_facts) {
    connection.one(append_audit, reason.county.uuid, reason.county, reason.by, entity, reason.event,
                   Bytes(canonical_facts.begin(), canonical_facts.end()));
}

} // namespace strikeoff::certificates
