#include "crash/http_call.hpp"

namespace strikeoff::testing {
namespace {

bids::PlaceBid body_of(const bids::Wish& wish) {
    const bool place = wish.kind == BidKind::place;
    return {.bid_id = wish.bid,
            .certificate_id = wish.certificate,
            .kind = place ? bids::WishKind::place : bids::WishKind::withdraw,
            .rate = place ? std::optional{wish.rate} : std::nullopt};
}

bids::Line line_of(const bids::Wish& wish, bids::LineStatus status, const bids::Bid& bid,
                   const boost::json::value& receipt) {
    const bids::PlaceBid wanted = body_of(wish);
    const bool same = bid.certificate_id == wanted.certificate_id && bid.kind == *wanted.kind &&
                      bid.rate == wanted.rate &&
                      (bid.bid_id == wish.bid || status == bids::LineStatus::unchanged);
    if (!same) throw std::runtime_error("the answer is about another bid than the request");
    return {.wish = wish,
            .status = status,
            .bid = bid.bid_id,
            .lot = static_cast<std::uint32_t>(bid.adv_no),
            .accepted_at = bid.accepted_at,
            .receipt = boost::json::serialize(receipt)};
}

template <class T>
T read(const boost::json::value& value) {
    auto read = client::read_document<T>(value);
    if (!read) throw std::runtime_error(read.error().message);
    return *std::move(read);
}

std::vector<bids::Line> lines_of(const boost::json::value& body,
                                 const std::vector<bids::Wish>& wishes, bool joint) {
    if (!joint) {
        const auto answer = read<bids::BidAnswer>(body);
        return {line_of(wishes.front(), answer.status, answer.bid, body.at("receipt"))};
    }
    const auto answer = read<bids::BidLines>(body);
    if (answer.lines.size() != wishes.size())
        throw std::runtime_error("an answer has another number of lines than its request");
    std::vector<bids::Line> lines;
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        const bids::BidLine& line = answer.lines[i];
        if (line.status == bids::LineStatus::refused)
            lines.push_back({.wish = wishes[i], .error = {.reason = line.reason.value_or("")}});
        else
            lines.push_back(line_of(wishes[i], line.status, line.bid.value(),
                                    body.at("lines").at(i).at("receipt")));
    }
    return lines;
}

} // namespace

std::optional<std::vector<bids::Line>> send_call(client::Api& api, const torture::Call& call) {
    const std::vector<bids::Wish>& wishes = call.submission.wishes;
    const bool joint = call.submission.joint;
    bids::PlaceBids several;
    for (const bids::Wish& wish : wishes)
        several.bids.push_back(body_of(wish));
    const std::string body = joint ? http::to_json(several) : http::to_json(several.bids.front());
    const std::string target =
        "/api/v1/batches/" + call.batch.text() + (joint ? "/bids/bulk" : "/bids");
    client::Answer answer;
    try {
        answer = api.exchange({.verb = client::Verb::post, .target = target, .body = body});
    } catch (const client::ConnectionError&) {
        return std::nullopt;
    }
    if (answer.ok()) return lines_of(boost::json::parse(answer.body), wishes, joint);
    if (answer.status >= 500 || answer.status == 429) return std::nullopt;
    const Error error = client::refusal_of(answer);
    if (!error.reason.starts_with("bid.") && !error.reason.starts_with("batch."))
        throw std::runtime_error(fmt::format("{} {}", answer.status, answer.body));
    std::vector<bids::Line> lines;
    for (const bids::Wish& wish : wishes)
        lines.push_back({.wish = wish, .error = error});
    return lines;
}

} // namespace strikeoff::testing
