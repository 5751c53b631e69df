#include "modules/parcels/import_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

namespace strikeoff::parcels {
namespace {

enum class Need : std::uint8_t { required, optional };

/// A column of ours and the headers under which files have it.
struct ColumnSpec {
    std::string_view name;
    Need need = Need::optional;
    std::vector<std::string_view> headers;
};

/// Lower case, letters and digits only: `Adv No.` and `ADV_NO` are one.
std::string plain(std::string_view header) {
    std::string out;
    for (const char c : header) {
        if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out += c;
    }
    return out;
}

bool is_header_of(const ColumnSpec& spec, std::string_view header) {
    return std::ranges::find(spec.headers, plain(header), plain) != spec.headers.end();
}

template <DescribedEnum Column>
struct Named {
    Column column;
    Need need;
    std::vector<std::string_view> headers;
};

/// The specs in the order of the enumerators; one without headers is never found.
template <DescribedEnum Column>
std::vector<ColumnSpec> specs_of(const std::vector<Named<Column>>& named) {
    std::vector<ColumnSpec> specs;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Column>>([&](auto enumerator) {
        ColumnSpec spec{.name = enumerator.name};
        for (const Named<Column>& one : named)
            if (one.column == enumerator.value) {
                spec.need = one.need;
                spec.headers = one.headers;
            }
        specs.push_back(spec);
    });
    return specs;
}

std::vector<ColumnSpec> nal_specs() {
    using enum NalColumn;
    using enum Need;
    return specs_of<NalColumn>({{parcel_id, required, {"PARCEL_ID"}},
                                {sequence, required, {"SEQ_NO"}},
                                {homestead_value, required, {"JV_HMSTD"}},
                                {homestead_exemption, required, {"EXMPT_01"}},
                                {roll_year, optional, {"ASMNT_YR"}},
                                {use_code, optional, {"DOR_UC"}},
                                {just_value, optional, {"JV"}},
                                {assessed_value, optional, {"AV_NSD"}},
                                {taxable_value, optional, {"TV_NSD"}},
                                {owner_name, optional, {"OWN_NAME"}},
                                {legal_description, optional, {"S_LEGAL"}},
                                {address, optional, {"PHY_ADDR1"}},
                                {address_2, optional, {"PHY_ADDR2"}},
                                {city, optional, {"PHY_CITY"}},
                                {zip, optional, {"PHY_ZIPCD"}}});
}

std::vector<ColumnSpec> parcel_specs() {
    using enum ParcelColumn;
    using enum Need;
    return specs_of<ParcelColumn>({{parcel_id, required, {"PARCEL_ID"}},
                                   {assessed_value, required, {"assessed_value"}},
                                   {taxable_value, required, {"taxable_county"}},
                                   {exempt_codes, required, {"exempt_codes"}},
                                   {roll_year, optional, {"roll_year"}},
                                   {use_code, optional, {"dor_use"}},
                                   {just_value, optional, {"just_value"}},
                                   {owner_name, optional, {"Owner Name"}},
                                   {legal_description, optional, {"legal_desc"}},
                                   {address, optional, {"site_address"}},
                                   {state, optional, {"state"}}});
}

const std::vector<std::string_view> parcel_headers{
    "Account No.", "Parcel No.",     "FOLIO",         "Parcel Account Number",
    "Parcel ID",   "Account Number", "Parcel Number", "parcel_num"};
const std::vector<std::string_view> face_headers{"Face Amount", "ADV_AMT", "Face Value", "Face"};
const std::vector<std::string_view> sequence_headers{"Adv No.", "ADV_NUM", "Advertising Seq No",
                                                     "Adv Number"};
const std::vector<std::string_view> value_headers{"Assessed Value", "ASSESSED", "Assessment"};
const std::vector<std::string_view> homestead_headers{"Homestead", "HMSTEAD"};
const std::vector<std::string_view> address_headers{"Property Address", "Site Address"};
const std::vector<std::string_view> reason_headers{"Removed Because", "Removed Reason"};

std::vector<ColumnSpec> advertised_specs() {
    using enum AdvertisedColumn;
    using enum Need;
    return specs_of<AdvertisedColumn>({{parcel_id, required, parcel_headers},
                                       {face, required, face_headers},
                                       {sequence, optional, sequence_headers},
                                       {tax_year, optional, {"Tax Year"}},
                                       {use_code, optional, {"Use Code", "SLUC"}},
                                       {assessed_value, optional, value_headers},
                                       {homestead, optional, homestead_headers},
                                       {tax_amount, optional, {"Tax Amount"}},
                                       {removed, optional, {"Removed"}},
                                       {removed_reason, optional, reason_headers},
                                       {paid, optional, {"Paid"}},
                                       {owner_name, optional, {"Owner Name"}},
                                       {address, optional, address_headers}});
}

std::vector<ColumnSpec> result_specs() {
    using enum ResultColumn;
    using enum Need;
    return specs_of<ResultColumn>(
        {{parcel_id, required, parcel_headers},
         {face, required, face_headers},
         {winner, required, {"Winning Bidder", "Winner Number", "Winner"}},
         {certificate_id, optional, {"Certificate ID"}},
         {certificate_number, optional, {"Certificate Number"}},
         {sequence, optional, sequence_headers},
         {batch, optional, {"Batch Number", "Batch"}},
         {tax_year, optional, {"Tax Year"}},
         {assessed_value, optional, value_headers},
         {address, optional, address_headers},
         {homestead, optional, homestead_headers},
         {removed, optional, {"Removed"}},
         {removed_reason, optional, reason_headers},
         {auction_date, optional, {"Auction Date"}},
         {winner_name, optional, {"Winner Name"}},
         {award_rate, optional, {"Award Rate"}},
         {ties, optional, {"Num Ties"}},
         {bids, optional, {"Num Bids"}},
         {redemption_date, optional, {"Redemption Date"}},
         {redemption_amount, optional, {"Redemption Amount"}},
         {redeemed_by, optional, {"Redeemed By"}},
         {status, optional, {"Status"}}});
}

const std::vector<ColumnSpec>& specs(ImportFormat format) {
    static const std::vector<ColumnSpec> nal = nal_specs();
    static const std::vector<ColumnSpec> parcels = parcel_specs();
    static const std::vector<ColumnSpec> advertised = advertised_specs();
    static const std::vector<ColumnSpec> results = result_specs();
    switch (format) {
    case ImportFormat::nal:
        return nal;
    case ImportFormat::parcels:
        return parcels;
    case ImportFormat::advertised:
        return advertised;
    case ImportFormat::results:
        return results;
    }
    std::unreachable();
}

Result<std::optional<std::size_t>> find_column(const ColumnSpec& spec,
                                               std::span<const std::string> header) {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (!is_header_of(spec, header[i])) continue;
        if (found)
            return fail(ErrorCode::invalid_input, "import.column_ambiguous",
                        fmt::format("{} could be the column '{}' or '{}'; leave one of them",
                                    spec.name, header[*found], header[i]));
        found = i;
    }
    return found;
}

std::unexpected<Error> missing(const ColumnSpec& spec) {
    std::string known;
    for (const std::string_view header : spec.headers)
        known += fmt::format("{}'{}'", known.empty() ? "" : ", ", header);
    return fail(ErrorCode::invalid_input, "import.column_missing",
                fmt::format("no column for {}: looked for {}", spec.name, known));
}

} // namespace

