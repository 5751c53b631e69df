#include "support/server/access_recipes.hpp"

#include "core/sha256.hpp"

#include <fmt/format.h>

namespace strikeoff::testing {
namespace {

using Recipes = std::map<std::string, Recipe, std::less<>>;

std::string in_days(int days) {
    return format_instant(LiveServer::instance().now() + std::chrono::days{days});
}

/// The token of a link that a mail to a fresh person would have held.
std::string fresh_link(const std::string& purpose) {
    const std::string token = to_hex(random_hash());
    const TestUser user = make_user("investor");
    const std::string new_email =
        purpose == "change_address" ? "'" + fresh_bid_id() + "@example.org'" : "NULL";
    one_value(fmt::format("INSERT INTO account_links (user_id, purpose, token_hash, new_email, "
                          "expires_at) VALUES ('{}', '{}', sha256('{}'), {}, "
                          "strikeoff.clock() + interval '20 minutes')",
                          user.id, purpose, token, new_email));
    return token;
}

/// Whose spares a call takes.
Side& side_of(const Call& call) {
    return call.subject.side ? *call.subject.side : call.subject.world->own;
}

/// What waits for a second person would keep the same from being proposed again.
void forget_proposals(const std::string& subject) {
    one_value("UPDATE approvals SET decision = 'expired', decided_at = strikeoff.clock() WHERE "
              "subject_id = '" +
              subject + "' AND decision IS NULL");
}

std::string certificate_of(const Call& call, int lot) {
    return call.subject.side->sale.certificate(lot);
}

std::string bid_body(const Call& call) {
    // Not the rate that stands already, which is answered as such whatever the clock says.
    const char* rate = call.subject.world->closed ? "8.50" : "9.00";
    return fmt::format(R"({{"bid_id":"{}","certificate_id":"{}","rate":"{}"}})", fresh_bid_id(),
                       certificate_of(call, Side::lots - 1), rate);
}

/// Steering a sale: the one in the future while the other is open, the closed one afterwards.
void steer(Call& call) {
    if (call.subject.world->closed) return;
    call.values["auction_id"] = call.subject.side->control_auction;
    call.values["batch_id"] = call.subject.side->control_batch;
}

void set_control_sale(const Side& side, bool paused) {
    one_value(fmt::format(
        "UPDATE auctions SET status = '{0}', paused_at = {1}, pause_reason = {2} WHERE id = '{3}'; "
        "UPDATE batches SET paused_at = {1} WHERE auction_id = '{3}'",
        paused ? "paused" : "published", paused ? "strikeoff.clock()" : "NULL",
        paused ? "'flood'" : "NULL", side.control_auction));
}

/// A proposal of the colleague that waits for another person.
std::string proposal(Side& side, const std::string& name, const char* kind) {
    return side.spare(name, [&] {
        return side
            .prepare("/api/v1/batches/" + side.batch() + "/amendments",
                     fmt::format(R"({{"kind":"{}","adv_no":{},"reason":"paid at the counter"}})",
                                 kind, side.next_award()))
            .text("id");
    });
}

void add_service(Recipes& to) {
    for (const char* id :
         {"getHealth", "getReadiness", "getKeys", "getTime", "listAuctions", "listCounties"})
        to[id] = {.when = When::always};
    for (const char* id :
         {"getHomePage", "getVerifyPage", "getHowItWorksPage", "getCalculatorPage",
          "getRegisterPage", "getSignInPage", "getForgotPasswordPage", "getConfirmAddressPage",
          "getConfirmNewAddressPage", "getResetPasswordPage"})
        to[id] = {.when = When::always};
    // A page is the same whatever its address names: its script asks the API.
    to["getCountyPage"] = {.when = When::county};
    for (const char* id :
         {"getSalePage", "getItemsPage", "getItemPage", "getBatchPage", "getItemBidsPage"})
        to[id] = {.of_drafts = false};
    to["getAsset"] = {.when = When::always,
                      .prepare = [](Call& call) { call.values["file"] = "none.js"; },
                      .without_success = "files have names of a build: Site.files_*"};
    to["getLive"] = {.when = When::always,
                     .without_success = "it is no GET but a WebSocket: Live.*"};
    to["getOpenapi"] = {.when = When::always, .is_document = true};
    to["getCounty"] = {.when = When::county};
    to["createCounty"] = {.when = When::always, .prepare = [](Call& call) {
                              call.body = R"({"name":"Of )" + fresh_bid_id() + R"(","state":"FL"})";
                          }};
}

void add_sign_in(Recipes& to) {
    const auto body = [&](const char* id, std::function<std::string(const Call&)> made) {
        to[id] = {.when = When::always,
                  .prepare = [made = std::move(made)](Call& call) { call.body = made(call); }};
    };
    const auto link = [&](const char* id, const char* purpose, const char* more = "") {
        body(id, [purpose, more](const Call&) {
            return R"({"token":")" + fresh_link(purpose) + "\"" + more + "}";
        });
    };
    body("signUp", [](const Call&) {
        return R"({"email":")" + fresh_bid_id() + R"(@example.org","password":"seven herons by)" +
               R"( the marsh","first_name":"Green","last_name":"Ibis"})";
    });
    link("confirmAddress", "confirm_address");
    link("confirmNewAddress", "change_address");
    link("resetPassword", "reset_password", R"(,"password":"seven herons by the marsh")");
    body("askForReset", [](const Call& call) {
        return R"({"email":")" + call.subject.world->signer.email + R"("})";
    });
    body("signIn", [](const Call& call) {
        const Person& signer = call.subject.world->signer;
        return R"({"email":")" + signer.email + R"(","password":")" + signer.password + R"("})";
    });
    body("giveSecondFactor", [](const Call&) { return std::string{R"({"code":"000000"})"}; });
    to["giveSecondFactor"].without_success = "a session that waits for it: SecondFactor.*";
    to["refreshSession"] = {.when = When::always,
                            .without_success = "the refresh token's cookie: Sessions.*"};
    to["signOut"] = {.when = When::always};
}

