#include "modules/parcels/import_rows.hpp"

#include <algorithm>

namespace strikeoff::parcels {
namespace {

/// The use as `SINGLE FAMILY (0100)`: a name and a code.
void read_use(ParcelRecord& parcel, const std::string& use) {
    const std::size_t open = use.rfind(" (");
    if (open == std::string::npos || !use.ends_with(')')) {
        parcel.use_code = use;
        return;
    }
    parcel.property_type = use.substr(0, open);
    parcel.use_code = use.substr(open + 2, use.size() - open - 3);
}

bool has_word(std::string_view text, std::string_view word) {
    while (!text.empty()) {
        const std::size_t size = std::min(text.find(' '), text.size());
        if (text.substr(0, size) == word) return true;
        text.remove_prefix(std::min(size + 1, text.size()));
    }
    return false;
}

template <class Column>
Money read_face(RecordFields& fields, Column column) {
    const auto face = fields.money(column);
    if (!face && fields.raw(column).empty()) fields.refuse(column, "is blank");
    if (face == Money{}) fields.refuse(column, "0.00 is not above 0.00");
    return face.value_or(Money{});
}

/// A column that the file has must say something in each record.
template <class Column, class Value>
Value present(RecordFields& fields, Column column, Value value) {
    if (fields.has(column) && fields.raw(column).empty()) fields.refuse(column, "is blank");
    return value;
}

} // namespace

ParcelRecord read_nal_record(RecordFields& fields) {
    using enum NalColumn;
    ParcelRecord parcel;
    parcel.parcel_id = fields.key(parcel_id);
    fields.number(sequence, 0);
    parcel.roll_year = fields.year(roll_year);
    parcel.use_code = fields.text(use_code);
    parcel.just_value = fields.money(just_value);
    parcel.assessed_value = fields.money(assessed_value);
    parcel.taxable_value = fields.money(taxable_value);
    parcel.homestead = fields.money(homestead_value).value_or(Money{}) > Money{};
    if (fields.money(homestead_exemption).value_or(Money{}) > Money{}) parcel.homestead = true;
    parcel.owner_name = fields.text(owner_name);
    parcel.legal_description = fields.text(legal_description);
    parcel.address = fields.text(address);
    if (const auto second = fields.text(address_2))
        parcel.address = parcel.address ? *parcel.address + ", " + *second : *second;
    parcel.city = fields.text(city);
    parcel.zip = fields.text(zip);
    parcel.state = "FL"; // The roll of no other state has this format.
    return parcel;
}

ParcelRecord read_parcel_record(RecordFields& fields) {
    using enum ParcelColumn;
    ParcelRecord parcel;
    parcel.parcel_id = fields.key(parcel_id);
    parcel.roll_year = fields.year(roll_year);
    if (const auto use = fields.text(use_code)) read_use(parcel, *use);
    parcel.just_value = fields.money(just_value);
    parcel.assessed_value = fields.money(assessed_value);
    parcel.taxable_value = fields.money(taxable_value);
    parcel.homestead = has_word(fields.raw(exempt_codes), "HX");
    parcel.owner_name = fields.text(owner_name);
    parcel.legal_description = fields.text(legal_description);
    parcel.address = fields.text(address);
    parcel.state = fields.text(state);
    return parcel;
}

AdvertisedRecord read_advertised_record(RecordFields& fields) {
    using enum AdvertisedColumn;
    AdvertisedRecord record;
    record.parcel_id = fields.key(parcel_id);
    record.face = read_face(fields, face);
    record.sequence = present(fields, sequence, fields.number(sequence, 1));
    record.tax_year = present(fields, tax_year, fields.year(tax_year));
    record.use_code = fields.text(use_code);
    record.assessed_value = fields.money(assessed_value);
    if (fields.has(homestead)) record.homestead = fields.flag(homestead, "hx");
    record.tax_amount = present(fields, tax_amount, fields.money(tax_amount));
    if (record.tax_amount && *record.tax_amount > record.face)
        fields.refuse(tax_amount, "the tax is above the face");
    record.removed = fields.flag(removed);
    record.removed_reason = fields.text(removed_reason);
    record.paid = fields.flag(paid);
    record.owner_name = fields.text(owner_name);
    record.address = fields.text(address);
    return record;
}

ResultRecord read_result_record(RecordFields& fields) {
    using enum ResultColumn;
    ResultRecord record;
    record.parcel_id = fields.key(parcel_id);
    record.face = read_face(fields, face);
    record.certificate_id = fields.text(certificate_id);
    record.certificate_number = fields.text(certificate_number);
    record.sequence = fields.number(sequence, 1);
    record.batch = fields.text(batch);
    record.tax_year = fields.year(tax_year);
    record.assessed_value = fields.money(assessed_value);
    record.address = fields.text(address);
    record.homestead = fields.flag(homestead, "hx");
    record.removed = fields.flag(removed);
    record.removed_reason = fields.text(removed_reason);
    record.auction_date = fields.date(auction_date);
    record.winner = fields.text(winner);
    record.winner_name = fields.text(winner_name);
    record.award_rate = fields.rate(award_rate);
    record.ties = fields.number(ties, 0);
    record.bids = fields.number(bids, 0);
    record.redemption_date = fields.date(redemption_date);
    record.redemption_amount = fields.money(redemption_amount);
    record.redeemed_by = fields.text(redeemed_by);
    record.status = fields.text(status);
    return record;
}

} // namespace strikeoff::parcels
