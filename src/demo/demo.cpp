#include "demo/demo.hpp"

#include "demo/auction_day.hpp"
#include "demo/interrupt.hpp"
#include "demo/summary.hpp"
#include "demo/workplace.hpp"

#include <cstdio>

namespace strikeoff::demo {
namespace {

using namespace std::chrono_literals;

unsigned short port_of(const DemoOptions& options) {
    constexpr unsigned short usual = 8080;
    return options.port.value_or(options.once ? 0 : usual);
}

SaleOptions sale_options(const DemoOptions& options) {
    const std::chrono::seconds interval{options.batch_seconds.value_or(options.once ? 20 : 180)};
    const std::chrono::seconds first{options.first_end.value_or(45)};
    return {.batches = options.batches,
            .batch_interval = interval,
            .first_end = options.once || options.first_end ? first : interval,
            .plan = {.seed = options.seed}};
}

Cast find_cast(const Places& places, const Service& service, const DemoOptions& options,
               Progress& progress) {
    if (auto known = load_cast(places)) {
        progress.line("found the county and accounts of an earlier start");
        return *std::move(known);
    }
    Cast cast = make_cast(places, service, static_cast<std::size_t>(options.investors));
    progress.line(fmt::format("county, parcels and {} accounts made", cast.investors.size() + 4));
    return cast;
}

/// One sale from its draft to its last receipt; what disagrees is in the audit.
Audit hold_sale(const Places& places, Service& service, Cast& cast, const SaleOptions& options,
                Progress& progress) {
    const Sale sale = make_sale(places, service, cast, options);
    int items = 0;
    for (const auctions::Batch& batch : sale.batches)
        items += batch.items;
    progress.line(fmt::format("sale of {} published: {} items in {} batches", cast.last_tax_year,
                              thousands(items), sale.batches.size()));
    Audit audit;
    AuctionDay{places, service, cast, sale, options.plan, progress}.run(audit);
    audit_budgets(service, cast, sale, audit);
    progress.line("the sale is over");
    fmt::print("\n{}\n", summary_of(service, cast, sale, audit));
    for (const std::string& contradiction : audit.contradictions)
        fmt::print("DISAGREES: {}\n", contradiction);
    std::fflush(stdout);
    return audit;
}

bool run_once(const DemoOptions& options, Workplace& workplace, Progress& progress) {
    const Places& places = workplace.places();
    progress.line("starting the service");
    Service service{places, port_of(options)};
    progress.line("service at " + service.url());
    Cast cast = find_cast(places, service, options, progress);
    const Audit audit = hold_sale(places, service, cast, sale_options(options), progress);
    const bool stopped = service.stop();
    if (!stopped) progress.line("DISAGREES: the service did not stop cleanly");
    const bool right = stopped && audit.contradictions.empty();
    progress.line(right ? "everything agrees" : "something is wrong");
    if (!right) workplace.keep();
    if (workplace.is_kept()) fmt::print("files are in {}\n", places.own.string());
    return right;
}

void print_keys(const Cast& cast, const Service& service, const Places& places) {
    fmt::print("\n  {}\n\n  Sign in on the site:\n", service.url());
    for (const Person* person : people_to_try(cast))
        fmt::print("  {:<13} {:<24} {}\n", person->role, person->email, *person->password);
    fmt::print("  Administrators and staff set up an authenticator app the first time.\n\n"
               "  Bearer keys for the API:\n");
    for (const Person* person : people_to_try(cast))
        fmt::print("  {:<13} {:<24} {}\n", person->role, person->email, person->key);
    fmt::print("\n  The keys of all {} investors are in {}.\n", cast.investors.size(),
               (places.own / "cast.json").string());
    fmt::print("  Mails are not sent; they are in {}. Ctrl-C stops.\n\n", places.mails().string());
    std::fflush(stdout);
}

/// Sale after sale, until there is a signal or something breaks.
void run_on(const DemoOptions& options, const Workplace& workplace, Progress& progress) {
    const Places& places = workplace.places();
    progress.line("starting the service");
    Service service{places, port_of(options)};
    Cast cast = find_cast(places, service, options, progress);
    give_passwords(places, service, cast);
    print_keys(cast, service, places);
    // A sale that was under way when the demo was stopped still needs the county's secrets.
    std::optional<client::ChildProcess> leftover;
    if (cast.last_auction)
        leftover.emplace(seed_command(places, service, *cast.last_auction),
                         places.own / "seed-before.log");
    SaleOptions sale = sale_options(options);
    for (;;) {
        // Another sale than last year's; of the files only the latest ones are kept.
        sale.plan.seed = options.seed + cast.last_tax_year;
        for (const char* name : {"receipts", "transcripts"})
            std::filesystem::remove_all(places.own / name);
        hold_sale(places, service, cast, sale, progress);
        pause(5s);
    }
}

} // namespace

bool run_demo(const DemoOptions& options) {
    catch_interrupts();
    Progress progress;
    check_port(port_of(options));
    Workplace workplace{options};
    try {
        if (options.once) return run_once(options, workplace, progress);
        run_on(options, workplace, progress);
        return true;
    } catch (const std::runtime_error& error) {
        workplace.keep(); // The logs are needed now.
        throw std::runtime_error(
            fmt::format("{}\nlogs are in {}", error.what(), workplace.places().own.string()));
    }
}

} // namespace strikeoff::demo