void add_accounts(Recipes& to) {
    const auto by_session = [&](const char* id, std::function<void(Call&)> prepare = {}) {
        to[id] = {.when = When::always, .prepare = std::move(prepare), .by_session = true};
    };
    by_session("getAccount");
    by_session("listSessions");
    by_session("endOtherSessions");
    by_session("endSession", [](Call& call) {
        call.values["session_id"] = one_value(fmt::format(
            "INSERT INTO sessions (user_id, family_id, token_hash, expires_at, idle_expires_at, "
            "absolute_expires_at) SELECT '{}', strikeoff.new_id(), sha256('{}'), at, at, at "
            "FROM (SELECT strikeoff.clock() + interval '10 minutes' AS at) t RETURNING family_id",
            call.subject.person->user.id, fresh_bid_id()));
    });
    to["endSession"].of_people = true;
    by_session("listApiKeys");
    by_session("createApiKey", [](Call& call) {
        call.body = R"({"name":")" + fresh_bid_id() + R"(","scopes":["read"]})";
    });
    by_session("revokeApiKey", [](Call& call) {
        call.values["key_id"] = one_value(
            fmt::format("INSERT INTO api_keys (user_id, name, token_hash, scopes) VALUES ('{}', "
                        "'spare', sha256('{}'), '{{read}}') RETURNING id",
                        call.subject.person->user.id, fresh_bid_id()));
    });
    to["revokeApiKey"].of_people = true;
    by_session("changePassword", [](Call& call) {
        call.body = R"({"current":")" + call.caller->password + R"(","wanted":")" +
                    call.caller->password + R"("})";
    });
    by_session("changeAddress", [](Call& call) {
        call.body = R"({"email":")" + fresh_bid_id() + R"(@example.org"})";
    });
    by_session("stepUp", [](Call& call) {
        call.body = R"({"password":")" + call.caller->password + R"("})";
    });
    by_session("enrolSecondFactor");
    by_session("confirmSecondFactor", [](Call& call) { call.body = R"({"code":"000000"})"; });
    to["confirmSecondFactor"].without_success = "the code of an app: SecondFactor.*";
    by_session("renewBackupCodes");
    by_session("disableSecondFactor");
    to["disableSecondFactor"].without_success = "an investor's second factor: SecondFactor.*";
}

