#include "backup_manifest.hpp"
#include "support/run_command.hpp"
#include "support/server/live_server.hpp"
#include "support/server/served_process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sys/stat.h>

namespace strikeoff::testing {
namespace {

namespace fs = std::filesystem;
using testing_support::CommandOutcome;
using testing_support::read_file;
using testing_support::run_strikeoff;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

std::string live(const char* name) {
    return LiveServer::instance().directory() / name;
}

CommandOutcome back_up(const std::string& directory, std::vector<std::string> flags = {}) {
    flags.insert(flags.begin(),
                 {"backup", directory, "--data", live("data"), "--keys", live("keys")});
    return run_strikeoff(flags);
}

CommandOutcome restore(const std::string& backup, const std::string& data,
                       const std::string& keys) {
    return run_strikeoff({"restore", backup, "--data", data, "--keys", keys});
}

/// A sale that is closed and another one under way, made once.
struct Sales {
    TestSale closed{{.batches = 2, .items_a_batch = 4}};
    TestSale running{{.items_a_batch = 2, .first_end = 24h}};
    std::vector<TestUser> bidders;

    Sales() {
        for (int i = 0; i < 3; ++i)
            bidders.push_back(closed.add_bidder());
        closed.wait_until_open();
        for (int lot = 0; lot < 4; ++lot)
            for (const TestUser& bidder : bidders)
                closed.bid(bidder, lot, "0.25", lot % 2);
        closed.close_all();
    }
    static Sales& instance() {
        static Sales sales;
        return sales;
    }
};

std::vector<std::string> published_paths() {
    std::vector<std::string> paths;
    for (const std::string& batch : Sales::instance().closed.batches)
        for (const char* kind : {".json", ".leaves"})
            paths.push_back("/transcripts/transcript-" + batch + kind);
    return paths;
}

TEST(EmbeddedClusterBackup, made_while_serving_restores_to_a_service_that_proves_its_sales) {
    LiveServer& server = LiveServer::instance();
    Sales& sales = Sales::instance();
    const OpenDirectory directory;
    const TestUser busy = sales.running.add_bidder();
    sales.running.wait_until_open();
    std::atomic<bool> done = false;
    std::atomic<int> bids = 0;
    std::thread traffic{[&] {
        for (int i = 0; !done; ++i) {
            bids += sales.running.bid(busy, 0, i % 2 == 0 ? "5.00" : "6.00").status == 200 ? 1 : 0;
            std::this_thread::sleep_for(20ms); // As fast as one bidder may.
        }
    }};
    const CommandOutcome made = back_up(directory.path("backup"));
    done = true;
    traffic.join();
    ASSERT_EQ(made.exit_code, 0) << made.errors;
    EXPECT_GT(bids, 0) << "the service did not serve meanwhile";
    EXPECT_THAT(made.output, HasSubstr("The keys are not in it"));
    EXPECT_FALSE(fs::exists(directory.path("backup/keys")));

    const CommandOutcome put =
        restore(directory.path("backup"), directory.path("data"), directory.path("keys"));
    ASSERT_EQ(put.exit_code, 0) << put.errors;
    EXPECT_THAT(put.errors, HasSubstr("holds no keys"));
    fs::copy(live("keys"), directory.path("keys"));
    ServedProcess copy{{.data = directory.path("data"),
                        .keys = directory.path("keys"),
                        .log = directory.path("log"),
                        .flags = {"--admin-port", "0"}}};
    copy.wait_until_it_listens();
    for (const std::string& path : published_paths()) {
        const std::string published = server.call("GET", path).body;
        ASSERT_GT(published.size(), 200U);
        EXPECT_EQ(copy.fetch(path), published) << path;
        directory.write(path.substr(path.rfind('/') + 1), copy.fetch(path));
    }
    for (const std::string& batch : sales.closed.batches) {
        const CommandOutcome verified =
            run_strikeoff({"verify", directory.path("transcript-" + batch + ".json"), "--key",
                           to_hex(server.app().keys.signing().public_key())});
        EXPECT_EQ(verified.exit_code, 0) << verified.output << verified.errors;
    }

    const CommandOutcome status =
        run_strikeoff({"status", "--json", "--admin-port", std::to_string(copy.admin_port()),
                       "--data", directory.path("data")});
    EXPECT_EQ(status.exit_code, 1) << status.output << status.errors;
    const boost::json::value told = boost::json::parse(status.output);
    EXPECT_EQ(told.at("service").at("version"), STRIKEOFF_VERSION);
    EXPECT_GE(told.at("database").at("sales").as_array().size(), 2U);
    EXPECT_THAT(boost::json::serialize(told.at("alarms")), HasSubstr("\"kind\":\"backup_old\""))
        << "this place has no backup";
    EXPECT_EQ(copy.stop(), 0);
}

TEST(EmbeddedClusterBackup, holds_the_keys_only_when_asked_and_warns) {
    const OpenDirectory directory;
    const CommandOutcome made = back_up(directory.path("backup"), {"--with-keys"});
    ASSERT_EQ(made.exit_code, 0) << made.errors;
    EXPECT_THAT(made.errors, HasSubstr("warning: this backup holds the keys"));
    ASSERT_EQ(
        restore(directory.path("backup"), directory.path("data"), directory.path("keys")).exit_code,
        0);
    for (const char* name : {"signing.key", "kek.key"}) {
        EXPECT_EQ(read_file(directory.path("keys/") + name), read_file(live("keys/") + name));
        struct stat status{};
        ASSERT_EQ(::stat((directory.path("keys/") + name).c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777, 0400U);
    }
    const CommandOutcome again =
        restore(directory.path("backup"), directory.path("other"), directory.path("keys"));
    EXPECT_EQ(again.exit_code, 2);
    EXPECT_THAT(again.errors, HasSubstr("name another directory with --keys"));
}

TEST(EmbeddedClusterBackup, is_refused_where_it_would_overwrite_or_has_nothing_to_copy) {
    const OpenDirectory directory;
    fs::create_directory(directory.path("full"));
    directory.write("full/precious", "kept");
    const CommandOutcome full = back_up(directory.path("full"));
    EXPECT_EQ(full.exit_code, 2);
    EXPECT_THAT(full.errors, HasSubstr("is not empty"));
    EXPECT_EQ(read_file(directory.path("full/precious")), "kept");

    fs::create_directory(directory.path("empty"));
    const CommandOutcome nothing =
        run_strikeoff({"backup", directory.path("out"), "--data", directory.path("empty")});
    EXPECT_EQ(nothing.exit_code, 2);
    EXPECT_THAT(nothing.errors, HasSubstr("holds no database"));
    EXPECT_FALSE(fs::exists(directory.path("empty/pg"))) << "none is made for it either";

    const CommandOutcome own = run_strikeoff(
        {"backup", directory.path("out"), "--database", "postgres://nobody@127.0.0.1:1/none"});
    EXPECT_EQ(own.exit_code, 2);
    EXPECT_THAT(own.errors, HasSubstr("your own"));
}

TEST(EmbeddedClusterBackup, that_is_damaged_or_of_others_is_not_restored) {
    const OpenDirectory directory;
    const std::string backup = directory.path("backup");
    ASSERT_EQ(back_up(backup).exit_code, 0);
    const std::string intact = read_file(backup + "/manifest.json");
    const auto refusal = [&] {
        const CommandOutcome outcome =
            restore(backup, directory.path("data"), directory.path("keys"));
        EXPECT_EQ(outcome.exit_code, 2) << outcome.output;
        EXPECT_FALSE(fs::exists(directory.path("data/pg")));
        return outcome.errors;
    };
    const auto rewrite = [&](const std::string& from, const std::string& to) {
        std::string text = intact;
        text.replace(text.find(from), from.size(), to);
        directory.write("backup/manifest.json", text);
    };

    const std::string victim = backup + "/pg/global/pg_control";
    std::fstream file{victim, std::ios::in | std::ios::out | std::ios::binary};
    file.seekg(100);
    const int byte = file.get();
    file.seekp(100);
    file.put(static_cast<char>(byte ^ 1));
    file.close();
    EXPECT_THAT(refusal(), HasSubstr("pg/global/pg_control has changed"));
    fs::resize_file(victim, fs::file_size(victim) - 1);
    EXPECT_THAT(refusal(), HasSubstr("pg/global/pg_control has "));
    fs::remove(victim);
    EXPECT_THAT(refusal(), HasSubstr("pg/global/pg_control is missing"));

    rewrite("\"postgres_major\":\"15\"", "\"postgres_major\":\"14\"");
    EXPECT_THAT(refusal(), HasSubstr("the backup is of PostgreSQL 14"));
    rewrite("\"schema_version\":", "\"schema_version\":9");
    EXPECT_THAT(refusal(), HasSubstr("use the newer program"));
    rewrite("pg/PG_VERSION", "pg/../../away");
    EXPECT_THAT(refusal(), HasSubstr("damaged"));
    rewrite("strikeoff-backup/1", "strikeoff-backup/2");
    EXPECT_THAT(refusal(), HasSubstr("another version"));
    fs::remove(backup + "/manifest.json");
    EXPECT_THAT(refusal(), HasSubstr("holds no backup"));
}

TEST(EmbeddedClusterBackup, with_a_foreign_file_or_over_data_is_not_restored) {
    const OpenDirectory directory;
    const std::string backup = directory.path("backup");
    ASSERT_EQ(back_up(backup).exit_code, 0);
    fs::create_directory(directory.path("data"));
    directory.write("data/something", "of somebody");
    const CommandOutcome over = restore(backup, directory.path("data"), directory.path("keys"));
    EXPECT_EQ(over.exit_code, 2);
    EXPECT_THAT(over.errors, HasSubstr("is not empty"));
    EXPECT_EQ(read_file(directory.path("data/something")), "of somebody");

    directory.write("backup/pg/postgresql.auto.conf.d", "");
    const CommandOutcome foreign = restore(backup, directory.path("other"), directory.path("keys"));
    EXPECT_EQ(foreign.exit_code, 2);
    EXPECT_THAT(foreign.errors, HasSubstr("is not of this backup"));
}

/// The shell commands of docs/OPERATIONS.md that stand under a mark.
std::string commands_of_the_manual(const std::string& mark) {
    const std::string manual = read_file(STRIKEOFF_SOURCE "/docs/OPERATIONS.md");
    const std::size_t at = manual.find("<!-- tested: " + mark + " -->");
    const std::size_t begin = manual.find("```sh\n", at) + 6;
    const std::size_t end = manual.find("```", begin);
    if (at == std::string::npos || end == std::string::npos)
        throw std::runtime_error("the manual has no commands for " + mark);
    return manual.substr(begin, end - begin);
}

TEST(EmbeddedClusterBackup, and_the_manuals_way_to_a_new_postgresql_keep_every_published_byte) {
    LiveServer& server = LiveServer::instance();
    Sales::instance();
    const OpenDirectory directory;
    ASSERT_EQ(back_up(directory.path("backup")).exit_code, 0);
    ASSERT_EQ(restore(directory.path("backup"), directory.path("old"), live("keys")).exit_code, 0);
    fs::create_directory(directory.path("dump"));
    fs::permissions(directory.path("dump"), fs::perms{0777});
    const std::string bin = db::find_cluster_place({.data = live("data")}).postgres_bin;
    const std::string script = directory.write(
        "move.sh",
        fmt::format("OLD={0}/old NEW={0}/new DUMP={0}/dump OLD_BIN={1} NEW_BIN={1}\n"
                    "PATH={2}:$PATH\ncd /\n{3}",
                    directory.path(""), bin, fs::path{STRIKEOFF_BINARY}.parent_path().string(),
                    commands_of_the_manual("move-database")));
    const db::ProcessResult moved = db::run_process({"/bin/sh", script}, db::current_os_user());
    ASSERT_EQ(moved.exit_code, 0) << moved.output;

    const ServedProcess copy{
        {.data = directory.path("new"), .keys = live("keys"), .log = directory.path("log")}};
    copy.wait_until_it_listens();
    for (const std::string& path : published_paths())
        EXPECT_EQ(copy.fetch(path), server.call("GET", path).body) << path;
    // What nobody publishes has travelled as well.
    const auto figures = [](db::Connection connection) {
        const db::PgResult rows = connection.execute(
            "SELECT (SELECT count(*) FROM bid_blocks) || ' ' || (SELECT count(*) FROM "
            "batch_secrets) || ' ' || (SELECT sum(amount) FROM ledger_entries WHERE amount > 0) || "
            "' ' || (SELECT count(*) FROM audit_logs) || ' ' || (SELECT count(*) FROM "
            "pg_policies)");
        return std::string(PQgetvalue(rows.get(), 0, 0));
    };
    EXPECT_EQ(figures(db::Connection{
                  db::cluster_conninfo(directory.path("new"), "strikeoff_owner", "strikeoff")}),
              figures(server.connect()));
}

TEST(EmbeddedClusterBackup, is_noted_and_quiets_the_alarm) {
    const OpenDirectory directory;
    Sales::instance();
    ASSERT_EQ(back_up(directory.path("backup")).exit_code, 0);
    LiveServer& server = LiveServer::instance();
    const boost::json::value status = server.ask_admin("/status").json();
    EXPECT_EQ(status.at("last_backup").at("directory").as_string(),
              std::string_view{directory.path("backup")});
    EXPECT_THAT(boost::json::serialize(status.at("alarms")), Not(HasSubstr("backup_old")));
    EXPECT_THAT(server.ask_admin("/metrics").body, HasSubstr("strikeoff_last_backup_seconds"));
}

} // namespace
} // namespace strikeoff::testing
