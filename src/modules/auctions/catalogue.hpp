#pragma once

#include "core/describe.hpp"
#include "modules/auctions/auctions.hpp"

#include <string>
#include <vector>

namespace strikeoff::auctions {

/// An item of a sale as its catalogue lists it. What bids made of it shows once its batch is
/// closed.
struct CatalogueItem {
    int adv_no = 0;
    BatchId batch_id;
    int batch_number = 0;
    CertificateId certificate_id;
    std::string parcel_id;
    std::optional<std::string> owner_name;
    std::optional<std::string> address;
    std::optional<std::string> city;
    std::optional<std::string> use_code;
    std::optional<Money> assessed_value;
    bool homestead = false;
    int tax_year = 0;
    Money face;
    LotStatus status = LotStatus::offered;
    std::optional<std::string> withdrawn_reason;
    std::optional<Rate> rate;
    std::optional<int> bids;
    std::optional<int> tied;              ///< Bids at the winner's rate.
    std::optional<std::string> longitude; ///< Degrees (WGS 84), as is the next.
    std::optional<std::string> latitude;
};
BOOST_DESCRIBE_STRUCT(CatalogueItem, (),
                      (adv_no, batch_id, batch_number, certificate_id, parcel_id, owner_name,
                       address, city, use_code, assessed_value, homestead, tax_year, face, status,
                       withdrawn_reason, rate, bids, tied, longitude, latitude))

/// How many items of the catalogue have a value, under all filters but the one for that value.
struct FacetCount {
    std::string value;
    int count = 0;
};
BOOST_DESCRIBE_STRUCT(FacetCount, (), (value, count))

struct CatalogueFacets {
    int total = 0; ///< Items under all filters.
    Money face;    ///< What they cost together.
    std::vector<FacetCount> batch;
    std::vector<FacetCount> status;
    std::vector<FacetCount> city; ///< The most frequent, as is the next.
    std::vector<FacetCount> use_code;
    std::vector<FacetCount> homestead;
};
BOOST_DESCRIBE_STRUCT(CatalogueFacets, (), (total, face, batch, status, city, use_code, homestead))

/// What a parcel was valued at.
struct ParcelValue {
    Date valuation_date;
    Money assessed_value;
    std::optional<Money> just_value;
    std::optional<Money> taxable_value;
    std::string source;
};
BOOST_DESCRIBE_STRUCT(ParcelValue, (),
                      (valuation_date, assessed_value, just_value, taxable_value, source))

/// Another certificate of the same parcel that is public.
struct ParcelCertificate {
    int tax_year = 0;
    std::optional<std::string> certificate_number;
    std::string status;
    Money face_value;
    std::optional<Rate> award_rate;
    std::optional<Date> issue_date;
    std::optional<Date> redemption_date;
};
BOOST_DESCRIBE_STRUCT(ParcelCertificate, (),
                      (tax_year, certificate_number, status, face_value, award_rate, issue_date,
                       redemption_date))

/// All that the public may know of an item.
struct ItemDetail {
    CatalogueItem item;
    std::optional<std::string> zip;
    std::optional<std::string> property_type;
    std::optional<std::string> legal_description;
    std::optional<Money> just_value;
    std::optional<Money> taxable_value;
    std::optional<Money> tax_amount; ///< The parts of the face.
    std::optional<Money> interest_amount;
    std::optional<Money> commission_amount;
    std::optional<Money> cost_amount;
    std::vector<ParcelValue> values; ///< Newest first.
    std::vector<ParcelCertificate> certificates;
};
BOOST_DESCRIBE_STRUCT(ItemDetail, (),
                      (item, zip, property_type, legal_description, just_value, taxable_value,
                       tax_amount, interest_amount, commission_amount, cost_amount, values,
                       certificates))

/// The routes of a sale's catalogue: its items searched, counted, exported and each in full, and
/// the rules of the sale. A sale's clean-up batches are not in it: their items are the same again.
void add_catalogue_routes(http::Router& router);

} // namespace strikeoff::auctions