void add_county(Recipes& to) {
    // The file is the one of the API's document; a year of its own keeps it from the sales.
    for (const char* id : {"importNal", "importParcels", "importAdvertised"})
        to[id] = {.when = When::county,
                  .prepare = [](Call& call) { call.query = "?tax_year=2023"; }};
    to["markDelinquent"] = {.when = When::county, .prepare = [](Call& call) {
                                call.body = R"({"tax_year":2022,"seed":1})";
                            }};
    to["listCertificates"] = {.when = When::county};
    to["setBranding"] = {.when = When::county, .prepare = [](Call& call) {
                             call.body = R"({"name":null,"header":"#1a4480","accent":"#2e8540",)"
                                         R"("accent_text":"#ffffff"})";
                         }};
    to["createAuction"] = {.when = When::county, .prepare = [](Call& call) {
                               call.body = R"({"name":"Next year","tax_year":2026})";
                           }};
}

void add_bidders(Recipes& to) {
    to["listBidders"] = {};
    to["getBidder"] = {.of_people = true};
    to["registerBidder"] = {.prepare = [](Call& call) {
        call.body = fmt::format(R"({{"user_id":"{}","bidder_number":"{}","name":"Bidder"}})",
                                make_user("investor").id, fresh_bid_id());
    }};
    to["setBudget"] = {.prepare = [](Call& call) { call.body = R"({"deposits":"1000000.00"})"; },
                       .of_people = true};
    to["setGroup"] = {.of_people = true};
    to["barBidder"] = {.prepare =
                           [](Call& call) {
                               TestSale& sale = call.subject.side->sale;
                               call.values["user_id"] = call.subject.side->spare(
                                   "bidder", [&] { return sale.add_bidder().id; });
                               call.body = R"({"reason":"no W-9"})";
                           },
                       .uses_up = "bidder"};
    to["setTaxForm"] = {.prepare =
                            [](Call& call) {
                                call.body = fmt::format(
                                    R"({{"kind":"w9","form_year":{},"legal_name":"Bidder"}})",
                                    call.subject.side->sale.year());
                            },
                        .of_people = true};
    to["listOwnerships"] = {.of_people = true};
    to["setOwnership"] = {.prepare =
                              [](Call& call) {
                                  call.values["certificate_id"] = certificate_of(call, 0);
                                  call.body = R"({"is_owner":false,"reason":"a namesake"})";
                              },
                          .of_people = true};
    to["acceptAgreement"] = {};
    to["getOwnBidder"] = {};
    to["setOwnLimit"] = {.prepare = [](Call& call) { call.body = R"({"own_limit":null})"; }};
}

void add_bids(Recipes& to) {
    to["placeBid"] = {.prepare = [](Call& call) { call.body = bid_body(call); }};
    to["placeBids"] = {
        .prepare = [](Call& call) { call.body = R"({"bids":[)" + bid_body(call) + "]}"; }};
    to["listOwnBids"] = {};
}

void add_public_sale(Recipes& to) {
    for (const char* id :
         {"getAuction", "listBatches", "getBatch", "listItems", "listResults", "listClosedBids",
          "getChain", "getTranscript", "getLeaves", "listAmendments", "searchItems", "countItems",
          "countResults", "getItem", "getRules"})
        to[id] = {};
    for (const char* id : {"exportItems", "exportResults", "exportClosedBids"})
        to[id] = {.is_document = true};
    for (const char* id : {"listLeads", "listOpenBids"})
        to[id] = {
            .when = When::county,
            .prepare =
                [](Call& call) { call.values["batch_id"] = call.subject.side->open_format_batch; },
            .of_drafts = false};
}

