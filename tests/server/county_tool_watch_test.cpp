// `strikeoff seed --watch` beside a service that loses its database in the middle of the draw.
#include "client/api.hpp"
#include "client/seed_journal.hpp"
#include "core/transcript.hpp"
#include "support/server/beside.hpp"
#include "support/server/fault_proxy.hpp"
#include "support/server/live_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using Kind = Fate::Kind;

/// Lets everything through until a county's secret is stored: the answer to that COMMIT is lost,
/// and from then on every connection is cut until `recover`.
class LostSecret {
public:
    Fate operator()(std::string_view piece) {
        if (is_away_) return {Kind::cut};
        stores_ |= piece.contains("auctions.fill_secret");
        if (was_lost_ || !stores_ || !piece.contains("COMMIT")) return {};
        was_lost_ = true;
        is_away_ = true;
        return {Kind::answer_lost};
    }
    bool was_lost() const { return was_lost_; }
    void recover() { is_away_ = false; }

private:
    bool stores_ = false;
    std::atomic<bool> was_lost_ = false;
    std::atomic<bool> is_away_ = false;
};

int count(std::string_view text, std::string_view part) {
    int found = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

/// The signature of the receipt that the tool has kept for a batch; empty when it has none.
std::string kept_signature(const std::string& journal, const std::string& batch) {
    std::istringstream lines{journal};
    std::string signature;
    for (std::string line; std::getline(lines, line);) {
        const boost::json::value entry = boost::json::parse(line);
        if (entry.at("what").as_string() == "receipt" && entry.at("batch_id").as_string() == batch)
            signature = entry.at("signature").as_string();
    }
    return signature;
}

TEST(CountyToolWatching, waits_for_a_service_that_fails_and_reveals_each_secret_once) {
    LiveServer& server = LiveServer::instance();
    TestSale sale{{.batches = 2, .items_a_batch = 1, .commit = false}};
    LostSecret fate;
    const FaultProxy proxy{local_endpoint(database_socket()),
                           [&](std::string_view piece) { return fate(piece); }};
    const ServiceBeside service{database_url(proxy.port())};
    const testing_support::TemporaryDirectory directory;
    const std::string master = directory.path("master");
    Process tool{{STRIKEOFF_BINARY, "seed", "--server",
                  "http://127.0.0.1:" + std::to_string(service.port()), "--key", sale.staff.key,
                  "--auction", sale.auction, "--master", master, "--watch"},
                 directory.path("said")};
    ASSERT_TRUE(eventually([&] { return tool.log_text().contains("following the sale"); }))
        << tool.log_text();
    sale.wait_until_open();
    server.advance(1h);
    ASSERT_TRUE(eventually([&] { return fate.was_lost(); })) << tool.log_text();

    client::Api api{{"127.0.0.1", std::to_string(service.port())}, ""};
    EXPECT_EQ(api.exchange({.target = "/api/v1/auctions/" + sale.auction}).status, 503);
    ASSERT_TRUE(eventually([&] { return tool.log_text().contains("; trying again"); }))
        << tool.log_text();
    EXPECT_EQ(count(testing_support::read_file(master + ".journal"), "\"receipt\""), 0);
    fate.recover();

    EXPECT_EQ(tool.wait(60s), 0) << tool.log_text();
    const std::string said = tool.log_text();
    EXPECT_EQ(count(said, "the server answers again"), 1) << said;
    EXPECT_EQ(count(said, "released the secret of batch 1 "), 1) << said;
    EXPECT_EQ(count(said, "released the secret of batch 2 "), 1) << said;
    EXPECT_THAT(said, HasSubstr("the sale is over; every secret due was released"));
    const std::string journal = testing_support::read_file(master + ".journal");
    EXPECT_EQ(count(journal, "\"receipt\""), 2) << journal;
    EXPECT_EQ(count(journal, "\"close\""), 2) << journal;
    for (const std::string& batch : sale.batches) {
        const Transcript published =
            read_transcript(server.call("GET", "/transcripts/transcript-" + batch + ".json").body)
                .value();
        ASSERT_TRUE(published.county_secret.has_value());
        EXPECT_EQ(published.county_secret->secret,
                  county_secret(client::load_master(master).value(), BatchId{*parse_uuid(batch)}));
        // The very reveal whose answer was lost: a second one would have a time of its own.
        EXPECT_EQ(to_hex(published.county_secret->signature), kept_signature(journal, batch));
    }
}

} // namespace
} // namespace strikeoff::testing
