#include "modules/auctions/export.hpp"

#include "core/csv.hpp"

namespace strikeoff::auctions {
namespace {

constexpr std::int32_t rows_a_page = 5000;

struct ResultRow {
    std::int32_t adv_no = 0;
    Uuid lot_id;
    CertificateId certificate_id;
    std::optional<std::string> certificate_number;
    std::string parcel_id;
    Date auction_date;
    std::string batch;
    std::optional<std::string> winner_number;
    std::optional<std::string> winner_name;
    std::optional<Rate> award_rate;
    Money face;
    std::optional<Date> redemption_date;
    std::optional<Money> redemption_amount;
    std::optional<std::string> redeemed_by;
    std::string status;
};
BOOST_DESCRIBE_STRUCT(ResultRow, (),
                      (adv_no, lot_id, certificate_id, certificate_number, parcel_id, auction_date,
                       batch, winner_number, winner_name, award_rate, face, redemption_date,
                       redemption_amount, redeemed_by, status))

const db::Statement<ResultRow(AuctionId, std::int32_t, Uuid, std::int32_t)> result_page{
    {"auctions.export_results", R"sql(
    SELECT l.adv_no, l.id AS lot_id, l.certificate_id, c.certificate_number, p.parcel_id,
           (b.closed_at AT TIME ZONE co.time_zone)::date AS auction_date, b.name AS batch,
           n.number AS winner_number, n.name AS winner_name, l.award_rate, l.face,
           c.redemption_date, r.amount AS redemption_amount,
           r.redeemer_info_json ->> 'name' AS redeemed_by, l.status::text AS status
    FROM batches b
    JOIN batch_certificates l ON l.batch_id = b.id
    JOIN certificates c ON c.id = l.certificate_id
    JOIN properties p ON p.id = c.property_id
    JOIN counties co ON co.id = b.county_id
    LEFT JOIN winning_bids w ON w.batch_certificate_id = l.id
    LEFT JOIN bidder_numbers n ON n.id = w.bidder_number_id
    LEFT JOIN redemptions r ON r.certificate_id = c.id AND r.status IN ('paid', 'disbursed')
    WHERE b.auction_id = $1 AND b.status = 'closed' AND (l.adv_no, l.id) > ($2, $3)
    ORDER BY l.adv_no, l.id
    LIMIT $4)sql"}};

struct AdvertisedRow {
    std::int32_t adv_no = 0;
    Uuid lot_id;
    std::string parcel_id;
    Money face;
    std::int32_t tax_year = 0;
    std::optional<std::string> use_code;
    std::optional<Money> assessed_value;
    bool homestead = false;
};
BOOST_DESCRIBE_STRUCT(AdvertisedRow, (),
                      (adv_no, lot_id, parcel_id, face, tax_year, use_code, assessed_value,
                       homestead))

const db::Statement<AdvertisedRow(AuctionId, std::int32_t, Uuid, std::int32_t)> advertised_page{
    {"auctions.export_advertised", R"sql(
    SELECT l.adv_no, l.id AS lot_id, p.parcel_id, l.face, c.tax_year, p.use_code, p.assessed_value,
           c.homestead
    FROM batches b
    JOIN batch_certificates l ON l.batch_id = b.id
    JOIN certificates c ON c.id = l.certificate_id
    JOIN properties p ON p.id = c.property_id
    WHERE b.auction_id = $1 AND NOT b.is_cleanup AND l.status <> 'withdrawn'
      AND (l.adv_no, l.id) > ($2, $3)
    ORDER BY l.adv_no, l.id
    LIMIT $4)sql"}};

struct RegisterRow {
    CertificateId id;
    std::optional<std::string> certificate_number;
    std::string parcel_id;
    std::int32_t tax_year = 0;
    Money face_value;
    std::optional<Rate> award_rate;
    std::optional<Date> issue_date;
    std::optional<std::string> holder_number;
    std::optional<std::string> holder_name;
    std::string status;
    std::optional<Date> redemption_date;
};
BOOST_DESCRIBE_STRUCT(RegisterRow, (),
                      (id, certificate_number, parcel_id, tax_year, face_value, award_rate,
                       issue_date, holder_number, holder_name, status, redemption_date))

const db::Statement<RegisterRow(CountyId, CertificateId, std::int32_t)> register_page{
    {"auctions.export_register", R"sql(
    SELECT c.id, c.certificate_number, p.parcel_id, c.tax_year, c.face_value, c.award_rate,
           c.issue_date,
           CASE WHEN c.status = 'sold' AND c.holder_id IS NULL THEN 'COUNTY' ELSE n.number END
               AS holder_number,
           n.name AS holder_name, c.status::text AS status, c.redemption_date
    FROM certificates c
    JOIN properties p ON p.id = c.property_id
    LEFT JOIN bidder_numbers n ON n.id = c.holder_id
    WHERE c.county_id = $1 AND c.id > $2
    ORDER BY c.id
    LIMIT $3)sql"}};

/// Builds one record; texts from outside are made safe for spreadsheets.
class Record {
public:
    Record& text(const std::optional<std::string>& value) {
        return add(safe_cell(value.value_or("")));
    }
    Record& number(std::int64_t value) { return add(std::to_string(value)); }
    Record& money(const std::optional<Money>& value) {
        return add(value ? format_money(*value) : "");
    }
    Record& rate(const std::optional<Rate>& value) { return add(value ? format_rate(*value) : ""); }
    Record& date(const std::optional<Date>& value) { return add(value ? format_date(*value) : ""); }
    void append_to(std::string& out) const {
        const std::vector<std::string_view> views(cells_.begin(), cells_.end());
        append_csv_record(out, views);
    }

private:
    Record& add(std::string cell) {
        cells_.push_back(std::move(cell));
        return *this;
    }
    std::vector<std::string> cells_;
};

} // namespace

std::string safe_cell(std::string_view text) {
    static constexpr std::string_view dangerous = "=+-@\t\r";
    const bool runs = !text.empty() && dangerous.find(text.front()) != std::string_view::npos;
    return (runs ? "'" : "") + std::string(text);
}

void export_results(db::Connection& connection, AuctionId auction, const CsvSink& sink) {
    sink("certificate_id,certificate_number,parcel_id,auction_date,batch,adv_no,winner_number,"
         "winner_name,award_rate,face,redemption_date,redemption_amount,redeemed_by,status\n");
    std::int32_t after = 0;
    Uuid after_lot;
    for (;;) {
        const auto rows = connection.all(result_page, auction, after, after_lot, rows_a_page);
        if (rows.empty()) return;
        std::string out;
        for (const ResultRow& r : rows)
            Record{}
                .text(r.certificate_id.text())
                .text(r.certificate_number)
                .text(r.parcel_id)
                .date(r.auction_date)
                .text(r.batch)
                .number(r.adv_no)
                .text(r.winner_number)
                .text(r.winner_name)
                .rate(r.award_rate)
                .money(r.face)
                .date(r.redemption_date)
                .money(r.redemption_amount)
                .text(r.redeemed_by)
                .text(r.status)
                .append_to(out);
        sink(out);
        after = rows.back().adv_no;
        after_lot = rows.back().lot_id;
    }
}

void export_advertised(db::Connection& connection, AuctionId auction, const CsvSink& sink) {
    sink("Adv No.,Parcel No.,Face Amount,Tax Year,Use Code,Assessed Value,Homestead\n");
    std::int32_t after = 0;
    Uuid after_lot;
    for (;;) {
        const auto rows = connection.all(advertised_page, auction, after, after_lot, rows_a_page);
        if (rows.empty()) return;
        std::string out;
        for (const AdvertisedRow& r : rows)
            Record{}
                .number(r.adv_no)
                .text(r.parcel_id)
                .money(r.face)
                .number(r.tax_year)
                .text(r.use_code)
                .money(r.assessed_value)
                .text(r.homestead ? "Yes" : "No")
                .append_to(out);
        sink(out);
        after = rows.back().adv_no;
        after_lot = rows.back().lot_id;
    }
}

void export_register(db::Connection& connection, CountyId county, const CsvSink& sink) {
    sink("certificate_number,parcel_id,tax_year,face,award_rate,issue_date,holder_number,"
         "holder_name,status,redemption_date\n");
    CertificateId after;
    for (;;) {
        const auto rows = connection.all(register_page, county, after, rows_a_page);
        if (rows.empty()) return;
        std::string out;
        for (const RegisterRow& r : rows)
            Record{}
                .text(r.certificate_number)
                .text(r.parcel_id)
                .number(r.tax_year)
                .money(r.face_value)
                .rate(r.award_rate)
                .date(r.issue_date)
                .text(r.holder_number)
                .text(r.holder_name)
                .text(r.status)
                .date(r.redemption_date)
                .append_to(out);
        sink(out);
        after = rows.back().id;
    }
}

} // namespace strikeoff::auctions
