#include "support/nal_file.hpp"
#include "support/run_command.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace strikeoff {
namespace {

using namespace testing_support;

CommandOutcome check(const char* format, const std::string& path) {
    return run_strikeoff({"import", "check", "--format", format, path});
}

TEST(ImportCheck, prints_one_object_with_its_keys_in_order) {
    const TemporaryDirectory directory;
    const CommandOutcome outcome =
        check("advertised", directory.write("list.csv", "Adv No.,Parcel No.,Face Amount\r\n"
                                                        "1,A,\"$1,234.56\"\r\n"
                                                        "2,B,\"\r\n\"\r\n"
                                                        "3,,1\r\n"));
    EXPECT_EQ(outcome.errors, "");
    EXPECT_EQ(outcome.exit_code, 0) << "rejected rows are data, not failure";
    EXPECT_EQ(outcome.output,
              R"({"format":"advertised","rows":3,"accepted":1,"rejected":2,"encoding":"utf-8",)"
              R"("columns":{"sequence":"Adv No.","parcel_id":"Parcel No.","face":"Face Amount"},)"
              R"("errors":[{"line":3,"column":"Face Amount","message":"is blank"},)"
              R"({"line":5,"column":"Parcel No.","message":"is blank"}],)"
              R"("totals":{"face":"1235.56"}})"
              "\n");
}

TEST(ImportCheck, without_a_money_column_there_is_no_total) {
    const TemporaryDirectory directory;
    const auto file = make_nal_file({.parcels = 500});
    const CommandOutcome outcome = check("auto", directory.write("nal.csv", file.text));
    EXPECT_EQ(outcome.exit_code, 0) << outcome.errors;
    const auto report = boost::json::parse(outcome.output).as_object();
    EXPECT_EQ(report.at("format").as_string(), "nal");
    EXPECT_EQ(report.at("encoding").as_string(), "latin-1");
    EXPECT_EQ(report.at("rows").as_int64(), static_cast<std::int64_t>(file.rows));
    EXPECT_EQ(report.at("accepted").as_int64(), 500);
    EXPECT_EQ(report.at("columns").at("parcel_id").as_string(), "PARCEL_ID");
    EXPECT_TRUE(report.at("totals").as_object().empty());
    ASSERT_FALSE(report.at("errors").as_array().empty());
    for (const auto& error : report.at("errors").as_array())
        EXPECT_EQ(error.at("message").as_string(), "superseded");
}

TEST(ImportCheck, reads_a_compressed_file) {
    const CommandOutcome outcome =
        check("parcels", STRIKEOFF_TEST_DATA "/../../demo/parcels.csv.gz");
    EXPECT_EQ(outcome.exit_code, 0) << outcome.errors;
    const auto report = boost::json::parse(outcome.output).as_object();
    EXPECT_EQ(report.at("rows").as_int64(), 4'555);
    EXPECT_EQ(report.at("accepted").as_int64(), 4'555);
}

TEST(ImportCheck, refuses_what_cannot_be_read) {
    const TemporaryDirectory directory;
    const auto refused = [&](const char* format, const std::string& text) {
        const std::string path = directory.write("file.csv", text);
        const CommandOutcome outcome = check(format, path);
        EXPECT_EQ(outcome.exit_code, 2);
        EXPECT_EQ(outcome.output, "");
        EXPECT_TRUE(outcome.errors.starts_with(path + ":1: ")) << outcome.errors;
        return outcome.errors.substr(path.size() + 4);
    };
    EXPECT_EQ(refused("auto", ""), "the file is empty; a header line is required\n");
    EXPECT_EQ(refused("advertised", "Account No.,Parcel No.,Face Amount\n"),
              "parcel_id could be the column 'Account No.' or 'Parcel No.'; leave one of them\n");
    EXPECT_EQ(refused("nal", "PARCEL_ID\n"), "no column for sequence: looked for 'SEQ_NO'\n");
    EXPECT_EQ(refused("auto", "a,b\n1,2\n"),
              "the header fits no format: neither a NAL or parcel roll, nor an advertised list, "
              "nor results\n");
    EXPECT_EQ(refused("auto", std::string("\xff\xfeP\0", 4)),
              "the file is UTF-16; save it as UTF-8\n");
    EXPECT_EQ(refused("auto", "\x1f\x8b damaged"), "the compressed file is damaged or cut off\n");
    const std::string missing = directory.path("missing.csv");
    EXPECT_EQ(check("auto", missing).errors,
              missing + ":1: cannot be read: No such file or directory\n");
    EXPECT_EQ(check("excel", missing).exit_code, 2);
    EXPECT_EQ(run_strikeoff({"import", "check", missing}).exit_code, 2);
}

/// A service's own database, with one county in it.
class ImportCommand : public ::testing::Test {
protected:
    ImportCommand() {
        std::filesystem::permissions(directory_.path(""), std::filesystem::perms{0755});
    }
    CommandOutcome run(std::vector<std::string> words) const {
        words.insert(words.end(),
                     {"--data", directory_.path("data"), "--keys", directory_.path("keys")});
        return run_strikeoff(words);
    }

    TemporaryDirectory directory_;
};

TEST_F(ImportCommand, a_county_that_is_unknown_is_refused) {
    const std::string list = directory_.write("list.csv", "Parcel No.,Face Amount\nA,1\n");
    const std::string unknown = "01a0c459-9d3b-7fe6-aaad-a4d044eab9bc";
    const CommandOutcome outcome = run({"import", "advertised", "--county", unknown, list});
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_EQ(outcome.output, "");
    EXPECT_TRUE(outcome.errors.ends_with("--county: there is no county " + unknown + "\n"))
        << outcome.errors;
    EXPECT_EQ(run({"import", "parcels", "--county", "x", list}).errors,
              "--county: 'x' is not an id\n");
    EXPECT_EQ(run({"import", "parcels", list}).exit_code, 2);
    EXPECT_EQ(
        run({"import", "parcels", "--county", unknown, "--format", "results", list}).exit_code, 2);
    EXPECT_EQ(run({"import", "parcels", "--county", unknown, "missing.csv"}).errors,
              "missing.csv:1: cannot be read: No such file or directory\n");
}

} // namespace
} // namespace strikeoff
