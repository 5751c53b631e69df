#include "client/bidding.hpp"

#include "client/api.hpp"
#include "client/machine_time.hpp"
#include "keys.hpp"

#include <boost/asio.hpp>

#include <algorithm>

namespace strikeoff::client {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto wait_slice = 200ms; ///< How soon `stop` is seen.

void write_bid(http::JsonWriter& json, const BatchBidding& batch, const PlannedBid& bid) {
    const bool place = bid.kind == BidKind::place;
    json.begin_object();
    json.key("bid_id");
    json.text(format_uuid(random_uuid(machine_now())));
    json.key("certificate_id");
    json.text(batch.items[bid.item].text());
    json.key("kind");
    json.text(place ? "place" : "withdraw");
    if (place) {
        json.key("rate");
        json.text(format_rate(bid.rate));
    }
    json.end_object();
}

std::string body_of(const BatchBidding& batch, const PlannedRequest& request) {
    std::string body;
    http::JsonWriter json{body};
    if (!request.bulk) {
        write_bid(json, batch, request.bids.front());
        return body;
    }
    json.begin_object();
    json.key("bids");
    json.begin_array();
    for (const PlannedBid& bid : request.bids)
        write_bid(json, batch, bid);
    json.end_array();
    json.end_object();
    return body;
}

std::string text_of(const boost::json::object& object, std::string_view name) {
    const boost::json::value* found = object.if_contains(name);
    return found && found->is_string() ? std::string(found->get_string()) : "";
}

} // namespace

struct Bidding::Due {
    Instant at;
    const BatchBidding* batch = nullptr;
    const PlannedRequest* request = nullptr;
};

Result<std::vector<BidderKey>> read_bidder_keys(std::string_view text) {
    std::vector<BidderKey> bidders;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (line.empty()) continue;
        const std::size_t space = line.find(' ');
        const auto user = parse_uuid(line.substr(0, space));
        if (!user || space == std::string_view::npos || space + 1 == line.size())
            return fail(ErrorCode::invalid_input, "bidders.malformed",
                        fmt::format("{}: a line is `user_id key`", number));
        bidders.push_back({UserId{*user}, std::string(line.substr(space + 1))});
    }
    return bidders;
}

std::int64_t BiddingCounts::refusals() const {
    std::int64_t sum = 0;
    for (const auto& [reason, count] : refused)
        sum += count;
    return sum;
}

Bidding::Bidding(ServerAddress server, std::vector<BidderKey> bidders, ReceiptStore* receipts,
                 std::size_t connections)
    : server_{std::move(server)}, bidders_{std::move(bidders)}, receipts_{receipts},
      connections_{std::max<std::size_t>(connections, 1)} {}

void Bidding::run(const std::vector<BatchBidding>& batches,
                  std::chrono::microseconds clock_offset) {
    std::vector<std::vector<Due>> shares(connections_);
    for (const BatchBidding& batch : batches) {
        const std::chrono::microseconds length = batch.end - batch.from;
        for (const PlannedRequest& request : batch.requests)
            shares[request.bidder % connections_].push_back(
                {batch.from + length * request.at_permille / 1000, &batch, &request});
        const std::lock_guard lock{mutex_};
        left_[batch.batch] += static_cast<std::int64_t>(batch.requests.size());
        counts_.requests_planned += static_cast<std::int64_t>(batch.requests.size());
    }
    asio::io_context io{1};
    std::exception_ptr failure;
    for (std::vector<Due>& share : shares) {
        std::ranges::sort(share, {}, [](const Due& due) {
            return std::tuple{due.at, due.batch->batch, due.request - due.batch->requests.data()};
        });
        asio::co_spawn(io, work(std::move(share), clock_offset), [&](std::exception_ptr thrown) {
            if (thrown) failure = thrown;
        });
    }
    io.run();
    if (failure) std::rethrow_exception(failure);
}

asio::awaitable<void> Bidding::work(std::vector<Due> requests,
                                    std::chrono::microseconds clock_offset) {
    const auto executor = co_await asio::this_coro::executor;
    Connection connection{executor, server_};
    asio::steady_timer timer{executor};
    for (const Due& due : requests) {
        for (;;) {
            const auto early = due.at - (machine_now() + clock_offset);
            if (stopping_) co_return;
            if (early <= 0us) break;
            timer.expires_after(std::min<std::chrono::microseconds>(early, wait_slice));
            co_await timer.async_wait(asio::use_awaitable);
        }
        co_await send(connection, due);
        const std::lock_guard lock{mutex_};
        ++counts_.requests;
        --left_[due.batch->batch];
    }
}

asio::awaitable<void> Bidding::send(Connection& connection, const Due& due) {
    const std::string target = fmt::format("/api/v1/batches/{}/bids{}", due.batch->batch.text(),
                                           due.request->bulk ? "/bulk" : "");
    const std::string body = body_of(*due.batch, *due.request);
    Answer answer;
    try {
        answer = co_await connection.exchange({.verb = Verb::post,
                                               .target = target,
                                               .body = body,
                                               .bearer = bidders_.at(due.request->bidder).key,
                                               .repeatable = true});
    } catch (const ConnectionError& error) {
        note_error(error.what());
        co_return;
    }
    note(*due.batch, *due.request, answer);
}

void Bidding::note(const BatchBidding& batch, const PlannedRequest& request, const Answer& answer) {
    if (!answer.ok()) {
        const Error error = refusal_of(answer);
        if (answer.status >= 500) return note_error(error.message);
        const std::lock_guard lock{mutex_};
        counts_.refused[error.reason] += static_cast<std::int64_t>(request.bids.size());
        return;
    }
    const auto document = parse_json_strict(answer.body);
    if (!document || !document->is_object()) return note_error("an answer that is no JSON object");
    const boost::json::object& object = document->get_object();
    if (!request.bulk) return note_line(batch.batch, object);
    const boost::json::value* lines = object.if_contains("lines");
    if (!lines || !lines->is_array() || lines->get_array().size() != request.bids.size())
        return note_error("an answer without a verdict for each line");
    for (const boost::json::value& line : lines->get_array())
        if (line.is_object()) note_line(batch.batch, line.get_object());
}

void Bidding::note_line(BatchId batch, const boost::json::object& line) {
    const std::string status = text_of(line, "status");
    if (status == "refused") {
        const std::lock_guard lock{mutex_};
        ++counts_.refused[text_of(line, "reason")];
        return;
    }
    const boost::json::value* receipt = line.if_contains("receipt");
    if (!receipt || !receipt->is_object()) return note_error("an accepted bid without a receipt");
    if (receipts_) receipts_->add(batch, *receipt);
    const std::lock_guard lock{mutex_};
    ++(status == "unchanged" ? counts_.unchanged : counts_.accepted);
}

void Bidding::note_error(std::string message) {
    const std::lock_guard lock{mutex_};
    ++counts_.errors;
    counts_.last_error = std::move(message);
}

BiddingCounts Bidding::counts() const {
    const std::lock_guard lock{mutex_};
    return counts_;
}

bool Bidding::is_done(BatchId batch) const {
    const std::lock_guard lock{mutex_};
    const auto found = left_.find(batch);
    return found != left_.end() && found->second == 0;
}

} // namespace strikeoff::client
