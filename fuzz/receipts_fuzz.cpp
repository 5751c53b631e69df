// Covers: src/core/receipt.cpp src/core/verify_receipts.cpp
#include "core/receipt.hpp"
#include "core/tests/draw_kat.hpp"
#include "core/verify.hpp"
#include "input.hpp"

#include <algorithm>
#include <cassert>

namespace {

using namespace strikeoff;

/// The receipts of the known sale: the only ones that its key has signed.
const std::vector<Receipt>& known_receipts() {
    static const std::vector<Receipt> receipts = read_receipts(draw_kat::receipts_text()).value();
    return receipts;
}

bool is_known(const Receipt& receipt) {
    return std::ranges::find(known_receipts(), receipt) != known_receipts().end();
}

void check_one(const Receipt& receipt) {
    const std::string written = write_receipt(receipt);
    const auto again = read_receipt(written);
    assert(again && *again == receipt);
    // A key signs a root, and a path cannot be bent to another leaf, place or size.
    static const PublicKey key = draw_kat::answer("public_key");
    const auto verified = verify_receipt(receipt, key);
    assert(verified.has_value() == is_known(receipt));
    assert(verified || verified.error().reason.starts_with("receipt."));
}

bool holds(std::string_view receipts, bool partial) {
    static const std::string transcript = draw_kat::transcript_text();
    static const std::string leaves = draw_kat::leaves_text();
    const auto summary =
        verify_transcript(transcript, as_bytes(leaves), {.receipts = receipts, .partial = partial});
    assert(summary || summary.error().reason == "verify.receipts");
    return summary.has_value();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    if (const auto one = read_receipt(text)) check_one(*one);
    const auto receipts = read_receipts(text);
    if (!receipts) return 0;
    for (const Receipt& receipt : *receipts)
        check_one(receipt);
    const bool all_known = std::ranges::all_of(*receipts, is_known);
    assert(holds(text, /*partial=*/true) == all_known);
    if (holds(text, /*partial=*/false)) assert(all_known);
    return 0;
}
