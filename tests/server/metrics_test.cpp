#include "metrics.hpp"
#include "status.hpp"
#include "support/server/live_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// The value of a line of `/metrics` by its name and labels, exactly as written; -1 without it.
double figure(const std::string& name) {
    std::istringstream lines{LiveServer::instance().ask_admin("/metrics").body};
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("strikeoff_" + name + " "))
            return std::stod(line.substr(line.rfind(' ') + 1));
    return -1;
}

std::vector<AlarmKind> kinds_of(const Status& status) {
    std::vector<AlarmKind> kinds;
    for (const Alarm& alarm : alarms_of(status))
        kinds.push_back(alarm.kind);
    return kinds;
}

Status healthy() {
    const Instant now = machine_now();
    return {.at = now,
            .service = ProcessStatus{.version = "1"},
            .database = DatabaseStatus{.now = now, .sales = {SaleStatus{.name = "Sale"}}},
            .disk =
                DiskStatus{.directory = "/d", .free_bytes = 50LL << 30, .size_bytes = 1LL << 37},
            .last_backup = BackupNote{.finished_at = now - 1h, .directory = "/b"}};
}

TEST(Metrics, move_with_a_sale) {
    LiveServer& server = LiveServer::instance();
    TestSale sale{{.items_a_batch = 3}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    const double accepted = figure("bids_total{outcome=\"accepted\"}");
    const double unchanged = figure("bids_total{outcome=\"unchanged\"}");
    const double replayed = figure("bids_total{outcome=\"replayed\"}");
    const double off_step = figure("bids_refused_total{reason=\"bid.rate_off_step\"}");
    const double unregistered = figure("bids_refused_total{reason=\"bid.not_registered\"}");
    const double groups = figure("group_bids_count");
    const double stored = figure("group_bids_sum");
    const double commits = figure("commit_seconds_count");
    const double commit_time = figure("commit_seconds_sum");
    const double loads = figure("book_loads_total{why=\"first\"}");
    const double reloads = figure("book_loads_total{why=\"stale\"}");
    const double projected = figure("projected_records_total");
    const double closings = figure("closing_seconds_count");
    const double good = figure("responses_total{class=\"2xx\"}");
    ASSERT_GE(std::min({accepted, unchanged, replayed, off_step, unregistered, groups, stored,
                        commits, commit_time, loads, reloads, projected, closings, good}),
              0);

    const std::string id = fresh_bid_id();
    ASSERT_EQ(sale.bid(bidder, 0, "5.00", 0, id).status, 200);
    ASSERT_EQ(sale.bid(bidder, 0, "5.00", 0, id).status, 200); // Sent again.
    ASSERT_EQ(sale.bid(bidder, 0, "5.00").status, 200);        // Stands already.
    ASSERT_EQ(sale.bid(bidder, 0, "5.01").status, 422);
    ASSERT_NE(sale.bid(make_user("investor"), 0, "5.00").status, 200);
    EXPECT_EQ(figure("bids_total{outcome=\"accepted\"}"), accepted + 1);
    EXPECT_EQ(figure("bids_total{outcome=\"replayed\"}"), replayed + 1);
    EXPECT_EQ(figure("bids_total{outcome=\"unchanged\"}"), unchanged + 1);
    EXPECT_EQ(figure("bids_refused_total{reason=\"bid.rate_off_step\"}"), off_step + 1);
    EXPECT_EQ(figure("bids_refused_total{reason=\"bid.not_registered\"}"), unregistered + 1);
    EXPECT_EQ(figure("group_bids_count"), groups + 1);
    EXPECT_EQ(figure("group_bids_sum"), stored + 1);
    EXPECT_EQ(figure("commit_seconds_count"), commits + 1);
    EXPECT_GT(figure("commit_seconds_sum"), commit_time);
    EXPECT_EQ(figure("book_loads_total{why=\"first\"}"), loads + 1);
    EXPECT_GE(figure("responses_total{class=\"2xx\"}"), good + 3);

    // Whatever narrows a batch makes the book in hand stale.
    ASSERT_EQ(server
                  .call("POST", "/api/v1/batches/" + sale.batches[0] + "/items/3/withdraw",
                        sale.staff.key, R"({"reason":"paid"})")
                  .status,
              204);
    ASSERT_EQ(sale.bid(bidder, 1, "6.00").status, 200);
    EXPECT_EQ(figure("book_loads_total{why=\"stale\"}"), reloads + 1);
    EXPECT_TRUE(eventually([&] { return figure("projected_records_total") >= projected + 2; }));

    sale.close_all();
    EXPECT_GT(figure("closing_seconds_count"), closings);
}

TEST(Metrics, tell_why_requests_were_shed) {
    const char* const waited = "requests_shed_total{traffic=\"read\",cause=\"wait\"}";
    const double before = figure(waited);
    ASSERT_GE(before, 0);
    EXPECT_GE(figure("requests_shed_total{traffic=\"bid\",cause=\"queue\"}"), 0);
    metrics::metrics().count_shed(http::Traffic::read, http::Shed::wait);
    EXPECT_EQ(figure(waited), before + 1);
}

TEST(Metrics, count_the_sockets_of_clients_and_not_their_own) {
    LiveServer& server = LiveServer::instance();
    const auto before = figure("open_sockets"); // Of tests that were quick to end.
    boost::asio::io_context io;
    std::vector<boost::asio::ip::tcp::socket> sockets;
    for (int i = 0; i < 3; ++i)
        sockets.emplace_back(io).connect(
            {boost::asio::ip::address_v4::loopback(), server.app().port()});
    EXPECT_TRUE(eventually([&] { return figure("open_sockets") == before + 3; }));
    sockets.clear();
    EXPECT_TRUE(eventually([&] { return figure("open_sockets") == before; }));
}

TEST(Metrics, show_how_far_the_projector_and_the_outbox_are_behind) {
    LiveServer& server = LiveServer::instance();
    TestSale sale{{.items_a_batch = 2}};
    const TestUser bidder = sale.add_bidder();
    sale.wait_until_open();
    db::Connection owner = server.connect();
    {
        // The projector passes over a watermark that somebody holds.
        owner.execute("BEGIN");
        owner.execute("SELECT 1 FROM batch_journals WHERE batch_id = '" + sale.batches[0] +
                      "' FOR UPDATE");
        ASSERT_EQ(sale.bid(bidder, 0, "5.00").status, 200);
        ASSERT_EQ(sale.bid(bidder, 1, "5.00").status, 200);
        server.advance(90s);
        EXPECT_EQ(figure("projector_lag_records"), 2);
        EXPECT_GE(figure("projector_lag_seconds"), 90);
        owner.execute("COMMIT");
    }
    EXPECT_TRUE(eventually([&] { return figure("projector_lag_records") == 0; }));
    EXPECT_EQ(figure("projector_lag_seconds"), 0);

    owner.execute("UPDATE outbox_events SET delivered_at = now()");
    EXPECT_EQ(figure("outbox_waiting"), 0);
    owner.execute("INSERT INTO outbox_events (topic, available_at) "
                  "VALUES ('test', strikeoff.clock() - interval '1 hour')");
    EXPECT_EQ(figure("outbox_waiting"), 1);
    EXPECT_GE(figure("outbox_oldest_seconds"), 3600);
    owner.execute("DELETE FROM outbox_events WHERE topic = 'test'");
}

TEST(Metrics, count_failures_and_waits_for_a_connection) {
    LiveServer& server = LiveServer::instance();
    const double failures = figure("responses_total{class=\"5xx\"}");
    db::Connection owner = server.connect();
    owner.execute("ALTER TABLE counties RENAME TO counties_away");
    EXPECT_EQ(server.call("GET", "/api/v1/counties").status, 500);
    owner.execute("ALTER TABLE counties_away RENAME TO counties");
    EXPECT_EQ(figure("responses_total{class=\"5xx\"}"), failures + 1);
    EXPECT_GT(server.ask_admin("/status").json().at("service").at("server_errors").as_int64(), 0);

    const double waits = figure("pool_waits_total");
    const double refusals = figure("pool_refusals_total");
    db::Pool pool{server.app().worker_pool.conninfo(), 1, 20ms};
    {
        const auto lease = pool.acquire();
        EXPECT_THROW(pool.acquire(), db::Unavailable);
    }
    EXPECT_EQ(figure("pool_waits_total"), waits + 1);
    EXPECT_EQ(figure("pool_refusals_total"), refusals + 1);
    EXPECT_GT(figure("pool_wait_seconds_total"), 0.015);
}

TEST(Metrics, are_not_on_the_port_of_the_public) {
    LiveServer& server = LiveServer::instance();
    EXPECT_EQ(server.call("GET", "/metrics", server.admin_key()).status, 404);
    EXPECT_EQ(server.call("GET", "/status", server.admin_key()).status, 404);
    EXPECT_EQ(server.ask_admin("/api/v1/counties").status, 404);
    EXPECT_EQ(Config{}.admin_port, std::nullopt) << "nobody asked for it";
    EXPECT_EQ(Config{}.admin_address, "127.0.0.1");
}

TEST(Metrics, are_not_for_a_page_whose_name_was_made_to_point_here) {
    LiveServer& server = LiveServer::instance();
    const unsigned short port = server.app().admin()->port();
    const auto first_line = [&](const std::string& host) {
        const std::string answer =
            server.raw("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\n\r\n", port);
        return answer.substr(0, answer.find('\r'));
    };
    EXPECT_EQ(first_line(fmt::format("127.0.0.1:{}", port)), "HTTP/1.1 200 OK");
    EXPECT_EQ(first_line("localhost"), "HTTP/1.1 200 OK");
    EXPECT_EQ(first_line("sale.example.org"), "HTTP/1.1 404 Not Found");
    EXPECT_EQ(first_line(fmt::format("127.0.0.1.example.org:{}", port)), "HTTP/1.1 404 Not Found");
}

TEST(Metrics, know_every_reason_of_a_refused_bid) {
    const std::vector<std::string_view> known = metrics::ReasonCounters::reasons();
    const std::regex reason{R"re("(bid\.[a-z_]+)")re"};
    int found = 0;
    for (const auto& entry : std::filesystem::directory_iterator(
             std::filesystem::path{STRIKEOFF_SOURCE} / "src" / "modules" / "bids")) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream in(entry.path());
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        for (std::sregex_iterator at(text.begin(), text.end(), reason), end; at != end; ++at) {
            ++found;
            EXPECT_THAT(known, ::testing::Contains((*at)[1].str())) << entry.path();
        }
    }
    EXPECT_GT(found, 10);
    metrics::ReasonCounters counters;
    counters.add("something.else");
    EXPECT_EQ(counters.value("other"), 1U);
}

