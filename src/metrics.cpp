#include "metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace strikeoff::metrics {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

// Sorted: it is searched for every refusal.
constexpr auto known_reasons = std::to_array<std::string_view>(
    {"batch.unknown",     "bid.barred",          "bid.batch_closed",        "bid.batch_paused",
     "bid.batch_pending", "bid.disk_low",        "bid.id_malformed",        "bid.id_reused",
     "bid.item_ended",    "bid.lot_unknown",     "bid.lot_withdrawn",       "bid.not_eligible",
     "bid.not_lower",     "bid.not_registered",  "bid.nothing_to_withdraw", "bid.on_hold",
     "bid.over_budget",   "bid.owner_of_parcel", "bid.rate_missing",        "bid.rate_off_step",
     "bid.repeated_item", "bid.stands",          "bid.zero_refused"});

/// What is not known has the place behind the last.
std::size_t place_of(std::string_view reason) {
    const auto at = std::ranges::lower_bound(known_reasons, reason);
    return at != known_reasons.end() && *at == reason
               ? static_cast<std::size_t>(at - known_reasons.begin())
               : known_reasons.size();
}

std::int64_t wall_micros() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

ClientMetric counted(std::uint64_t value, std::vector<ClientMetric::Label> labels = {}) {
    ClientMetric metric;
    metric.label = std::move(labels);
    metric.counter.value = static_cast<double>(value);
    return metric;
}

MetricFamily family(std::string name, std::string help, MetricType type,
                    std::vector<ClientMetric> values) {
    return {.name = "strikeoff_" + name,
            .help = std::move(help),
            .type = type,
            .metric = std::move(values)};
}

MetricFamily counter(std::string name, std::string help, std::vector<ClientMetric> values) {
    return family(std::move(name), std::move(help), MetricType::Counter, std::move(values));
}

MetricFamily gauge(std::string name, std::string help, double value) {
    ClientMetric metric;
    metric.gauge.value = value;
    return family(std::move(name), std::move(help), MetricType::Gauge, {metric});
}

MetricFamily histogram(std::string name, std::string help, const Spread& spread) {
    return family(std::move(name), std::move(help), MetricType::Histogram, {spread.collect()});
}

void add_bids(const Metrics& m, std::vector<MetricFamily>& out) {
    out.push_back(counter("bids_total", "Bids answered, by outcome.",
                          {counted(m.bids_accepted.value(), {{"outcome", "accepted"}}),
                           counted(m.bids_unchanged.value(), {{"outcome", "unchanged"}}),
                           counted(m.bids_replayed.value(), {{"outcome", "replayed"}})}));
    std::vector<ClientMetric> refused;
    for (const std::string_view reason : ReasonCounters::reasons())
        refused.push_back(counted(m.bids_refused.value(reason), {{"reason", std::string(reason)}}));
    out.push_back(counter("bids_refused_total", "Bids refused, by reason.", std::move(refused)));
    out.push_back(histogram("group_bids", "Bids stored together in one block.", m.group_size));
    out.push_back(histogram("commit_seconds", "Time of an append to the journal.", m.commit_time));
    out.push_back(counter("groups_settled_total",
                          "Groups whose outcome had to be looked up after a broken commit.",
                          {counted(m.groups_settled.value())}));
    out.push_back(counter("book_loads_total", "Books of a batch read from the database.",
                          {counted(m.book_loads.value(), {{"why", "first"}}),
                           counted(m.book_reloads.value(), {{"why", "stale"}})}));
    out.push_back(counter("projected_records_total", "Records copied from the journal.",
                          {counted(m.records_projected.value())}));
    out.push_back(
        histogram("closing_seconds", "From the end of bidding to the awards.", m.closing_time));
}

/// A counter for each enumerator, labelled with its name.
template <class E, std::size_t n>
MetricFamily counter_of_each(std::string name, std::string help, const std::string& label,
                             const std::array<Counter, n>& counters) {
    std::vector<ClientMetric> values;
    for (std::size_t i = 0; i < n; ++i)
        values.push_back(
            counted(counters[i].value(), {{label, std::string(enum_name(static_cast<E>(i)))}}));
    return counter(std::move(name), std::move(help), std::move(values));
}

