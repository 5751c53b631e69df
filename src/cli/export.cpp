#include "modules/auctions/export.hpp"

#include "app.hpp"
#include "cli/commands.hpp"
#include "cli/service_options.hpp"

#include <cstdio>
#include <memory>

namespace strikeoff::cli {
namespace {

struct ExportOptions {
    Config config;
    std::string what;
    std::string auction;
    std::string county;
};

Exit run_export(const ExportOptions& options) {
    const bool of_county = options.what == "register";
    const std::string& given = of_county ? options.county : options.auction;
    const auto id = parse_uuid(given);
    if (!id) {
        std::fprintf(stderr, "export %s needs %s with an id\n", options.what.c_str(),
                     of_county ? "--county" : "--auction");
        return Exit::bad_input;
    }
    const db::Database database{database_options(options.config)};
    db::Connection connection{database.conninfo("strikeoff_report")};
    const auto sink = [](std::string_view text) {
        if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
            throw std::runtime_error("cannot write to standard output");
    };
    if (options.what == "results")
        auctions::export_results(connection, AuctionId{*id}, sink);
    else if (options.what == "advertised")
        auctions::export_advertised(connection, AuctionId{*id}, sink);
    else
        auctions::export_register(connection, CountyId{*id}, sink);
    return Exit::success;
}

} // namespace

void add_export(CLI::App& app, Exit& exit) {
    auto options = std::make_shared<ExportOptions>();
    CLI::App* command = app.add_subcommand("export", "Write a sale or a register as CSV");
    command
        ->add_option("what", options->what,
                     "results: what became of every item of a sale; advertised: what a sale "
                     "offers; register: the certificates of a county")
        ->required()
        ->check(CLI::IsMember({"results", "advertised", "register"}));
    command->add_option("--auction", options->auction, "Id of the sale");
    command->add_option("--county", options->county, "Id of the county");
    add_database_options(*command, options->config);
    command->callback([options, &exit] {
        set_up_logging();
        exit = run_export(*options);
    });
}

} // namespace strikeoff::cli