Result<ColumnMap> find_columns(ImportFormat format, std::span<const std::string> header) {
    ColumnMap columns{.header = {header.begin(), header.end()}};
    for (const ColumnSpec& spec : specs(format)) {
        SO_TRY(const std::optional<std::size_t> found, find_column(spec, header));
        if (!found && spec.need == Need::required) return missing(spec);
        columns.positions.push_back(found);
    }
    return columns;
}

Result<ImportFormat> detect_format(std::span<const std::string> header) {
    const auto has_required = [&](ImportFormat format) {
        return std::ranges::all_of(specs(format), [&](const ColumnSpec& spec) {
            if (spec.need == Need::optional) return true;
            return std::ranges::any_of(
                header, [&](const std::string& name) { return is_header_of(spec, name); });
        });
    };
    // A file of results is an advertised list that also tells the winners.
    for (const ImportFormat format : {ImportFormat::nal, ImportFormat::parcels,
                                      ImportFormat::results, ImportFormat::advertised})
        if (has_required(format)) return format;
    return fail(ErrorCode::invalid_input, "import.format_unknown",
                "the header fits no format: neither a NAL or parcel roll, nor an advertised list, "
                "nor results");
}

std::vector<std::pair<std::string, std::string>> named_columns(ImportFormat format,
                                                               const ColumnMap& columns) {
    std::vector<std::pair<std::string, std::string>> named;
    const std::vector<ColumnSpec>& all = specs(format);
    for (std::size_t i = 0; i < all.size(); ++i)
        if (columns.position(i)) named.emplace_back(all[i].name, columns.found_name(i));
    return named;
}

} // namespace strikeoff::parcels
