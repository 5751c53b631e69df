#include "modules/certificates/advertised_writer.hpp"

#include <map>
#include <unordered_map>

namespace strikeoff::certificates {
namespace {

constexpr std::size_t rows_a_statement = 1'000;

struct ExistingRow {
    CertificateId id;
    PropertyId property_id;
    std::int32_t tax_year = 0;
    std::optional<std::int32_t> advertised_number;
    Money face_value;
    std::optional<Money> tax_amount;
    bool homestead = false;
    bool homestead_below_threshold = false;
    CertificateStatus status = CertificateStatus::pending;
    bool held = false;
    bool removed = false;
    bool paid = false;
    bool offered = false;
};
BOOST_DESCRIBE_STRUCT(ExistingRow, (),
                      (id, property_id, tax_year, advertised_number, face_value, tax_amount,
                       homestead, homestead_below_threshold, status, held, removed, paid, offered))

// In the order of the ids, as everyone locks certificates.
const db::Statement<ExistingRow(CountyId, std::vector<PropertyId>, std::vector<std::int32_t>)>
    lock_existing{{"certificates.lock_existing", R"sql(
    SELECT c.id, c.property_id, c.tax_year, c.advertised_number, c.face_value, c.tax_amount,
           c.homestead, c.homestead_below_threshold, c.status, c.holder_id IS NOT NULL AS held,
           c.removed_at IS NOT NULL AS removed, c.paid_at IS NOT NULL AS paid,
           EXISTS (SELECT 1 FROM batch_certificates l JOIN batches b ON b.id = l.batch_id
                   WHERE l.certificate_id = c.id AND b.status <> 'canceled') AS offered
    FROM certificates c
    JOIN unnest($2, $3) AS g (property_id, tax_year)
         ON g.property_id = c.property_id AND g.tax_year = c.tax_year
    WHERE c.county_id = $1
    ORDER BY c.id
    FOR NO KEY UPDATE OF c)sql"}};

struct NumberRow {
    std::int32_t tax_year = 0;
    std::int32_t number = 0;
    PropertyId property_id;
    std::string parcel_id;
};
BOOST_DESCRIBE_STRUCT(NumberRow, (), (tax_year, number, property_id, parcel_id))

const db::Statement<NumberRow(CountyId, std::vector<std::int32_t>, std::vector<std::int32_t>)>
    numbers_in_use{{"certificates.numbers_in_use", R"sql(
    SELECT c.tax_year, coalesce(c.advertised_number, 0) AS number, c.property_id, p.parcel_id
    FROM certificates c
    JOIN unnest($2, $3) AS g (tax_year, number)
         ON g.tax_year = c.tax_year AND g.number = c.advertised_number
    JOIN properties p ON p.id = c.property_id
    WHERE c.county_id = $1)sql"}};

/// What the parcel's property is made of when the county does not have it yet.
parcels::ParcelRecord parcel_of(const parcels::AdvertisedRecord& record) {
    return {.parcel_id = record.parcel_id,
            .owner_name = record.owner_name,
            .address = record.address,
            .use_code = record.use_code,
            .homestead = record.homestead.value_or(false),
            .assessed_value = record.assessed_value};
}

} // namespace

struct AdvertisedWriter::Existing : ExistingRow {
    explicit Existing(const ExistingRow& row) : ExistingRow{row} {}

    bool is_as(const CertificateDraft& draft) const {
        return face_value == draft.face && tax_amount == draft.tax &&
               homestead == draft.homestead && advertised_number == draft.advertised_number &&
               homestead_below_threshold == draft.below_threshold && (removed || !draft.removed) &&
               (paid || !draft.paid);
    }
    /// A file may correct what nobody has been offered and nobody holds.
    bool may_change() const {
        const bool with_county =
            status == CertificateStatus::sold && homestead_below_threshold && !held;
        return !offered && (status == CertificateStatus::pending || with_county);
    }
};

void AdvertisedWriter::add(std::size_t line, const parcels::AdvertisedRecord& record) {
    Line& added = pending_.emplace_back(Line{.line = line, .record = record});
    added.draft.tax_year = record.tax_year.value_or(tax_year_.value_or(0));
    added.draft.id = {certificate_ids_.next()};
    if (pending_.size() == rows_a_statement) flush();
}

void AdvertisedWriter::flush() {
    if (pending_.empty()) return;
    find_properties();
    write();
    pending_.clear();
}

void AdvertisedWriter::find_properties() {
    std::vector<parcels::ParcelRecord> wanted;
    std::unordered_map<std::string, std::size_t> known;
    for (const Line& line : pending_) // A parcel stands in the list once for each of its years.
        if (known.emplace(line.record.parcel_id, 0).second)
            wanted.push_back(parcel_of(line.record));
    const auto found = parcels::find_or_add_properties(connection_, reason_.county, *reason_.import,
                                                       wanted, property_ids_);
    for (std::size_t i = 0; i < found.size(); ++i)
        known[found[i].parcel_id] = i;
    for (Line& line : pending_) {
        const parcels::KnownProperty& property = found[known.at(line.record.parcel_id)];
        line.draft.property_id = property.id;
        complete(line, property.homestead);
    }
}

/// Fills the draft in from the record; the roll says what the list does not.
void AdvertisedWriter::complete(Line& line, bool roll_homestead) {
    const parcels::AdvertisedRecord& record = line.record;
    CertificateDraft& draft = line.draft;
    draft.face = record.face;
    draft.homestead = record.homestead.value_or(roll_homestead);
    draft.removed = record.removed;
    draft.removed_reason = record.removed_reason;
    draft.paid = record.paid;
    complete_tax(line);
    draft.below_threshold = draft.homestead && !draft.removed && !draft.paid && draft.tax &&
                            *draft.tax < terms_.homestead_minimum;
    // What goes straight to the county is never offered, so it has no place in the list.
    if (!draft.below_threshold) draft.advertised_number = record.sequence;
}

void AdvertisedWriter::complete_tax(Line& line) {
    CertificateDraft& draft = line.draft;
    FaceParts parts;
    if (line.record.tax_amount) {
        draft.tax = line.record.tax_amount;
        parts = build_face(terms_.face, *draft.tax);
        if (parts.face != draft.face) return; // Made up by other rules than ours: not known.
    } else {
        const auto found = tax_behind_face(terms_.face, draft.face);
        if (!found) return;
        parts = found->parts;
        draft.tax = parts.tax;
        line.tax_is_computed = true;
    }
    draft.interest = parts.interest;
    draft.commission = parts.commission;
    // No tax has every face: the cent or two between are taken for costs, so that the parts add up.
    draft.costs = draft.face - parts.tax - parts.interest - parts.commission;
}

void AdvertisedWriter::write() {
    std::vector<PropertyId> properties;
    std::vector<std::int32_t> years;
    std::vector<std::int32_t> numbered_years;
    std::vector<std::int32_t> numbers;
    for (const Line& line : pending_) {
        properties.push_back(line.draft.property_id);
        years.push_back(line.draft.tax_year);
        if (!line.draft.advertised_number) continue;
        numbered_years.push_back(line.draft.tax_year);
        numbers.push_back(*line.draft.advertised_number);
    }
    std::map<std::pair<PropertyId, std::int32_t>, Existing> existing;
    for (const ExistingRow& row : connection_.all(lock_existing, reason_.county, properties, years))
        existing.emplace(std::pair{row.property_id, row.tax_year}, Existing{row});
    std::map<std::pair<std::int32_t, std::int32_t>, NumberRow> in_use;
    for (const NumberRow& row :
         connection_.all(numbers_in_use, reason_.county, numbered_years, numbers))
        in_use.emplace(std::pair{row.tax_year, row.number}, row);

    std::vector<CertificateDraft> fresh;
    std::vector<CertificateDraft> changed;
    for (Line& line : pending_) {
        CertificateDraft& draft = line.draft;
        const auto found = existing.find({draft.property_id, draft.tax_year});
        const Existing* const before = found == existing.end() ? nullptr : &found->second;
        if (before) {
            draft.id = before->id;
            if (!line.record.sequence && !draft.below_threshold)
                draft.advertised_number = before->advertised_number;
        }
        std::optional<std::string> taken_by;
        const auto use = in_use.find({draft.tax_year, draft.advertised_number.value_or(0)});
        if (use != in_use.end() && use->second.property_id != draft.property_id)
            taken_by = use->second.parcel_id;
        if (is_refused(line, before, taken_by)) continue;
        if (!before)
            fresh.push_back(draft);
        else if (!before->is_as(draft))
            changed.push_back(draft);
        else
            ++summary_.unchanged;
        count(line);
    }
    summary_.created +=
        static_cast<std::int32_t>(insert_certificates(connection_, reason_, terms_, fresh));
    summary_.updated += static_cast<std::int32_t>(changed.size());
    update_certificates(connection_, reason_, terms_, changed);
}

/// Whether the line is rejected for what the file alone does not show.
bool AdvertisedWriter::is_refused(const Line& line, const Existing* existing,
                                  const std::optional<std::string>& number_taken_by) {
    const CertificateDraft& draft = line.draft;
    if (draft.homestead && !draft.tax) {
        reject(line, fmt::format("a homestead whose face is not above the costs of {}",
                                 format_money(terms_.face.costs)));
        return true;
    }
    if (number_taken_by) {
        reject(line, fmt::format("number {} of {} is that of parcel {}", *draft.advertised_number,
                                 draft.tax_year, *number_taken_by));
        return true;
    }
    if (existing && !existing->is_as(draft) && !existing->may_change()) {
        reject(line, "differs from the certificate, which is in a sale or sold already");
        return true;
    }
    return false;
}

void AdvertisedWriter::reject(const Line& line, std::string message) {
    ++summary_.rejected;
    const parcels::RowError error{line.line, "", std::move(message)};
    if (summary_.errors.size() < reported_max)
        summary_.errors.push_back({static_cast<std::int32_t>(line.line), "", error.message});
    rows_.add(line.line, parcels::RowVerdict::rejected,
              {{"parcel_id", line.record.parcel_id}, {"face", format_money(line.record.face)}},
              {&error, 1});
}

void AdvertisedWriter::count(const Line& line) {
    const CertificateDraft& draft = line.draft;
    if (draft.below_threshold) ++summary_.straight_to_county;
    if (draft.removed || draft.paid) ++summary_.removed;
    if (!line.tax_is_computed || !draft.homestead ||
        !is_near_homestead_threshold(*draft.tax, terms_.homestead_minimum))
        return;
    const parcels::RowError question{line.line, "",
                                     "a homestead whose computed tax is near the threshold"};
    rows_.add(line.line, parcels::RowVerdict::needs_decision,
              {{"parcel_id", line.record.parcel_id},
               {"face", format_money(draft.face)},
               {"tax", format_money(*draft.tax)}},
              {&question, 1});
    if (summary_.homesteads_to_check.size() < reported_max)
        summary_.homesteads_to_check.push_back({static_cast<std::int32_t>(line.line),
                                                line.record.parcel_id, draft.face, *draft.tax,
                                                draft.below_threshold});
}

} // namespace strikeoff::certificates
