#include "crash/crash_sale.hpp"

#include "db/migrate.hpp"
#include "support/server/live_server.hpp"
#include "torture/sql_world.hpp"

namespace strikeoff::testing {

using namespace std::chrono_literals;

CrashSale::CrashSale(const torture::WorldShape& shape)
    : app_{std::make_unique<App>(Config{
          .data = directory_.path("data"), .keys = directory_.path("keys"), .test_clock = true})},
      world_{torture::make_sql_world(*app_, shape)} {}

ServeOptions CrashSale::serve(const std::string& log_name, unsigned short port) const {
    // Without --test-clock: it would set a stopped clock going.
    return {.data = directory_.path("data"),
            .keys = directory_.path("keys"),
            .log = directory_.path(log_name),
            .port = port};
}

std::string CrashSale::write_secret(const std::string& name, const std::string& text) const {
    const std::string file = directory_.write(name, text + "\n");
    std::filesystem::permissions(file, std::filesystem::perms::owner_read);
    return file;
}

std::string CrashSale::conninfo(const std::string& database) const {
    return app_->database.cluster()->conninfo("postgres", database);
}

db::Connection CrashSale::connect(const std::string& database) const {
    return db::Connection{conninfo(database)};
}

void CrashSale::stop_clock(Instant at) {
    stopped_at_ = at;
    connect().execute(fmt::format(
        "CREATE OR REPLACE FUNCTION strikeoff.clock() RETURNS timestamptz LANGUAGE sql VOLATILE "
        "SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS "
        "$$ SELECT timestamptz '{}' $$",
        format_instant(at)));
}

void CrashSale::start_clock() {
    db::Connection connection = connect();
    connection.execute("SET ROLE strikeoff_owner");
    db::install_test_clock(connection);
    connection.execute(
        fmt::format("SELECT strikeoff.set_test_clock('{}')", format_instant(stopped_at_)));
}

void CrashSale::copy_database(const std::string& name) {
    db::Connection connection = connect("postgres");
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'strikeoff'");
    connection.execute(fmt::format("DROP DATABASE IF EXISTS {}", name));
    connection.execute(
        fmt::format("CREATE DATABASE {} OWNER strikeoff_owner TEMPLATE strikeoff", name));
    renew_connections();
}

void CrashSale::renew_connections() {
    for (db::Pool* pool : {&app_->worker_pool, &app_->app_pool}) {
        std::vector<db::Pool::Lease> leases;
        for (int i = 0; i < 8; ++i) { // More than this process ever uses at once.
            leases.push_back(pool->acquire());
            try {
                leases.back()->execute("SELECT 1");
            } catch (const db::Unavailable&) {
                continue; // It goes when it is given back.
            }
        }
    }
}

std::map<BatchId, torture::BatchFiles> CrashSale::close_copy(const std::string& name) const {
    Config config{.data = directory_.path("unused"), .keys = directory_.path("keys")};
    config.database_url = log::Secret<std::string>{conninfo(name)};
    App copy{config};
    const torture::SaleFacts sale = world_->sale();
    for (bool moved = true; moved;) {
        copy.onboarding.freeze_groups(copy.background_pool);
        moved = copy.closing.work();
        torture::hand_in_secrets(copy, sale);
    }
    std::map<BatchId, torture::BatchFiles> closed;
    for (const torture::BatchFacts& batch : sale.batches) {
        torture::BatchFiles files = torture::files_of(copy, batch.id);
        if (!files.transcript.empty()) closed[batch.id] = std::move(files);
    }
    return closed;
}

bool CrashSale::all_are(auctions::BatchStatus status) {
    return std::ranges::all_of(world_->sale().batches, [&](const torture::BatchFacts& batch) {
        return world_->status(batch.id) == status;
    });
}

std::vector<std::string> half_done(db::Connection& connection) {
    const db::PgResult rows = connection.execute(R"(
        SELECT b.status || ': closing ' || coalesce(c.completed_at::text, c.closed_at::text, 'none')
               || ', awards ' || w.awards || ', outcomes ' || o.awarded
               || ', transcripts ' || t.transcripts || ', ledger ' || l.booked || ' of ' || w.faces
        FROM batches b
        LEFT JOIN batch_closings c ON c.batch_id = b.id
        CROSS JOIN LATERAL (SELECT count(*) AS awards, coalesce(sum(face), 0) AS faces
                            FROM winning_bids WHERE batch_id = b.id) w
        CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE status = 'awarded') AS awarded
                            FROM batch_certificates WHERE batch_id = b.id) o
        CROSS JOIN LATERAL (SELECT count(*) AS transcripts
                            FROM transcripts WHERE batch_id = b.id) t
        CROSS JOIN LATERAL (SELECT coalesce(sum(e.amount), 0) AS booked
                            FROM winning_bids won
                            JOIN transactions m ON m.reference_id = won.id
                            JOIN ledger_entries e ON e.transaction_id = m.id AND e.amount > 0
                            WHERE won.batch_id = b.id) l
        WHERE w.awards <> o.awarded OR w.faces <> l.booked
           OR CASE WHEN b.status IN ('scheduled', 'open')
                   THEN c.batch_id IS NOT NULL OR w.awards > 0 OR t.transcripts > 0
                   WHEN b.status = 'closing'
                   THEN c.batch_id IS NULL OR c.completed_at IS NOT NULL OR w.awards > 0
                        OR t.transcripts > 0
                   WHEN b.status = 'closed'
                   THEN c.completed_at IS NULL OR t.transcripts <> 1
                   ELSE true END)");
    std::vector<std::string> faults;
    for (int i = 0; i < PQntuples(rows.get()); ++i)
        faults.emplace_back(PQgetvalue(rows.get(), i, 0));
    return faults;
}

CountyTool::CountyTool(const CrashSale& sale, const torture::SaleFacts& facts, unsigned short port)
    : process_{{STRIKEOFF_BINARY, "seed", "--server", fmt::format("http://127.0.0.1:{}", port),
                "--key", facts.staff_key, "--auction", facts.auction.text(), "--master",
                sale.write_secret("master", to_hex(facts.county_master)), "--watch"},
               sale.path("county.log")} {
    if (!eventually([&] { return log_text().find("following the sale") != std::string::npos; }))
        throw std::runtime_error("the county does not follow the sale:\n" + log_text());
}

} // namespace strikeoff::testing
