#include "db/database.hpp"
#include "db/embedded_cluster.hpp"
#include "db/migrate.hpp"
#include "support/server/live_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <future>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace strikeoff::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A directory that the system user postgres can reach, removed at the end.
class TemporaryData {
public:
    TemporaryData() {
        std::string name = (fs::temp_directory_path() / "strikeoff-cluster-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::runtime_error("mkdtemp");
        path_ = name;
        fs::permissions(path_, fs::perms{0755});
    }
    TemporaryData(const TemporaryData&) = delete;
    TemporaryData& operator=(const TemporaryData&) = delete;
    ~TemporaryData() {
        std::error_code ignored; // What stays in a temporary directory does no harm.
        fs::remove_all(path_, ignored);
    }
    fs::path data() const { return path_ / "data"; }
    fs::path keys() const { return path_ / "keys"; }

private:
    fs::path path_;
};

std::string failure_of(const db::ClusterOptions& options) {
    try {
        const db::EmbeddedCluster cluster{options};
    } catch (const db::ClusterError& error) {
        return error.what();
    }
    return "no failure";
}

void run_sql(db::EmbeddedCluster& cluster, const std::string& sql) {
    db::Connection connection{cluster.conninfo("postgres", "postgres")};
    connection.execute(sql);
}

/// `strikeoff serve` as a process of its own.
pid_t start_service(const TemporaryData& directory) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    const int null = ::open("/dev/null", O_RDWR);
    ::dup2(null, STDERR_FILENO);
    ::execl(STRIKEOFF_BINARY, STRIKEOFF_BINARY, "serve", "--data", directory.data().c_str(),
            "--keys", directory.keys().c_str(), "--port", "0", nullptr);
    ::_exit(127);
}

int postmaster_of(const fs::path& data) {
    std::ifstream in(data / "pg" / "postmaster.pid");
    int pid = 0;
    in >> pid;
    return pid;
}

bool serves(const fs::path& data) {
    return fs::exists(data / "run" / ".s.PGSQL.5432") && fs::exists(data / "members.lock");
}

TEST(EmbeddedCluster, is_created_found_again_and_stopped_by_the_last_one_out) {
    const TemporaryData directory;
    int pid = 0;
    {
        db::EmbeddedCluster first{{.data = directory.data()}};
        EXPECT_TRUE(first.was_created());
        pid = first.postmaster_pid();
        run_sql(first, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)");
        auto second =
            std::make_unique<db::EmbeddedCluster>(db::ClusterOptions{.data = directory.data()});
        EXPECT_FALSE(second->was_created());
        EXPECT_EQ(second->postmaster_pid(), pid);
        second.reset();
        EXPECT_TRUE(db::is_running(pid)) << "the first still uses it";
    }
    EXPECT_FALSE(db::is_running(pid));
    db::EmbeddedCluster again{{.data = directory.data()}};
    EXPECT_FALSE(again.was_created());
    run_sql(again, "SELECT n FROM kept");
}

TEST(EmbeddedCluster, comes_back_after_its_postmaster_was_killed) {
    const TemporaryData directory;
    db::EmbeddedCluster cluster{{.data = directory.data()}};
    run_sql(cluster, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)");
    EXPECT_FALSE(cluster.revive());
    const int pid = cluster.postmaster_pid();
    ASSERT_EQ(::kill(pid, SIGKILL), 0);
    ASSERT_TRUE(eventually([&] { return !db::is_running(pid); }));
    EXPECT_TRUE(cluster.revive());
    EXPECT_NE(cluster.postmaster_pid(), pid);
    run_sql(cluster, "SELECT n FROM kept");
}

