#pragma once

#include "core/transcript.hpp"
#include "demo/sale.hpp"

#include <map>

namespace strikeoff::demo {

/// What the transcripts of a sale say, added up, and what does not agree.
struct Audit {
    int batches = 0;
    int items = 0;
    int awarded = 0;
    int struck = 0;
    int withdrawn = 0;
    int ties = 0; ///< Awards among two bids or more at the winner's rate.
    std::int64_t leaves = 0;
    std::int64_t receipts = 0;
    Money face_awarded;
    std::map<Rate, int> rates;           ///< Awards by rate.
    std::map<Bytes16, Money> awarded_to; ///< Face by pseudonym.
    std::vector<std::string> contradictions;
};

/// Downloads a closed batch's transcript and leaves to the demo's `transcripts` directory, runs
/// `strikeoff verify` over them with the key and the receipts, and holds the API's results against
/// the transcript. `complete` says that the receipts are all there are.
void audit_batch(const Places& places, const Service& service, const auctions::Batch& batch,
                 client::ReceiptStore& receipts, bool complete, Audit& audit);

/// Holds what the budgets show as awarded against the transcripts, bidder by bidder.
void audit_budgets(const Service& service, const Cast& cast, const Sale& sale, Audit& audit);

/// Awards by rate, a bar each.
std::string rate_histogram(const std::map<Rate, int>& rates);

} // namespace strikeoff::demo
