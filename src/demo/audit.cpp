#include "demo/audit.hpp"

#include "modules/onboarding/onboarding.hpp"

#include <fstream>

namespace strikeoff::demo {
namespace {

namespace fs = std::filesystem;
using auctions::LotStatus;

struct KeyEntry {
    std::string public_key;
};
BOOST_DESCRIBE_STRUCT(KeyEntry, (), (public_key))
struct KeyList {
    std::vector<KeyEntry> keys;
};
BOOST_DESCRIBE_STRUCT(KeyList, (), (keys))

void write_file(const fs::path& file, std::string_view text) {
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out << text;
    out.close();
    if (!out) throw std::runtime_error("cannot write " + file.string());
}

std::string_view word_of(LotStatus status) {
    return status == LotStatus::awarded  ? "awarded"
           : status == LotStatus::struck ? "struck"
                                         : "withdrawn";
}

/// True when the API's line says what the transcript's says.
bool agrees(const auctions::ResultItem& shown, const ResultRow& row) {
    if (shown.certificate_id != row.certificate ||
        static_cast<std::uint32_t>(shown.adv_no) != row.adv_no ||
        word_of(shown.status) != enum_name(row.outcome))
        return false;
    if (shown.status != LotStatus::awarded) return true;
    return shown.rate == row.rate && shown.winner_ref == row.bidder_ref &&
           shown.member == static_cast<int>(row.member.value_or(0));
}

std::string server_key(client::Api& api) {
    const auto list = expect(api.get<KeyList>("/.well-known/strikeoff-keys.json"), "keys");
    if (list.keys.empty()) throw std::runtime_error("the service publishes no key");
    return list.keys.front().public_key;
}

/// The transcript's file, with its leaves beside it.
fs::path download(const Places& places, client::Api& api, BatchId batch) {
    const fs::path directory = places.own / "transcripts";
    fs::create_directories(directory);
    const std::string name = "transcript-" + batch.text();
    for (const char* ending : {".json", ".leaves"})
        write_file(directory / (name + ending),
                   expect(api.fetch("/transcripts/" + name + ending), "download"));
    return directory / (name + ".json");
}

void add_row(const ResultRow& row, Money face, const auctions::ResultItem& shown, Audit& audit) {
    ++audit.items;
    if (row.outcome == Outcome::struck) ++audit.struck;
    if (row.outcome == Outcome::withdrawn) ++audit.withdrawn;
    if (row.outcome != Outcome::awarded) return;
    ++audit.awarded;
    audit.face_awarded += face;
    ++audit.rates[row.rate.value()];
    audit.awarded_to[row.bidder_ref.value()] += face;
    if (shown.tied > 1) ++audit.ties;
}

/// The API's results against the transcript's, line by line.
void compare_results(client::Api& api, const Transcript& transcript, const std::string& where,
                     Audit& audit) {
    const auto shown = expect(api.list<auctions::ResultItem>(fmt::format(
                                  "/api/v1/batches/{}/results", transcript.terms.batch.text())),
                              "results");
    if (shown.size() != transcript.results.size() ||
        transcript.lots.size() != transcript.results.size()) {
        audit.contradictions.push_back(where + ": the API shows another number of results");
        return;
    }
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const ResultRow& row = transcript.results[i];
        const BookLot& lot = transcript.lots[i];
        if (!agrees(shown[i], row) || shown[i].face != lot.face)
            audit.contradictions.push_back(
                fmt::format("{}: item {} is another in the API", where, row.adv_no));
        add_row(row, lot.face, shown[i], audit);
    }
}

} // namespace

void audit_batch(const Places& places, const Service& service, const auctions::Batch& batch,
                 client::ReceiptStore& receipts, bool complete, Audit& audit) {
    client::Api api{service.address(), "", std::chrono::seconds{300}};
    const std::string where = fmt::format("batch {}", batch.number);
    const fs::path file = download(places, api, batch.id);
    std::vector<std::string> arguments{"verify",     file.string(),
                                       "--key",      server_key(api),
                                       "--receipts", receipts.finish(batch.id).string()};
    if (!complete) arguments.emplace_back("--partial");
    const client::Finished verified = client::run_to_end(arguments, places.own);
    if (verified.exit_code != 0 || verified.output.find("warning") != std::string::npos)
        audit.contradictions.push_back(
            fmt::format("{}: verify says: {}{}", where, verified.output, verified.errors));
    std::ifstream in{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const Transcript transcript = expect(read_transcript(text), where);
    ++audit.batches;
    audit.leaves += static_cast<std::int64_t>(transcript.leaves_count);
    audit.receipts += receipts.count(batch.id);
    compare_results(api, transcript, where, audit);
}

void audit_budgets(const Service& service, const Cast& cast, const Sale& sale, Audit& audit) {
    client::Api staff{service.address(), cast.staff.front().key};
    const auto bidders = expect(
        staff.list<onboarding::Bidder>("/api/v1/auctions/" + sale.auction.text() + "/bidders"),
        "bidders");
    Money sum;
    for (const onboarding::Bidder& bidder : bidders) {
        sum += bidder.awarded;
        const auto found = audit.awarded_to.find(bidder.bidder_ref);
        const Money expected = found == audit.awarded_to.end() ? Money{} : found->second;
        if (bidder.awarded != expected)
            audit.contradictions.push_back(
                fmt::format("bidder {}: the budget shows {} awarded, the transcripts {}",
                            bidder.number, format_money(bidder.awarded), format_money(expected)));
    }
    if (sum != audit.face_awarded)
        audit.contradictions.push_back(
            fmt::format("the budgets show {} awarded in all, the transcripts {}", format_money(sum),
                        format_money(audit.face_awarded)));
}

std::string rate_histogram(const std::map<Rate, int>& rates) {
    // Whole percents; 0.00 and the floor, where most awards are, have lines of their own.
    constexpr int width = 50;
    std::map<int, int> bars;
    for (const auto& [rate, count] : rates)
        bars[rate.bp() <= 25 ? rate.bp() - 100 : (rate.bp() - 1) / 100 * 100] += count;
    int most = 1;
    for (const auto& [from, count] : bars)
        most = std::max(most, count);
    std::string out;
    for (const auto& [from, count] : bars) {
        const std::string label =
            from < 0 ? format_rate(Rate::from_bp(from + 100))
                     : fmt::format("to {}", format_rate(Rate::from_bp(from + 100)));
        out += fmt::format(
            "  {:>8} %  {:>5}  {}\n", label, count,
            std::string(static_cast<std::size_t>((count * width + most - 1) / most), '#'));
    }
    return out;
}

} // namespace strikeoff::demo
