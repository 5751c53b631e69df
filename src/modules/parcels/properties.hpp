#pragma once

#include "db/transaction.hpp"
#include "modules/parcels/import_records.hpp"
#include "modules/parcels/new_ids.hpp"

namespace strikeoff::parcels {

/// Writes a roll over the county's properties, about a thousand at a time. What the roll leaves
/// blank in a text stays as it was; values are the roll's, blank or not. A changed assessed value
/// is added to the property's history.
class RollWriter {
public:
    RollWriter(db::Connection& connection, CountyId county, Uuid import, Instant now)
        : connection_{connection}, county_{county}, import_{import}, ids_{now} {}

    void add(const ParcelRecord& parcel);
    void flush(); ///< Writes what is left.
    std::int64_t created() const { return created_; }
    std::int64_t updated() const { return updated_; }

private:
    db::Connection& connection_;
    CountyId county_;
    Uuid import_;
    NewIds ids_;
    std::vector<ParcelRecord> pending_;
    std::int64_t created_ = 0;
    std::int64_t updated_ = 0;
};

/// A property as it stands in the database.
struct KnownProperty {
    PropertyId id;
    std::string parcel_id;
    bool homestead = false;
    bool created = false; ///< By this call.
};
BOOST_DESCRIBE_STRUCT(KnownProperty, (), (id, parcel_id, homestead, created))

/// The properties of these parcels, in no order; those that the county does not have yet are made
/// from the records. The others stay as the roll has them. No parcel may occur twice.
std::vector<KnownProperty> find_or_add_properties(db::Connection& connection, CountyId county,
                                                  Uuid import,
                                                  const std::vector<ParcelRecord>& parcels,
                                                  NewIds& ids);

} // namespace strikeoff::parcels
