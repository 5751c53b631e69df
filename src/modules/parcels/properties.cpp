#include "modules/parcels/properties.hpp"

namespace strikeoff::parcels {
namespace {

constexpr std::size_t rows_a_statement = 1'000;

using Texts = std::vector<std::optional<std::string>>;
using Amounts = std::vector<std::optional<Money>>;

struct Written {
    std::int64_t created = 0;
    std::int64_t updated = 0;
};
BOOST_DESCRIBE_STRUCT(Written, (), (created, updated))

// Rows that would not change are not written, so that a roll read twice leaves no trace.
const db::Statement<Written(CountyId, Uuid, std::vector<PropertyId>, std::vector<std::string>,
                            Texts, Texts, Texts, Texts, Texts, Texts, Texts, std::vector<bool>,
                            Amounts, Amounts, Amounts, Texts,
                            std::vector<std::optional<std::int32_t>>)>
    write_roll{{"parcels.write_roll", R"sql(
    WITH given AS MATERIALIZED (
        SELECT g.id, g.parcel_id, g.owner_name, g.address, g.city, g.state, g.zip, g.property_type,
               g.use_code, g.homestead, g.assessed_value, g.just_value, g.taxable_value,
               g.legal_description, g.roll_year
        FROM unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
             AS g (id, parcel_id, owner_name, address, city, state, zip, property_type, use_code,
                   homestead, assessed_value, just_value, taxable_value, legal_description,
                   roll_year)),
    before AS (
        SELECT p.parcel_id, p.assessed_value
        FROM properties p JOIN given g ON g.parcel_id = p.parcel_id
        WHERE p.county_id = $1),
    written AS (
        INSERT INTO properties AS p
            (id, county_id, parcel_id, owner_name, address, city, state, zip, property_type,
             use_code, homestead, assessed_value, just_value, taxable_value, legal_description,
             import_id)
        SELECT g.id, $1, g.parcel_id, g.owner_name, g.address, g.city, g.state, g.zip,
               g.property_type, g.use_code, g.homestead, g.assessed_value, g.just_value,
               g.taxable_value, g.legal_description, $2
        FROM given g
        ON CONFLICT (county_id, parcel_id) DO UPDATE
        SET owner_name = coalesce(EXCLUDED.owner_name, p.owner_name),
            address = coalesce(EXCLUDED.address, p.address),
            city = coalesce(EXCLUDED.city, p.city),
            state = coalesce(EXCLUDED.state, p.state),
            zip = coalesce(EXCLUDED.zip, p.zip),
            property_type = coalesce(EXCLUDED.property_type, p.property_type),
            use_code = coalesce(EXCLUDED.use_code, p.use_code),
            homestead = EXCLUDED.homestead,
            assessed_value = EXCLUDED.assessed_value,
            just_value = EXCLUDED.just_value,
            taxable_value = EXCLUDED.taxable_value,
            legal_description = coalesce(EXCLUDED.legal_description, p.legal_description),
            import_id = EXCLUDED.import_id
        WHERE (p.owner_name, p.address, p.city, p.state, p.zip, p.property_type, p.use_code,
               p.homestead, p.assessed_value, p.just_value, p.taxable_value, p.legal_description)
              IS DISTINCT FROM
              (coalesce(EXCLUDED.owner_name, p.owner_name), coalesce(EXCLUDED.address, p.address),
               coalesce(EXCLUDED.city, p.city), coalesce(EXCLUDED.state, p.state),
               coalesce(EXCLUDED.zip, p.zip), coalesce(EXCLUDED.property_type, p.property_type),
               coalesce(EXCLUDED.use_code, p.use_code), EXCLUDED.homestead, EXCLUDED.assessed_value,
               EXCLUDED.just_value, EXCLUDED.taxable_value,
               coalesce(EXCLUDED.legal_description, p.legal_description))
        RETURNING p.id, p.parcel_id, p.assessed_value, p.just_value, p.taxable_value,
                  p.xmax = 0 AS created),
    valued AS (
        INSERT INTO property_value_history
            (county_id, property_id, assessed_value, just_value, taxable_value, valuation_date,
             source)
        SELECT $1, w.id, w.assessed_value, w.just_value, w.taxable_value,
               coalesce(make_date(g.roll_year, 1, 1), strikeoff.clock()::date), 'import ' || $2
        FROM written w JOIN given g ON g.parcel_id = w.parcel_id
        LEFT JOIN before b ON b.parcel_id = w.parcel_id
        WHERE w.assessed_value IS NOT NULL
          AND w.assessed_value IS DISTINCT FROM b.assessed_value)
    SELECT count(*) FILTER (WHERE created) AS created,
           count(*) FILTER (WHERE NOT created) AS updated
    FROM written)sql"}};

const db::Statement<KnownProperty(CountyId, Uuid, std::vector<PropertyId>, std::vector<std::string>,
                                  Texts, Texts, Texts, std::vector<bool>, Amounts)>
    find_or_add{{"parcels.find_or_add", R"sql(
    WITH given AS MATERIALIZED (
        SELECT g.id, g.parcel_id, g.owner_name, g.address, g.use_code, g.homestead,
               g.assessed_value
        FROM unnest($3, $4, $5, $6, $7, $8, $9)
             AS g (id, parcel_id, owner_name, address, use_code, homestead, assessed_value)),
    made AS (
        INSERT INTO properties (id, county_id, parcel_id, owner_name, address, use_code, homestead,
                                assessed_value, import_id)
        SELECT g.id, $1, g.parcel_id, g.owner_name, g.address, g.use_code, g.homestead,
               g.assessed_value, $2
        FROM given g
        ON CONFLICT (county_id, parcel_id) DO NOTHING
        RETURNING id, parcel_id, homestead)
    SELECT m.id, m.parcel_id, m.homestead, true AS created FROM made m
    UNION ALL
    SELECT p.id, p.parcel_id, p.homestead, false AS created
    FROM properties p JOIN given g ON g.parcel_id = p.parcel_id
    WHERE p.county_id = $1)sql"}};

/// One array for each member of the records.
template <class Value>
std::vector<Value> column(const std::vector<ParcelRecord>& parcels, Value ParcelRecord::* member) {
    std::vector<Value> values;
    values.reserve(parcels.size());
    for (const ParcelRecord& parcel : parcels)
        values.push_back(parcel.*member);
    return values;
}

std::vector<PropertyId> new_ids(NewIds& ids, std::size_t count) {
    std::vector<PropertyId> made;
    while (made.size() < count)
        made.push_back({ids.next()});
    return made;
}

} // namespace

void RollWriter::add(const ParcelRecord& parcel) {
    pending_.push_back(parcel);
    if (pending_.size() == rows_a_statement) flush();
}

void RollWriter::flush() {
    if (pending_.empty()) return;
    using P = ParcelRecord;
    const Written written =
        connection_.one(write_roll, county_, import_, new_ids(ids_, pending_.size()),
                        column(pending_, &P::parcel_id), column(pending_, &P::owner_name),
                        column(pending_, &P::address), column(pending_, &P::city),
                        column(pending_, &P::state), column(pending_, &P::zip),
                        column(pending_, &P::property_type), column(pending_, &P::use_code),
                        column(pending_, &P::homestead), column(pending_, &P::assessed_value),
                        column(pending_, &P::just_value), column(pending_, &P::taxable_value),
                        column(pending_, &P::legal_description), column(pending_, &P::roll_year));
    created_ += written.created;
    updated_ += written.updated;
    pending_.clear();
}

std::vector<KnownProperty> find_or_add_properties(db::Connection& connection, CountyId county,
                                                  Uuid import,
                                                  const std::vector<ParcelRecord>& parcels,
                                                  NewIds& ids) {
    using P = ParcelRecord;
    return connection.all(find_or_add, county, import, new_ids(ids, parcels.size()),
                          column(parcels, &P::parcel_id), column(parcels, &P::owner_name),
                          column(parcels, &P::address), column(parcels, &P::use_code),
                          column(parcels, &P::homestead), column(parcels, &P::assessed_value));
}

} // namespace strikeoff::parcels
