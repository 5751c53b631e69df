#include "explanations.hpp"

namespace strikeoff {
namespace {

using http::KnownProblem;
using Problems = std::vector<KnownProblem>;

const KnownProblem reason_missing{422, "reason.missing", "a reason is needed; it is published"};
const KnownProblem batch_closed{409, "batch.closed", "the batch is closing or closed"};
const KnownProblem auction_over{409, "auction.over", "the sale is over"};
const KnownProblem settings_invalid{422, "settings.invalid", "a setting has a wrong value"};
const KnownProblem budget_negative{422, "budget.negative", "amounts must not be negative"};
const KnownProblem budget_reserved{409, "budget.reserved",
                                   "the items that the bidder leads have reserved 2300.00"};
const KnownProblem batch_times{422, "batch.times", "a batch ends after it starts"};
const KnownProblem not_paused{409, "auction.not_paused", "the sale is not paused"};
const KnownProblem approval_pending{409, "approval.pending",
                                    "the same is proposed already and waits for a second person"};
const KnownProblem tax_year_unknown{422, "query.tax_year", "no such year"};

constexpr std::string_view nal_example =
    "PARCEL_ID,SEQ_NO,ASMNT_YR,JV,JV_HMSTD,EXMPT_01,OWN_NAME,PHY_ADDR1\n"
    "00-0000-123,1,2025,185000,0,0,BLUE HERON LLC,12 MAIN ST\n";
constexpr std::string_view parcels_example =
    "PARCEL_ID,assessed_value,taxable_county,exempt_codes,roll_year,Owner Name\n"
    "00-0000-123,185000,185000,,2025,BLUE HERON LLC\n";
constexpr std::string_view advertised_example =
    "Account Number,Adv Number,Face Amount,Assessed Value,Property Address\n"
    "00-0000-123,117,1243.07,185000,12 MAIN ST\n";

void explain_bids(http::Router& router) {
    // A bid that is sent alone gets these as its answer, one of many has them in its line.
    const Problems of_a_bid{
        {409, "bid.batch_closed", "the batch has ended"},
        {409, "bid.batch_paused", "the sale is paused"},
        {409, "bid.batch_pending", "the batch has not begun"},
        {409, "bid.id_reused", "this bid_id was used for another bid"},
        {409, "bid.item_ended", "bidding on this item has ended"},
        {409, "bid.not_lower", "the item stands at 5.25; a bid must be at least a step lower"},
        {409, "bid.nothing_to_withdraw", "no bid of yours stands here"},
        {422, "bid.barred", "you may not bid in this sale"},
        {422, "bid.id_malformed", "bid_id must be a UUIDv7 of about now"},
        {422, "bid.lot_withdrawn", "the item was withdrawn from the sale"},
        {422, "bid.not_eligible",
         "you may bid in this sale once there is the deposit that is required of you"},
        {422, "bid.not_registered", "you are not registered for this sale"},
        {422, "bid.over_budget", "your budget has no room for this item's face"},
        {422, "bid.owner_of_parcel", "nobody bids on a parcel of their own"},
        {422, "bid.rate_missing", "a bid needs a rate"},
        {422, "bid.rate_off_step", "the rate is off the step"},
        {422, "bid.stands", "in an open sale a bid stands until a lower one takes its place"},
        {422, "bid.zero_refused", "this sale takes no bids of zero"},
    };
    Problems alone = of_a_bid;
    const KnownProblem disk_low{503, "bid.disk_low", "no bids can be stored at the moment"};
    alone.push_back(disk_low);
    const KnownProblem on_hold{409, "bid.on_hold",
                               "after the second factor was recovered this account takes no bids "
                               "before 2026-05-28T14:00:00.000000Z"};
    alone.push_back(on_hold);
    router.explain({.id = "placeBid", .problems = alone});
    router.explain({.id = "placeBids",
                    .problems = {disk_low,
                                 on_hold,
                                 {422, "bids.count", "send 1 to 8192 bids at a time"},
                                 {422, "bid.rate_missing", "a bid needs a rate"}}});
}

const KnownProblem auth_busy{503, "auth.busy",
                             "too many people are signing in at this moment; try again"};
const KnownProblem link_unknown{422, "auth.link_unknown",
                                "this link was used before, or is too old"};
const KnownProblem code_wrong{401, "auth.code_wrong", "this code is not good, or not any more"};
const KnownProblem codes_too_many{429, "auth.codes_too_many", "too many wrong codes"};
const KnownProblem passwords_too_many{429, "auth.passwords_too_many", "too many wrong passwords"};
const KnownProblem email_malformed{422, "user.email_malformed", "that is no e-mail address"};
const KnownProblem step_up{401, "auth.step_up_required",
                           "give your password or a code again first"};
const KnownProblem password_wrong{422, "auth.password_wrong", "this is not your password"};

Problems with_password_rules(Problems problems) {
    problems.insert(problems.end(),
                    {{422, "password.too_short", "must have at least 15 characters"},
                     {422, "password.too_long", "must have at most 1,024 bytes"},
                     {422, "password.malformed", "is no text in UTF-8"},
                     {422, "password.easily_guessed", "is among the first that others would try"},
                     auth_busy});
    return problems;
}

void explain_sign_in(http::Router& router) {
    router.explain({.id = "signUp",
                    .problems = with_password_rules(
                        {email_malformed, {422, "user.name_missing", "a name is needed"}})});
    router.explain({.id = "confirmAddress", .problems = {link_unknown}});
    router.explain({.id = "confirmNewAddress",
                    .problems = {link_unknown,
                                 {409, "user.email_taken", "there is a user with this address"}}});
    router.explain({.id = "askForReset", .problems = {email_malformed}});
    router.explain({.id = "resetPassword", .problems = with_password_rules({link_unknown})});
    router.explain(
        {.id = "signIn",
         .problems = {{401, "auth.failed", "the address or the password is wrong"},
                      {401, "auth.address_unconfirmed", "follow the link in the mail first"},
                      {401, "auth.account_inactive", "this account is not active"},
                      auth_busy}});
    router.explain(
        {.id = "giveSecondFactor",
         .problems = {code_wrong,
                      codes_too_many,
                      {409, "auth.no_factor_awaited", "sign in with the password first"}}});
    router.explain(
        {.id = "refreshSession",
         .problems = {{401, "auth.refresh_unknown", "sign in again"},
                      {401, "auth.refresh_reused", "the session was ended; sign in again"}}});
}

void explain_accounts(http::Router& router) {
    router.explain({.id = "changePassword",
                    .problems = with_password_rules({password_wrong, passwords_too_many})});
    router.explain({.id = "changeAddress", .problems = {step_up, email_malformed}});
    router.explain({.id = "stepUp",
                    .problems = {{422, "auth.proof_missing", "the password is needed"},
                                 password_wrong,
                                 passwords_too_many,
                                 code_wrong,
                                 codes_too_many,
                                 auth_busy}});
    router.explain(
        {.id = "enrolSecondFactor",
         .problems = {step_up,
                      {409, "mfa.enabled_already", "there is a second factor; remove it first"}}});
    router.explain(
        {.id = "confirmSecondFactor",
         .problems = {code_wrong,
                      {409, "mfa.not_enrolling", "no second factor is being enrolled"}}});
    router.explain({.id = "renewBackupCodes",
                    .problems = {step_up, {409, "mfa.not_enabled", "there is no second factor"}}});
    router.explain({.id = "disableSecondFactor",
                    .problems = {step_up,
                                 {409, "mfa.not_enabled", "there is no second factor"},
                                 {422, "mfa.compulsory", "staff sign in with a second factor"}}});
}

void explain_api_keys(http::Router& router) {
    router.explain(
        {.id = "createApiKey",
         .problems = {
             step_up,
             {422, "key.name_invalid", "a key needs a name"},
             {422, "key.scopes_missing", "say what the key is for"},
             {422, "key.expiry_past", "that time is over"},
             {422, "key.county_not_yours",
              "a key can be narrowed to a county for whose office its owner works"},
             {409, "key.too_many", "there are fifty keys; revoke some that are not needed"}}});
}

void explain_sales(http::Router& router) {
    router.explain(
        {.id = "createAuction",
         .problems = {{422, "auction.invalid", "the auction is not complete"}, settings_invalid}});
    router.explain({.id = "createBatch",
                    .problems = {auction_over,
                                 batch_times,
                                 {422, "batch.empty", "no certificate has such a number"}}});
    router.explain(
        {.id = "planBatches",
         .problems = {
             auction_over,
             batch_times,
             {422, "batch.size", "a batch has 1 to 100000 items"},
             {422, "batch.empty", "no certificate waits for a batch"},
             {422, "schedule.time_malformed", "times are local, like 2026-05-27T08:00 and 08:00"},
             {422, "schedule.interval", "closings are 1 to 1440 minutes apart"},
             {422, "schedule.zone_unknown", "'Mars/Olympus' is no time zone"}}});
    router.explain({.id = "createCleanupBatch",
                    .problems = {auction_over,
                                 batch_times,
                                 {422, "cleanup.nothing_to_offer", "nothing came back"}}});
    router.explain({.id = "publishAuction",
                    .problems = {{409, "auction.published", "the sale is published already"},
                                 {422, "auction.no_batches", "a sale needs a batch"}}});
    router.explain({.id = "commitCounty",
                    .problems = {{409, "batch.opened", "the batch is open already"},
                                 {409, "commitment.given", "the county has committed already"},
                                 {422, "batch.unknown", "a batch is not of this sale"},
                                 {422, "commitment.zero", "zeros commit to nothing"},
                                 {422, "commitments.count", "send 1 to 1000 commitments"}}});
    router.explain({.id = "revealSecret",
                    .problems = {{409, "secret.other_record", "the close record is another one"},
                                 {409, "secret.too_early", "the batch has no close record yet"},
                                 {409, "secret.too_late", "the secret stands already"},
                                 {422, "secret.not_committed", "this was not committed to"}}});
}

void explain_lists(http::Router& router) {
    const KnownProblem filter{422, "query.filter", "no such filter"};
    const KnownProblem order{422, "query.sort", "no such order"};
    const KnownProblem copying{503, "bids.not_ready", "the bids are still being copied"};
    router.explain({.id = "searchItems", .problems = {filter, order}});
    router.explain({.id = "countItems", .problems = {filter}});
    router.explain({.id = "exportItems",
                    .problems = {filter, order},
                    .response_example = "adv_no,batch,parcel_id,face\n1,1,00-0000-123,412.07\n"});
    router.explain({.id = "listResults", .problems = {filter, order}});
    router.explain({.id = "countResults", .problems = {filter}});
    router.explain({.id = "exportResults",
                    .problems = {filter, order},
                    .response_example = "adv_no,parcel_id,face,status,rate\n"
                                        "1,00-0000-123,412.07,awarded,5.25\n"});
    router.explain({.id = "listClosedBids", .problems = {filter, order, copying}});
    router.explain({.id = "exportClosedBids",
                    .problems = {order, copying},
                    .response_example = "bidder,rate,accepted_at,awarded\n"
                                        "9f86d081884c7d659a2feaa0c55ad015,5.25,"
                                        "2026-05-27T12:00:00.000000Z,yes\n"});
}

void explain_control(http::Router& router) {
    router.explain({.id = "withdrawItem",
                    .problems = {reason_missing,
                                 batch_closed,
                                 {409, "item.withdrawn", "the item is withdrawn already"}}});
    router.explain(
        {.id = "pauseAuction",
         .problems = {reason_missing, {409, "auction.not_running", "no sale is under way"}}});
    router.explain({.id = "resumeAuction", .problems = {approval_pending, not_paused}});
    router.explain(
        {.id = "moveEnd",
         .problems = {reason_missing,
                      batch_closed,
                      batch_times,
                      {422, "batch.end_in_the_past", "the new end has passed"},
                      {422, "batch.end_before_start", "the new end is not after the start"}}});
    router.explain(
        {.id = "cancelBatch", .problems = {approval_pending, reason_missing, batch_closed}});
}

/// What carrying a change out may come to is what proposing it may come to.
void explain_approvals(http::Router& router) {
    const KnownProblem decided{409, "approval.decided", "it is decided, or has expired"};
    const Problems of_grants{
        {409, "staff.nothing_to_do", "nothing would change by that"},
        {422, "staff.wrong_role", "the person's role is neither county_admin nor viewer"}};
    const Problems of_roles{{409, "role.own", "nobody changes their own role"},
                            {409, "role.unchanged", "that is the person's role already"}};
    const Problems of_recoveries{{409, "mfa.not_enabled", "there is no second factor"},
                                 {409, "recovery.open", "a recovery is under way already"},
                                 reason_missing};
    const auto explain = [&](std::string_view id, std::initializer_list<Problems> groups) {
        Problems problems;
        for (const Problems& group : groups)
            problems.insert(problems.end(), group.begin(), group.end());
        router.explain({.id = id, .problems = problems});
    };
    const Problems proposing{approval_pending, step_up};
    explain("grantPermissions",
            {proposing, of_grants, {{422, "user.unknown", "there is no such account"}}});
    explain("changeRole", {proposing, of_roles});
    explain("recoverSecondFactor", {proposing, of_recoveries});
    explain("recoverSecondFactorOfUser", {proposing, of_recoveries});
    explain("approveChange", {{decided,
                               step_up,
                               {409, "approval.same_person", "who proposed it cannot approve it"},
                               batch_closed,
                               not_paused,
                               {409, "import.repeated", "this very file was imported before"}},
                              of_grants,
                              of_roles,
                              of_recoveries});
    explain("refuseChange", {{decided}});
    explain("takePermissionsAway", {{step_up,
                                     {409, "staff.nothing_to_do", "nothing would change by that"},
                                     {409, "staff.own", "nobody takes their own rights away"}}});
    explain("changeStatus", {{step_up,
                              {409, "staff.own", "nobody closes their own account here"},
                              {409, "status.unchanged", "that is the account's status already"}}});
    const Problems stopping{step_up, {409, "recovery.none", "no recovery is under way"}};
    explain("stopRecovery", {stopping});
    explain("stopRecoveryOfUser", {stopping});
    explain("findUsers", {{{422, "query.email", "say whom you look for"}}});
}

void explain_amendments(http::Router& router) {
    router.explain({.id = "proposeAmendment",
                    .problems = {reason_missing,
                                 {409, "amendment.exists", "a proposal for this item is waiting"},
                                 {409, "award.none", "the item has no award to take back"},
                                 {409, "award.settled", "the award is paid for"},
                                 {409, "batch.not_closed", "the batch has not been closed yet"}}});
    const KnownProblem decided{409, "amendment.decided", "the proposal is decided already"};
    router.explain(
        {.id = "approveAmendment",
         .problems = {decided,
                      {409, "amendment.same_person", "another person than the proposer decides"},
                      {409, "award.none", "the item has no award to take back"},
                      {409, "award.settled", "the award is paid for"},
                      {409, "batch.not_closed", "the batch has not been closed yet"}}});
    router.explain({.id = "refuseAmendment", .problems = {decided}});
}

void explain_bidders(http::Router& router) {
    const KnownProblem foreign{422, "tax_form.foreign", "this county takes a W-9 alone"};
    router.explain({.id = "registerBidder",
                    .problems = {{409, "bidder.number_taken", "the bidder number is taken"},
                                 {409, "bidder.registered", "the account is registered already"},
                                 {422, "bidder.invalid", "the bidder is not complete"},
                                 {422, "user.unknown", "there is no such account"},
                                 foreign,
                                 budget_negative}});
    router.explain(
        {.id = "setTaxForm",
         .problems = {foreign, {422, "tax_form.invalid", "the tax form is not complete"}}});
    router.explain({.id = "setOwnership", .problems = {reason_missing}});
    router.explain({.id = "setBudget", .problems = {budget_negative, budget_reserved}});
    router.explain({.id = "setOwnLimit", .problems = {budget_negative, budget_reserved}});
    router.explain({.id = "barBidder", .problems = {reason_missing}});
    router.explain(
        {.id = "setGroup",
         .problems = {{409, "group.frozen", "the members of groups are frozen by now"},
                      {422, "group.malformed", "line 3: a number of 1 to 50 characters is needed"},
                      {422, "csv.no_header", "the file is empty; a header line is required"},
                      {422, "csv.column_missing", "no column 'number'"},
                      {422, "csv.column_ambiguous", "two columns 'number'"},
                      {422, "csv.field_count", "line 3 has 1 field instead of 2"},
                      {422, "csv.text_after_quote", "text after a closing quote"},
                      {422, "csv.unterminated_quote", "unterminated quote"}},
         .request_example = "number,name\n1042,Blue Heron LLC\n1043,Blue Heron II LLC\n"});
}

void explain_imports(http::Router& router) {
    const Problems problems{
        tax_year_unknown,
        {409, "import.repeated", "this very file was imported before"},
        {422, "import.column_ambiguous", "two columns could be the parcel's number"},
        {422, "import.column_missing", "there is no column of the parcel's number"},
        {422, "import.encoding", "the file is neither UTF-8 nor Windows-1252"},
        {422, "import.format_unknown", "the columns are those of no known file"},
        {422, "import.gzip", "the file is no gzip file"},
        {422, "import.kind", "a roll is nal or parcels"},
        {422, "import.no_header", "the file has no header line"},
        {422, "import.tax_year", "the list does not say its tax year"},
        {422, "import.total", "the total of the file does not fit its lines"}};
    router.explain({.id = "importNal", .problems = problems, .request_example = nal_example});
    router.explain(
        {.id = "importParcels", .problems = problems, .request_example = parcels_example});
    router.explain(
        {.id = "importAdvertised", .problems = problems, .request_example = advertised_example});
    router.explain({.id = "markDelinquent",
                    .problems = {{422, "delinquent.invalid", "the wish makes no sense"}}});
    router.explain({.id = "listCertificates",
                    .problems = {tax_year_unknown, {422, "query.status", "no such status"}}});
    router.explain({.id = "createCounty",
                    .problems = {{409, "county.exists", "there is such a county already"},
                                 {422, "county.invalid", "the county is not complete"},
                                 settings_invalid}});
    router.explain(
        {.id = "setBranding", .problems = {{422, "branding.invalid", "this could not be read"}}});
}

void explain_live(http::Router& router) {
    router.explain(
        {.id = "getLive",
         .problems = {{400, "http.malformed", "the handshake is malformed"},
                      {403, "auth.foreign_page", "this was not asked for by a page of this site"},
                      {426, "live.upgrade_needed", "this is a WebSocket of version 13"},
                      {429, "live.too_many_sockets", "your network has too many live sockets"},
                      {503, "live.full", "there are too many live sockets"}}});
}

void explain_files(http::Router& router) {
    router.explain({.id = "getHealth", .problems = {}, .response_example = "ok\n"});
    router.explain({.id = "getReadiness", .problems = {}, .response_example = "ready\n"});
    router.explain(
        {.id = "getOpenapi", .problems = {}, .response_example = R"({"openapi":"3.1.0"})"});
    for (const char* id :
         {"getHomePage", "getCountyPage", "getSalePage", "getItemsPage", "getItemPage",
          "getBatchPage", "getItemBidsPage", "getVerifyPage", "getHowItWorksPage",
          "getCalculatorPage", "getRegisterPage", "getSignInPage", "getForgotPasswordPage",
          "getConfirmAddressPage", "getConfirmNewAddressPage", "getResetPasswordPage"})
        router.explain({.id = id, .problems = {}, .response_example = "<!doctype html>\n"});
    router.explain({.id = "getKeys",
                    .problems = {},
                    .response_example = R"({"keys":[{"algorithm":"Ed25519","public_key":"d75a9801)"
                                        R"(82b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751)"
                                        R"(1a","valid_from":null,"valid_until":null}]})"});
    router.explain(
        {.id = "getTranscript",
         .problems = {},
         .response_example = R"({"batch":{"id":"01a0c459-9d3b-7fe6-aaad-a4d044eab9bc"}})"});
}

} // namespace

void explain_routes(http::Router& router) {
    explain_bids(router);
    explain_sign_in(router);
    explain_accounts(router);
    explain_api_keys(router);
    explain_sales(router);
    explain_lists(router);
    explain_control(router);
    explain_amendments(router);
    explain_approvals(router);
    explain_bidders(router);
    explain_imports(router);
    explain_live(router);
    explain_files(router);
}

} // namespace strikeoff