void add_drafting(Recipes& to) {
    const auto spare = [&](const char* id, const char* name, std::function<void(Call&)> prepare) {
        to[id] = {.when = When::county,
                  .prepare = std::move(prepare),
                  .uses_up = name,
                  .of_drafts = false};
    };
    spare("createBatch", "certificate", [](Call& call) {
        Side& side = *call.subject.side;
        const std::string number =
            side.spare("certificate", [&] { return std::to_string(side.next_certificate()); });
        call.values["auction_id"] = side.draft_auction;
        call.body =
            fmt::format(R"({{"start_time":"{}","end_time":"{}","adv_from":{},"adv_to":{}}})",
                        in_days(20), in_days(30), number, number);
    });
    spare("planBatches", "roll", [](Call& call) {
        Side& side = *call.subject.side;
        call.body = R"({"start_time":")" + in_days(20) + R"(","first_close":"2099-05-27T08:00"})";
        call.values["auction_id"] = side.spare("plan", [&] {
            return side
                .prepare("/api/v1/counties/" + side.county() + "/auctions",
                         R"({"name":"Plan","tax_year":2021})")
                .text("id");
        });
        side.spare("roll", [&] {
            return one_value(fmt::format(
                "INSERT INTO certificates (county_id, property_id, tax_year, face_value) SELECT "
                "county_id, id, 2021, 100 FROM properties WHERE county_id = '{}' AND id NOT IN "
                "(SELECT property_id FROM certificates WHERE tax_year = 2021) LIMIT 1 RETURNING id",
                side.county()));
        });
    });
    spare("publishAuction", "publish", [](Call& call) {
        Side& side = *call.subject.side;
        call.values["auction_id"] = side.spare("publish", [&] { return side.make_draft(); });
    });
}

/// What was voided after a sale is offered again.
void add_cleanup(Recipes& to) {
    to["createCleanupBatch"] = {
        .prepare =
            [](Call& call) {
                Side& side = *call.subject.side;
                call.body = R"({"start_time":")" + in_days(20) + R"(","end_time":")" + in_days(30) +
                            R"("})";
                if (!call.subject.world->closed) return;
                side.spare("voided", [&] {
                    const std::string id = proposal(side, "to void", "award_voided");
                    side.use_up("to void");
                    const Reply approved = LiveServer::instance().call(
                        "POST", "/api/v1/amendments/" + id + "/approve", side.sale.staff.key);
                    if (approved.status != 200) throw std::runtime_error(approved.body);
                    return id;
                });
            },
        .uses_up = "voided",
        .at_last = true};
}

