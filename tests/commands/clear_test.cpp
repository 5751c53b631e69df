#include "support/core/known_answers.hpp"
#include "support/run_command.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

namespace strikeoff {
namespace {

using namespace testing_support;

constexpr std::string_view draw_key =
    "46b4406491c1992da5f370b94b6cb36efbf10617912f9eb9355d32f2eb0a8116";
constexpr std::string_view header = "adv_no,certificate_id,outcome,bidder,member,rate\n";

std::string text_or_number(const boost::json::value& value) {
    return value.is_string() ? text_of(value) : boost::json::serialize(value);
}

/// A CSV of the named members of each object.
std::string table(const boost::json::value& rows, const std::vector<std::string>& columns) {
    std::string out = fmt::format("{}\n", fmt::join(columns, ","));
    for (const boost::json::value& row : rows.as_array()) {
        std::vector<std::string> fields;
        for (const std::string& column : columns)
            fields.push_back(text_or_number(row.at(column)));
        out += fmt::format("{}\n", fmt::join(fields, ","));
    }
    return out;
}

class ClearCommand : public testing::Test {
protected:
    /// A sale of two certificates and two bidders; each test changes what it is about.
    std::map<std::string, std::string> files{
        {"items", "adv_no,certificate_id,face\n"
                  "7,5f79511d-3506-4448-9366-d4599e209918,100.00\n"
                  "3,f403c0df-ee29-4759-b335-8576133fab86,250.5\n"},
        {"bids", "bid_id,certificate_id,bidder,rate,seq\n"
                 "b2fb30fb-5efd-4185-9191-6d76ff543829,5f79511d-3506-4448-9366-d4599e209918,A,"
                 "5.00,1\n"
                 "fb35a7b6-30cd-4a2c-980c-be699b86db57,5f79511d-3506-4448-9366-d4599e209918,B,8,"
                 "2\n"},
        {"bidders", "bidder,bidder_ref,budget,weight\n"
                    "A,96a3acd8850ab3839018bca4f3930fd3,1000.00,1\n"
                    "B,0fdf32b1f0186e2e9357df0067931b02,1000.00,1\n"},
        {"rules", "{}"},
    };
    std::vector<std::string> more; ///< Further words of the command line.
    std::string key{draw_key};
    TemporaryDirectory directory;

    CommandOutcome clear() {
        std::vector<std::string> words{"clear"};
        for (const auto& [name, text] : files) {
            words.push_back("--" + name);
            words.push_back(directory.write(name, text));
        }
        words.insert(words.end(), {"--draw-key", key});
        words.insert(words.end(), more.begin(), more.end());
        return run_strikeoff(words);
    }

