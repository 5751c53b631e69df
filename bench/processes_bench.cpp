/// Bids per second through one, two and four processes on one database, on one batch and on twenty:
/// what a second process gains, and what it costs that each reads what the others store. The
/// processes, PostgreSQL and the load share the machine, so the ratios say how well it is used: on
/// two cores one process has them busy already.

#include "bid_load.hpp"
#include "client/api.hpp"
#include "support/server/process.hpp"

#include <cstdio>
#include <deque>
#include <sstream>

namespace strikeoff::testing {
namespace {

using namespace std::chrono_literals;

constexpr int bidders = 2000;
constexpr int lots = 2000;
constexpr int connections = 256;

/// `strikeoff serve` on the database of this program, which itself serves nothing while it
/// measures.
class Sibling {
public:
    Sibling()
        : port_{free_port()},
          process_{{STRIKEOFF_BINARY, "serve", "--test-clock", "--data", place("data"), "--keys",
                    place("keys"), "--port", std::to_string(port_), "--admin-port",
                    std::to_string(admin_port_), "--log-level", "warning"},
                   place("sibling-" + std::to_string(port_) + ".log")} {
        if (!listens(port_)) throw std::runtime_error("it does not serve: " + process_.log_text());
    }
    unsigned short port() const { return port_; }
    /// Why requests were told to come back, as far as any were.
    void print_shed() const {
        client::Api admin{{"127.0.0.1", std::to_string(admin_port_)}, ""};
        std::istringstream lines{admin.fetch("/metrics").value()};
        for (std::string line; std::getline(lines, line);)
            if (line.starts_with("strikeoff_requests_shed_total") && !line.ends_with(" 0"))
                std::printf("    %s\n", line.c_str());
    }

private:
    static std::string place(const std::string& name) {
        return (LiveServer::instance().directory() / name).string();
    }
    unsigned short port_;
    unsigned short admin_port_ = free_port();
    Process process_;
};

class Comparison {
public:
    Comparison(const char* name, int batches)
        : name_{name},
          sale_{{.batches = batches, .items_a_batch = lots / batches, .first_end = 24h}},
          load_{sale_, register_bidders(sale_, bidders)} {
        sale_.wait_until_open();
    }

    std::uint64_t measure(const std::deque<Sibling>& processes, std::chrono::seconds measured) {
        std::vector<unsigned short> ports;
        for (const Sibling& process : processes)
            ports.push_back(process.port());
        const Figures figures = load_.run(ports, connections, 3s, measured);
        accepted_ += figures.accepted;
        refused_ += figures.refused;
        std::printf("  %-16s %zu %-9s %8lu/s  p50 %ld us, p99 %ld us, refused %lu\n", name_,
                    ports.size(), ports.size() == 1 ? "process" : "processes",
                    static_cast<unsigned long>(figures.per_second),
                    static_cast<long>(figures.p50_us), static_cast<long>(figures.p99_us),
                    static_cast<unsigned long>(figures.refused));
        if (figures.refused > 0)
            for (const Sibling& process : processes)
                process.print_shed();
        std::fflush(stdout);
        return figures.per_second;
    }

    /// Whether whatever was acknowledged is in the journal, and nothing else.
    bool holds() const {
        const std::uint64_t stored = stored_bids(sale_);
        std::printf("  %-16s acknowledged %lu, in the journal %lu\n", name_,
                    static_cast<unsigned long>(accepted_), static_cast<unsigned long>(stored));
        return accepted_ == stored && refused_ == 0;
    }

    void note(std::size_t processes, std::uint64_t per_second) {
        figures_.emplace_back(processes, per_second);
    }
    /// One process was measured first and last, because the database grows meanwhile.
    void print_ratios() const {
        const std::uint64_t alone = (figures_.front().second + figures_.back().second) / 2;
        for (std::size_t i = 1; i + 1 < figures_.size(); ++i) {
            const std::uint64_t percent = figures_[i].second * 100 / std::max(alone, 1UL);
            std::printf("  %-16s %zu processes: %lu.%02lu x one process\n", name_,
                        figures_[i].first, static_cast<unsigned long>(percent / 100),
                        static_cast<unsigned long>(percent % 100));
        }
    }

private:
    const char* name_;
    TestSale sale_;
    BidLoad load_;
    std::uint64_t accepted_ = 0;
    std::uint64_t refused_ = 0;
    std::vector<std::pair<std::size_t, std::uint64_t>> figures_;
};

int run(std::chrono::seconds measured) {
    std::puts("preparing a batch of 2,000 items, 20 of 100, and 2,000 bidders for each");
    std::deque<Comparison> comparisons;
    comparisons.emplace_back("one batch", 1);
    comparisons.emplace_back("twenty batches", 20);
    LiveServer::instance().app().stop();
    std::deque<Sibling> processes;
    for (const std::size_t count : {1UL, 2UL, 4UL, 1UL}) {
        while (processes.size() > count)
            processes.pop_back();
        while (processes.size() < count)
            processes.emplace_back();
        for (Comparison& comparison : comparisons)
            comparison.note(count, comparison.measure(processes, measured));
    }
    bool whole = true;
    for (const Comparison& comparison : comparisons) {
        comparison.print_ratios();
        whole = comparison.holds() && whole;
    }
    return whole ? 0 : 1;
}

} // namespace
} // namespace strikeoff::testing

int main(int argc, char** argv) {
    return strikeoff::testing::run(
        std::chrono::seconds{argc > 1 ? std::max(1, std::atoi(argv[1])) : 5});
}
