#include "cli/commands.hpp"
#include "cli/sale_files.hpp"
#include "core/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <numeric>
#include <stdexcept>

namespace strikeoff::cli {
namespace {

constexpr const char* summary = "Award one batch from files, as anyone can recompute it";

constexpr const char* explanation = R"(
Items are awarded in ascending advertised number. Each goes to the lowest rate among the bids whose
bidder has budget left for the face; several bids at the lowest rate are drawn with the draw key.
The award takes the face off the winner's budget. An item without such a bid is struck to the county.

Input files are CSV (RFC 4180, UTF-8) with these columns, in any order; further ones are ignored:
  items    adv_no,certificate_id,face        number, UUID, dollars (1234.56)
  bids     bid_id,certificate_id,bidder,rate,seq
                                             the live bids: at most one for a bidder and certificate;
                                             rate in percent (7.75), seq in the order of arrival
  bidders  bidder,bidder_ref,budget,weight   any name without comma, 32 hexadecimal digits, dollars
                                             left, bidder numbers it stands for (1, or a group's size)

The rules are a JSON object; every key may be left out and then has the value in front:
  format                  "proxy" or "sealed"
  rate_start              "18.00"   the maximum, and the rate of a certificate struck to the county
  rate_step               "0.25"    bids are rate_start less a multiple of it
  rate_floor              "0.25"    lowest rate above zero
  zero_bids               "allowed" or "refused"
  blocked_bids_set_price  false     whether a bid over budget still counts for the proxy price
  group_price             "as_one" or "as_many"
  tie_weight              "per_bidder" or "per_group"
  tie                     "random" or "first_received"

The draw key is PRK of the published batch. Standard output is CSV, one line an item:
  adv_no,certificate_id,outcome,bidder,member,rate
outcome is awarded or struck; member counts from 0 within the winner's group.

Exit code: 0 awarded, 2 the command line or a file is wrong (file:line: message on standard error).

Example:
  strikeoff clear --items items.csv --bids bids.csv --bidders bidders.csv \
    --rules rules.json --draw-key 46b4406491c1992da5f370b94b6cb36efbf10617912f9eb9355d32f2eb0a8116
)";

struct Options {
    SaleFiles files;
    std::string draw_key;
    std::uint32_t round = 0;
};

Result<Hash> parse_draw_key(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const auto key = from_hex_fixed<32>(text);
    if (!key)
        return fail(ErrorCode::invalid_input, "draw_key.malformed",
                    "--draw-key: must be 64 hexadecimal digits");
    return *key;
}

std::string format_awards(const Sale& sale, const std::vector<Award>& awards) {
    std::vector<std::uint32_t> order(awards.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::uint32_t i) { return sale.items[i].adv_no; });

    std::string out = "adv_no,certificate_id,outcome,bidder,member,rate\n";
    for (const std::uint32_t i : order) {
        const ClearingItem& item = sale.items[i];
        const Award& award = awards[i];
        const bool awarded = award.outcome == Outcome::awarded;
        append_csv_record(
            out, {std::to_string(item.adv_no), item.certificate_id.text(), enum_name(award.outcome),
                  awarded ? std::string_view{sale.bidder_names[award.bidder]} : "",
                  awarded ? std::to_string(award.member) : "", format_rate(award.rate)});
    }
    return out;
}

Result<std::string> clear_files(const Options& options) {
    SO_TRY(const Hash draw_key, parse_draw_key(options.draw_key));
    SO_TRY(const Sale sale, read_sale(options.files, options.round));
    return format_awards(sale, clear(sale.rules, sale.items, sale.bidders, sale.bids, draw_key));
}

Exit run(const Options& options) {
    const auto output = clear_files(options);
    if (!output) {
        fmt::print(stderr, "{}\n", output.error().message);
        return Exit::bad_input;
    }
    if (std::fwrite(output->data(), 1, output->size(), stdout) != output->size() ||
        std::fflush(stdout) != 0)
        throw std::runtime_error("standard output cannot be written");
    return Exit::success;
}

} // namespace

void add_clear(CLI::App& app, Exit& exit) {
    CLI::App* const command = app.add_subcommand("clear", summary);
    const auto options = std::make_shared<Options>();
    command->add_option("--items", options->files.items, "CSV of what is sold")
        ->required()
        ->type_name("FILE");
    command->add_option("--bids", options->files.bids, "CSV of the live bids")
        ->required()
        ->type_name("FILE");
    command->add_option("--bidders", options->files.bidders, "CSV of the bidders and budgets")
        ->required()
        ->type_name("FILE");
    command->add_option("--rules", options->files.rules, "JSON of the award rules")
        ->type_name("FILE");
    command->add_option("--draw-key", options->draw_key, "Key of the draws (PRK)")
        ->required()
        ->type_name("HEX64");
    command
        ->add_option("--round", options->round,
                     "Earlier voided awards of these certificates in the auction (default 0)")
        ->type_name("N");
    command->footer(explanation);
    command->callback([options, &exit] { exit = run(*options); });
}

} // namespace strikeoff::cli
