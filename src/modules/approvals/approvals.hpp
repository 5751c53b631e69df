#pragma once

#include "core/describe.hpp"
#include "db/transaction.hpp"
#include "http/router.hpp"

#include <functional>
#include <map>

namespace strikeoff::approvals {

/// What one person cannot do alone.
enum class Action : std::uint8_t {
    publish_import,
    resume_auction,
    cancel_batch,
    change_role,
    grant_permissions,
    recover_second_factor
};
BOOST_DESCRIBE_ENUM(Action, publish_import, resume_auction, cancel_batch, change_role,
                    grant_permissions, recover_second_factor)
constexpr std::string_view pg_type_name(Action) {
    return "approval_action";
}

struct TwoPersonRule {
    Action action;
    http::Permission permission; ///< Of both people, in the county that it is about.
};

/// The two-person rule: all of it, but for amendments, which are signed and published by a process
/// of their own (`auctions::Amendments`). Pausing a sale is not here: it takes one.
inline constexpr std::array two_person_rules{
    TwoPersonRule{Action::publish_import, http::Permission::imports},
    TwoPersonRule{Action::resume_auction, http::Permission::sales},
    TwoPersonRule{Action::cancel_batch, http::Permission::sales},
    TwoPersonRule{Action::change_role, http::Permission::all},
    TwoPersonRule{Action::grant_permissions, http::Permission::all},
    TwoPersonRule{Action::recover_second_factor, http::Permission::approvals}};

enum class ApprovalStatus : std::uint8_t { pending, approved, refused, expired };
BOOST_DESCRIBE_ENUM(ApprovalStatus, pending, approved, refused, expired)

/// As its readers see it.
struct Approval {
    ApprovalId id;
    std::optional<CountyId> county_id; ///< None: the platform's, for its administrators.
    Action action = Action::publish_import;
    Uuid subject_id{}; ///< The sale, the batch, the user or the county that it changes.
    ApprovalStatus status = ApprovalStatus::pending;
    db::Json parameters;
    db::Json preview; ///< What it would have come to when it was proposed.
    UserId proposed_by;
    Instant proposed_at;
    Instant expires_at;
    std::optional<UserId> decided_by;
    std::optional<Instant> decided_at;
    std::optional<db::Json> outcome; ///< What it came to.
};
BOOST_DESCRIBE_STRUCT(Approval, (),
                      (id, county_id, action, subject_id, status, parameters, preview, proposed_by,
                       proposed_at, expires_at, decided_by, decided_at, outcome))

struct Proposal {
    Action action = Action::publish_import;
    std::optional<CountyId> county;
    Uuid subject{};
    std::string parameters = "{}"; ///< JSON.
    std::string bytes{};           ///< The file of an import.
};

/// What a change is carried out with.
struct Order {
    std::optional<CountyId> county;
    Uuid subject{};
    std::string parameters;
    std::string bytes;
    UserId by; ///< Who proposed it.
};

/// Carries a change out on the connection, within its transaction. Returns JSON that says what it
/// came to.
using Carrier = std::function<Result<std::string>(db::Connection&, const Order&)>;

/// Changes that wait for a second person. What is proposed is tried at once and rolled back, so
/// that who proposes it sees what is wrong with it and the other what it will come to.
class Approvals {
public:
    explicit Approvals(db::Pool& worker_pool) : pool_{worker_pool} {}

    /// Before any request is served: each action has one.
    void carry_with(Action action, Carrier carrier);

    /// Fails as the change itself would, or with approval.pending.
    Result<Approval> propose(const Proposal& wanted, UserId by);
    /// Carries it out and notes the decision, in one transaction. Fails with not_found,
    /// approval.decided, approval.same_person, or as the change itself does, and then still waits.
    Result<Approval> approve(ApprovalId id, const http::Caller& caller);
    /// Also by whoever proposed it. Fails with not_found or approval.decided.
    Result<Approval> refuse(ApprovalId id, const http::Caller& caller);

    Result<Approval> find(ApprovalId id, const http::Caller& caller);
    /// Those that the caller may decide, newest first.
    std::vector<Approval> list(const http::Caller& caller, std::optional<ApprovalId> before,
                               int limit);

private:
    Result<std::string> carry(db::Connection& connection, Action action, const Order& order) const;

    db::Pool& pool_;
    std::map<Action, Carrier> carriers_;
};

void add_routes(http::Router& router);

} // namespace strikeoff::approvals
