#include "client/load.hpp"

#include "client/dice.hpp"
#include "client/latency.hpp"
#include "client/machine_time.hpp"
#include "keys.hpp"

#include <boost/asio.hpp>
#include <fmt/compile.h>

#include <charconv>

namespace strikeoff::client {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Steady = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int rates = 72; ///< 0.25 to 18.00.
constexpr int errors_a_connection_max = 20;
constexpr auto grace = 30s; ///< For answers that are under way at the end.
constexpr auto no_error = asio::as_tuple(asio::use_awaitable);

/// What the connections of one run share; all on one thread.
struct Run {
    const LoadOptions& options;
    Steady::time_point counts_from;
    Steady::time_point end;
    std::uint64_t first_rate = 0;
    LoadReport report;
    LatencyHistogram latencies;
    std::string failure;
};

/// The number after `"name":` near the beginning of a bulk answer.
std::int64_t count_in(std::string_view body, std::string_view name) {
    const std::size_t at = body.substr(0, 200).find(name);
    std::int64_t value = 0;
    if (at != std::string_view::npos)
        std::from_chars(body.data() + at + name.size(), body.data() + body.size(), value);
    return value;
}

/// One keep-alive connection. Requests are written and answers cut by hand: the generator shares
/// the machine with what it measures.
class LoadConnection {
public:
    LoadConnection(Run& run, int number, asio::any_io_executor executor, tcp::endpoint server)
        : run_{run}, next_{static_cast<std::uint64_t>(number)}, socket_{executor}, server_{server} {
        const Hash seed = random_hash();
        dice_ = Dice{load_be64(seed.data())};
    }

    asio::awaitable<void> work() {
        int errors = 0;
        while (Steady::now() < run_.end && errors < errors_a_connection_max) {
            prepare();
            const auto sent_at = Steady::now();
            const bool answered = co_await exchange();
            if (!answered) {
                ++errors;
                ++run_.report.errors;
                boost::system::error_code ignored; // It is broken already.
                socket_.close(ignored);
                continue;
            }
            note(sent_at);
            if (is_last_) socket_.close();
        }
    }

private:
    void prepare() {
        body_.clear();
        const auto lines = static_cast<std::size_t>(run_.options.lines);
        if (lines > 1) body_ += R"({"bids":[)";
        // Lines of one request are of one bidder: it is the last one's who sends.
        std::size_t bidder = 0;
        for (std::size_t i = 0; i < lines; ++i) {
            const LoadBid bid = next_bid(i);
            bidder = bid.bidder;
            append_bid(bid, i);
        }
        if (lines > 1) body_ += "]}";
        request_.clear();
        fmt::format_to(std::back_inserter(request_),
                       FMT_COMPILE("POST /api/v1/batches/{}/bids{} HTTP/1.1\r\nHost: {}\r\n"
                                   "Authorization: Bearer {}\r\n"
                                   "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n"),
                       run_.options.batch.text(), lines > 1 ? "/bulk" : "",
                       run_.options.server.authority(), run_.options.bidders[bidder].key,
                       body_.size());
        request_ += body_;
    }

    LoadBid next_bid(std::size_t line) {
        const std::size_t bidders = run_.options.bidders.size();
        const std::size_t certificates = run_.options.certificates.size();
        if (run_.options.lines == 1) {
            const std::uint64_t number = next_;
            next_ += static_cast<std::uint64_t>(run_.options.connections);
            return load_bid(number, bidders, certificates, run_.first_rate);
        }
        // A request is a run of certificates of one bidder: number them the other way round.
        const std::uint64_t request = next_;
        const auto lines = static_cast<std::uint64_t>(run_.options.lines);
        if (line + 1 == lines) next_ += static_cast<std::uint64_t>(run_.options.connections);
        const std::uint64_t runs = std::max<std::uint64_t>(certificates / lines, 1);
        const std::uint64_t within = request % (bidders * runs);
        const LoadBid round = load_bid(request / (bidders * runs), 1, 1, run_.first_rate);
        return {.bidder = within % bidders,
                .certificate = within / bidders * lines + line,
                .rate = round.rate};
    }

    void append_bid(const LoadBid& bid, std::size_t line) {
        Bytes16 random;
        store_be64(random.data(), dice_.next());
        store_be64(random.data() + 8, dice_.next());
        if (line > 0) body_ += ',';
        fmt::format_to(std::back_inserter(body_),
                       FMT_COMPILE(R"({{"bid_id":"{}","certificate_id":"{}","rate":"{}"}})"),
                       format_uuid(make_uuid_v7(machine_now(), random)),
                       run_.options.certificates[bid.certificate].text(), format_rate(bid.rate));
    }