void add_admission(const Metrics& m, std::vector<MetricFamily>& out) {
    out.push_back(counter_of_each<http::Quota>(
        "requests_limited_total", "Requests over a limit, by limit.", "limit", m.requests_limited));
    std::vector<ClientMetric> shed;
    for (std::size_t traffic = 0; traffic < http::traffic_count; ++traffic)
        for (std::size_t cause = 0; cause < http::shed_count; ++cause)
            shed.push_back(
                counted(m.requests_shed[traffic][cause].value(),
                        {{"traffic", std::string(enum_name(static_cast<http::Traffic>(traffic)))},
                         {"cause", std::string(enum_name(static_cast<http::Shed>(cause)))}}));
    out.push_back(counter("requests_shed_total",
                          "Requests that found no room, by traffic and cause.", std::move(shed)));
    out.push_back(counter("connections_refused_total",
                          "Connections of an address with too many, or too many new ones.",
                          {counted(m.connections_refused.value())}));
}

void add_service(const Metrics& m, std::vector<MetricFamily>& out) {
    out.push_back(gauge("open_sockets", "Connections of clients.",
                        static_cast<double>(m.open_sockets.value())));
    std::vector<ClientMetric> responses;
    for (std::size_t digit = 1; digit < m.responses.size(); ++digit)
        responses.push_back(
            counted(m.responses[digit].value(), {{"class", fmt::format("{}xx", digit)}}));
    out.push_back(counter("responses_total", "Answers, by class of status.", std::move(responses)));
    out.push_back(counter("pool_waits_total", "Times a thread waited for a database connection.",
                          {counted(m.pool_waits.value())}));
    ClientMetric waited;
    waited.counter.value = static_cast<double>(m.pool_wait_micros.value()) / 1e6;
    out.push_back(
        counter("pool_wait_seconds_total", "Time spent waiting for a connection.", {waited}));
    out.push_back(counter("pool_refusals_total", "Waits that were given up.",
                          {counted(m.pool_refusals.value())}));
    out.push_back(counter("mails_total", "Attempts to send a mail, by outcome.",
                          {counted(m.mails_sent.value(), {{"outcome", "sent"}}),
                           counted(m.mails_failed.value(), {{"outcome", "failed"}}),
                           counted(m.mails_given_up.value(), {{"outcome", "given_up"}})}));
}

void add_live(const Metrics& m, std::vector<MetricFamily>& out) {
    out.push_back(gauge("live_sockets", "Live sockets that are open.",
                        static_cast<double>(m.live_sockets.value())));
    out.push_back(counter("live_events_total", "Events for live sockets, once for each.",
                          {counted(m.live_events.value())}));
    out.push_back(counter("live_slow_readers_total", "Live sockets closed for reading too slowly.",
                          {counted(m.live_slow_readers.value())}));
}

} // namespace

std::vector<std::string_view> ReasonCounters::reasons() {
    std::vector<std::string_view> all{known_reasons.begin(), known_reasons.end()};
    all.emplace_back("other");
    return all;
}

void ReasonCounters::add(std::string_view reason) {
    static_assert(known_reasons.size() < reasons_max && std::ranges::is_sorted(known_reasons));
    counters_[place_of(reason)].add();
}

std::uint64_t ReasonCounters::value(std::string_view reason) const {
    return counters_[place_of(reason)].value();
}

void Metrics::count_response(int status, Answer answer) {
    responses[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))].add();
    if (status >= 500 && answer == Answer::given) last_server_error = wall_micros();
}

void Metrics::count_shed(http::Traffic traffic, http::Shed cause) {
    requests_shed.at(static_cast<std::size_t>(traffic)).at(static_cast<std::size_t>(cause)).add();
    if (traffic == http::Traffic::bid) last_bid_shed = wall_micros();
}

std::uint64_t Metrics::shed(http::Traffic traffic, http::Shed cause) const {
    return requests_shed.at(static_cast<std::size_t>(traffic))
        .at(static_cast<std::size_t>(cause))
        .value();
}

Metrics& metrics() {
    static Metrics of_this_process;
    return of_this_process;
}

std::string render(const Metrics& metrics, const std::vector<Sample>& samples) {
    std::vector<MetricFamily> families;
    add_bids(metrics, families);
    add_service(metrics, families);
    add_admission(metrics, families);
    add_live(metrics, families);
    for (const Sample& sample : samples)
        families.push_back(gauge(sample.name, sample.help, sample.value));
    return prometheus::TextSerializer{}.Serialize(families);
}

} // namespace strikeoff::metrics