    void expect_output(const std::string& lines) {
        const CommandOutcome outcome = clear();
        EXPECT_EQ(outcome.exit_code, 0);
        EXPECT_EQ(outcome.output, std::string{header} + lines);
        EXPECT_EQ(outcome.errors, "");
    }
};

constexpr const char* both_awards = "3,f403c0df-ee29-4759-b335-8576133fab86,struck,,,18.00\n"
                                    "7,5f79511d-3506-4448-9366-d4599e209918,awarded,A,0,7.75\n";

TEST_F(ClearCommand, awards_in_ascending_advertised_number) {
    expect_output(both_awards);
}

TEST_F(ClearCommand, the_worked_sales_come_out_as_written) {
    const boost::json::value sales = known_answers("examples/clearing.json");
    ASSERT_EQ(sales.as_array().size(), 16U);
    for (const boost::json::value& sale : sales.as_array()) {
        SCOPED_TRACE(text_of(sale.at("name")));
        files["items"] = table(sale.at("items"), {"adv_no", "certificate_id", "face"});
        files["bids"] =
            table(sale.at("bids"), {"bid_id", "certificate_id", "bidder", "rate", "seq"});
        files["bidders"] = table(sale.at("bidders"), {"bidder", "bidder_ref", "budget", "weight"});
        files["rules"] = boost::json::serialize(sale.at("rules"));
        key = text_of(sale.at("draw_key"));
        const CommandOutcome outcome = clear();
        EXPECT_EQ(outcome.exit_code, 0) << outcome.errors;
        EXPECT_EQ(outcome.output, table(sale.at("expected"), {"adv_no", "certificate_id", "outcome",
                                                              "bidder", "member", "rate"}));
    }
}

TEST_F(ClearCommand, each_round_draws_anew) {
    const boost::json::value kat = known_answers("draw-kat.json");
    for (const boost::json::value& draw : kat.at("draws").as_array()) {
        SCOPED_TRACE(boost::json::serialize(draw));
        const std::string certificate = text_of(draw.at("certificate_id"));
        files["items"] = "adv_no,certificate_id,face\n1," + certificate + ",1\n";
        files["bids"] = "bid_id,certificate_id,bidder,rate,seq\n";
        files["bidders"] = "bidder,bidder_ref,budget,weight\n";
        int seq = 0;
        for (const boost::json::value& tied : draw.at("tied").as_array()) {
            const std::string reference = text_of(tied.at("bidder_ref"));
            // Named by its reference, so that the line shows who was drawn.
            files["bidders"] += fmt::format("{0},{0},9.00,{1}\n", reference,
                                            boost::json::serialize(tied.at("tickets")));
            files["bids"] += fmt::format("{0},{0},{1},0.25,{2}\n", certificate, reference, ++seq);
        }
        more = {"--round", boost::json::serialize(draw.at("round"))};
        expect_output(
            fmt::format("1,{},awarded,{},{},{}\n", certificate, text_of(draw.at("winner")),
                        boost::json::serialize(draw.at("member")), seq == 1 ? "18.00" : "0.25"));
    }
}

TEST_F(ClearCommand, rules_may_be_left_out) {
    files.erase("rules");
    expect_output(both_awards);
}

TEST_F(ClearCommand, reads_what_spreadsheets_write) {
    files["items"] =
        "\xef\xbb\xbf\"face\",note,certificate_id,adv_no\r\n"
        "\"100\",\"two\r\nlines, \"\"quoted\"\"\",5F79511D-3506-4448-9366-D4599E209918,"
        "7\r\n"
        "250.50,,f403c0df-ee29-4759-b335-8576133fab86,3";
    key = "46B4406491C1992DA5F370B94B6CB36EFBF10617912F9EB9355D32F2EB0A8116";
    expect_output(both_awards);
}

TEST_F(ClearCommand, quotes_a_name_that_needs_it) {
    files["bidders"].replace(files["bidders"].find("\nA,") + 1, 1, "\"A \"\"1\"\"\"");
    files["bids"].replace(files["bids"].find(",A,") + 1, 1, "\"A \"\"1\"\"\"");
    expect_output("3,f403c0df-ee29-4759-b335-8576133fab86,struck,,,18.00\n"
                  "7,5f79511d-3506-4448-9366-d4599e209918,awarded,\"A \"\"1\"\"\",0,7.75\n");
}

TEST_F(ClearCommand, a_budget_below_zero_counts_as_zero) {
    files["bidders"].replace(files["bidders"].find("1000.00"), 7, "-5.00");
    expect_output("3,f403c0df-ee29-4759-b335-8576133fab86,struck,,,18.00\n"
                  "7,5f79511d-3506-4448-9366-d4599e209918,awarded,B,0,18.00\n");
}

TEST_F(ClearCommand, first_received_goes_by_sequence_numbers_of_any_size) {
    files["rules"] = R"({"tie": "first_received"})";
    files["bids"] =
        "bid_id,certificate_id,bidder,rate,seq\n"
        "b2fb30fb-5efd-4185-9191-6d76ff543829,5f79511d-3506-4448-9366-d4599e209918,A,5.00,"
        "1790000000586993\n"
        "fb35a7b6-30cd-4a2c-980c-be699b86db57,5f79511d-3506-4448-9366-d4599e209918,B,5.00,"
        "1790000000586992\n";
    expect_output("3,f403c0df-ee29-4759-b335-8576133fab86,struck,,,18.00\n"
                  "7,5f79511d-3506-4448-9366-d4599e209918,awarded,B,0,5.00\n");
}

TEST_F(ClearCommand, a_batch_without_bids_is_struck_whole) {
    files["bids"] = "bid_id,certificate_id,bidder,rate,seq\n";
    files["bidders"] = "bidder,bidder_ref,budget,weight\n";
    files["rules"] = R"({"rate_start": "16"})";
    expect_output("3,f403c0df-ee29-4759-b335-8576133fab86,struck,,,16.00\n"
                  "7,5f79511d-3506-4448-9366-d4599e209918,struck,,,16.00\n");
}

TEST_F(ClearCommand, help_names_every_file_and_column) {
    const CommandOutcome outcome = run_strikeoff({"clear", "--help"});
    EXPECT_EQ(outcome.exit_code, 0);
    for (const char* word :
         {"--items", "--bids", "--bidders", "--rules", "--draw-key", "--round", "adv_no",
          "certificate_id", "face", "bid_id", "seq", "bidder_ref", "budget", "weight",
          "adv_no,certificate_id,outcome,bidder,member,rate", "blocked_bids_set_price",
          "first_received", "rate_floor", "file:line: message"})
        EXPECT_NE(outcome.output.find(word), std::string::npos) << word;
}

} // namespace
} // namespace strikeoff
