#include "core/verify.hpp"

#include "core/verify_leaves.hpp"
#include "core/verify_receipts.hpp"
#include "core/verify_records.hpp"

namespace strikeoff {

Result<VerifySummary> verify_transcript(std::string_view text, ByteView leaves,
                                        const VerifyOptions& options) {
    using namespace verification;

    const auto read = read_transcript(text);
    if (!read) return failed("form", "form of the transcript", read.error().message);
    const Transcript& transcript = *read;
    SO_TRY_VOID(check_file_signature(transcript, options.key));
    SO_TRY_VOID(check_openings(transcript));
    SO_TRY_VOID(check_head(transcript));

    SO_TRY_VOID(check_leaves_size(transcript, leaves));
    LeafCheck leaf_check{transcript};
    SO_TRY_VOID(leaf_check.run(leaves));
    const std::vector<LiveBid> bids = leaf_check.live_bids();

    SO_TRY_VOID(check_book(transcript, leaf_check.leaves_of(), bids));
    SO_TRY_VOID(check_groups(transcript));
    SO_TRY_VOID(check_close(transcript));
    SO_TRY_VOID(check_secrets(transcript));
    SO_TRY_VOID(check_results(transcript, bids));
    if (options.receipts)
        SO_TRY_VOID(
            check_receipts(transcript, leaves, *options.receipts,
                           options.partial ? Completeness::partial : Completeness::complete));
    return VerifySummary{.leaves = transcript.leaves_count,
                         .items = transcript.lots.size(),
                         .county_took_part = transcript.county_secret.has_value()};
}

} // namespace strikeoff
