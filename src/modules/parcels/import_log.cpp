#include "modules/parcels/import_log.hpp"

#include <boost/json.hpp>

namespace strikeoff::parcels {
namespace {

namespace json = boost::json;

constexpr std::size_t rows_a_statement = 1'000;

const db::Statement<CountyId(CountyId)> lock_county_row{{"parcels.lock_county", R"sql(
    SELECT id FROM counties WHERE id = $1 FOR NO KEY UPDATE)sql"}};

const db::Statement<db::Json(CountyId, bool, ImportFormat, Hash, std::optional<std::int32_t>)>
    last_if_same{{"parcels.last_import_if_same", R"sql(
    SELECT last.totals_json
    FROM (SELECT kind, sha256, tax_year, totals_json
          FROM imports
          WHERE county_id = $1 AND status = 'published'
            AND (kind IN ('nal', 'parcels')) = $2
          ORDER BY created_at DESC, id DESC
          LIMIT 1) last
    WHERE last.kind = $3 AND last.sha256 = $4 AND last.tax_year IS NOT DISTINCT FROM $5)sql"}};

const db::Statement<Uuid(CountyId, ImportFormat, std::string, std::int64_t, Hash,
                         std::optional<std::int32_t>, std::optional<UserId>)>
    insert_import{{"parcels.insert_import", R"sql(
    INSERT INTO imports (county_id, kind, status, file_name, file_size, sha256, tax_year,
                         created_by, created_at)
    VALUES ($1, $2, 'publishing', $3, $4, $5, $6, $7, strikeoff.clock())
    RETURNING id)sql"}};

const db::Statement<void(Uuid, std::string, db::Json, db::Json, std::int32_t, std::int32_t,
                         std::int32_t)>
    end_import{{"parcels.end_import", R"sql(
    UPDATE imports
    SET status = 'published', published_at = strikeoff.clock(), encoding = $2, columns_json = $3,
        totals_json = $4, rows_total = $5, rows_accepted = $6, rows_rejected = $7
    WHERE id = $1)sql"}};

const db::Statement<void(CountyId, Uuid, std::vector<std::int32_t>, std::vector<std::string>,
                         std::vector<std::string>, std::vector<std::string>)>
    insert_rows{{"parcels.insert_import_rows", R"sql(
    INSERT INTO import_rows (county_id, import_id, line, status, record, errors)
    SELECT $1, $2, r.line, r.status::import_row_status, r.record::jsonb, r.errors::jsonb
    FROM unnest($3, $4, $5, $6) AS r (line, status, record, errors))sql"}};

/// PostgreSQL's text holds no zero byte; the errors say that there was one.
std::string without_zero_bytes(std::string text) {
    std::erase(text, '\0');
    return text;
}

} // namespace

bool lock_county(db::Connection& connection, CountyId county) {
    return connection.maybe_one(lock_county_row, county).has_value();
}

std::optional<db::Json> repeated_import(db::Connection& connection, const ImportStart& start) {
    const bool is_roll = start.kind == ImportFormat::nal || start.kind == ImportFormat::parcels;
    return connection.maybe_one(last_if_same, start.county, is_roll, start.kind, start.sha256,
                                start.tax_year);
}

Uuid begin_import(db::Connection& connection, const ImportStart& start) {
    return connection.one(insert_import, start.county, start.kind, start.file_name, start.file_size,
                          start.sha256, start.tax_year, start.by);
}

void finish_import(db::Connection& connection, Uuid import, const ImportReport& report,
                   const ImportOutcome& outcome) {
    json::object columns;
    for (const auto& [name, header] : report.columns)
        columns[name] = without_zero_bytes(header);
    const bool utf8 = report.encoding == Encoding::utf_8;
    connection.run(end_import, import, std::string{utf8 ? "utf-8" : "latin-1"},
                   db::Json{json::serialize(columns)}, db::Json{outcome.summary}, outcome.rows,
                   outcome.accepted, outcome.rejected);
}

void RowLog::add(std::size_t line, RowVerdict verdict,
                 const std::vector<std::pair<std::string, std::string>>& values,
                 std::span<const RowError> errors) {
    json::object record;
    for (const auto& [name, value] : values)
        record[without_zero_bytes(name)] = without_zero_bytes(value);
    json::array wrong;
    for (const RowError& error : errors)
        wrong.push_back(json::object{{"column", without_zero_bytes(error.column)},
                                     {"message", without_zero_bytes(error.message)}});
    lines_.push_back(static_cast<std::int32_t>(line));
    verdicts_.emplace_back(enum_name(verdict));
    records_.push_back(json::serialize(record));
    errors_.push_back(json::serialize(wrong));
    if (lines_.size() == rows_a_statement) flush();
}

void RowLog::flush() {
    if (lines_.empty()) return;
    connection_.run(insert_rows, county_, import_, lines_, verdicts_, records_, errors_);
    lines_.clear();
    verdicts_.clear();
    records_.clear();
    errors_.clear();
}

} // namespace strikeoff::parcels