    /// False when the connection broke or what came back is not HTTP.
    asio::awaitable<bool> exchange() {
        if (!socket_.is_open()) {
            auto [error] = co_await socket_.async_connect(server_, no_error);
            if (error) {
                run_.failure = error.message();
                co_return false;
            }
            socket_.set_option(tcp::no_delay{true});
            received_.clear();
        }
        auto [write_error, written] =
            co_await asio::async_write(socket_, asio::buffer(request_), no_error);
        if (write_error) co_return false;
        received_.clear();
        std::size_t size = 0;
        while (size == 0 || received_.size() < size) {
            const std::size_t before = received_.size();
            received_.resize(before + 16'384);
            auto [error, n] = co_await socket_.async_read_some(
                asio::buffer(received_.data() + before, 16'384), no_error);
            received_.resize(before + n);
            if (error) co_return false;
            if (size == 0 && !read_head(size)) co_return false;
        }
        co_return true;
    }

    /// Sets the size of the whole answer once its head is there; false when it has no length.
    bool read_head(std::size_t& size) {
        const std::string_view all = received_;
        const std::size_t end = all.find("\r\n\r\n");
        if (end == std::string_view::npos) return all.size() < 65'536;
        static constexpr std::string_view name = "Content-Length: ";
        const std::size_t at = all.substr(0, end).find(name);
        if (at == std::string_view::npos || all.size() < 12) return false;
        std::size_t length = 0;
        std::from_chars(all.data() + at + name.size(), all.data() + end, length);
        std::from_chars(all.data() + 9, all.data() + 12, status_);
        is_last_ = all.substr(0, end).contains("\r\nConnection: close");
        body_at_ = end + 4;
        size = body_at_ + length;
        return true;
    }

    void note(Steady::time_point sent_at) {
        const std::string_view body = std::string_view{received_}.substr(body_at_);
        LoadReport one;
        if (status_ == 429) {
            one.limited = run_.options.lines;
        } else if (status_ != 200) {
            one.refused = run_.options.lines;
            if (status_ >= 500) ++one.errors;
        } else if (run_.options.lines > 1) {
            one.bids = count_in(body, R"("accepted":)");
            one.unchanged = count_in(body, R"("unchanged":)");
            one.refused = count_in(body, R"("refused":)");
        } else {
            (body.starts_with(R"({"status":"accepted")") ? one.bids : one.unchanged) = 1;
        }
        // An earlier run left these rates: go on with the next one.
        if (one.unchanged > 0) ++run_.first_rate;
        const auto now = Steady::now();
        if (sent_at < run_.counts_from || now > run_.end) return;
        run_.report.bids += one.bids;
        run_.report.unchanged += one.unchanged;
        run_.report.refused += one.refused;
        run_.report.limited += one.limited;
        run_.report.errors += one.errors;
        run_.latencies.record(
            std::chrono::duration_cast<std::chrono::microseconds>(now - sent_at).count());
    }

    Run& run_;
    std::uint64_t next_;
    tcp::socket socket_;
    tcp::endpoint server_;
    Dice dice_{0};
    std::string body_;
    std::string request_;
    std::string received_;
    std::size_t body_at_ = 0;
    int status_ = 0;
    bool is_last_ = false; ///< The server closes after this answer.
};

} // namespace

LoadBid load_bid(std::uint64_t number, std::size_t bidders, std::size_t certificates,
                 std::uint64_t first_rate) {
    assert(bidders > 0 && certificates > 0);
    const std::uint64_t pairs = bidders * certificates;
    const std::uint64_t pair = number % pairs;
    const std::uint64_t step = (first_rate + number / pairs) % rates;
    return {.bidder = pair % bidders,
            .certificate = pair / bidders,
            .rate = Rate::from_bp(1800 - 25 * static_cast<std::int32_t>(step))};
}

Result<std::vector<CertificateId>> read_certificates(std::string_view text) {
    std::vector<CertificateId> certificates;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (line.empty()) continue;
        const auto id = parse_uuid(line);
        if (!id)
            return fail(ErrorCode::invalid_input, "certificates.malformed",
                        fmt::format("{}: must be the id of a certificate", number));
        certificates.push_back(CertificateId{*id});
    }
    return certificates;
}

LoadReport run_load(const LoadOptions& options) {
    asio::io_context io{1};
    tcp::resolver resolver{io};
    const tcp::endpoint server =
        *resolver.resolve(options.server.host, options.server.port).begin();
    const auto start = Steady::now();
    const auto counts_from = start + std::chrono::seconds{options.warm_up_seconds};
    Run run{.options = options,
            .counts_from = counts_from,
            .end = counts_from + std::chrono::seconds{options.seconds}};
    std::vector<std::unique_ptr<LoadConnection>> connections;
    std::exception_ptr failure;
    for (int i = 0; i < options.connections; ++i) {
        connections.push_back(std::make_unique<LoadConnection>(run, i, io.get_executor(), server));
        asio::co_spawn(io, connections.back()->work(), [&](std::exception_ptr thrown) {
            if (thrown) failure = thrown;
        });
    }
    io.run_until(run.end + grace);
    if (failure) std::rethrow_exception(failure);
    if (run.latencies.count() == 0)
        throw ConnectionError(options.server.authority() + ": no request was answered " +
                              run.failure);
    run.report.connections = options.connections;
    run.report.seconds = options.seconds;
    run.report.per_second = run.report.bids / options.seconds;
    run.report.p50_us = run.latencies.percentile(500);
    run.report.p99_us = run.latencies.percentile(990);
    run.report.max_us = run.latencies.max();
    return run.report;
}

} // namespace strikeoff::client
