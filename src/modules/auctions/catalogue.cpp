#include "modules/auctions/catalogue.hpp"

#include "app.hpp"
#include "core/csv.hpp"
#include "http/json.hpp"
#include "modules/auctions/catalogue_search.hpp"
#include "modules/auctions/export.hpp"
#include "modules/auctions/staff.hpp"

namespace strikeoff::auctions {
namespace {

using http::Page;
using http::Request;
using http::Response;

constexpr std::int32_t rows_a_read = 25'000;

struct ParcelRow {
    std::optional<std::string> zip;
    std::optional<std::string> property_type;
    std::optional<std::string> legal_description;
    std::optional<Money> just_value;
    std::optional<Money> taxable_value;
    std::optional<Money> tax_amount;
    std::optional<Money> interest_amount;
    std::optional<Money> commission_amount;
    std::optional<Money> cost_amount;
};
BOOST_DESCRIBE_STRUCT(ParcelRow, (),
                      (zip, property_type, legal_description, just_value, taxable_value, tax_amount,
                       interest_amount, commission_amount, cost_amount))

const db::Statement<ParcelRow(CertificateId)> parcel_of{{"auctions.parcel_of_item", R"sql(
    SELECT p.zip, p.property_type, p.legal_description, p.just_value, p.taxable_value, c.tax_amount,
           c.interest_amount, c.commission_amount, c.cost_amount
    FROM certificates c JOIN properties p ON p.id = c.property_id
    WHERE c.id = $1)sql"}};

const db::Statement<ParcelValue(CertificateId)> values_of{{"auctions.values_of_item", R"sql(
    SELECT v.valuation_date, v.assessed_value, v.just_value, v.taxable_value, v.source
    FROM certificates c JOIN property_value_history v ON v.property_id = c.property_id
    WHERE c.id = $1
    ORDER BY v.valuation_date DESC, v.source
    LIMIT 50)sql"}};

struct CertificateRow {
    std::int32_t tax_year = 0;
    std::optional<std::string> certificate_number;
    std::string status;
    Money face_value;
    std::optional<Rate> award_rate;
    std::optional<Date> issue_date;
    std::optional<Date> redemption_date;
};
BOOST_DESCRIBE_STRUCT(CertificateRow, (),
                      (tax_year, certificate_number, status, face_value, award_rate, issue_date,
                       redemption_date))

const db::Statement<CertificateRow(CertificateId)> others_of{{"auctions.others_of_item", R"sql(
    SELECT o.tax_year, o.certificate_number, o.status::text AS status, o.face_value, o.award_rate,
           o.issue_date, o.redemption_date
    FROM certificates c JOIN certificates o ON o.property_id = c.property_id AND o.id <> c.id
    WHERE c.id = $1
    ORDER BY o.tax_year DESC, o.id
    LIMIT 50)sql"}};

db::Identity identity_of(const Request& request) {
    return {request.caller.user, request.caller.counties()};
}

/// The sale that the path names, as the caller may see it.
Result<AuctionId> seen_auction(App& app, const Request& request) {
    SO_TRY(const AuctionId id, request.path_id<AuctionId>("auction_id"));
    SO_TRY(const Auction auction, read_auction(app, request, id));
    return auction.id;
}

Result<Page<CatalogueItem>> get_catalogue(App& app, const Request& request) {
    SO_TRY(const AuctionId auction, seen_auction(app, request));
    SO_TRY(const int limit, request.page_limit());
    SO_TRY(const CatalogueFilter filter, filter_of(request, auction));
    SO_TRY(const std::string sort, sort_of(request));
    SO_TRY(const Place after, place_of(request));
    db::Transaction transaction{app.app_pool, identity_of(request)};
    return page_of(search_items(transaction.connection(), filter, sort, after, limit + 1), limit);
}

Result<CatalogueFacets> get_facets(App& app, const Request& request) {
    SO_TRY(const AuctionId auction, seen_auction(app, request));
    SO_TRY(const CatalogueFilter filter, filter_of(request, auction));
    db::Transaction transaction{app.app_pool, identity_of(request)};
    return count_items(transaction.connection(), filter);
}

template <class T, class Format>
std::string cell(const std::optional<T>& value, Format format) {
    return value ? std::string(format(*value)) : std::string();
}

void append_item(std::string& csv, const CatalogueItem& item) {
    const auto number = [](int value) { return std::to_string(value); };
    const auto text = [](const std::string& value) { return safe_cell(value); };
    append_csv_record(
        csv, {number(item.adv_no), number(item.batch_number), safe_cell(item.parcel_id),
              cell(item.owner_name, text), cell(item.address, text), cell(item.city, text),
              cell(item.use_code, text), cell(item.assessed_value, format_money),
              item.homestead ? "yes" : "no", number(item.tax_year), format_money(item.face),
              enum_name(item.status), cell(item.rate, format_rate), cell(item.bids, number),
              cell(item.tied, number), item.certificate_id.text()});
}

/// The whole of it at once, as its length goes first. A sale has some megabytes of items.
Result<Response> get_catalogue_file(App& app, const Request& request) {
    SO_TRY(const AuctionId auction, seen_auction(app, request));
    SO_TRY(const CatalogueFilter filter, filter_of(request, auction));
    SO_TRY(const std::string sort, sort_of(request));
    Response response{.content_type = "text/csv; charset=utf-8",
                      .headers = {{"Content-Disposition", "attachment; filename=\"items.csv\""}}};
    append_csv_record(response.body, {"adv_no", "batch", "parcel_id", "owner_name", "address",
                                      "city", "use_code", "assessed_value", "homestead", "tax_year",
                                      "face", "status", "rate", "bids", "tied", "certificate_id"});
    Place place;
    for (;;) {
        db::Transaction transaction{app.app_pool, identity_of(request)};
        const auto found = search_items(transaction.connection(), filter, sort, place, rows_a_read);
        for (const auto& each : found)
            append_item(response.body, each.item);
        if (found.size() < static_cast<std::size_t>(rows_a_read)) return response;
        place = found.back().place();
    }
}

Result<ItemDetail> get_item(App& app, const Request& request) {
    SO_TRY(const AuctionId auction, seen_auction(app, request));
    SO_TRY(const std::int32_t adv_no, path_number(request, "adv_no"));
    db::Transaction transaction{app.app_pool, identity_of(request)};
    const auto found = search_items(transaction.connection(),
                                    {.auction = auction, .adv_no = adv_no}, "number", {}, 1);
    if (found.empty()) return fail(ErrorCode::not_found, "not_found", "there is nothing here");
    ItemDetail detail{.item = found.front().item};
    const CertificateId certificate = detail.item.certificate_id;
    const ParcelRow parcel = transaction->one(parcel_of, certificate);
    detail.zip = parcel.zip;
    detail.property_type = parcel.property_type;
    detail.legal_description = parcel.legal_description;
    detail.just_value = parcel.just_value;
    detail.taxable_value = parcel.taxable_value;
    detail.tax_amount = parcel.tax_amount;
    detail.interest_amount = parcel.interest_amount;
    detail.commission_amount = parcel.commission_amount;
    detail.cost_amount = parcel.cost_amount;
    detail.values = transaction->all(values_of, certificate);
    for (const CertificateRow& r : transaction->all(others_of, certificate))
        detail.certificates.push_back({r.tax_year, r.certificate_number, r.status, r.face_value,
                                       r.award_rate, r.issue_date, r.redemption_date});
    return detail;
}

Result<SaleSettings> get_rules(App& app, const Request& request) {
    SO_TRY(const AuctionId auction, seen_auction(app, request));
    auto lease = app.read_pool.acquire();
    return counties::load_settings(*lease, auction);
}

std::vector<http::QueryParameter> with_filters(std::vector<http::QueryParameter> others) {
    others.insert(others.end(),
                  {{"q", "string", "Part of the parcel's number, its owner or its address"},
                   {"batch", "integer", "The number of a batch"},
                   {"status", "string", "offered, withdrawn, awarded, struck or void_paid"},
                   {"city", "string", "The parcel's city"},
                   {"use_code", "string", "What the parcel is used for"},
                   {"homestead", "string", "true or false"},
                   {"face_min", "string", "The least face"},
                   {"face_max", "string", "The greatest face"}});
    return others;
}

} // namespace

void add_catalogue_routes(http::Router& router) {
    const auto visitor = http::Access::visitor;
    const http::QueryParameter sort{
        "sort", "string", "number, face, value, rate or bids; after a minus, the greatest first"};
    router.get(
        "/api/v1/auctions/{auction_id}/items", get_catalogue,
        {.id = "searchItems",
         .summary = "What a sale offers, filtered and sorted",
         .access = visitor,
         .query = with_filters({{"limit", "integer", "Items a page, 1 to 200; 50 by default"},
                                {"cursor", "string", "next_cursor of the page before"},
                                {"offset", "integer", "Rows to pass over"},
                                sort})});
    router.get("/api/v1/auctions/{auction_id}/facets", get_facets,
               {.id = "countItems",
                .summary = "How many items of a sale have which value",
                .access = visitor,
                .query = with_filters({}),
                .traffic = http::Traffic::list});
    router.get("/api/v1/auctions/{auction_id}/items.csv", get_catalogue_file,
               {.id = "exportItems",
                .summary = "The same items as a file",
                .access = visitor,
                .query = with_filters({sort}),
                .produces = "text/csv",
                .traffic = http::Traffic::heavy});
    router.get("/api/v1/auctions/{auction_id}/items/{adv_no}", get_item,
               {.id = "getItem",
                .summary = "An item with its parcel, values and other certificates",
                .access = visitor});
    router.get("/api/v1/auctions/{auction_id}/rules", get_rules,
               {.id = "getRules", .summary = "The rules of a sale", .access = visitor});
}

} // namespace strikeoff::auctions
