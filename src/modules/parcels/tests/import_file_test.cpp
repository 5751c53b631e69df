#include "modules/parcels/import_fields.hpp"
#include "modules/parcels/import_file.hpp"
#include "support/nal_file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace strikeoff::parcels {
namespace {

/// Keeps all that a file holds.
class Kept : public ImportVisitor {
public:
    void parcel(std::size_t line, const ParcelRecord& record) override {
        lines.push_back(line);
        parcels.push_back(record);
    }
    void advertised(std::size_t line, const AdvertisedRecord& record) override {
        lines.push_back(line);
        liens.push_back(record);
    }
    void result(std::size_t line, const ResultRecord& record) override {
        lines.push_back(line);
        results.push_back(record);
    }
    void rejected(const std::vector<RowError>&, const RecordFields& fields) override {
        rejected_lines.push_back(fields.line());
        rejected_values.push_back(fields.values());
    }

    std::vector<std::size_t> lines;
    std::vector<std::size_t> rejected_lines;
    std::vector<std::vector<std::pair<std::string, std::string>>> rejected_values;
    std::vector<ParcelRecord> parcels;
    std::vector<AdvertisedRecord> liens;
    std::vector<ResultRecord> results;
};

ImportReport read(std::string_view text, Kept& kept,
                  std::optional<ImportFormat> format = std::nullopt) {
    auto report = read_import(text, format, kept);
    if (!report) throw std::runtime_error(report.error().message);
    return *std::move(report);
}

Error refusal(std::string_view text, std::optional<ImportFormat> format = std::nullopt) {
    ImportVisitor nobody;
    const auto report = read_import(text, format, nobody);
    return report ? Error{} : report.error();
}

/// What is wrong with the only record of an advertised list.
std::string wrong_in(std::string_view record) {
    const std::string text =
        fmt::format("Adv No.,Parcel No.,Face Amount,Tax Year,Homestead,Tax Amount,Assessed Value\n"
                    "{}\n",
                    record);
    Kept kept;
    const ImportReport report = read(text, kept, ImportFormat::advertised);
    std::string all;
    for (const RowError& error : report.errors)
        all += fmt::format("{}{}: {}", all.empty() ? "" : "; ", error.column, error.message);
    return all;
}

std::string text_of_file(const std::string& name) {
    std::ifstream file{STRIKEOFF_TEST_DATA "/imports/" + name, std::ios::binary};
    if (!file) throw std::runtime_error("cannot read " + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Money dollars(std::string_view text) {
    return parse_money(text).value();
}

TEST(AdvertisedList, of_grant_street_is_read) {
    Kept kept;
    const ImportReport report =
        read("Adv No.,Account No.,Face Amount,Tax Year,Use Code,Assessed Value,Homestead\n"
             "17,R-1,\"$1,234.56\",2025,0100,\"$98,000\",Yes\n",
             kept);
    EXPECT_EQ(report.format, ImportFormat::advertised);
    ASSERT_EQ(kept.liens.size(), 1U);
    const AdvertisedRecord& lien = kept.liens.front();
    EXPECT_EQ(lien.sequence, 17);
    EXPECT_EQ(lien.parcel_id, "R-1");
    EXPECT_EQ(lien.face, dollars("1234.56"));
    EXPECT_EQ(lien.tax_year, 2025);
    EXPECT_EQ(lien.use_code, "0100");
    EXPECT_EQ(lien.assessed_value, dollars("98000.00"));
    EXPECT_EQ(lien.homestead, true);
    EXPECT_EQ(lien.tax_amount, std::nullopt);
    EXPECT_EQ(report.total_face, dollars("1234.56"));
}

TEST(AdvertisedList, of_realauction_is_read) {
    Kept kept;
    const ImportReport report =
        read("ADV_NUM,FOLIO,ADV_AMT,TAX_YEAR,SLUC,ASSESSED,HMSTEAD\n3,F-9,500,2025,01,,HX\n", kept);
    EXPECT_EQ(report.columns,
              (std::vector<std::pair<std::string, std::string>>{{"sequence", "ADV_NUM"},
                                                                {"parcel_id", "FOLIO"},
                                                                {"face", "ADV_AMT"},
                                                                {"tax_year", "TAX_YEAR"},
                                                                {"use_code", "SLUC"},
                                                                {"assessed_value", "ASSESSED"},
                                                                {"homestead", "HMSTEAD"}}));
    ASSERT_EQ(kept.liens.size(), 1U);
    EXPECT_EQ(kept.liens.front().assessed_value, std::nullopt);
    EXPECT_EQ(kept.liens.front().homestead, true);
}

TEST(AdvertisedList, of_wfbs_is_read) {
    Kept kept;
    read("Advertising Seq No,Parcel Account Number,Face Amount,Tax Year,Assessed Value,Homestead,"
         "Tax Amount\n9,A-1,278.50,2025,1000,0,240.00\n",
         kept);
    ASSERT_EQ(kept.liens.size(), 1U);
    EXPECT_EQ(kept.liens.front().sequence, 9);
    EXPECT_EQ(kept.liens.front().tax_amount, dollars("240.00"));
    EXPECT_EQ(kept.liens.front().homestead, false);
}

TEST(AdvertisedList, what_was_removed_or_paid_says_so) {
    Kept kept;
    read("Parcel ID,Face,Removed,Removed Because,Paid\nA,10,1,bankrupt,\nB,10,no,,TRUE\n", kept);
    ASSERT_EQ(kept.liens.size(), 2U);
    EXPECT_TRUE(kept.liens[0].removed);
    EXPECT_EQ(kept.liens[0].removed_reason, "bankrupt");
    EXPECT_EQ(kept.liens[0].homestead, std::nullopt) << "the list does not say";
    EXPECT_FALSE(kept.liens[1].removed);
    EXPECT_TRUE(kept.liens[1].paid);
}

TEST(AdvertisedList, a_record_that_is_wrong_says_in_what) {
    EXPECT_EQ(wrong_in("1,A,10.00,2025,0,9.00,"), "");
    EXPECT_EQ(wrong_in("1,,10.00,2025,0,9.00,"), "Parcel No.: is blank");
    EXPECT_EQ(wrong_in("1,A,,2025,0,9.00,").substr(0, 22), "Face Amount: is blank;");
    EXPECT_EQ(wrong_in("1,A,0.00,2025,0,0,"), "Face Amount: 0.00 is not above 0.00");
    EXPECT_EQ(wrong_in("1,A,-5,2025,0,0,"), "Face Amount: -5.00 is below 0.00");
    EXPECT_EQ(wrong_in("1,A,ten,2025,0,0,"), "Face Amount: 'ten' is not an amount like $1,234.56");
    EXPECT_EQ(wrong_in("1,A,\"$1,23.45\",2025,0,0,"),
              "Face Amount: '$1,23.45' is not an amount like $1,234.56");
    EXPECT_EQ(wrong_in(",A,10.00,2025,0,9.00,"), "Adv No.: is blank");
    EXPECT_EQ(wrong_in("0,A,10.00,2025,0,9.00,"), "Adv No.: '0' is not a whole number from 1");
    EXPECT_EQ(wrong_in("1.5,A,10.00,2025,0,9.00,"), "Adv No.: '1.5' is not a whole number from 1");
    EXPECT_EQ(wrong_in("1,A,10.00,,0,9.00,"), "Tax Year: is blank");
    EXPECT_EQ(wrong_in("1,A,10.00,25,0,9.00,"), "Tax Year: '25' is not a whole number from 1900");
    EXPECT_EQ(wrong_in("1,A,10.00,2201,0,9.00,"), "Tax Year: 2201 is not a year");
    EXPECT_EQ(wrong_in("1,A,10.00,2025,maybe,9.00,"), "Homestead: 'maybe' is neither yes nor no");
    EXPECT_EQ(wrong_in("1,A,10.00,2025,0,,"), "Tax Amount: is blank");
    EXPECT_EQ(wrong_in("1,A,10.00,2025,0,10.01,"), "Tax Amount: the tax is above the face");
    EXPECT_EQ(wrong_in("1,A,10.00,2025,0,9.00,x"),
              "Assessed Value: 'x' is not an amount like $1,234.56");
    EXPECT_EQ(wrong_in("1,A,10.00,2025,0,9.00"), ": expected 7 fields, found 6");
    EXPECT_EQ(wrong_in("1,\"A,10.00,2025,0,9.00,"), ": unterminated quote");
    EXPECT_EQ(wrong_in("1,\"A\"x,10.00,2025,0,9.00,"), ": text after a closing quote");
    EXPECT_EQ(wrong_in(std::string("1,A\0B,10.00,2025,0,9.00,", 24)),
              "Parcel No.: the text has a zero byte");
    EXPECT_EQ(wrong_in("1," + std::string(101, 'A') + ",10.00,2025,0,9.00,"),
              "Parcel No.: is longer than 100 bytes");
    EXPECT_EQ(wrong_in(",,x,,?,,"),
              "Parcel No.: is blank; Face Amount: 'x' is not an amount like $1,234.56; Adv No.: is "
              "blank; Tax Year: is blank; Homestead: '?' is neither yes nor no; Tax Amount: is "
              "blank")
        << "all that is wrong is said at once";
}

TEST(AdvertisedList, a_parcel_has_one_certificate_a_year_and_a_number_one_parcel) {
    Kept kept;
    const ImportReport report = read("Adv No.,Parcel No.,Face Amount,Tax Year\n"
                                     "1,A,10,2024\n"
                                     "2,A,10,2025\n"
                                     "3,A,11,2025\n"
                                     "1,B,10,2025\n"
                                     "2,C,10,2025\n",
                                     kept);
    EXPECT_EQ(kept.rejected_lines, (std::vector<std::size_t>{4, 6}));
    EXPECT_EQ(report.errors,
              (std::vector<RowError>{
                  {4, "Parcel No.", "a certificate of 2025 on the parcel is already on line 3"},
                  {6, "Adv No.", "the number is already on line 3"}}));
}

TEST(AdvertisedList, a_rejected_record_is_kept_as_it_was_read) {
    using Values = std::vector<std::pair<std::string, std::string>>;
    Kept kept;
    read("Note,FOLIO,ADV_AMT\nx, MU\xd1OZ ,$1\ny,B,no\nz,\"C\"?,1\n,MU\xd1OZ,2\n", kept);
    EXPECT_EQ(kept.rejected_values,
              (std::vector<Values>{{{"FOLIO", "B"}, {"ADV_AMT", "no"}},
                                   {},
                                   {{"FOLIO", "MU\u00d1OZ"}, {"ADV_AMT", "2"}}}));
}

TEST(AdvertisedList, a_rejected_record_does_not_block_a_later_one) {
    Kept kept;
    read("Parcel No.,Face Amount,Tax Year\nA,0,2025\nA,10,2025\n", kept);
    ASSERT_EQ(kept.liens.size(), 1U);
    EXPECT_EQ(kept.lines.front(), 3U);
}

TEST(AdvertisedList, the_total_is_of_every_face_in_the_file) {
    Kept kept;
    const ImportReport report =
        read("Parcel No.,Face Amount\nA,10.10\n,20.20\nA,30.30\nB,x\nC,-1\n", kept);
    EXPECT_EQ(report.accepted, 1U);
    EXPECT_EQ(report.rejected, 4U);
    EXPECT_EQ(report.total_face, dollars("60.60"));
}

TEST(AdvertisedList, the_first_hundred_errors_are_reported) {
    std::string text = "Parcel No.,Face Amount\n";
    for (int i = 0; i < 150; ++i)
        text += "A,x\n";
    Kept kept;
    const ImportReport report = read(text, kept);
    EXPECT_EQ(report.errors.size(), 100U);
    EXPECT_EQ(report.errors.back().line, 101U);
    EXPECT_EQ(report.rejected, 150U);
    EXPECT_EQ(kept.rejected_lines.size(), 150U);
}

TEST(ImportColumns, one_that_could_mean_two_things_is_refused) {
    const Error error = refusal("Account No.,Parcel No.,Face Amount\nA,B,10\n");
    EXPECT_EQ(error.reason, "import.column_ambiguous");
    EXPECT_EQ(error.message,
              "parcel_id could be the column 'Account No.' or 'Parcel No.'; leave one of them");
    EXPECT_EQ(refusal("Parcel No.,Face Amount,Face Amount\nA,1,2\n").reason,
              "import.column_ambiguous");
    EXPECT_EQ(refusal("Parcel No.,Face Amount,Homestead,HMSTEAD\nA,1,0,1\n").reason,
              "import.column_ambiguous")
        << "one that we could do without, too";
}

TEST(ImportColumns, one_that_is_missing_is_refused) {
    const Error error = refusal("Parcel No.,Amount\nA,1\n", ImportFormat::advertised);
    EXPECT_EQ(error.reason, "import.column_missing");
    EXPECT_EQ(error.message,
              "no column for face: looked for 'Face Amount', 'ADV_AMT', 'Face Value', 'Face'");
    EXPECT_EQ(refusal("Parcel No.,Amount\nA,1\n").reason, "import.format_unknown");
    EXPECT_EQ(refusal("PARCEL_ID,SEQ_NO,JV_HMSTD\n", ImportFormat::nal).reason,
              "import.column_missing");
    EXPECT_EQ(refusal("Parcel No.,Face Amount\n", ImportFormat::results).reason,
              "import.column_missing");
}

TEST(ImportColumns, case_spaces_and_marks_of_a_header_do_not_matter) {
    Kept kept;
    read(" parcel no ,FACE_AMOUNT,adv. no\nA,1,2\n", kept);
    ASSERT_EQ(kept.liens.size(), 1U);
    EXPECT_EQ(kept.liens.front().sequence, 2);
}

TEST(ImportColumns, the_header_decides_what_a_file_is) {
    Kept kept;
    EXPECT_EQ(read(testing_support::make_nal_file({.parcels = 1}).text, kept).format,
              ImportFormat::nal);
    EXPECT_EQ(read("Parcel No.,Face Amount,Winning Bidder\n", kept).format, ImportFormat::results);
    EXPECT_EQ(read("Parcel No.,Face Amount\n", kept).format, ImportFormat::advertised);
    EXPECT_EQ(read("parcel_id,assessed_value,taxable_county,exempt_codes\n", kept).format,
              ImportFormat::parcels);
    EXPECT_EQ(refusal("").reason, "import.no_header");
    EXPECT_EQ(refusal("\n\n").reason, "import.no_header");
}

TEST(ImportEncoding, latin_1_becomes_utf_8) {
    Kept kept;
    const ImportReport report =
        read("Parcel No.,Face Amount,Owner Name\nA,1,MU\xd1OZ\nB,x\xe9,\n", kept);
    EXPECT_EQ(report.encoding, Encoding::latin_1);
    ASSERT_EQ(kept.liens.size(), 1U);
    EXPECT_EQ(kept.liens.front().owner_name, "MU\u00d1OZ");
    EXPECT_EQ(report.errors.front().message, "'x\u00e9' is not an amount like $1,234.56");
}

TEST(ImportEncoding, every_message_is_utf_8) {
    Kept kept;
    const std::string bad = "\xe9";
    const ImportReport report =
        read("Parcel No.,Face,Winner,Award Rate,Auction Date,Num Bids,"
             "Homestead\nA," +
                 bad + ",B," + bad + "," + bad + "," + bad + "," + bad + "\n",
             kept, ImportFormat::results);
    EXPECT_EQ(report.errors.size(), 5U);
    for (const RowError& error : report.errors)
        EXPECT_TRUE(error.message.starts_with("'\u00e9' ")) << error.message;
}

TEST(ImportEncoding, utf_8_stays_with_or_without_a_mark) {
    for (const std::string mark : {"", "\xef\xbb\xbf"}) {
        Kept kept;
        const ImportReport report =
            read(mark + "Parcel No.,Face Amount,Owner Name\r\nA,1,MU\u00d1OZ\r\n", kept);
        EXPECT_EQ(report.encoding, Encoding::utf_8);
        ASSERT_EQ(kept.liens.size(), 1U);
        EXPECT_EQ(kept.liens.front().owner_name, "MU\u00d1OZ");
    }
}

TEST(ImportEncoding, utf_16_and_a_mark_that_lies_are_refused) {
    EXPECT_EQ(refusal(std::string("\xff\xfeP\0", 4)).reason, "import.encoding");
    EXPECT_EQ(refusal(std::string("P\0a\0", 4)).reason, "import.encoding");
    EXPECT_EQ(refusal("\xef\xbb\xbfParcel No.,Face Amount\nMU\xd1OZ,1\n").reason,
              "import.encoding");
}

TEST(PropertyRoll, of_several_records_of_a_parcel_the_highest_counts) {
    Kept kept;
    const ImportReport report = read("PARCEL_ID,SEQ_NO,JV,JV_HMSTD,EXMPT_01\n"
                                     "A,1,10,,\n"
                                     "A,3,30,,\n"
                                     "B,1,40,,\n"
                                     "A,2,20,,\n"
                                     "\"B\",,50,,\n",
                                     kept, ImportFormat::nal);
    ASSERT_EQ(kept.parcels.size(), 2U);
    EXPECT_EQ(kept.parcels[0].just_value, dollars("30.00"));
    EXPECT_EQ(kept.parcels[1].just_value, dollars("40.00"));
    EXPECT_EQ(report.rejected, 3U);
    EXPECT_EQ(report.errors, (std::vector<RowError>{{2, "SEQ_NO", "superseded"},
                                                    {5, "SEQ_NO", "superseded"},
                                                    {6, "SEQ_NO", "superseded"}}));
    EXPECT_EQ(report.total_face, std::nullopt);
}

TEST(PropertyRoll, which_of_two_equal_records_counts_a_person_must_look_up) {
    Kept kept;
    const ImportReport report =
        read("PARCEL_ID,SEQ_NO,JV_HMSTD,EXMPT_01\nA,1,,\nA,1,,\n", kept, ImportFormat::nal);
    EXPECT_EQ(report.accepted, 1U);
    EXPECT_EQ(report.errors,
              (std::vector<RowError>{{3, "SEQ_NO", "the parcel occurs twice with this SEQ_NO"}}));
}

TEST(PropertyRoll, a_parcel_whose_last_record_is_wrong_is_not_replaced_by_an_older_one) {
    Kept kept;
    const ImportReport report =
        read("PARCEL_ID,SEQ_NO,JV,JV_HMSTD,EXMPT_01\nA,1,10,,\nA,2,x,,\n", kept, ImportFormat::nal);
    EXPECT_EQ(report.accepted, 0U);
    EXPECT_EQ(report.errors[0].message, "superseded");
    EXPECT_EQ(report.errors[1].message, "'x' is not an amount like $1,234.56");
}

TEST(PropertyRoll, a_homestead_has_a_value_or_an_exemption) {
    Kept kept;
    read("PARCEL_ID,SEQ_NO,JV_HMSTD,EXMPT_01\nA,1,100,\nB,1,,25000\nC,1,0,0\nD,1,,\n", kept,
         ImportFormat::nal);
    ASSERT_EQ(kept.parcels.size(), 4U);
    EXPECT_TRUE(kept.parcels[0].homestead);
    EXPECT_TRUE(kept.parcels[1].homestead);
    EXPECT_FALSE(kept.parcels[2].homestead);
    EXPECT_FALSE(kept.parcels[3].homestead);
}

TEST(PropertyRoll, a_whole_file_is_read_to_the_last_record) {
    for (const std::uint64_t seed : {1ULL, 2ULL, 3ULL}) {
        const auto file = testing_support::make_nal_file(
            {.parcels = 3'000, .seed = seed, .latin_1 = seed != 2, .crlf = seed != 3});
        Kept kept;
        const ImportReport report = read(file.text, kept);
        EXPECT_EQ(report.encoding, seed == 2 ? Encoding::utf_8 : Encoding::latin_1);
        EXPECT_EQ(report.rows, file.rows);
        EXPECT_EQ(report.accepted, 3'000U);
        EXPECT_EQ(report.rejected, file.superseded);
        std::size_t homesteads = 0;
        Money just_value;
        for (const ParcelRecord& parcel : kept.parcels) {
            if (parcel.homestead) ++homesteads;
            just_value += parcel.just_value.value_or(Money{});
        }
        EXPECT_EQ(homesteads, file.homesteads);
        EXPECT_EQ(just_value.cents(), file.just_value * 100);
    }
}

TEST(PropertyRoll, of_an_appraisers_pages_is_read) {
    Kept kept;
    const ImportReport report = read(
        "parcel_id,owner_name,site_address,legal_desc,dor_use,roll_year,state,just_value,"
        "assessed_value,exempt_codes,taxable_county\n"
        "01-A,OWNER 1,\"1 MAIN ST, TOWN\",LOT 1,SINGLE FAMILY (0100),2023,FL,200,150,HX HB,100\n"
        "01-B,,,,9600,,FL,,,10,\n"
        "01-A,,,,,,FL,,,,\n",
        kept);
    ASSERT_EQ(kept.parcels.size(), 2U);
    EXPECT_EQ(kept.parcels[0].property_type, "SINGLE FAMILY");
    EXPECT_EQ(kept.parcels[0].use_code, "0100");
    EXPECT_TRUE(kept.parcels[0].homestead);
    EXPECT_EQ(kept.parcels[0].taxable_value, dollars("100.00"));
    EXPECT_EQ(kept.parcels[0].roll_year, 2023);
    EXPECT_EQ(kept.parcels[1].use_code, "9600");
    EXPECT_EQ(kept.parcels[1].assessed_value, std::nullopt);
    EXPECT_FALSE(kept.parcels[1].homestead);
    EXPECT_EQ(report.errors.front().message, "the parcel is already on line 2");
}

TEST(Results, of_a_past_sale_are_read_across_line_ends) {
    Kept kept;
    const ImportReport report = read(text_of_file("baltimore.csv"), kept);
    EXPECT_EQ(report.format, ImportFormat::results);
    EXPECT_EQ(report.rows, 11U);
    EXPECT_EQ(report.rejected, 0U);
    EXPECT_EQ(kept.results[4].address, "**NS DIVISION ST\r\n120 FT W OF \"WILLIAM ST\"");
    EXPECT_EQ(kept.lines[4], 6U);
    EXPECT_EQ(kept.lines[5], 8U) << "lines are physical";
    EXPECT_EQ(kept.results[0].winner, "City");
    EXPECT_EQ(kept.results[2].removed_reason, "Canceled Purchase");
    EXPECT_EQ(kept.results[3].ties, 14);
    EXPECT_EQ(kept.results[3].award_rate, std::nullopt);
}

TEST(Results, of_our_own_export_are_read) {
    Kept kept;
    read("certificate_id,certificate_number,parcel_id,auction_date,batch,adv_no,winner_number,"
         "winner_name,award_rate,face,redemption_date,redemption_amount,redeemed_by,status\n"
         "c-1,2025-000007,A,2025-05-27,Batch 1,7,12345,X LLC,7.25,100.00,2025-09-01,110.00,OWNER,"
         "redeemed\n",
         kept);
    ASSERT_EQ(kept.results.size(), 1U);
    EXPECT_EQ(kept.results[0].batch, "Batch 1");
    EXPECT_EQ(kept.results[0].sequence, 7);
    EXPECT_EQ(kept.results[0].winner, "12345");
    EXPECT_EQ(kept.results[0].award_rate, Rate::from_bp(725));
    EXPECT_EQ(kept.results[0].redemption_amount, dollars("110.00"));
    EXPECT_EQ(format_date(*kept.results[0].auction_date), "2025-05-27");
}

TEST(Results, a_record_that_is_wrong_says_in_what) {
    Kept kept;
    const ImportReport report = read("Parcel No.,Face,Winner,Award Rate,Num Bids,Auction Date\n"
                                     "A,1,B,7.251,-1,27 May\n",
                                     kept);
    EXPECT_EQ(report.errors,
              (std::vector<RowError>{{2, "Auction Date", "'27 May' is not a date like 2026-05-27"},
                                     {2, "Award Rate", "'7.251' is not a percentage like 7.75"},
                                     {2, "Num Bids", "'-1' is not a whole number from 0"}}));
}

TEST(DelinquentBills, of_kentucky_have_errors_and_do_not_stop_the_reading) {
    Kept kept;
    const ImportReport report = read(text_of_file("kentucky.csv"), kept);
    EXPECT_EQ(report.format, ImportFormat::advertised);
    EXPECT_EQ(report.accepted, 7U);
    EXPECT_EQ(report.total_face, dollars("12136.93"));
    EXPECT_EQ(report.errors,
              (std::vector<RowError>{
                  {5, "parcel_num", "is blank"},
                  {6, "face_value", "0.00 is not above 0.00"},
                  {7, "face_value", "0.00 is not above 0.00"},
                  {9, "parcel_num", "a certificate of 2022 on the parcel is already on line 8"}}));
}

} // namespace
} // namespace strikeoff::parcels
