#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/rules_file.hpp"
#include "cli/table_file.hpp"
#include "core/interest.hpp"

#include <fmt/format.h>

#include <memory>
#include <stdexcept>

namespace strikeoff::cli {
namespace {

constexpr const char* redemption_summary = "What the owner owes and the holder gets at redemption";
constexpr const char* purchase_summary = "The price of a certificate that the county holds";

constexpr const char* redemption_explanation = R"(
How it is computed, in whole cents with one rounding, half up
  accrued   face x rate x months / 12; the month of the sale and that of the redemption both count
  minimum   5 % of the face, or nothing when the rate is 0.00
  interest  the larger of the two
  The holder receives face and interest; the owner pays the fee on top.

Rules: a JSON object; a key that is left out has the first value shown
  accrual               "monthly_inclusive", "monthly_exclusive" (the first month does not count)
                        or "daily_365" (days / 365, at least one day; dates are YYYY-MM-DD and the
                        output says days instead of months)
  minimum_percent       "5.00"
  minimum_at_zero_rate  false or true
  fee                   "6.25"

Many at once: --csv reads a file with the columns face,rate,sold,redeemed (any order, further ones
ignored) and writes these and months,accrued,minimum,interest,fee,holder_receives,owner_pays.

Exit code: 0 done; 2 something is wrong with the command line or a file, and standard error says
what.

Example
  strikeoff quote redemption --face 1000 --rate 18 --sold 2024-06 --redeemed 2024-09
)";

constexpr const char* purchase_explanation = R"(
The price is the face, 1.5 % of it for each month or fraction since the issue (the month of the
issue counts), and a fee of 6.25; all of it becomes the face of the buyer's certificate.

Example
  strikeoff quote purchase --face 300 --issued 2024-06 --bought 2024-09
)";

struct RedemptionOptions {
    std::string face;
    std::string rate;
    std::string sold;
    std::string redeemed;
    std::string csv;
    std::string rules;
};

struct PurchaseOptions {
    std::string face;
    std::string issued;
    std::string bought;
};

/// What is wrong with the field of this name (`--face` on the command line, `face` in a file).
std::unexpected<Error> refuse_field(std::string_view name, std::string_view message) {
    return fail(ErrorCode::invalid_input, "input.refused", fmt::format("{}: {}", name, message));
}

Result<Money> read_face(std::string_view name, std::string_view text) {
    const auto face = parse_money(text);
    if (!face) return refuse_field(name, face.error().message);
    if (*face <= Money{})
        return refuse_field(name, fmt::format("{} is not above 0.00", format_money(*face)));
    return *face;
}

Result<Date> read_day(std::string_view name, std::string_view text, Accrual accrual) {
    if (accrual == Accrual::daily_365) {
        const auto day = parse_date(text);
        if (!day) return refuse_field(name, day.error().message);
        return *day;
    }
    const auto month = parse_month(text);
    if (!month) return refuse_field(name, month.error().message);
    return *month / std::chrono::day{1};
}

/// One redemption as it was asked for: the texts, and what the fields are called there.
struct RedemptionInput {
    std::string_view prefix; ///< `--` on the command line.
    std::string_view face;
    std::string_view rate;
    std::string_view sold;
    std::string_view redeemed;

    std::string name(std::string_view field) const { return fmt::format("{}{}", prefix, field); }
};

struct Redemption {
    Money face;
    Rate rate;
    RedemptionQuote quote;
};

Result<Redemption> quote_one(const RedemptionRules& rules, const RedemptionInput& input) {
    SO_TRY(const Money face, read_face(input.name("face"), input.face));
    const auto rate = parse_rate(input.rate);
    if (!rate) return refuse_field(input.name("rate"), rate.error().message);
    SO_TRY(const Date sold, read_day(input.name("sold"), input.sold, rules.accrual));
    SO_TRY(const Date redeemed, read_day(input.name("redeemed"), input.redeemed, rules.accrual));
    const auto periods = periods_counted(rules.accrual, sold, redeemed);
    if (!periods)
        return refuse_field(
            input.name("redeemed"),
            fmt::format("{} is before {} {}", input.redeemed, input.name("sold"), input.sold));
    try {
        return Redemption{face, *rate, quote_redemption(rules, face, *rate, *periods)};
    } catch (const std::overflow_error&) {
        return refuse_field(input.name("face"), "the interest is beyond all amounts");
    }
}

std::string_view periods_name(const RedemptionRules& rules) {
    return rules.accrual == Accrual::daily_365 ? "days" : "months";
}

