#include "core/folding.hpp"
#include "core/transcript.hpp"
#include "support/run_command.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <algorithm>

namespace strikeoff {
namespace {

using namespace testing_support;

const std::string data = STRIKEOFF_TEST_DATA "/draw-kat";
const std::string transcript = data + "/transcript-01a0c459-9d3b-7fe6-aaad-a4d044eab9bc.json";
const std::string leaves = data + "/transcript-01a0c459-9d3b-7fe6-aaad-a4d044eab9bc.leaves";
const std::string receipts = data + "/receipts.json";
constexpr const char* key = "d9acb3486dcdd3c5f036c32889adeceeba835b0f1afd6f6a3dbba44d8ad4f9fb";

CommandOutcome verify(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "verify");
    return run_strikeoff(arguments);
}

/// A published batch of which one file may differ.
CommandOutcome verify_copy(std::string_view transcript_text, std::string_view leaves_text) {
    const TemporaryDirectory directory;
    directory.write("batch.leaves", leaves_text);
    return verify({directory.write("batch.json", transcript_text)});
}

std::vector<LiveBid> live_bids(const Transcript& sale, std::string_view file) {
    Folding folding{0};
    for (; !file.empty(); file.remove_prefix(leaf_size)) {
        const Leaf leaf = decode_leaf(as_bytes(file).first<leaf_size>()).value();
        const auto lot = std::ranges::find(sale.lots, leaf.certificate, &BookLot::certificate);
        const auto bidder = std::ranges::find(sale.bidders, leaf.bidder_ref, &BookBidder::ref);
        folding.apply(static_cast<std::uint32_t>(bidder - sale.bidders.begin()),
                      static_cast<std::uint32_t>(lot - sale.lots.begin()), leaf.bid, leaf.kind,
                      leaf.rate);
    }
    return folding.live_bids();
}

TEST(VerifyCommand, says_ok_with_the_counts) {
    const CommandOutcome outcome = verify({transcript});
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_EQ(outcome.output, "ok n=13 items=5\n");
    EXPECT_EQ(outcome.errors, "");
    EXPECT_EQ(verify({transcript, "--key", key}).output, "ok n=13 items=5\n");
    EXPECT_EQ(verify_copy(read_file(transcript), read_file(leaves)).output, "ok n=13 items=5\n");
}

TEST(VerifyCommand, holds_receipts_against_the_batch) {
    EXPECT_EQ(verify({transcript, "--receipts", receipts, "--partial"}).output,
              "ok n=13 items=5\n");
    const CommandOutcome outcome = verify({transcript, "--receipts", receipts});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_EQ(outcome.output, "failed: leaf 3: it is of bidder 5a2deb9e6715d5e91a7c3b74c1e734d8, "
                              "whose receipts do not have it\n");

    const TemporaryDirectory directory;
    std::string text = read_file(receipts);
    text.replace(text.find("\"b810"), 5, "\"b811");
    const CommandOutcome forged =
        verify({transcript, "--partial", "--receipts", directory.write("receipts.json", text)});
    EXPECT_EQ(forged.exit_code, 1);
    EXPECT_EQ(forged.output, "failed: receipt 1: its signature is not the operator's over its "
                             "path, leaf and opening\n");
}

TEST(VerifyCommand, finds_a_changed_byte_in_either_file) {
    const std::string good = read_file(transcript);
    const std::string good_leaves = read_file(leaves);
    for (std::size_t i = 0; i < good.size(); i += 197) {
        std::string text = good;
        text[i] = static_cast<char>(text[i] ^ 1);
        const CommandOutcome outcome = verify_copy(text, good_leaves);
        EXPECT_EQ(outcome.exit_code, 1) << i;
        EXPECT_TRUE(outcome.output.starts_with("failed: ")) << outcome.output;
    }
    for (std::size_t i = 0; i < good_leaves.size(); i += 59) {
        std::string text = good_leaves;
        text[i] = static_cast<char>(text[i] ^ 0x80);
        const CommandOutcome outcome = verify_copy(good, text);
        EXPECT_EQ(outcome.exit_code, 1) << i;
        EXPECT_TRUE(outcome.output.starts_with("failed: lea")) << outcome.output;
    }
    EXPECT_EQ(verify_copy("", good_leaves).exit_code, 1);
    EXPECT_EQ(verify_copy(good, "").exit_code, 1);
}

TEST(VerifyCommand, refuses_another_key) {
    std::string other = key;
    other[0] = 'e';
    const CommandOutcome outcome = verify({transcript, "--key", other});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_EQ(outcome.output, "failed: file signature: the transcript names the key " +
                                  std::string{key} + ", the one given is " + other + "\n");
}

TEST(VerifyCommand, warns_when_no_county_took_part) {
    const auto file = boost::json::parse(read_file(STRIKEOFF_TEST_DATA "/draw-kat.json"));
    const SigningKey signing_key{
        from_hex_fixed<32>(file.at("secret_key_seed").as_string()).value()};
    Transcript sale = read_transcript(read_file(transcript)).value();
    sale.county_secret.reset();
    // Another key of the draws: what the county's secret decided can no longer be right.
    const CommandOutcome wrong =
        verify_copy(write_transcript(sale, signing_key), read_file(leaves));
    EXPECT_EQ(wrong.exit_code, 1);
    EXPECT_TRUE(wrong.output.starts_with("failed: result of advertised number ")) << wrong.output;

    sale.results =
        award_batch(sale.rules, sale.lots, std::vector<std::uint32_t>(sale.lots.size()),
                    sale.bidders, live_bids(sale, read_file(leaves)), transcript_draw_key(sale));
    const CommandOutcome outcome =
        verify_copy(write_transcript(sale, signing_key), read_file(leaves));
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_EQ(outcome.output, "ok n=13 items=5\nwarning: no secret of the county took part: the "
                              "operator could choose this draw\n");
}

TEST(VerifyCommand, prints_json_when_asked) {
    EXPECT_EQ(verify({transcript, "--json"}).output,
              "{\"county_took_part\":true,\"items\":5,\"n\":13,\"ok\":true}\n");
    const CommandOutcome outcome = verify({transcript, "--json", "--receipts", receipts});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_EQ(boost::json::parse(outcome.output).at("reason"), "verify.receipts");
}

TEST(VerifyCommand, bad_usage_and_unreadable_files_are_no_verdict) {
    const auto refused = [](const std::vector<std::string>& arguments, const char* message) {
        const CommandOutcome outcome = verify(arguments);
        EXPECT_EQ(outcome.exit_code, 2) << message;
        EXPECT_EQ(outcome.output, "") << message;
        EXPECT_NE(outcome.errors.find(message), std::string::npos) << outcome.errors;
    };
    const TemporaryDirectory directory;
    const std::string alone = directory.write("alone.json", read_file(transcript));
    refused({}, "transcript is required");
    refused({"nowhere.json"}, "nowhere.json:1: cannot be read: No such file");
    refused({alone}, "alone.leaves:1: cannot be read: No such file");
    refused({transcript, "--receipts", "nowhere.json"}, "nowhere.json:1: cannot be read");
    refused({transcript, "--partial"}, "--partial requires --receipts");
    refused({transcript, "--key", "d9ac"}, "--key: must be 64 hexadecimal digits");
    refused({transcript, "--key", ""}, "--key: must be 64 hexadecimal digits");
    refused({transcript, "--frobnicate"}, "--frobnicate");
    EXPECT_EQ(verify({"--help"}).exit_code, 0);
}

} // namespace
} // namespace strikeoff