void add_steering(Recipes& to) {
    to["commitCounty"] = {.prepare =
                              [](Call& call) {
                                  Side& side = *call.subject.side;
                                  std::string batch = side.batch();
                                  if (!call.subject.world->closed) {
                                      steer(call);
                                      batch = side.spare("commit", [&] {
                                          return side.make_batch(side.control_auction);
                                      });
                                  }
                                  call.body = R"({"commitments":[{"batch_id":")" + batch +
                                              R"(","commitment":")" + std::string(64, '5') +
                                              R"("}]})";
                              },
                          .uses_up = "commit",
                          .of_drafts = false};
    to["revealSecret"] = {.prepare = [](Call& call) {
        const std::string sql =
            "SELECT coalesce(encode(s.county_secret, 'hex'), repeat('5', 64)) || '\",\"close_hash"
            "\":\"' || coalesce(encode(c.close_hash, 'hex'), repeat('5', 64)) FROM batch_secrets "
            "s LEFT JOIN batch_closings c ON c.batch_id = s.batch_id WHERE s.batch_id = '";
        call.body = R"({"secret":")" + one_value(sql + call.subject.side->batch() + "'") + R"("})";
    }};
    to["withdrawItem"] = {.prepare =
                              [](Call& call) {
                                  Side& side = *call.subject.side;
                                  call.values["adv_no"] = side.spare(
                                      "lot", [&] { return std::to_string(side.next_lot()); });
                                  call.body = R"({"reason":"paid"})";
                              },
                          .uses_up = "lot"};
    to["pauseAuction"] = {.prepare =
                              [](Call& call) {
                                  steer(call);
                                  set_control_sale(*call.subject.side, /*paused=*/false);
                                  call.body = R"({"reason":"flood"})";
                              },
                          .of_drafts = false};
    to["resumeAuction"] = {.prepare =
                               [](Call& call) {
                                   steer(call);
                                   set_control_sale(*call.subject.side, /*paused=*/true);
                                   forget_proposals(call.subject.side->control_auction);
                               },
                           .of_drafts = false};
    to["moveEnd"] = {.prepare =
                         [](Call& call) {
                             steer(call);
                             set_control_sale(*call.subject.side, /*paused=*/false);
                             call.body =
                                 R"({"end_time":")" + in_days(40) + R"(","reason":"flood"})";
                         },
                     .of_drafts = false};
    to["cancelBatch"] = {.prepare =
                             [](Call& call) {
                                 Side& side = *call.subject.side;
                                 call.body = R"({"reason":"flood"})";
                                 if (!call.subject.world->closed)
                                     call.values["batch_id"] = side.spare("cancel", [&] {
                                         return side.make_batch(side.control_auction);
                                     });
                             },
                         .uses_up = "cancel",
                         .of_drafts = false};
}

void add_amendments(Recipes& to) {
    to["proposeAmendment"] = {
        .prepare =
            [](Call& call) {
                Side& side = *call.subject.side;
                const std::string number =
                    call.subject.world->closed
                        ? side.spare("award", [&] { return std::to_string(side.next_award()); })
                        : "1";
                call.body = R"({"kind":"void_paid","adv_no":)" + number + R"(,"reason":"paid"})";
            },
        .uses_up = "award"};
    for (const char* id : {"approveAmendment", "refuseAmendment"})
        to[id] = {.when = When::closed,
                  .prepare =
                      [](Call& call) {
                          call.values["amendment_id"] =
                              proposal(*call.subject.side, "proposal", "void_paid");
                      },
                  .uses_up = "proposal"};
}

/// Somebody of the side for whom a second factor was switched on, without the trouble.
std::string with_factor(Side& side, const std::string& name) {
    return side.spare(name, [&] {
        const std::string id = side.sale.add_bidder().id;
        one_value("UPDATE users SET mfa_enabled = true WHERE id = '" + id + "'");
        return id;
    });
}

/// The same, with a recovery under way that the county's staff, or the platform, have agreed on.
std::string recovering(Side& side, const std::string& name, bool by_county) {
    return side.spare(name, [&] {
        const std::string id = with_factor(side, name + " person");
        side.use_up(name + " person");
        one_value(fmt::format(
            "INSERT INTO factor_recoveries (user_id, county_id, asked_by, reason, effective_at) "
            "VALUES ('{}', {}, '{}', 'seen', strikeoff.clock() + interval '1 day')",
            id, by_county ? "'" + side.county() + "'" : "NULL", side.colleague.id));
        return id;
    });
}

