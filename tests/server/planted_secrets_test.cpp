// Two hundred secrets are given to a service; none of them is found in what it and its database
// keep.
#include "support/server/planted_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <sys/prctl.h>

namespace strikeoff::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Names of the files in a directory that look like the memory of a dead process.
std::vector<std::string> core_files(const fs::path& directory) {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(directory))
        if (entry.path().filename().string().starts_with("core")) found.push_back(entry.path());
    return found;
}

TEST(PlantedSecrets, are_in_no_dump_no_file_and_no_log) {
    PlantedSite site;
    site.plant();
    int planted = 0;
    for (const auto& [kind, count] : site.counts()) {
        fmt::print("{} {}\n", count, kind);
        planted += count;
    }
    EXPECT_GE(planted, 200);
    // Everything is on the disk, in the tables' files and in the write-ahead log.
    site.query("CHECKPOINT");
    const std::string dump = site.dump();
    EXPECT_THAT(dump, HasSubstr("CREATE TABLE public.users"));
    EXPECT_THAT(site.secrets().search(dump), IsEmpty()) << "in pg_dump";
    EXPECT_TRUE(fs::exists(site.data() / "pg" / "pg_wal"));
    EXPECT_THAT(site.secrets().search_files(site.data()), IsEmpty()) << "in the data directory";
    const std::string log = site.process().log_text();
    EXPECT_THAT(log, AllOf(HasSubstr("\"level\":\"debug\""), HasSubstr("/api/v1/auth/sign-up")));
    EXPECT_THAT(site.secrets().search(log), IsEmpty()) << "in the log";

    // The same search finds what is there: an address is kept as it is, others are written now.
    SecretSearch control;
    control.add("address", site.an_email());
    EXPECT_THAT(control.search(dump), ElementsAre("address as it is"));
    EXPECT_THAT(control.search_files(site.data()), ElementsAre("address as it is"));
    control.add("canary", "the canary sings no more");
    EXPECT_THAT(control.search(dump), ElementsAre("address as it is"));
    site.query("CREATE TABLE cage AS SELECT 'the canary sings no more'::bytea AS bytes, "
               "'the canary sings no more' AS text, "
               "encode('the canary sings no more', 'base64') AS coded");
    site.query("CHECKPOINT");
    EXPECT_THAT(control.search(site.dump()),
                ElementsAre("address as it is", "canary as it is", "canary in Base64",
                            "canary in hexadecimal"));
    EXPECT_THAT(control.search_files(site.data()),
                ElementsAre("address as it is", "canary as it is", "canary in Base64"));

    // A process that dies leaves its memory to nobody.
    const std::string limits =
        testing_support::read_file(fmt::format("/proc/{}/limits", site.process().pid()));
    EXPECT_THAT(limits, ::testing::ContainsRegex("Max core file size +0 +0 "));
    const auto before = core_files(fs::current_path());
    site.process().signal(SIGABRT);
    EXPECT_EQ(site.process().wait(30s), 128 + SIGABRT);
    EXPECT_EQ(core_files(fs::current_path()), before);
}

TEST(PlantedSecrets, are_in_a_memory_that_others_cannot_read) {
    // Also for a pattern of core files that is a program, which no limit of their size keeps out.
    LiveServer::instance();
    EXPECT_EQ(::prctl(PR_GET_DUMPABLE), 0);
}

TEST(SecretSearch, finds_a_secret_in_each_form_and_place) {
    SecretSearch search;
    search.add("it", "zebra finch 7");
    using Found = std::vector<std::string>;
    EXPECT_EQ(search.search("a zebra finch 7 sings"), Found{"it as it is"});
    EXPECT_EQ(search.search("zebra finch 7"), Found{"it as it is"});
    EXPECT_EQ(search.search("..7a656272612066696e63682037"), Found{"it in hexadecimal"});
    EXPECT_EQ(search.search("7A656272612066696E63682037.."), Found{"it in hexadecimal"});
    for (const char* coded :
         {"emVicmEgZmluY2ggNw==", "LnplYnJhIGZpbmNoIDcu", "Li56ZWJyYSBmaW5jaCA3"})
        EXPECT_EQ(search.search(coded), Found{"it in Base64"}) << coded;
    EXPECT_EQ(search.search("zebra finch 8, zebra"), Found{});
    EXPECT_EQ(search.search(""), Found{});
}

} // namespace
} // namespace strikeoff::testing