TEST(Metrics, and_alarms_all_stand_in_the_manual) {
    std::ifstream in(std::filesystem::path{STRIKEOFF_SOURCE} / "docs" / "OPERATIONS.md");
    const std::string manual{std::istreambuf_iterator<char>(in), {}};
    std::istringstream lines{LiveServer::instance().ask_admin("/metrics").body};
    int found = 0;
    constexpr std::string_view type = "# TYPE strikeoff_";
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(type)) continue;
        ++found;
        const std::string name =
            line.substr(type.size(), line.find(' ', type.size()) - type.size());
        EXPECT_THAT(manual, HasSubstr("`" + name + "`"));
    }
    EXPECT_GT(found, 20);
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<AlarmKind>>([&](auto kind) {
        EXPECT_THAT(manual, HasSubstr("\n| `" + std::string(kind.name) + "` | "));
    });
}

TEST(Alarms, are_silent_when_all_is_well) {
    EXPECT_THAT(kinds_of(healthy()), ::testing::IsEmpty());
}

TEST(Alarms, name_what_is_wrong_and_only_that) {
    using enum AlarmKind;
    const auto alone = [](auto change, AlarmKind expected) {
        Status status = healthy();
        change(status);
        EXPECT_THAT(kinds_of(status), ::testing::ElementsAre(expected)) << enum_name(expected);
    };
    alone([](Status& s) { s.service.reset(); }, service_unreachable);
    alone([](Status& s) { s.database.reset(); }, database_unreachable);
    alone([](Status& s) { s.disk->free_bytes = 1LL << 30; }, disk_low);
    alone([](Status& s) { s.disk->size_bytes = 1LL << 41; }, disk_low);
    alone([](Status& s) { s.service->last_server_error = s.at - 9min; }, server_errors);
    alone([](Status& s) { s.database->projector_lag_seconds = 301; }, projector_behind);
    alone([](Status& s) { s.database->openings_missed = 1; }, opening_missed);
    alone([](Status& s) { s.database->closing_oldest_seconds = 1801; }, closing_stalled);
    alone(
        [](Status& s) {
            s.database->outbox_failing = 1;
            s.database->outbox_oldest_seconds = 901;
        },
        outbox_stuck);
    alone([](Status& s) { s.database->mails.oldest_seconds = 901; }, mail_stuck);
    alone([](Status& s) { s.last_backup.reset(); }, backup_old);
    alone([](Status& s) { s.last_backup->finished_at = s.at - 27h; }, backup_old);
    alone([](Status& s) { s.service->clock_jump_ms = -3'600'000; }, clock_jumped);
}