Result<std::string> quote_file(const RedemptionRules& rules, const std::string& path) {
    SO_TRY(TableFile table, TableFile::open(path, {"face", "rate", "sold", "redeemed"}));
    std::string out;
    append_csv_record(out, {"face", "rate", "sold", "redeemed", periods_name(rules), "accrued",
                            "minimum", "interest", "fee", "holder_receives", "owner_pays"});
    for (;;) {
        SO_TRY(const bool more, table.next());
        if (!more) return out;
        const auto one = quote_one(rules, {.face = table.field(0),
                                           .rate = table.field(1),
                                           .sold = table.field(2),
                                           .redeemed = table.field(3)});
        if (!one) return table.refuse(one.error().message);
        const RedemptionQuote& quote = one->quote;
        append_csv_record(out,
                          {format_money(one->face), format_rate(one->rate), table.field(2),
                           table.field(3), std::to_string(quote.periods),
                           format_money(quote.accrued), format_money(quote.minimum),
                           format_money(quote.interest), format_money(quote.fee),
                           format_money(quote.holder_receives), format_money(quote.owner_pays)});
    }
}

Result<std::string> quote_redemptions(const RedemptionOptions& options) {
    SO_TRY(const RedemptionRules rules, read_rules_file(options.rules, &parse_redemption_rules));
    if (!options.csv.empty()) return quote_file(rules, options.csv);
    SO_TRY(const Redemption one, quote_one(rules, {.prefix = "--",
                                                   .face = options.face,
                                                   .rate = options.rate,
                                                   .sold = options.sold,
                                                   .redeemed = options.redeemed}));
    const RedemptionQuote& quote = one.quote;
    return fmt::format(R"({{"{}":{},"accrued":"{}","minimum":"{}","interest":"{}","fee":"{}",)"
                       R"("holder_receives":"{}","owner_pays":"{}"}})"
                       "\n",
                       periods_name(rules), quote.periods, format_money(quote.accrued),
                       format_money(quote.minimum), format_money(quote.interest),
                       format_money(quote.fee), format_money(quote.holder_receives),
                       format_money(quote.owner_pays));
}

Result<std::string> quote_purchases(const PurchaseOptions& options) {
    SO_TRY(const Money face, read_face("--face", options.face));
    SO_TRY(const Date issued, read_day("--issued", options.issued, Accrual::monthly_inclusive));
    SO_TRY(const Date bought, read_day("--bought", options.bought, Accrual::monthly_inclusive));
    const auto quote = quote_purchase({}, face, issued, bought);
    if (!quote)
        return refuse_field(
            "--bought", fmt::format("{} is before --issued {}", options.bought, options.issued));
    return fmt::format(R"({{"months":{},"interest":"{}","fee":"{}","price":"{}","new_face":"{}"}})"
                       "\n",
                       quote->months, format_money(quote->interest), format_money(quote->fee),
                       format_money(quote->price), format_money(quote->new_face));
}

void add_redemption(CLI::App& quote, Exit& exit) {
    CLI::App* const command = quote.add_subcommand("redemption", redemption_summary);
    const auto options = std::make_shared<RedemptionOptions>();
    CLI::Option* const csv =
        command->add_option("--csv", options->csv, "CSV of many")->type_name("FILE");
    const auto add = [&](const char* name, std::string& value, const char* text, const char* type) {
        command->add_option(name, value, text)->type_name(type)->excludes(csv);
    };
    add("--face", options->face, "Face of the certificate", "DOLLARS");
    add("--rate", options->rate, "Rate of the certificate, a year", "PERCENT");
    add("--sold", options->sold, "Month of issue", "YYYY-MM");
    add("--redeemed", options->redeemed, "Month of redemption", "YYYY-MM");
    command->add_option("--rules", options->rules, "JSON of the county's rules")->type_name("FILE");
    command->footer(redemption_explanation);
    command->callback([command, options, &exit] {
        for (const char* name : {"--face", "--rate", "--sold", "--redeemed"})
            if (options->csv.empty() && command->count(name) == 0) throw CLI::RequiredError{name};
        exit = write_output(quote_redemptions(*options));
    });
}

void add_purchase(CLI::App& quote, Exit& exit) {
    CLI::App* const command = quote.add_subcommand("purchase", purchase_summary);
    const auto options = std::make_shared<PurchaseOptions>();
    const auto add = [&](const char* name, std::string& value, const char* text, const char* type) {
        command->add_option(name, value, text)->type_name(type)->required();
    };
    add("--face", options->face, "Face of the certificate", "DOLLARS");
    add("--issued", options->issued, "Month of issue", "YYYY-MM");
    add("--bought", options->bought, "Month of the purchase", "YYYY-MM");
    command->footer(purchase_explanation);
    command->callback([options, &exit] { exit = write_output(quote_purchases(*options)); });
}

} // namespace

void add_quote(CLI::App& app, Exit& exit) {
    CLI::App* const command = app.add_subcommand("quote", "What a redemption or a purchase costs");
    command->require_subcommand(1);
    add_redemption(*command, exit);
    add_purchase(*command, exit);
}

} // namespace strikeoff::cli
