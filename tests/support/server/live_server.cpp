#include "support/server/live_server.hpp"

#include "core/chain.hpp"
#include "db/transaction.hpp"
#include "support/server/openapi_check.hpp"

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <spdlog/sinks/dist_sink.h>
#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <cstdlib>

namespace strikeoff::testing {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using namespace std::chrono_literals;

constexpr std::size_t log_lines_kept = 4096;

std::filesystem::path make_directory() {
    std::string name = (std::filesystem::temp_directory_path() / "strikeoff-test-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("mkdtemp");
    std::filesystem::permissions(name,
                                 std::filesystem::perms{0755}); // For the system user postgres.
    return name;
}

std::string quoted(const std::string& text) {
    return boost::json::serialize(boost::json::value(text));
}

/// Throws when there is no answer in a minute.
void exchange(unsigned short port, beast::http::request<beast::http::string_body>& request,
              beast::http::response_parser<beast::http::string_body>& parser) {
    asio::io_context io;
    const auto talk = [&]() -> asio::awaitable<void> {
        // A stream's deadline holds for its asynchronous operations alone.
        beast::tcp_stream stream{io};
        beast::flat_buffer buffer;
        stream.expires_after(60s);
        co_await stream.async_connect(tcp::endpoint{asio::ip::address_v4::loopback(), port},
                                      asio::use_awaitable);
        co_await beast::http::async_write(stream, request, asio::use_awaitable);
        co_await beast::http::async_read(stream, buffer, parser, asio::use_awaitable);
    };
    std::exception_ptr failure;
    asio::co_spawn(io, talk(), [&](const std::exception_ptr& thrown) { failure = thrown; });
    io.run();
    if (failure) std::rethrow_exception(failure);
}

Uuid uuid_of(const std::string& text) {
    const auto uuid = parse_uuid(text);
    if (!uuid) throw std::runtime_error("no uuid: " + text);
    return *uuid;
}

} // namespace

std::string Reply::text(std::string_view member) const {
    boost::system::error_code error;
    const boost::json::value document = boost::json::parse(body, error);
    if (error || !document.is_object()) return "";
    const boost::json::value* value = document.get_object().if_contains(member);
    if (!value) return "";
    return value->is_string() ? std::string(value->get_string()) : boost::json::serialize(*value);
}

LiveServer& LiveServer::instance() {
    // OpenSSL frees what a thread leaves behind only if its keys for that are made one after the
    // other; another library's key that is given back in between gets them out of order.
    ::ERR_clear_error();
    static LiveServer server;
    return server;
}

LiveServer::LiveServer()
    : directory_{make_directory()},
      log_{std::make_shared<spdlog::sinks::ringbuffer_sink_mt>(log_lines_kept)} {
    auto errors = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    errors->set_level(spdlog::level::warn);
    log::set_up({.format = log::Format::json,
                 .sink = std::make_shared<spdlog::sinks::dist_sink_mt>(
                     std::vector<spdlog::sink_ptr>{errors, log_})});
    Config config{.data = directory_ / "data", .keys = directory_ / "keys", .port = 0};
    config.admin_port = 0;
    config.test_clock = true;
    // All people of the tests live at one address.
    config.admission.of(http::Quota::address_sign_ins) = {1'000, 1s, 100'000};
    config.admission.of(http::Quota::address_sign_ups) = {1'000, 1s, 100'000};
    config.live.poll = 20ms;
    config.live.heartbeat = 1s;
    config.live.topics_max = 8;
    config.live.queue_max = 256;
    config.live.idle_timeout = 8s;
    config.live.sockets_per_address = 40;
    if (const char* url = std::getenv("STRIKEOFF_TEST_DATABASE"))
        config.database_url = log::Secret<std::string>{url};
    app_ = std::make_unique<App>(config);
    const auto admin = app_->identity.create_user(
        {.email = fresh_bid_id() + "@example.org", .role = identity::UserRole::admin});
    admin_key_ = admin->key;
    thread_ = std::thread{[this] { app_->run(); }};
    while (app_->port() == 0)
        std::this_thread::sleep_for(1ms);
}

LiveServer::~LiveServer() {
    app_->stop();
    thread_.join();
    app_.reset();
    std::error_code ignored; // A temporary directory that stays does no harm.
    std::filesystem::remove_all(directory_, ignored);
}

std::vector<std::string> LiveServer::log_lines() const {
    return log_->last_formatted();
}

Reply LiveServer::call(std::string_view method, const std::string& path, const std::string& key,
                       const std::string& body, const std::string& content_type) {
    return call_port(app_->port(), method, path, key, body, content_type);
}

Reply LiveServer::ask_admin(const std::string& path) {
    return call_port(app_->admin()->port(), "GET", path, "", "", "");
}

Reply LiveServer::call_port(unsigned short port, std::string_view method, const std::string& path,
                            const std::string& key, const std::string& body,
                            const std::string& content_type) {
    beast::http::request<beast::http::string_body> request{
        beast::http::string_to_verb({method.data(), method.size()}), path, 11};
    request.set("Host", "localhost");
    request.set("User-Agent", "tests");
    if (!key.empty()) request.set("Authorization", "Bearer " + key);
    if (!body.empty()) request.set("Content-Type", content_type);
    request.body() = body;
    request.prepare_payload();
    beast::http::response_parser<beast::http::string_body> parser;
    parser.body_limit(256ULL << 20);
    exchange(port, request, parser);
    const Reply reply{static_cast<int>(parser.get().result_int()), parser.get().body()};
    const beast::string_view type = parser.get()[beast::http::field::content_type];
    if (port != instance().app().port()) return reply;
    // Whatever the API answers in a test must be what its document says.
    for (const std::string& fault :
         openapi_faults(method, path, reply.status, {type.data(), type.size()}, reply.body))
        ADD_FAILURE() << method << " " << path << " " << reply.status << ": " << fault << "\n"
                      << reply.body.substr(0, 1000);
    return reply;
}

std::string LiveServer::raw(const std::string& bytes, unsigned short port) {
    asio::io_context io;
    tcp::socket socket{io};
    socket.connect(
        tcp::endpoint{asio::ip::address_v4::loopback(), port == 0 ? app_->port() : port});
    asio::write(socket, asio::buffer(bytes));
    socket.shutdown(tcp::socket::shutdown_send);
    std::string answer;
    boost::system::error_code error;
    asio::read(socket, asio::dynamic_buffer(answer), error);
    return answer;
}

db::Connection LiveServer::connect(const std::string& role) {
    return db::Connection{app_->database.conninfo(role)};
}

void LiveServer::advance(std::chrono::microseconds by) {
    connect().execute("SELECT strikeoff.shift_test_clock('" + std::to_string(by.count()) +
                      " microseconds')");
    app_->clock.read();
}

Instant LiveServer::now() {
    app_->clock.read();
    return app_->clock.now();
}

TestUser make_user(const std::string& role, const std::string& county,
                   http::Permissions permissions) {
    identity::NewUser wanted{.email = fresh_bid_id() + "@example.org",
                             .role = *parse_enum<identity::UserRole>(role),
                             .permissions = permissions};
    if (!county.empty()) wanted.counties.push_back(CountyId{uuid_of(county)});
    const auto user = LiveServer::instance().app().identity.create_user(wanted);
    if (!user) throw std::runtime_error(user.error().message);
    return {user->id.text(), user->key};
}

std::string one_value(const std::string& sql) {
    db::Connection owner = LiveServer::instance().connect();
    return one_value(owner, sql);
}

std::string one_value(db::Connection& connection, const std::string& sql) {
    const db::PgResult result = connection.execute(sql);
    return PQntuples(result.get()) == 1 ? PQgetvalue(result.get(), 0, 0) : "";
}

std::multimap<std::string, Instant> journaled(const TestSale& sale) {
    bids::SqlJournal journal{LiveServer::instance().app().worker_pool};
    std::multimap<std::string, Instant> stored;
    for (const std::string& batch : sale.batches)
        for (std::int64_t next = 0;;) {
            const auto blocks = journal.read(BatchId{uuid_of(batch)}, next, 64);
            if (blocks.empty()) break;
            for (const bids::Block& block : blocks) {
                next = block.first_seq + static_cast<std::int64_t>(block.records.size());
                for (const bids::JournalRecord& record : block.records)
                    stored.emplace(record.bid.text(), block.accepted_at);
            }
        }
    return stored;
}

std::string fresh_bid_id() {
    return format_uuid(
        random_uuid(Instant::from_micros(std::chrono::duration_cast<std::chrono::microseconds>(
                                             std::chrono::system_clock::now().time_since_epoch())
                                             .count())));
}

bool eventually(const std::function<bool()>& holds) {
    // By the clock: what is asked may take seconds each time.
    const auto until = std::chrono::steady_clock::now() + 30s;
    do {
        if (holds()) return true;
        std::this_thread::sleep_for(50ms);
    } while (std::chrono::steady_clock::now() < until);
    return false;
}

TestSale::TestSale(const SaleShape& shape) : master_{random_hash()} {
    LiveServer& server = LiveServer::instance();
    const Reply made = server.call("POST", "/api/v1/counties", server.admin_key(),
                                   R"({"name":"Test )" + fresh_bid_id() + R"(","state":"FL"})");
    if (made.status != 201) throw std::runtime_error(made.body);
    county = made.text("id");
    staff = make_user("county_admin", county);
    second = make_user("county_admin", county);
    const int items = shape.batches * shape.items_a_batch;
    db::Connection owner = server.connect();
    owner.execute(fmt::format(
        "INSERT INTO properties (county_id, parcel_id) SELECT '{0}', 'P' || lpad(g::text, 6, '0') "
        "FROM generate_series(1, {1}) g; "
        "INSERT INTO certificates (county_id, property_id, tax_year, face_value, "
        "advertised_number) "
        "SELECT county_id, id, 2025, 99 + row_number() OVER (ORDER BY parcel_id), "
        "row_number() OVER (ORDER BY parcel_id) FROM properties WHERE county_id = '{0}'",
        county, items));
    const Reply drafted =
        server.call("POST", "/api/v1/counties/" + county + "/auctions", staff.key,
                    R"({"name":"Sale","tax_year":2025,"settings":)" + shape.settings + "}");
    if (drafted.status != 201) throw std::runtime_error(drafted.body);
    auction = drafted.text("id");
    const Instant start = server.now();
    for (int i = 0; i < shape.batches; ++i) {
        const Instant end = start + shape.first_end + i * shape.interval;
        const Reply batch = server.call(
            "POST", "/api/v1/auctions/" + auction + "/batches", staff.key,
            fmt::format(R"({{"start_time":"{}","end_time":"{}","adv_from":{},"adv_to":{}}})",
                        format_instant(start), format_instant(end), i * shape.items_a_batch + 1,
                        (i + 1) * shape.items_a_batch));
        if (batch.status != 201) throw std::runtime_error(batch.body);
        batches.push_back(batch.text("id"));
    }
    server.call("POST", "/api/v1/auctions/" + auction + "/publish", staff.key);
    for (const std::string& batch : batches) {
        if (shape.commit)
            server.call("POST", "/api/v1/auctions/" + auction + "/commitments", staff.key,
                        fmt::format(R"({{"commitments":[{{"batch_id":"{}","commitment":"{}"}}]}})",
                                    batch,
                                    to_hex(commitment(SecretRole::county, BatchId{uuid_of(batch)},
                                                      secret_of(batch)))));
        certificates.emplace_back();
        std::string cursor;
        do {
            const Reply page =
                server.call("GET", "/api/v1/batches/" + batch + "/items?limit=200" + cursor);
            const boost::json::value document = page.json();
            for (const boost::json::value& item : document.at("items").as_array())
                certificates.back().emplace_back(item.at("certificate_id").as_string());
            const boost::json::value& next = document.at("next_cursor");
            cursor = next.is_null() ? "" : "&cursor=" + std::string(next.as_string());
        } while (!cursor.empty());
    }
}

Hash TestSale::secret_of(const std::string& batch) const {
    return county_secret(master_, BatchId{uuid_of(batch)});
}

TestUser TestSale::add_bidder(const std::string& deposits) {
    const TestUser user = make_user("investor");
    const Reply made = LiveServer::instance().call(
        "POST", "/api/v1/auctions/" + auction + "/bidders", staff.key,
        fmt::format(
            R"({{"user_id":"{}","bidder_number":"{}","name":"Bidder {}","deposits":"{}",{}}})",
            user.id, 1000 + next_bidder_, next_bidder_, deposits, papers()));
    ++next_bidder_;
    if (made.status != 201) throw std::runtime_error(made.body);
    return user;
}

int TestSale::year() const {
    return std::stoi(one_value("SELECT extract(year FROM a.start_date AT TIME ZONE c.time_zone) "
                               "FROM auctions a JOIN counties c ON c.id = a.county_id "
                               "WHERE a.id = '" +
                               auction + "'"));
}

std::string TestSale::papers() const {
    return fmt::format(R"("tax_form":{{"kind":"w9","form_year":{}}},"agreement_signed":true)",
                       year());
}

Reply TestSale::approve(const Reply& proposed) {
    if (proposed.status != 202) return proposed;
    return LiveServer::instance().call(
        "POST", "/api/v1/approvals/" + proposed.text("id") + "/approve", second.key);
}

void TestSale::wait_until_open() {
    const bool open = eventually([&] {
        return std::ranges::all_of(batches, [](const std::string& batch) {
            return LiveServer::instance().call("GET", "/api/v1/batches/" + batch).text("status") ==
                   "open";
        });
    });
    if (!open) throw std::runtime_error("the batches did not open");
}

void TestSale::reveal_due() {
    LiveServer& server = LiveServer::instance();
    for (const std::string& batch : batches) {
        const Reply chain = server.call("GET", "/api/v1/batches/" + batch + "/chain");
        const boost::json::value document = chain.json();
        for (const boost::json::value& link : document.at("links").as_array())
            if (link.at("record").as_string() == "close")
                server.call("POST", "/api/v1/batches/" + batch + "/secret", staff.key,
                            fmt::format(R"({{"secret":"{}","close_hash":"{}"}})",
                                        to_hex(secret_of(batch)),
                                        std::string(link.at("hash").as_string())));
    }
}

void TestSale::close_all() {
    LiveServer& server = LiveServer::instance();
    Instant last;
    for (const std::string& batch : batches)
        last = std::max(
            last, *parse_instant(server.call("GET", "/api/v1/batches/" + batch).text("end_time")));
    if (const Instant now = server.now(); now < last) server.advance(last - now + 1s);
    const bool closed = eventually([&] {
        reveal_due();
        return std::ranges::all_of(batches, [&](const std::string& batch) {
            const std::string status =
                server.call("GET", "/api/v1/batches/" + batch).text("status");
            return status == "closed" || status == "canceled";
        });
    });
    if (!closed) throw std::runtime_error("the batches did not close");
}

std::string TestSale::certificate(int lot, int batch) const {
    return certificates.at(static_cast<std::size_t>(batch)).at(static_cast<std::size_t>(lot));
}

Reply TestSale::bid(const TestUser& bidder, int lot, const std::string& rate, int batch,
                    std::string bid_id) {
    if (bid_id.empty()) bid_id = fresh_bid_id();
    return LiveServer::instance().call(
        "POST", "/api/v1/batches/" + batches.at(static_cast<std::size_t>(batch)) + "/bids",
        bidder.key,
        fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","rate":{}}})", bid_id,
                    certificate(lot, batch), quoted(rate)));
}

Reply TestSale::withdraw_bid(const TestUser& bidder, int lot, int batch) {
    return LiveServer::instance().call(
        "POST", "/api/v1/batches/" + batches.at(static_cast<std::size_t>(batch)) + "/bids",
        bidder.key,
        fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","kind":"withdraw"}})", fresh_bid_id(),
                    certificate(lot, batch)));
}

boost::json::value TestSale::results(int batch) {
    return LiveServer::instance()
        .call("GET", "/api/v1/batches/" + batches.at(static_cast<std::size_t>(batch)) +
                         "/results?limit=200")
        .json();
}

} // namespace strikeoff::testing
