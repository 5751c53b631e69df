#include "http/admission.hpp"

#include "metrics.hpp"

#include <fmt/format.h>

#include <charconv>

namespace strikeoff::http {
namespace {

/// Lines of bulk requests under way: each takes some two kilobytes until it is answered.
constexpr std::size_t bulk_lines_max = 262'144;
constexpr std::int64_t bids_a_search = 20;

ByteView name_of(const UserId& user) {
    return user.uuid.bytes;
}

Quota quota_of_user(Traffic traffic) {
    switch (traffic) {
    case Traffic::bid:
        return Quota::bids;
    case Traffic::urgent:
        return Quota::urgent;
    case Traffic::write:
        return Quota::writes;
    case Traffic::list:
        return Quota::lists;
    case Traffic::heavy:
        return Quota::heavy;
    default:
        return Quota::reads;
    }
}

} // namespace

std::array<Limit, quota_count> default_limits() {
    using namespace std::chrono_literals;
    AdmissionOptions options{.limits = {}};
    options.of(Quota::bids) = {50, 1s, 200};
    options.of(Quota::bulk_lines) = {5'000, 1s, 65'536};
    options.of(Quota::urgent) = {20, 1s, 200};
    options.of(Quota::writes) = {50, 1s, 500};
    options.of(Quota::reads) = {50, 1s, 300};
    options.of(Quota::lists) = {20, 1s, 200};
    options.of(Quota::heavy) = {30, 60s, 100};
    // An office of two hundred bidders, each with a page that asks every two seconds.
    options.of(Quota::address_reads) = {500, 1s, 3'000};
    options.of(Quota::address_lists) = {200, 1s, 2'000};
    options.of(Quota::address_heavy) = {120, 60s, 600};
    options.of(Quota::address_failures) = {20, 1s, 300};
    options.of(Quota::address_connections) = {500, 1s, 4'000};
    options.of(Quota::address_sign_ins) = {30, 60s, 30};
    options.of(Quota::address_sign_ups) = {5, 3600s, 5};
    return options.limits;
}

Result<Limit> parse_limit(std::string_view text) {
    constexpr std::int64_t number_max = 1'000'000;
    const auto malformed = [&] {
        return fail(ErrorCode::invalid_input, "limit.malformed",
                    fmt::format("'{}' is not like 50/s,200 with s, m or h", text));
    };
    const std::size_t slash = text.find('/');
    const std::size_t comma = text.find(',');
    if (slash == std::string_view::npos || comma != slash + 2) return malformed();
    const auto number = [](std::string_view digits) {
        std::int64_t value = 0;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        const bool whole = error == std::errc{} && end == digits.data() + digits.size();
        return whole ? value : 0;
    };
    constexpr std::string_view units = "smh";
    constexpr std::array<std::int64_t, 3> seconds{1, 60, 3600};
    const std::size_t unit = units.find(text[slash + 1]);
    const Limit limit{.count = number(text.substr(0, slash)),
                      .per = std::chrono::seconds{unit < units.size() ? seconds.at(unit) : 0},
                      .burst = number(text.substr(comma + 1))};
    if (limit.count < 1 || limit.burst < 1 || limit.per.count() < 1 || limit.count > number_max ||
        limit.burst > number_max)
        return malformed();
    return limit;
}

std::string format_limit(const Limit& limit) {
    const std::int64_t seconds = limit.per.count();
    return fmt::format("{}/{},{}", limit.count,
                       seconds == 1    ? 's'
                       : seconds == 60 ? 'm'
                                       : 'h',
                       limit.burst);
}

Bytes network_of(const boost::asio::ip::address& address) {
    if (address.is_v4()) {
        const auto bytes = address.to_v4().to_bytes();
        return {bytes.begin(), bytes.begin() + 3};
    }
    const auto bytes = address.to_v6().to_bytes();
    return {bytes.begin(), bytes.begin() + 6};
}

Admission::Admission(const AdmissionOptions& options)
    : options_{options}, table_{options.keys_min} {}

Admission::Answer Admission::take(Quota quota, ByteView name, std::int64_t cost) {
    const LimitVerdict verdict =
        table_.take(key(quota, name), options_.of(quota), cost, std::chrono::steady_clock::now());
    if (verdict.conforms) return std::nullopt;
    metrics::metrics().requests_limited.at(static_cast<std::size_t>(quota)).add();
    return limited(quota, verdict.wait);
}

Admission::Answer Admission::ask(Quota quota, ByteView name, std::int64_t cost) const {
    const LimitVerdict verdict =
        table_.ask(key(quota, name), options_.of(quota), cost, std::chrono::steady_clock::now());
    if (verdict.conforms) return std::nullopt;
    metrics::metrics().requests_limited.at(static_cast<std::size_t>(quota)).add();
    return limited(quota, verdict.wait);
}

Limited Admission::limited(Quota quota, std::chrono::nanoseconds wait) const {
    return {quota, options_.of(quota),
            std::max(std::chrono::ceil<std::chrono::seconds>(wait), std::chrono::seconds{1})};
}

/// Bids of a user count by the user alone: two hundred bidders of one office have one address.
Admission::Answer Admission::request(Traffic traffic, const Caller& caller, ByteView network) {
    if (caller.user)
        if (auto met = take(quota_of_user(traffic), name_of(*caller.user))) return met;
    if (traffic == Traffic::list) return take(Quota::address_lists, network);
    if (traffic == Traffic::heavy) return take(Quota::address_heavy, network);
    return caller.user ? std::nullopt : take(Quota::address_reads, network);
}

Admission::Answer Admission::failure(ByteView network) {
    return take(Quota::address_failures, network);
}

Admission::Answer Admission::has_failed_much(ByteView network) const {
    return ask(Quota::address_failures, network, 1);
}

Admission::Answer Admission::would_take_lines(UserId user, std::size_t lines) const {
    return ask(Quota::bulk_lines, name_of(user), static_cast<std::int64_t>(lines));
}

Admission::Answer Admission::take_lines(UserId user, std::size_t lines) {
    return take(Quota::bulk_lines, name_of(user), static_cast<std::int64_t>(lines));
}

void Admission::charge_for_search(UserId user) {
    table_.owe(key(Quota::bids, name_of(user)), options_.of(Quota::bids), bids_a_search,
               std::chrono::steady_clock::now());
}

Admission::Entry Admission::enter(ByteView network) {
    if (take(Quota::address_connections, network)) return Entry::too_fast;
    const auto found = connections_.find(std::string(as_text(network)));
    if (found != connections_.end() && found->second >= options_.connections_per_address)
        return Entry::too_many;
    enter_anyway(network);
    return Entry::open;
}

void Admission::enter_anyway(ByteView network) {
    ++connections_[std::string(as_text(network))];
}

void Admission::leave(ByteView network) {
    const auto found = connections_.find(std::string(as_text(network)));
    if (found != connections_.end() && --found->second == 0) connections_.erase(found);
}

bool Admission::has_room(Traffic traffic, std::size_t waiting) const {
    const std::size_t queue = options_.request_queue;
    switch (traffic) {
    case Traffic::heavy:
    case Traffic::list:
        return waiting < (tight_ ? queue / 16 : queue / 4);
    case Traffic::read:
        return waiting < queue / 2;
    case Traffic::probe:
        // On the threads of the bids, behind them: each takes a millisecond, and a process that has
        // just begun looks everybody up.
        return waiting < options_.bid_queue;
    case Traffic::write:
        return waiting < queue - queue / 4;
    default:
        return waiting < queue;
    }
}

std::optional<Admission::Place> Admission::enter_bid(std::size_t lines) {
    const bool full = lines == 0 ? bids_ >= options_.bid_queue : lines_ + lines > bulk_lines_max;
    if (full) return std::nullopt;
    return Place{*this, lines};
}

Admission::Place::Place(Admission& admission, std::size_t lines)
    : admission_{&admission}, lines_{lines} {
    lines == 0 ? void(++admission.bids_) : void(admission.lines_ += lines);
}

Admission::Place::Place(Place&& other) noexcept
    : admission_{std::exchange(other.admission_, nullptr)}, lines_{other.lines_} {}

Admission::Place::~Place() {
    if (!admission_) return;
    lines_ == 0 ? void(--admission_->bids_) : void(admission_->lines_ -= lines_);
}

Response limited_response(const Limited& limited, std::string_view request_id) {
    return limited_response(LimitMet{enum_name(limited.quota), limited.limit, limited.wait},
                            request_id);
}

Response limited_response(const LimitMet& met, std::string_view request_id) {
    Response response = problem(
        429, met.reason,
        fmt::format("more than {} in {} s, and {} at once; wait as long as Retry-After says",
                    met.limit.count, met.limit.per.count(), met.limit.burst),
        request_id);
    const std::int64_t window =
        (met.limit.burst * met.limit.per.count() + met.limit.count - 1) / met.limit.count;
    response.headers.emplace_back("Retry-After", std::to_string(met.wait.count()));
    response.headers.emplace_back(
        "RateLimit-Policy", fmt::format("\"{}\";q={};w={}", met.name, met.limit.burst, window));
    response.headers.emplace_back("RateLimit",
                                  fmt::format("\"{}\";r=0;t={}", met.name, met.wait.count()));
    return response;
}

Response busy_response(Traffic traffic, Shed cause, std::string_view request_id) {
    metrics::metrics().count_shed(traffic, cause);
    Response response =
        problem(503, "busy", "there is more to do than can be done now; try again", request_id);
    response.shed = true;
    // Lists can wait for the end of a rush; the others come back soon.
    const bool can_wait = traffic == Traffic::list || traffic == Traffic::heavy;
    response.headers.emplace_back("Retry-After", can_wait ? "5" : "1");
    return response;
}

} // namespace strikeoff::http
