#include "client/county_tool.hpp"
#include "core/transcript.hpp"
#include "support/server/live_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// A sale for which only the tool under test commits.
class CountyTools : public ::testing::Test {
protected:
    CountyTools()
        : directory_{LiveServer::instance().directory() /
                     ("tool-" + sale_.auction.substr(sale_.auction.size() - 12))} {
        std::filesystem::create_directory(directory_);
    }

    /// A tool as a fresh process has it, with the master and journal of this name.
    struct Tool {
        client::Api api;
        client::SeedJournal journal;
        std::vector<std::string> said;
        client::CountyTool tool;

        Tool(const CountyTools& test, const std::string& master, std::optional<PublicKey> key)
            : api{{"127.0.0.1", std::to_string(LiveServer::instance().app().port())},
                  test.sale_.staff.key},
              journal{client::SeedJournal::open(test.directory_ / (master + ".journal")).value()},
              tool{
                  api,
                  client::load_master(test.directory_ / master).value(),
                  journal,
                  {.auction = AuctionId{parse_uuid(test.sale_.auction).value()}, .server_key = key},
                  [this](const std::string& line) { said.push_back(line); }} {}
    };
    std::unique_ptr<Tool> start(const std::string& master = "master",
                                std::optional<PublicKey> key = std::nullopt) {
        return std::make_unique<Tool>(*this, master, key);
    }

    void pass_the_end() {
        sale_.wait_until_open();
        LiveServer::instance().advance(1h);
    }
    /// Follows until the sale is over or half a minute has passed.
    static bool follow_to_the_end(client::CountyTool& tool) {
        return eventually([&] { return tool.follow().value(); });
    }
    std::optional<CountySecret> published_secret(int batch) const {
        const Reply reply = LiveServer::instance().call(
            "GET", "/transcripts/transcript-" + sale_.batches.at(static_cast<std::size_t>(batch)) +
                       ".json");
        return read_transcript(reply.body).value().county_secret;
    }

    TestSale sale_{{.batches = 2, .items_a_batch = 2, .commit = false}};
    std::filesystem::path directory_;
};

TEST_F(CountyTools, commit_release_and_end_with_the_sale) {
    const auto tool = start("master", LiveServer::instance().app().keys.signing().public_key());
    ASSERT_TRUE(tool->tool.check_key());
    ASSERT_TRUE(tool->tool.commit());
    ASSERT_EQ(tool->said.size(), 2U);
    EXPECT_THAT(tool->said[0], HasSubstr("committed for batch 1"));
    pass_the_end();
    EXPECT_TRUE(follow_to_the_end(tool->tool));
    EXPECT_FALSE(tool->tool.found_fault());
    const Hash master = client::load_master(directory_ / "master").value();
    for (int batch = 0; batch < 2; ++batch) {
        const BatchId id{parse_uuid(sale_.batches[static_cast<std::size_t>(batch)]).value()};
        ASSERT_TRUE(published_secret(batch).has_value());
        EXPECT_EQ(published_secret(batch)->secret, county_secret(master, id));
        EXPECT_TRUE(tool->journal.has_receipt(id));
    }
}

TEST_F(CountyTools, a_later_run_goes_on_where_the_first_one_ended) {
    {
        const auto first = start();
        ASSERT_TRUE(first->tool.check_key());
        ASSERT_TRUE(first->tool.commit());
    }
    pass_the_end();
    const auto second = start();
    ASSERT_TRUE(second->tool.check_key());
    ASSERT_TRUE(second->tool.commit());
    EXPECT_TRUE(second->said.empty());
    EXPECT_TRUE(follow_to_the_end(second->tool));
    EXPECT_FALSE(second->tool.found_fault());
    EXPECT_TRUE(published_secret(0).has_value());
}

TEST_F(CountyTools, nothing_is_released_against_a_second_close_record) {
    const auto tool = start();
    ASSERT_TRUE(tool->tool.check_key());
    ASSERT_TRUE(tool->tool.commit());
    const BatchId first{parse_uuid(sale_.batches[0]).value()};
    // As if the server had shown another record of the first batch before.
    ASSERT_TRUE(tool->journal.note_close(first, Hash{1}, Signature{}));
    pass_the_end();
    ASSERT_TRUE(eventually([&] {
        EXPECT_FALSE(tool->tool.follow().value());
        return tool->tool.found_fault();
    }));
    EXPECT_THAT(tool->said.back(), HasSubstr("batch 1: its secret is withheld"));
    EXPECT_FALSE(tool->journal.has_receipt(first));
    // After reveal_minutes the draw goes without it, and the other batch is right.
    LiveServer::instance().advance(11min);
    EXPECT_TRUE(follow_to_the_end(tool->tool));
    EXPECT_EQ(published_secret(0).value_or(CountySecret{}).secret, no_hash);
    EXPECT_NE(published_secret(1).value().secret, no_hash);
}

TEST_F(CountyTools, another_masters_commitment_is_not_ours_to_reveal) {
    {
        const auto other = start("other");
        ASSERT_TRUE(other->tool.check_key());
        ASSERT_TRUE(other->tool.commit());
    }
    const auto tool = start();
    ASSERT_TRUE(tool->tool.check_key());
    ASSERT_TRUE(tool->tool.commit());
    EXPECT_TRUE(tool->said.empty());
    pass_the_end();
    ASSERT_TRUE(eventually([&] {
        EXPECT_FALSE(tool->tool.follow().value());
        return tool->tool.found_fault();
    }));
    EXPECT_THAT(tool->said.back(), HasSubstr("another commitment than ours"));
    const auto other = start("other");
    ASSERT_TRUE(other->tool.check_key());
    EXPECT_TRUE(follow_to_the_end(other->tool));
    EXPECT_FALSE(other->tool.found_fault());
}

TEST_F(CountyTools, a_server_with_another_key_is_refused) {
    const auto tool = start("master", PublicKey{7});
    EXPECT_EQ(tool->tool.check_key().error().reason, "key.changed");
    ASSERT_TRUE(tool->journal.pin_key(PublicKey{8}));
    const auto checked = start("fresh");
    ASSERT_TRUE(checked->journal.pin_key(PublicKey{8}));
    EXPECT_EQ(checked->tool.check_key().error().reason, "key.changed");
}

TEST_F(CountyTools, without_staffs_key_nothing_is_committed) {
    client::Api stranger{{"127.0.0.1", std::to_string(LiveServer::instance().app().port())},
                         sale_.add_bidder().key};
    auto journal = client::SeedJournal::open(directory_ / "stranger.journal").value();
    client::CountyTool tool{stranger,
                            Hash{1},
                            journal,
                            {.auction = AuctionId{parse_uuid(sale_.auction).value()}},
                            [](const std::string&) {}};
    ASSERT_TRUE(tool.check_key());
    EXPECT_EQ(tool.commit().error().code, ErrorCode::not_found);
}

} // namespace
} // namespace strikeoff::testing