TEST(EmbeddedCluster, takes_connections_with_it_when_one_of_its_processes_is_killed) {
    const TemporaryData directory;
    db::EmbeddedCluster cluster{{.data = directory.data()}};
    db::Connection connection{cluster.conninfo("postgres", "postgres")};
    const int pid = PQbackendPID(connection.raw());
    {
        db::Connection other{cluster.conninfo("postgres", "postgres")};
        ASSERT_EQ(::kill(PQbackendPID(other.raw()), SIGKILL), 0);
    }
    ASSERT_TRUE(eventually([&] { return !db::is_running(pid); }));
    // A last notice waits to be read: libpq takes the connection for a good one.
    EXPECT_THROW(connection.execute("SELECT 1"), db::Unavailable);
    EXPECT_TRUE(connection.is_broken());
}

TEST(IsRunning, is_false_of_a_process_that_ends_while_one_looks) {
    for (int i = 0; i < 300; ++i) {
        const int child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) ::_exit(0);
        std::atomic<bool> gone = false;
        std::thread looks{[&] {
            while (!gone)
                db::is_running(child);
        }};
        ::waitpid(child, nullptr, 0);
        gone = true;
        looks.join();
        EXPECT_FALSE(db::is_running(child));
    }
}

/// A cluster whose postmaster runs and takes no connections until it has recovered.
class RecoveringCluster {
public:
    explicit RecoveringCluster(const fs::path& data) {
        {
            const db::EmbeddedCluster made{{.data = data}};
            place_ = made.place();
            conninfo_ = made.conninfo("postgres", "postgres");
        }
        std::ofstream(pg() / "postgresql.auto.conf", std::ios::app) << "hot_standby = off\n";
        std::ofstream(pg() / "standby.signal").flush();
        place_.give(pg() / "standby.signal");
        control("start", {"-W", "-l", place_.root / "postgres.log"});
        if (!eventually([&] { return PQping(conninfo_.c_str()) == PQPING_REJECT; }))
            throw std::runtime_error("it does not recover");
    }
    void recover() { control("promote", {"-w"}); }
    const std::string& conninfo() const { return conninfo_; }

private:
    fs::path pg() const { return place_.root / "pg"; }
    void control(const std::string& what, const std::vector<std::string>& more) {
        std::vector<std::string> command{place_.program("pg_ctl"), what, "-s", "-D", pg()};
        command.insert(command.end(), more.begin(), more.end());
        const db::ProcessResult result = db::run_process(command, place_.user);
        if (result.exit_code != 0) throw std::runtime_error(result.output);
    }

    db::ClusterPlace place_;
    std::string conninfo_;
};

TEST(EmbeddedCluster, is_joined_as_soon_as_it_has_recovered) {
    const TemporaryData directory;
    RecoveringCluster recovering{directory.data()};
    const int pid = postmaster_of(directory.data());
    auto joining = std::async(std::launch::async, [&] {
        return std::make_unique<db::EmbeddedCluster>(db::ClusterOptions{.data = directory.data()});
    });
    EXPECT_EQ(joining.wait_for(std::chrono::seconds{1}), std::future_status::timeout);
    recovering.recover();
    const auto joined = joining.get();
    EXPECT_EQ(joined->postmaster_pid(), pid);
    run_sql(*joined, "SELECT 1");
}

TEST(EmbeddedCluster, is_waited_for_by_a_service_that_has_only_its_address) {
    const TemporaryData directory;
    RecoveringCluster recovering{directory.data()};
    auto joining = std::async(std::launch::async, [&] {
        return std::make_unique<db::Database>(db::DatabaseOptions{.url = recovering.conninfo()});
    });
    EXPECT_EQ(joining.wait_for(std::chrono::seconds{1}), std::future_status::timeout);
    recovering.recover();
    EXPECT_NO_THROW(joining.get());
    const db::EmbeddedCluster stops_it{{.data = directory.data()}};
}

TEST(EmbeddedCluster, outlives_a_killed_service_and_is_adopted) {
    const TemporaryData directory;
    const pid_t service = start_service(directory);
    ASSERT_TRUE(eventually([&] { return serves(directory.data()); }));
    const int postmaster = postmaster_of(directory.data());
    ASSERT_EQ(::kill(service, SIGKILL), 0);
    ::waitpid(service, nullptr, 0);
    EXPECT_TRUE(db::is_running(postmaster));
    {
        const db::EmbeddedCluster next{{.data = directory.data()}};
        EXPECT_EQ(next.postmaster_pid(), postmaster);
    }
    EXPECT_FALSE(db::is_running(postmaster));
}

