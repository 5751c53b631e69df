#include "core/verify.hpp"

#include "cli/commands.hpp"
#include "cli/input_file.hpp"
#include "core/canonical_json.hpp"

#include <boost/json/object.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>

namespace strikeoff::cli {
namespace {

constexpr const char* summary = "Check a published batch: every bid, hash, signature and award";

constexpr const char* explanation = R"(
TRANSCRIPT is the published transcript-<batch>.json; the bids, transcript-<batch>.leaves, are
looked for beside it. Everything is recomputed from these two files, in this order: the form of the
file and its signature, the opening and its changes, the head, the leaves, the book, the groups, the
close record, the secrets, and the result of every advertised number.

Receipts are a JSON list of what the answers to your bids carried. Each must be signed and its leaf
published; and you must hold one for every leaf under your pseudonym, or somebody acted in your
name. With --partial the file need not hold all of your receipts.

Without --key the files are only held against the key that they name. The keys of the sale are at
/.well-known/strikeoff-keys.json of its site.

Exit code: 0 all of it is right ("ok n=<leaves> items=<lots>"), 1 a check failed (the first is
printed), 2 the command line is wrong or a file cannot be read.

Example:
  strikeoff verify transcript-01a0c459-9d3b-7fe6-aaad-a4d044eab9bc.json --receipts mine.json
)";

constexpr const char* county_warning =
    "no secret of the county took part: the operator could choose this draw";

struct Options {
    std::string transcript;
    std::optional<std::string> key;
    std::optional<std::string> receipts;
    bool partial = false;
    bool json = false;
};

Result<PublicKey> parse_key(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const auto key = from_hex_fixed<32>(text);
    if (!key)
        return fail(ErrorCode::invalid_input, "key.malformed",
                    "--key: must be 64 hexadecimal digits");
    return *key;
}

/// What the checks say; the outer failure is that they could not begin.
Result<Result<VerifySummary>> verify_files(const Options& options) {
    VerifyOptions wanted{.partial = options.partial};
    if (options.key) {
        SO_TRY(wanted.key, parse_key(*options.key));
    }
    SO_TRY(const InputFile transcript, InputFile::open(options.transcript));
    const auto leaves_path = std::filesystem::path{options.transcript}.replace_extension(".leaves");
    SO_TRY(const InputFile leaves, InputFile::open(leaves_path.string()));
    std::optional<InputFile> receipts;
    if (options.receipts) {
        SO_TRY(InputFile file, InputFile::open(*options.receipts));
        wanted.receipts = receipts.emplace(std::move(file)).text();
    }
    return verify_transcript(transcript.text(), as_bytes(leaves.text()), wanted);
}

std::string report(const Result<VerifySummary>& outcome) {
    if (outcome)
        return fmt::format(
            "ok n={} items={}\n{}", outcome->leaves, outcome->items,
            outcome->county_took_part ? "" : fmt::format("warning: {}\n", county_warning));
    // The message may quote the file, which may be hostile: no control codes.
    std::string message = outcome.error().message;
    std::ranges::replace_if(message, [](unsigned char c) { return c < ' ' || c == 127; }, '?');
    return fmt::format("failed: {}\n", message);
}

std::string json_report(const Result<VerifySummary>& outcome) {
    boost::json::object out;
    out["ok"] = outcome.has_value();
    if (outcome) {
        out["n"] = outcome->leaves;
        out["items"] = outcome->items;
        out["county_took_part"] = outcome->county_took_part;
    } else {
        out["reason"] = outcome.error().reason;
        out["message"] = outcome.error().message;
    }
    return canonical_json(out) + '\n';
}

Exit run(const Options& options) {
    const auto outcome = verify_files(options);
    if (!outcome) {
        fmt::print(stderr, "{}\n", outcome.error().message);
        return Exit::bad_input;
    }
    const std::string output = options.json ? json_report(*outcome) : report(*outcome);
    if (std::fwrite(output.data(), 1, output.size(), stdout) != output.size() ||
        std::fflush(stdout) != 0)
        throw std::runtime_error("standard output cannot be written");
    return *outcome ? Exit::success : Exit::check_failed;
}

} // namespace

void add_verify(CLI::App& app, Exit& exit) {
    CLI::App* const command = app.add_subcommand("verify", summary);
    const auto options = std::make_shared<Options>();
    command->add_option("transcript", options->transcript, "The published transcript")
        ->required()
        ->type_name("TRANSCRIPT");
    command->add_option("--key", options->key, "The operator's public key")->type_name("HEX");
    CLI::Option* const receipts =
        command->add_option("--receipts", options->receipts, "JSON list of receipts to check")
            ->type_name("FILE");
    command->add_flag("--partial", options->partial, "The receipts are not all of their bidder's")
        ->needs(receipts);
    command->add_flag("--json", options->json, "Print one JSON object");
    command->footer(explanation);
    command->callback([options, &exit] { exit = run(*options); });
}

} // namespace strikeoff::cli