void add_people(Recipes& to) {
    const auto about = [&](const char* id, When when, std::string uses_up,
                           std::function<void(Call&)> prepare) {
        to[id] = {.when = when, .prepare = std::move(prepare), .uses_up = std::move(uses_up)};
    };
    to["listStaff"] = {.when = When::county};
    about("grantPermissions", When::county, "clerk to be", [](Call& call) {
        const std::string email = side_of(call).spare("clerk to be", [&] {
            const TestUser user =
                make_user("county_admin", side_of(call).county(), http::Permission::imports);
            return one_value("SELECT email FROM users WHERE id = '" + user.id + "'");
        });
        call.body = R"({"email":")" + email + R"(","permissions":["reports"]})";
    });
    about("takePermissionsAway", When::county, "clerk", [](Call& call) {
        call.values["user_id"] = side_of(call).spare("clerk", [&] {
            return make_user("county_admin", side_of(call).county(), http::Permission::reports).id;
        });
        call.body = R"({"permissions":["reports"]})";
    });
    const auto recovery = [](Call& call) {
        call.values["user_id"] = with_factor(side_of(call), "forgetful");
        call.body = R"({"reason":"seen in person"})";
    };
    about("recoverSecondFactor", When::county, "forgetful", recovery);
    about("recoverSecondFactorOfUser", When::always, "forgetful", recovery);
    about("stopRecovery", When::county, "recovering", [](Call& call) {
        call.values["user_id"] = recovering(side_of(call), "recovering", /*by_county=*/true);
    });
    about("stopRecoveryOfUser", When::always, "recovering", [](Call& call) {
        call.values["user_id"] = recovering(side_of(call), "recovering", /*by_county=*/false);
    });
    to["findUsers"] = {.when = When::always, .prepare = [](Call& call) {
                           call.query = "?email=" + call.subject.world->caller("owner").email;
                       }};
    to["getUser"] = {.when = When::always, .of_people = true};
    const auto somebody = [](Call& call, const std::string& name) {
        call.values["user_id"] = side_of(call).spare(name, [] { return make_user("investor").id; });
    };
    about("changeRole", When::always, "to change", [somebody](Call& call) {
        somebody(call, "to change");
        call.body = R"({"role":"viewer"})";
    });
    about("changeStatus", When::always, "to close", [somebody](Call& call) {
        somebody(call, "to close");
        call.body = R"({"status":"inactive"})";
    });
}

void add_approvals(Recipes& to) {
    to["listApprovals"] = {.when = When::open};
    const auto import = [](Call& call) {
        Side& side = *call.subject.side;
        call.values["approval_id"] = side.spare("import", [&] {
            // A file of its own each time: the same is not taken twice.
            static int parcel = 0;
            return side
                .prepare("/api/v1/counties/" + side.county() + "/imports/parcels",
                         fmt::format("PARCEL_ID,assessed_value,taxable_county,exempt_codes,"
                                     "roll_year,Owner Name\n00-1-{},185000,185000,,2025,HERON\n",
                                     ++parcel),
                         "text/csv")
                .text("id");
        });
    };
    to["getApproval"] = {.when = When::county, .prepare = import};
    for (const char* id : {"approveChange", "refuseChange"})
        to[id] = {.when = When::county, .prepare = import, .uses_up = "import"};
}

} // namespace

const Recipes& recipes() {
    static const Recipes all = [] {
        Recipes made;
        add_service(made);
        add_sign_in(made);
        add_accounts(made);
        add_county(made);
        add_bidders(made);
        add_bids(made);
        add_public_sale(made);
        add_drafting(made);
        add_cleanup(made);
        add_steering(made);
        add_amendments(made);
        add_people(made);
        add_approvals(made);
        return made;
    }();
    return all;
}

std::map<std::string, std::string> usual_values(const Subject& subject) {
    std::map<std::string, std::string> values{{"adv_no", "1"}};
    if (subject.side) {
        const Side& side = *subject.side;
        values["county_id"] = side.county();
        values["auction_id"] = subject.draft ? side.draft_auction : side.sale.auction;
        values["batch_id"] = subject.draft ? side.draft_batch : side.batch();
    }
    if (subject.person) values["user_id"] = subject.person->user.id;
    return values;
}

} // namespace strikeoff::testing
