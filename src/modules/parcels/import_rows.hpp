#pragma once

#include "modules/parcels/import_fields.hpp"

namespace strikeoff::parcels {

/// Each reads the record at hand; what is wrong with it, `fields` has noted. Amounts that cannot be
/// read are 0.00 there.
ParcelRecord read_nal_record(RecordFields& fields);
ParcelRecord read_parcel_record(RecordFields& fields);
AdvertisedRecord read_advertised_record(RecordFields& fields);
ResultRecord read_result_record(RecordFields& fields);

} // namespace strikeoff::parcels