TEST(Alarms, come_before_bids_are_refused_for_want_of_room) {
    const auto too_full = [](std::int64_t free_mib, std::int64_t size_mib) {
        return is_too_full({.free_bytes = free_mib << 20, .size_bytes = size_mib << 20});
    };
    EXPECT_TRUE(too_full(49, 1000)) << "a twentieth of a small disk";
    EXPECT_FALSE(too_full(50, 1000));
    EXPECT_TRUE(too_full(1023, 2 << 20)) << "1 GiB of one of 2 TiB";
    EXPECT_FALSE(too_full(1024, 2 << 20));
    Status status = healthy();
    status.disk->free_bytes = (1LL << 30) - 1;
    EXPECT_THAT(alarms_of(status).front().message, HasSubstr("bids are refused"));
    status.disk->free_bytes = 1LL << 30;
    EXPECT_THAT(alarms_of(status).front().message, ::testing::Not(HasSubstr("refused")));
}

TEST(Alarms, do_not_cry_about_what_is_past_or_not_ours) {
    const auto silent = [](auto change) {
        Status status = healthy();
        change(status);
        EXPECT_THAT(kinds_of(status), ::testing::IsEmpty());
    };
    silent([](Status& s) { s.service->last_server_error = s.at - 11min; });
    silent([](Status& s) { s.database->outbox_oldest_seconds = 9999; }); // Nobody tried yet.
    silent([](Status& s) {
        s.last_backup.reset();
        s.private_cluster = false;
    });
    silent([](Status& s) {
        s.last_backup.reset();
        s.database->sales.clear();
    });
}

} // namespace
} // namespace strikeoff::testing