TEST(EmbeddedCluster, is_stopped_cleanly_with_the_service) {
    const TemporaryData directory;
    const pid_t service = start_service(directory);
    ASSERT_TRUE(eventually(
        [&] { return serves(directory.data()) && fs::exists(directory.keys() / "kek.key"); }));
    const int postmaster = postmaster_of(directory.data());
    std::this_thread::sleep_for(std::chrono::seconds{1});
    ASSERT_EQ(::kill(service, SIGTERM), 0);
    int status = 0;
    ::waitpid(service, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    EXPECT_FALSE(db::is_running(postmaster));
}

TEST(EmbeddedCluster, says_what_is_wrong) {
    const TemporaryData directory;
    EXPECT_THAT(failure_of({.data = directory.data(), .postgres_bin = "/nowhere"}),
                HasSubstr("no PostgreSQL is installed"));
    EXPECT_THAT(failure_of({.data = directory.data() / std::string(90, 'x')}),
                HasSubstr("choose a shorter --data"));
    {
        const db::EmbeddedCluster made{{.data = directory.data()}};
    }

    const fs::path host = directory.data() / "host";
    std::ofstream(host) << "elsewhere\n";
    std::ofstream(directory.data() / "pg" / "postmaster.pid") << "1\n";
    EXPECT_THAT(failure_of({.data = directory.data()}), HasSubstr("in use by host elsewhere"));
    fs::remove(host);
    fs::remove(directory.data() / "pg" / "postmaster.pid");

    std::ofstream(directory.data() / "pg" / "PG_VERSION") << "14\n";
    EXPECT_THAT(failure_of({.data = directory.data()}), HasSubstr("was made by PostgreSQL 14"));
}

TEST(EmbeddedCluster, leaves_another_programs_postmaster_alone) {
    const TemporaryData directory;
    {
        const db::EmbeddedCluster made{{.data = directory.data()}};
    }
    const auto user = ::geteuid() == 0 ? *db::find_os_user("postgres") : db::current_os_user();
    fs::path bin;
    for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql"))
        if (fs::exists(entry.path() / "bin" / "pg_ctl")) bin = entry.path() / "bin";
    const fs::path pg = directory.data() / "pg";
    ASSERT_EQ(db::run_process({bin / "pg_ctl", "start", "-s", "-w", "-D", pg, "-l", "/dev/null",
                               "-o", "-c unix_socket_directories=/tmp -p 54399"},
                              user)
                  .exit_code,
              0);
    EXPECT_THAT(failure_of({.data = directory.data()}), HasSubstr("another program's PostgreSQL"));
    db::run_process({bin / "pg_ctl", "stop", "-s", "-w", "-D", pg}, user);
}

TEST(EmbeddedCluster, says_when_the_disk_is_full) {
    const TemporaryData directory;
    fs::create_directories(directory.data());
    if (::mount("tmpfs", directory.data().c_str(), "tmpfs", 0, "size=32m,mode=0755") != 0)
        GTEST_SKIP() << "mounting a small disk needs root";
    EXPECT_THAT(failure_of({.data = directory.data()}), HasSubstr("the disk of"));
    ::umount(directory.data().c_str());
}

TEST(Migrations, run_once_and_a_newer_database_is_refused) {
    db::Connection owner = LiveServer::instance().connect();
    EXPECT_TRUE(db::migrate(owner).empty());
    owner.execute(
        "INSERT INTO schema_migrations (version, name, sha256) VALUES (9999, 'later', '')");
    EXPECT_THROW(db::migrate(owner), db::DatabaseIsNewer);
    owner.execute("DELETE FROM schema_migrations WHERE version = 9999");
    owner.execute("SELECT pg_advisory_unlock_all()");
    EXPECT_TRUE(db::migrate(owner).empty());
}

} // namespace
} // namespace strikeoff::testing
