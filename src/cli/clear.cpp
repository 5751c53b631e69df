#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/sale_files.hpp"
#include "core/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <numeric>

namespace strikeoff::cli {
namespace {

constexpr const char* summary = "Award one batch from files, as anyone can recompute it";

constexpr const char* explanation = R"(
How a batch is awarded
  Items go in ascending adv_no, each by itself. What counts are the bids whose bidder has budget
  left for the face. Nobody: the item is struck to the county at rate_start. Bids of 0.00: one of
  them, at 0.00. Several at the lowest rate: one of them, at that rate; the draw key decides which.
  One alone at the lowest rate: that bidder, in a proxy sale at one step under the next rate above
  it (at rate_start if there is none), in a sealed sale at its own rate. The face comes off the
  winner's budget before the next item.

Input files: CSV (RFC 4180, UTF-8), columns in any order, further ones ignored, at most one bid for
each bidder and certificate
  items    adv_no          whole number, unique
           certificate_id  UUID, unique
           face            dollars, such as 1234.56
  bids     bid_id          UUID
           certificate_id  of an item
           bidder          of the bidders
           rate            percent, such as 7.75
           seq             whole number, in the order of arrival
  bidders  bidder          any name without comma, unique
           bidder_ref      32 hexadecimal digits, unique; ties are drawn in this order
           budget          dollars left before this batch
           weight          bidder numbers it stands for: 1, or the size of the group

Rules: a JSON object; a key that is left out has the first value shown
  format                  "proxy" or "sealed"
  rate_start              "18.00"  the highest rate
  rate_step               "0.25"   every bid is rate_start less a multiple of it
  rate_floor              "0.25"   the lowest rate above zero
  zero_bids               "allowed" or "refused"
  blocked_bids_set_price  false or true: a bid over its budget still counts as the next rate
  group_price             "as_one" or "as_many": a group that leads alone ties with itself
  tie_weight              "per_bidder" or "per_group": tickets of a group in a draw
  tie                     "random" or "first_received" (the lowest seq, without a draw)

Output: CSV, one line an item in ascending adv_no
  adv_no,certificate_id,outcome,bidder,member,rate
  outcome is awarded or struck; member is the winner's place in its group, from 0.

Exit code: 0 done; 2 something is wrong with the command line or a file, and standard error says
what as file:line: message.

Example
  strikeoff clear --items items.csv --bids bids.csv --bidders bidders.csv --rules rules.json \
    --draw-key 46b4406491c1992da5f370b94b6cb36efbf10617912f9eb9355d32f2eb0a8116
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
    command->add_option("--draw-key", options->draw_key, "PRK of the batch, as it was published")
        ->required()
        ->type_name("HEX64");
    command
        ->add_option("--round", options->round,
                     "Earlier voided awards of these certificates in the auction (default 0)")
        ->type_name("N");
    command->footer(explanation);
    command->callback([options, &exit] { exit = write_output(clear_files(*options)); });
}

} // namespace strikeoff::cli
