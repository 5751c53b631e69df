#include "support/run_command.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace strikeoff {
namespace {

using namespace testing_support;

constexpr const char* draw_key = "46b4406491c1992da5f370b94b6cb36efbf10617912f9eb9355d32f2eb0a8116";

/// A sale that is accepted: what a row of the table puts in the place of one piece of it is wrong.
const std::map<std::string, std::string> accepted{
    {"items", "adv_no,certificate_id,face\n"
              "1,00000000-0000-4000-8000-000000000001,100.00\n"
              "2,00000000-0000-4000-8000-000000000002,200.00\n"},
    {"bids",
     "bid_id,certificate_id,bidder,rate,seq\n"
     "00000000-0000-4000-8000-0000000000b1,00000000-0000-4000-8000-000000000001,A,5.00,1\n"
     "00000000-0000-4000-8000-0000000000b2,00000000-0000-4000-8000-000000000001,B,8.00,2\n"
     "00000000-0000-4000-8000-0000000000b3,00000000-0000-4000-8000-000000000002,A,0.25,3\n"},
    {"bidders", "bidder,bidder_ref,budget,weight\n"
                "A,000000000000000000000000000000aa,1000.00,1\n"
                "B,000000000000000000000000000000bb,1000.00,4\n"},
    {"rules", "{\n  \"format\": \"proxy\",\n  \"zero_bids\": \"allowed\"\n}\n"},
};

struct Refusal {
    const char* file;
    const char* from; ///< The first occurrence in the file ...
    const char* to;   ///< ... becomes this.
    int line;
    const char* message;
};

constexpr const char* off_grid = " is not 18.00 less a multiple of 0.25, down to 0.25, nor 0.00";

const Refusal refusals[] = {
    {"bids", "0001,A", "0009,A", 2, "unknown certificate 00000000-0000-4000-8000-000000000009"},
    {"bids", ",B,", ",C,", 3, "unknown bidder 'C'"},
    {"bids", ",B,", ",b,", 3, "unknown bidder 'b'"},
    {"bids", ",B,", ",A,", 3,
     "bidder 'A' already bids on 00000000-0000-4000-8000-000000000001 on "
     "line 2"},
    {"bids", "8.00", "4.80", 3, "rate 4.80 is not 18.00 less"},
    {"bids", "8.00", "18.25", 3, "rate 18.25 is not 18.00 less"},
    {"bids", "8.00", "0.10", 3, "rate 0.10 is not 18.00 less"},
    {"bids", "8.00", "-1", 3, "rate: '-1' is not a percentage"},
    {"bids", "8.00", "8.001", 3, "rate: '8.001' is not a percentage"},
    {"bids", "8.00", "8%", 3, "rate: '8%' is not a percentage"},
    {"bids", "8.00", "", 3, "rate: '' is not a percentage"},
    {"bids", "8.00,2", "8.00,two", 3, "seq 'two' is not a number"},
    {"bids", "8.00,2", "8.00,-2", 3, "seq '-2' is not a number"},
    {"bids", "0000b2", "0000bx", 3, "bid_id '00000000-0000-4000-8000-0000000000bx' is not a UUID"},
    {"bids", "0002,A", "002,A", 4,
     "certificate_id '00000000-0000-4000-8000-00000000002' is not a "
     "UUID"},
    {"bids", "8.00,2", "8.00", 3, "expected 5 fields, found 4"},
    {"bids", "8.00,2", "8.00,2,", 3, "expected 5 fields, found 6"},
    {"bids", ",B,", ",\"B,", 3, "unterminated quote"},
    {"bids", ",B,", ",\"B\"x,", 3, "text after a closing quote"},
    {"bids", "bid_id,", "", 1, "no column 'bid_id'"},
    {"items", "2,0000", "1,0000", 3, "adv_no 1 occurs twice"},
    {"items", "2,0000", "-2,0000", 3, "adv_no '-2' is not a number"},
    {"items", "2,0000", "2.0,0000", 3, "adv_no '2.0' is not a number"},
    {"items", "2,0000", "4294967296,0000", 3, "adv_no '4294967296' is not a number"},
    {"items", "0002,", "0001,", 3,
     "certificate_id 00000000-0000-4000-8000-000000000001 occurs twice"},
    {"items", "0002,", "000g,", 3, "certificate_id '00000000-0000-4000-8000-00000000000g' is not"},
    {"items", "200.00", "0.00", 3, "face 0.00 is not above 0.00"},
    {"items", "200.00", "-1.00", 3, "face -1.00 is not above 0.00"},
    {"items", "200.00", "$200", 3, "face: '$200' is not an amount"},
    {"items", "200.00", "\"1,200.00\"", 3, "face: '1,200.00' is not an amount"},
    {"items", "face", "face,face", 1, "two columns 'face'"},
    {"items", "face", "Face", 1, "no column 'face'"},
    {"bidders", "B,", "A,", 3, "bidder 'A' occurs twice"},
    {"bidders", "B,", ",", 3, "bidder '' is not a text without commas"},
    {"bidders", "B,", "\"B,C\",", 3, "bidder 'B,C' is not a text without commas"},
    {"bidders", "bb,", "AA,", 3, "bidder_ref 000000000000000000000000000000AA occurs twice"},
    {"bidders", "bb,", "b,", 3,
     "bidder_ref '000000000000000000000000000000b' is not 32 hexadecimal digits"},
    {"bidders", "bb,", "bg,", 3,
     "bidder_ref '000000000000000000000000000000bg' is not 32 hexadecimal digits"},
    {"bidders", "1000.00,4", "1e3,4", 3, "budget: '1e3' is not an amount"},
    {"bidders", ",4", ",0", 3, "weight '0' is not a number above 0"},
    {"bidders", ",4", ",1.5", 3, "weight '1.5' is not a number above 0"},
    {"bidders", ",4", ",", 3, "weight '' is not a number above 0"},
    {"rules", "format", "Format", 2, "rules: Format: unknown key"},
    {"rules", "zero_bids", "zero", 3, "rules: zero: unknown key"},
    {"rules", "zero_bids", "format", 3, "a key is repeated"},
    {"rules", "\"proxy\"", "\"open\"", 2, "rules: format: must be \"proxy\" or \"sealed\""},
    {"rules", "\"allowed\"", "\"allowed\",", 4, "syntax error"},
    {"rules", "\"format\": \"proxy\"", "\"rate_step\": \"0\"", 2,
     "rules: rate_step: must be above 0.00"},
    {"rules", "{\n", "[\n", 2, "syntax error"},
};

CommandOutcome clear(const TemporaryDirectory& directory,
                     const std::map<std::string, std::string>& files) {
    std::vector<std::string> words{"clear", "--draw-key", draw_key};
    for (const auto& [name, text] : files) {
        words.push_back("--" + name);
        words.push_back(directory.write(name, text));
    }
    return run_strikeoff(words);
}

void expect_refusal(const CommandOutcome& outcome, const std::string& message) {
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_EQ(outcome.output, "");
    EXPECT_EQ(outcome.errors.substr(0, message.size()), message);
    EXPECT_EQ(std::ranges::count(outcome.errors, '\n'), 1) << outcome.errors;
}

TEST(ClearRefusals, the_sale_of_the_table_is_accepted) {
    const TemporaryDirectory directory;
    const CommandOutcome outcome = clear(directory, accepted);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.errors;
}

TEST(ClearRefusals, name_the_file_the_line_and_what_is_wrong) {
    const TemporaryDirectory directory;
    for (const Refusal& refusal : refusals) {
        SCOPED_TRACE(std::string{refusal.file} + ": " + refusal.message);
        auto files = accepted;
        std::string& text = files.at(refusal.file);
        const std::string from = refusal.from;
        const std::size_t found = text.find(from);
        ASSERT_NE(found, std::string::npos);
        text.replace(found, from.size(), refusal.to);
        expect_refusal(clear(directory, files), directory.path(refusal.file) + ":" +
                                                    std::to_string(refusal.line) + ": " +
                                                    refusal.message);
    }
}

TEST(ClearRefusals, a_rate_off_the_grid_is_told_the_grid) {
    const TemporaryDirectory directory;
    auto files = accepted;
    files["bids"].replace(files["bids"].find("5.00"), 4, "5.10");
    expect_refusal(clear(directory, files), directory.path("bids") + ":2: rate 5.10" + off_grid);
}

TEST(ClearRefusals, zero_is_no_rate_where_zero_bids_are_refused) {
    const TemporaryDirectory directory;
    auto files = accepted;
    files["bids"].replace(files["bids"].find("5.00"), 4, "0.00");
    EXPECT_EQ(clear(directory, files).exit_code, 0);
    files["rules"] = R"({"zero_bids": "refused"})";
    expect_refusal(clear(directory, files),
                   directory.path("bids") +
                       ":2: rate 0.00 is not 18.00 less a multiple of 0.25, down to 0.25\n");
}

TEST(ClearRefusals, lines_are_those_of_an_editor) {
    const TemporaryDirectory directory;
    auto files = accepted;
    files["items"] = "adv_no,certificate_id,face,note\r\n"
                     "1,00000000-0000-4000-8000-000000000001,100.00,\"a\r\nb\r\nc\"\r\n"
                     "\r\n"
                     "2,00000000-0000-4000-8000-000000000002,0,\"d\r\ne\"\r\n";
    expect_refusal(clear(directory, files), directory.path("items") + ":6: face 0 is not above");
}

TEST(ClearRefusals, a_second_bid_is_found_wherever_it_stands) {
    const TemporaryDirectory directory;
    auto files = accepted;
    files["bids"] +=
        "00000000-0000-4000-8000-0000000000b4,00000000-0000-4000-8000-000000000002,B,0.25,4\n"
        "00000000-0000-4000-8000-0000000000b5,00000000-0000-4000-8000-000000000002,A,0.25,5\n"
        "00000000-0000-4000-8000-0000000000b6,00000000-0000-4000-8000-000000000001,A,5.00,6\n";
    expect_refusal(clear(directory, files), directory.path("bids") +
                                                ":6: bidder 'A' already bids on "
                                                "00000000-0000-4000-8000-000000000002 on line 4\n");
}

TEST(ClearRefusals, what_cannot_be_read_is_named) {
    const TemporaryDirectory directory;
    for (const char* name : {"items", "bids", "bidders"}) {
        auto files = accepted;
        files[name] = "";
        expect_refusal(clear(directory, files), directory.path(name) + ":1: the file is empty");
    }
    const CommandOutcome outcome =
        run_strikeoff({"clear", "--draw-key", draw_key, "--items", directory.path("none"), "--bids",
                       directory.path("bids"), "--bidders", directory.path("bidders")});
    expect_refusal(outcome, directory.path("none") + ":1: cannot be read: No such file");
}

TEST(ClearRefusals, control_codes_of_a_file_do_not_reach_the_terminal) {
    const TemporaryDirectory directory;
    auto files = accepted;
    files["bids"].replace(files["bids"].find(",B,"), 3, ",\"\x1b[2J\n\",");
    expect_refusal(clear(directory, files), directory.path("bids") + ":3: unknown bidder '?[2J?'");
}

TEST(ClearRefusals, the_command_line_must_be_whole) {
    const TemporaryDirectory directory;
    std::vector<std::string> words{"clear"};
    for (const auto& [name, text] : accepted)
        words.insert(words.end(), {"--" + name, directory.write(name, text)});
    EXPECT_EQ(run_strikeoff(words).exit_code, 2) << "no draw key";
    for (const std::string& key :
         {std::string{}, std::string{"46b4"}, std::string(63, '0'), std::string(64, 'g')}) {
        auto with_key = words;
        with_key.insert(with_key.end(), {"--draw-key", key});
        const CommandOutcome outcome = run_strikeoff(with_key);
        EXPECT_EQ(outcome.exit_code, 2) << key;
        EXPECT_NE(outcome.errors.find("--draw-key"), std::string::npos) << outcome.errors;
    }
    for (const char* round : {"-1", "x", "4294967296"}) {
        auto with_round = words;
        with_round.insert(with_round.end(), {"--draw-key", draw_key, "--round", round});
        EXPECT_EQ(run_strikeoff(with_round).exit_code, 2) << round;
    }
    EXPECT_EQ(run_strikeoff({"clear", "--unknown"}).exit_code, 2);
}

} // namespace
} // namespace strikeoff
