#include "demo/demo.hpp"

#include "demo/auction_day.hpp"
#include "demo/interrupt.hpp"
#include "modules/onboarding/onboarding.hpp"

#include <cstdio>
#include <unistd.h>

namespace strikeoff::demo {
namespace {

namespace fs = std::filesystem;

/// A directory that goes with the object, unless it is to be kept.
class Workplace {
public:
    explicit Workplace(const DemoOptions& options) : keep_{options.keep || !options.data.empty()} {
        if (!options.data.empty()) {
            places_ = {options.data, options.keys, options.data / "demo"};
        } else {
            std::string pattern = (fs::temp_directory_path() / "strikeoff-demo-XXXXXX").string();
            if (!::mkdtemp(pattern.data()))
                throw std::runtime_error("cannot make a directory like " + pattern);
            // PostgreSQL may run as a user of its own and must reach what is its.
            fs::permissions(pattern, fs::perms{0755});
            temporary_ = pattern;
            places_ = {temporary_ / "data", temporary_ / "keys", temporary_ / "demo"};
        }
        check_unused();
        fs::create_directories(places_.own);
        fs::permissions(places_.own, fs::perms::owner_all);
    }
    ~Workplace() {
        std::error_code ignored; // What is left in a temporary directory hurts nobody.
        if (!keep_ && !temporary_.empty()) fs::remove_all(temporary_, ignored);
    }
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;

    const Places& places() const { return places_; }
    void keep() { keep_ = true; }
    bool is_temporary() const { return !temporary_.empty() && !keep_; }

private:
    void check_unused() const {
        if (fs::exists(places_.own) || !fs::exists(places_.data) || fs::is_empty(places_.data))
            return;
        throw std::runtime_error(places_.data.string() +
                                 " holds data that no demo made; choose another --data");
    }

    bool keep_;
    fs::path temporary_;
    Places places_;
};

void print_summary(const Audit& audit, const Cast& cast, const Sale& sale, const Service& service) {
    client::Api staff{service.address(), cast.staff.front().key};
    const auto bidders = expect(
        staff.list<onboarding::Bidder>("/api/v1/auctions/" + sale.auction.text() + "/bidders"),
        "bidders");
    Money deposits;
    std::int64_t numbers = 0;
    for (const onboarding::Bidder& bidder : bidders) {
        deposits += bidder.deposits;
        numbers += bidder.weight;
    }
    fmt::print("\nitems {}, awarded {}, struck to the county {}, withdrawn {}, ties drawn {}\n",
               audit.items, audit.awarded, audit.struck, audit.withdrawn, audit.ties);
    fmt::print("bidders {}, bidder numbers {}, leaves {}, receipts verified {}\n", bidders.size(),
               numbers, audit.leaves, audit.receipts);
    fmt::print("face awarded {}, deposits {}\n", format_money(audit.face_awarded),
               format_money(deposits));
    fmt::print("awards by rate\n{}", rate_histogram(audit.rates));
    std::fflush(stdout);
}

bool run_once(const DemoOptions& options) {
    Progress progress;
    Workplace workplace{options};
    const Places& places = workplace.places();
    progress.line("starting the service");
    Service service{places, options.port};
    progress.line("service at " + service.url());
    Cast cast;
    if (auto known = load_cast(places)) {
        cast = *std::move(known);
    } else {
        cast = make_cast(places, service, static_cast<std::size_t>(options.investors));
        progress.line(
            fmt::format("county, parcels and {} accounts made", cast.investors.size() + 4));
    }
    const SaleOptions sale_options{.batches = options.batches,
                                   .batch_interval = std::chrono::seconds{options.batch_seconds},
                                   .plan = {.seed = options.seed}};
    const Sale sale = make_sale(places, service, cast, sale_options);
    int items = 0;
    for (const auctions::Batch& batch : sale.batches)
        items += batch.items;
    progress.line(
        fmt::format("sale published: {} items in {} batches", items, sale.batches.size()));
    Audit audit;
    {
        AuctionDay day{places, service, cast, sale, sale_options.plan, progress};
        day.run(audit);
    }
    audit_budgets(service, cast, sale, audit);
    print_summary(audit, cast, sale, service);
    if (!service.stop()) audit.contradictions.emplace_back("the service did not stop cleanly");
    for (const std::string& contradiction : audit.contradictions)
        fmt::print("DISAGREES: {}\n", contradiction);
    const bool right = audit.contradictions.empty();
    if (!right) workplace.keep();
    if (workplace.is_temporary())
        progress.line("everything agrees");
    else
        progress.line(fmt::format("{}; files are in {}",
                                  right ? "everything agrees" : "something is wrong",
                                  places.own.string()));
    return right;
}

} // namespace

bool run_demo(const DemoOptions& options) {
    catch_interrupts();
    return run_once(options);
}

} // namespace strikeoff::demo
