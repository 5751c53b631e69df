#include "modules/certificates/import_service.hpp"
#include "support/nal_file.hpp"
#include "support/server/live_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace strikeoff::certificates {
namespace {

using namespace strikeoff::testing;
using parcels::ImportFormat;

constexpr const char* roll_header =
    "parcel_id,owner_name,site_address,dor_use,roll_year,state,just_value,assessed_value,"
    "exempt_codes,taxable_county\n";

Money dollars(std::string_view text) {
    return parse_money(text).value();
}

std::string read_bytes(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) throw std::runtime_error("cannot read " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// A county of its own for each test.
class ImportServiceTest : public ::testing::Test {
protected:
    ImportServiceTest() : connection_{LiveServer::instance().connect("strikeoff_worker")} {
        const Reply made = LiveServer::instance().call(
            "POST", "/api/v1/counties", LiveServer::instance().admin_key(),
            R"({"name":"Imports )" + fresh_bid_id() + R"(","state":"FL"})");
        county_ = {parse_uuid(made.text("id")).value()};
    }

    ImportSummary import(ImportFormat format, const std::string& text,
                         std::optional<std::int32_t> tax_year = std::nullopt) {
        auto summary = try_import(format, text, tax_year);
        if (!summary) throw std::runtime_error(summary.error().message);
        return *std::move(summary);
    }
    Result<ImportSummary> try_import(ImportFormat format, const std::string& text,
                                     std::optional<std::int32_t> tax_year = std::nullopt) {
        ImportService& imports = LiveServer::instance().app().imports;
        const ImportFile file{.county = county_,
                              .format = format,
                              .name = "test.csv",
                              .bytes = text,
                              .tax_year = tax_year};
        return format == ImportFormat::advertised ? imports.import_advertised(file)
                                                  : imports.import_parcels(file);
    }
    DelinquentSummary make_delinquent(const MarkDelinquent& wanted) {
        return LiveServer::instance()
            .app()
            .imports.make_delinquent(county_, wanted, std::nullopt)
            .value();
    }

    /// The rows of a query about this county, `$` standing for its id, as `a|b` each.
    std::vector<std::string> rows(std::string sql) {
        for (std::size_t at = sql.find('$'); at != std::string::npos; at = sql.find('$'))
            sql.replace(at, 1, "'" + county_.text() + "'");
        const db::PgResult result = connection_.execute(sql);
        std::vector<std::string> found;
        for (int row = 0; row < PQntuples(result.get()); ++row) {
            std::string line;
            for (int column = 0; column < PQnfields(result.get()); ++column)
                line += (column ? "|" : "") + std::string(PQgetvalue(result.get(), row, column));
            found.push_back(line);
        }
        return found;
    }
    std::string value(const std::string& sql) { return rows(sql).at(0); }

    /// Everything that an import writes, as one number a table.
    std::string traces() {
        return value("SELECT (SELECT count(*) FROM properties WHERE county_id = $), "
                     "(SELECT count(*) FROM property_value_history WHERE county_id = $), "
                     "(SELECT count(*) FROM certificates WHERE county_id = $), "
                     "(SELECT count(*) FROM certificate_history WHERE county_id = $), "
                     "(SELECT count(*) FROM imports WHERE county_id = $), "
                     "(SELECT count(*) FROM import_rows WHERE county_id = $), "
                     "(SELECT count(*) FROM audit_logs WHERE county_id = $), "
                     "(SELECT max(updated_at) FROM properties WHERE county_id = $), "
                     "(SELECT max(updated_at) FROM certificates WHERE county_id = $)");
    }

    CountyId county_;
    db::Connection connection_;
};

TEST_F(ImportServiceTest, a_roll_becomes_properties) {
    const ImportSummary summary =
        import(ImportFormat::parcels,
               std::string(roll_header) +
                   "01-A,OWNER 1,\"1 MAIN ST, TOWN\",SINGLE FAMILY (0100),2023,FL,200,150,HX,100\n"
                   "01-B,,,VACANT (0000),2023,FL,,,,\n"
                   ",OWNER 3,,,2023,FL,1,1,,1\n");
    EXPECT_EQ(summary.rows, 3);
    EXPECT_EQ(summary.created, 2);
    EXPECT_EQ(summary.rejected, 1);
    EXPECT_THAT(
        rows("SELECT parcel_id, owner_name, address, property_type, use_code, homestead, "
             "assessed_value, just_value, taxable_value FROM properties WHERE county_id = $ "
             "ORDER BY id"),
        ::testing::ElementsAre(
            "01-A|OWNER 1|1 MAIN ST, TOWN|SINGLE FAMILY|0100|t|150.00|200.00|100.00",
            "01-B|||VACANT|0000|f|||"));
    EXPECT_THAT(rows("SELECT assessed_value, valuation_date FROM property_value_history "
                     "WHERE county_id = $"),
                ::testing::ElementsAre("150.00|2023-01-01"));
    EXPECT_THAT(rows("SELECT line, status, record ->> 'owner_name', errors FROM import_rows "
                     "WHERE county_id = $"),
                ::testing::ElementsAre(
                    R"(4|rejected|OWNER 3|[{"column": "parcel_id", "message": "is blank"}])"));
    EXPECT_THAT(rows("SELECT kind, status, encoding, rows_total, rows_accepted, rows_rejected, "
                     "columns_json ->> 'taxable_value' FROM imports WHERE county_id = $"),
                ::testing::ElementsAre("parcels|published|utf-8|3|2|1|taxable_county"));
    EXPECT_EQ(value("SELECT action, entity_type FROM audit_logs WHERE county_id = $"),
              "imported|import");
}

TEST_F(ImportServiceTest, a_file_read_twice_changes_nothing) {
    const std::string roll =
        std::string(roll_header) + "01-A,OWNER 1,,,2023,FL,200,150,HX,100\n,,,,,,,,,\n";
    const std::string list = "Adv No.,Parcel No.,Face Amount,Tax Year\n1,01-A,500.00,2024\n";
    const ImportSummary first = import(ImportFormat::parcels, roll);
    import(ImportFormat::advertised, list);
    const std::string before = traces();
    const ImportSummary second = import(ImportFormat::parcels, roll);
    EXPECT_TRUE(second.repeated);
    EXPECT_EQ(second.import_id, first.import_id);
    EXPECT_EQ(second.created, 1);
    ASSERT_EQ(second.errors.size(), 1U);
    EXPECT_EQ(second.errors[0].line, 3);
    EXPECT_TRUE(import(ImportFormat::advertised, list).repeated);
    EXPECT_EQ(traces(), before);
}

TEST_F(ImportServiceTest, a_file_that_says_the_same_in_other_bytes_changes_no_property) {
    const std::string line = "01-A,OWNER 1,,,2023,FL,200,150,HX,100\n";
    import(ImportFormat::parcels, roll_header + line);
    const std::string before = value("SELECT xmin, updated_at FROM properties WHERE county_id = $");
    const ImportSummary again = import(ImportFormat::parcels, roll_header + line + "\n\n");
    EXPECT_FALSE(again.repeated);
    EXPECT_EQ(again.unchanged, 1);
    EXPECT_EQ(again.updated, 0);
    EXPECT_EQ(value("SELECT xmin, updated_at FROM properties WHERE county_id = $"), before);
}

TEST_F(ImportServiceTest, a_changed_assessment_is_added_to_the_history) {
    const auto roll = [&](const std::string& owner, const std::string& value) {
        return import(ImportFormat::parcels, std::string(roll_header) + "01-A," + owner +
                                                 ",,,2024,FL," + value + "," + value + ",,\n");
    };
    EXPECT_EQ(roll("OWNER 1", "100").created, 1);
    EXPECT_EQ(roll("OWNER 2", "100").updated, 1) << "another owner, the same value";
    EXPECT_EQ(roll("", "120").updated, 1);
    EXPECT_EQ(roll("OWNER 1", "100").updated, 1) << "not the last file, so it is read again";
    EXPECT_THAT(rows("SELECT assessed_value FROM property_value_history WHERE county_id = $ "
                     "ORDER BY id"),
                ::testing::ElementsAre("100.00", "120.00", "100.00"));
    EXPECT_EQ(value("SELECT owner_name FROM properties WHERE county_id = $"), "OWNER 1");
}

TEST_F(ImportServiceTest, a_florida_roll_is_taken_in_whole) {
    const auto file = testing_support::make_nal_file({.parcels = 3'500, .seed = 7});
    const ImportSummary summary = import(ImportFormat::nal, file.text);
    EXPECT_EQ(summary.created, 3'500);
    EXPECT_EQ(summary.encoding, "latin-1");
    EXPECT_EQ(summary.rejected, static_cast<int>(file.superseded));
    EXPECT_EQ(value("SELECT count(*) FILTER (WHERE homestead), coalesce(sum(just_value), 0) "
                    "FROM properties WHERE county_id = $"),
              fmt::format("{}|{}.00", file.homesteads, file.just_value));
    EXPECT_EQ(value("SELECT count(*) FROM import_rows WHERE county_id = $ "
                    "AND status = 'superseded'"),
              std::to_string(file.superseded));
    EXPECT_EQ(value("SELECT count(*) FROM properties WHERE county_id = $ "
                    "AND owner_name = 'PE\u00d1A JOS\u00c9 & MU\u00d1OZ'") != "0",
              true);
    // The roll's order is the order of the ids.
    EXPECT_EQ(value("SELECT count(*) FROM (SELECT right(parcel_id, 6) AS n, "
                    "lag(right(parcel_id, 6)) OVER (ORDER BY id) AS before FROM properties "
                    "WHERE county_id = $) o WHERE n < before"),
              "0");
}

TEST_F(ImportServiceTest, what_is_no_roll_leaves_no_trace) {
    EXPECT_EQ(try_import(ImportFormat::parcels, "").error().reason, "import.no_header");
    EXPECT_EQ(try_import(ImportFormat::nal, "PARCEL_ID\n").error().reason, "import.column_missing");
    EXPECT_EQ(try_import(ImportFormat::parcels, "\x1f\x8b damaged").error().reason, "import.gzip");
    EXPECT_EQ(try_import(ImportFormat::results, roll_header).error().reason, "import.kind");
    EXPECT_EQ(value("SELECT count(*) FROM imports WHERE county_id = $"), "0");
    county_ = {};
    EXPECT_EQ(try_import(ImportFormat::parcels, roll_header).error().reason, "county.unknown");
    EXPECT_EQ(try_import(ImportFormat::advertised, "Parcel No.,Face\n").error().reason,
              "county.unknown");
}

TEST_F(ImportServiceTest, the_demo_sale_is_the_same_for_everyone) {
    const ImportSummary roll =
        import(ImportFormat::parcels, read_bytes(STRIKEOFF_SOURCE "/demo/parcels.csv.gz"));
    EXPECT_EQ(roll.created, 4'555);
    const DelinquentSummary made = make_delinquent({.tax_year = 2024, .seed = 1});
    EXPECT_EQ(made.parcels, 3'920);
    EXPECT_EQ(made.delinquent, 2'156) << "55 %";
    EXPECT_EQ(made.created, 2'156);
    EXPECT_EQ(made.straight_to_county, 89);
    EXPECT_EQ(format_money(made.total_face), "2282290.46");
    EXPECT_EQ(value("SELECT count(*) FROM certificates WHERE county_id = $ AND face_value <> "
                    "tax_amount + interest_amount + commission_amount + cost_amount"),
              "0");
    EXPECT_EQ(value("SELECT count(*) FROM certificates c JOIN properties p ON p.id = c.property_id "
                    "WHERE c.county_id = $ AND c.tax_amount <> round(p.taxable_value * 0.016, 2)"),
              "0");
    EXPECT_EQ(value("SELECT count(*) FROM certificates WHERE county_id = $ "
                    "AND homestead_below_threshold <> (homestead AND tax_amount < 250)"),
              "0");
    // The list is numbered by the ids of the certificates, which follow the roll.
    EXPECT_EQ(
        value("SELECT count(*) FROM (SELECT property_id, lag(property_id) OVER (ORDER BY id) "
              "AS before FROM certificates WHERE county_id = $) o WHERE property_id < before"),
        "0");
    EXPECT_EQ(value("SELECT sum(face_value) FROM certificates WHERE county_id = $"),
              format_money(made.total_face));
    const std::string before = traces();
    EXPECT_EQ(make_delinquent({.tax_year = 2024, .seed = 1}).created, 0);
    EXPECT_EQ(traces(), before);
    EXPECT_GT(make_delinquent({.tax_year = 2024, .seed = 2}).created, 0);
}

TEST_F(ImportServiceTest, what_owes_no_tax_is_not_delinquent) {
    import(ImportFormat::parcels, std::string(roll_header) + "A,,,,,FL,9,9,,0\n"
                                                             "B,,,,,FL,9,9,,\n"
                                                             "C,,,,,FL,9,,,50000\n"
                                                             "D,,,,,FL,9,50000,,125000\n"
                                                             "E,,,,,FL,9,50000,HX,15624.99\n"
                                                             "F,,,,,FL,9,50000,HX,15625\n");
    const DelinquentSummary made = make_delinquent({.tax_year = 2024, .seed = 1, .percent = 100});
    EXPECT_EQ(made.parcels, 3);
    EXPECT_EQ(made.created, 3);
    EXPECT_EQ(made.straight_to_county, 0) << "249.99984 is 250.00 to the cent";
    EXPECT_EQ(value("SELECT face_value, tax_amount, interest_amount, commission_amount, "
                    "cost_amount FROM certificates c JOIN properties p ON p.id = c.property_id "
                    "WHERE c.county_id = $ AND p.parcel_id = 'D'"),
              "2178.00|2000.00|60.00|103.00|15.00");
}

TEST_F(ImportServiceTest, delinquency_wants_a_year_and_a_percentage) {
    ImportService& imports = LiveServer::instance().app().imports;
    EXPECT_EQ(imports.make_delinquent(county_, {.tax_year = 24}, {}).error().reason,
              "delinquent.invalid");
    EXPECT_EQ(imports.make_delinquent(county_, {.tax_year = 2024, .percent = 0}, {}).error().reason,
              "delinquent.invalid");
    EXPECT_EQ(imports.make_delinquent({}, {.tax_year = 2024}, {}).error().reason, "county.unknown");
}

TEST_F(ImportServiceTest, an_advertised_list_becomes_certificates) {
    const ImportSummary summary =
        import(ImportFormat::advertised, "Adv No.,Account No.,Face Amount,Tax Year,Homestead\n"
                                         "7,A,\"$2,178.00\",2024,No\n"
                                         "3,B,2178.01,2024,No\n");
    EXPECT_EQ(summary.created, 2);
    EXPECT_EQ(summary.total_face, dollars("4356.01"));
    EXPECT_THAT(
        rows("SELECT p.parcel_id, c.advertised_number, c.tax_year, c.face_value, c.tax_amount, "
             "c.interest_amount, c.commission_amount, c.cost_amount, c.status FROM certificates c "
             "JOIN properties p ON p.id = c.property_id WHERE c.county_id = $ ORDER BY c.id"),
        ::testing::ElementsAre("A|7|2024|2178.00|2000.00|60.00|103.00|15.00|pending",
                               "B|3|2024|2178.01|2000.01|60.00|103.00|15.00|pending"));
    EXPECT_EQ(value("SELECT count(*) FROM certificate_history WHERE county_id = $ "
                    "AND event_type = 'imported'"),
              "2");
}

TEST_F(ImportServiceTest, a_small_homestead_goes_straight_to_the_county) {
    const ImportSummary summary = import(
        ImportFormat::advertised, "Adv No.,Parcel No.,Face Amount,Tax Year,Homestead,Tax Amount\n"
                                  "1,A,285.36,2024,HX,250.00\n"
                                  "2,B,285.35,2024,HX,249.99\n"
                                  "3,C,285.35,2024,,249.99\n");
    EXPECT_EQ(summary.created, 3);
    EXPECT_EQ(summary.straight_to_county, 1);
    EXPECT_TRUE(summary.homesteads_to_check.empty()) << "the list tells the tax";
    EXPECT_THAT(rows("SELECT p.parcel_id, c.status, c.advertised_number, c.award_rate, "
                     "c.homestead_below_threshold, c.holder_id FROM certificates c "
                     "JOIN properties p ON p.id = c.property_id WHERE c.county_id = $ "
                     "ORDER BY c.id"),
                ::testing::ElementsAre("A|pending|1||f|", "B|sold||18.00|t|", "C|pending|3||f|"));
}

TEST_F(ImportServiceTest, a_homestead_near_the_threshold_is_for_a_person_to_decide) {
    const ImportSummary summary =
        import(ImportFormat::advertised, "Parcel No.,Face Amount,Tax Year,Homestead\n"
                                         "A,280.00,2024,HX\n"
                                         "B,290.00,2024,HX\n"
                                         "C,290.00,2024,\n"
                                         "D,250.00,2024,HX\n"
                                         "E,400.00,2024,HX\n");
    ASSERT_EQ(summary.homesteads_to_check.size(), 2U);
    EXPECT_EQ(summary.homesteads_to_check[0].parcel_id, "A");
    EXPECT_EQ(summary.homesteads_to_check[0].line, 2);
    EXPECT_EQ(summary.homesteads_to_check[0].tax, dollars("245.03"));
    EXPECT_TRUE(summary.homesteads_to_check[0].straight_to_county);
    EXPECT_EQ(summary.homesteads_to_check[1].parcel_id, "B");
    EXPECT_FALSE(summary.homesteads_to_check[1].straight_to_county);
    EXPECT_EQ(summary.straight_to_county, 2) << "A and D";
    EXPECT_THAT(rows("SELECT line FROM import_rows WHERE county_id = $ "
                     "AND status = 'needs_decision' ORDER BY line"),
                ::testing::ElementsAre("2", "3"));
}

TEST_F(ImportServiceTest, a_person_decides_by_sending_the_list_with_the_tax) {
    import(ImportFormat::advertised, "Adv No.,Parcel No.,Face Amount,Tax Year,Homestead\n"
                                     "4,A,280.00,2024,HX\n");
    const ImportSummary corrected = import(
        ImportFormat::advertised, "Adv No.,Parcel No.,Face Amount,Tax Year,Homestead,Tax Amount\n"
                                  "4,A,280.00,2024,HX,251.00\n");
    EXPECT_EQ(corrected.updated, 1);
    EXPECT_EQ(corrected.straight_to_county, 0);
    EXPECT_EQ(value("SELECT status, advertised_number, award_rate, tax_amount, interest_amount "
                    "FROM certificates WHERE county_id = $"),
              "pending|4||251.00|");
    EXPECT_THAT(rows("SELECT event_type, change_data_json -> 'before' ->> 'status', "
                     "change_data_json -> 'after' ->> 'status' FROM certificate_history "
                     "WHERE county_id = $ ORDER BY id"),
                ::testing::ElementsAre("imported||", "imported|sold|pending"));
}

TEST_F(ImportServiceTest, the_roll_knows_homesteads_that_a_list_does_not_tell) {
    import(ImportFormat::parcels, std::string(roll_header) + "A,OWNER 1,,,,FL,9,9,HX,9\n");
    const ImportSummary summary =
        import(ImportFormat::advertised,
               "Parcel No.,Face Amount,Tax Year\nA,100.00,2024\nB,100.00,2024\n");
    EXPECT_EQ(summary.straight_to_county, 1);
    EXPECT_THAT(rows("SELECT parcel_id, owner_name FROM properties WHERE county_id = $ "
                     "ORDER BY parcel_id"),
                ::testing::ElementsAre("A|OWNER 1", "B|"));
}

TEST_F(ImportServiceTest, the_least_tax_of_a_homestead_is_the_countys) {
    connection_.execute("UPDATE counties SET settings_json = '{\"homestead_minimum\":\"300.00\","
                        "\"certificate_costs\":\"0.00\",\"commission_percent\":\"10.00\","
                        "\"interest_minimum_percent\":\"4.00\"}' WHERE id = '" +
                        county_.text() + "'");
    const ImportSummary summary =
        import(ImportFormat::advertised, "Parcel No.,Face Amount,Tax Year,Homestead,Tax Amount\n"
                                         "A,343.19,2024,HX,299.99\n"
                                         "B,343.20,2024,HX,300.00\n");
    EXPECT_EQ(summary.straight_to_county, 1);
    EXPECT_TRUE(summary.homesteads_to_check.empty()) << "the list tells the tax";
    const ImportSummary computed =
        import(ImportFormat::advertised, "Parcel No.,Face Amount,Tax Year,Homestead\n"
                                         "C,343.20,2024,HX\n");
    ASSERT_EQ(computed.homesteads_to_check.size(), 1U) << "near 300.00, and the tax is computed";
    EXPECT_EQ(computed.homesteads_to_check[0].parcel_id, "C");
    EXPECT_THAT(rows("SELECT status, tax_amount, interest_amount, commission_amount "
                     "FROM certificates WHERE county_id = $ ORDER BY id"),
                ::testing::ElementsAre("sold|299.99|12.00|31.20", "pending|300.00|12.00|31.20",
                                       "pending|300.00|12.00|31.20"));
}

TEST_F(ImportServiceTest, the_rates_and_costs_are_the_countys) {
    connection_.execute(
        "UPDATE counties SET settings_json = '{\"rate_start\":\"16.00\","
        "\"certificate_costs\":\"20.00\",\"commission_base\":\"tax\"}' WHERE id = '" +
        county_.text() + "'");
    import(ImportFormat::advertised, "Parcel No.,Face Amount,Tax Year,Homestead\n"
                                     "A,2180.00,2024,\nB,100.00,2024,HX\n");
    EXPECT_THAT(rows("SELECT tax_amount, commission_amount, cost_amount, award_rate "
                     "FROM certificates WHERE county_id = $ ORDER BY id"),
                ::testing::ElementsAre("2000.00|100.00|20.00|", "74.08|3.70|20.00|16.00"));
}

TEST_F(ImportServiceTest, what_the_database_holds_against_a_line_rejects_it) {
    import(ImportFormat::advertised, "Adv No.,Parcel No.,Face Amount,Tax Year\n1,A,100,2024\n");
    const ImportSummary summary =
        import(ImportFormat::advertised, "Adv No.,Parcel No.,Face Amount,Tax Year,Homestead\n"
                                         "1,B,100,2024,0\n"
                                         "2,C,14.99,2024,HX\n"
                                         "3,D,14.99,2024,0\n"
                                         "1,B,100,2023,0\n"
                                         "4,E,x,2024,0\n");
    EXPECT_EQ(summary.created, 2);
    EXPECT_EQ(summary.rejected, 3);
    ASSERT_EQ(summary.errors.size(), 3U);
    EXPECT_EQ(summary.errors[0].message, "number 1 of 2024 is that of parcel A");
    EXPECT_EQ(summary.errors[1].message, "a homestead whose face is not above the costs of 15.00");
    EXPECT_EQ(summary.errors[2].line, 6);
    EXPECT_EQ(value("SELECT rows_total, rows_accepted, rows_rejected FROM imports "
                    "WHERE county_id = $ ORDER BY id DESC LIMIT 1"),
              "5|2|3");
    EXPECT_EQ(value("SELECT count(*) FROM import_rows WHERE county_id = $ "
                    "AND status = 'rejected'"),
              "3");
}

TEST_F(ImportServiceTest, the_year_of_a_list_is_in_it_or_said) {
    const std::string list = "Parcel No.,Face Amount\nA,100\n";
    EXPECT_EQ(try_import(ImportFormat::advertised, list).error().reason, "import.tax_year");
    EXPECT_EQ(value("SELECT count(*) FROM properties WHERE county_id = $"), "0");
    EXPECT_EQ(import(ImportFormat::advertised, list, 2024).created, 1);
    EXPECT_EQ(import(ImportFormat::advertised, list, 2023).created, 1) << "of another year";
    EXPECT_THAT(rows("SELECT tax_year FROM certificates WHERE county_id = $ ORDER BY tax_year"),
                ::testing::ElementsAre("2023", "2024"));
}

TEST_F(ImportServiceTest, what_is_removed_paid_or_small_never_reaches_a_batch) {
    import(ImportFormat::advertised,
           "Adv No.,Parcel No.,Face Amount,Tax Year,Homestead,Removed,Removed Because,Paid\n"
           "1,A,500,2024,,,,\n"
           "2,B,500,2024,,1,bankruptcy,\n"
           "3,C,500,2024,,,,Y\n"
           "4,D,100,2024,HX,,,\n"
           "5,E,100,2024,HX,1,,\n"
           ",F,500,2024,,,,\n"
           "6,F,500,2024,,,,\n");
    EXPECT_THAT(rows("SELECT p.parcel_id, c.advertised_number, c.status, c.removed_at IS NOT NULL, "
                     "c.removed_reason, c.paid_at IS NOT NULL FROM certificates c "
                     "JOIN properties p ON p.id = c.property_id WHERE c.county_id = $ "
                     "ORDER BY c.id"),
                ::testing::ElementsAre("A|1|pending|f||f", "B|2|pending|t|bankruptcy|f",
                                       "C|3|pending|f||t", "D||sold|f||f", "E|5|pending|t||f",
                                       "F|6|pending|f||f"));
    auctions::AuctionService& auctions = LiveServer::instance().app().auctions;
    const AuctionId auction = auctions.create(county_, {.name = "Sale", .tax_year = 2024}).value();
    const Instant now = LiveServer::instance().now();
    const BatchId batch = auctions
                              .add_batch(auction, {.start_time = now + std::chrono::hours{1},
                                                   .end_time = now + std::chrono::hours{2},
                                                   .adv_from = 1,
                                                   .adv_to = 1'000})
                              .value();
    EXPECT_THAT(rows("SELECT adv_no FROM batch_certificates WHERE batch_id = '" + batch.text() +
                     "' ORDER BY adv_no"),
                ::testing::ElementsAre("1", "6"));

    const std::string header = "Adv No.,Parcel No.,Face Amount,Tax Year\n";
    const ImportSummary same = import(ImportFormat::advertised, header + "1,A,500,2024\n");
    EXPECT_EQ(same.unchanged, 1);
    const ImportSummary other = import(ImportFormat::advertised, header + "1,A,501,2024\n");
    EXPECT_EQ(other.rejected, 1);
    EXPECT_EQ(other.errors.at(0).message,
              "differs from the certificate, which is in a sale or sold already");
    EXPECT_EQ(value("SELECT face_value FROM certificates WHERE county_id = $ "
                    "AND advertised_number = 1"),
              "500.00");
}

TEST_F(ImportServiceTest, long_lists_are_written_in_their_order) {
    std::string list = "Parcel No.,Face Amount,Tax Year\n";
    for (int i = 0; i < 2'500; ++i)
        list += fmt::format("P{:04},{},{}\n", i / 2, 100 + i, 2023 + i % 2);
    const ImportSummary summary = import(ImportFormat::advertised, list);
    EXPECT_EQ(summary.created, 2'500);
    EXPECT_EQ(value("SELECT count(*) FROM properties WHERE county_id = $"), "1250");
    EXPECT_EQ(value("SELECT count(*) FROM (SELECT face_value, lag(face_value) OVER (ORDER BY id) "
                    "AS before FROM certificates WHERE county_id = $) o WHERE face_value < before"),
              "0");
}

TEST_F(ImportServiceTest, of_two_at_once_one_waits_and_finds_nothing_to_do) {
    const auto file = testing_support::make_nal_file({.parcels = 1'500, .seed = 3});
    std::vector<ImportSummary> summaries(3);
    std::vector<std::jthread> threads;
    for (ImportSummary& summary : summaries)
        threads.emplace_back([&] { summary = import(ImportFormat::nal, file.text); });
    threads.clear();
    EXPECT_EQ(std::ranges::count(summaries, true, &ImportSummary::repeated), 2);
    EXPECT_EQ(value("SELECT count(*) FROM imports WHERE county_id = $"), "1");
}

} // namespace
} // namespace strikeoff::certificates
