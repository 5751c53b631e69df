#include "core/canonical_json.hpp"
#include "modules/approvals/approvals.hpp"

namespace strikeoff::approvals {
namespace {

constexpr Uuid platform_log{}; ///< Of what is no county's.

struct ApprovalRow {
    ApprovalId id;
    std::optional<CountyId> county_id;
    Action action = Action::publish_import;
    Uuid subject_id{};
    std::string status;
    db::Json parameters;
    db::Json preview;
    UserId proposed_by;
    Instant proposed_at;
    Instant expires_at;
    std::optional<UserId> decided_by;
    std::optional<Instant> decided_at;
    std::optional<db::Json> outcome;
};
BOOST_DESCRIBE_STRUCT(ApprovalRow, (),
                      (id, county_id, action, subject_id, status, parameters, preview, proposed_by,
                       proposed_at, expires_at, decided_by, decided_at, outcome))

// By id, or those of the given actions in the given counties; an administrator gets all.
const db::Statement<ApprovalRow(std::optional<ApprovalId>, std::optional<ApprovalId>, bool,
                                std::vector<std::string>, std::vector<CountyId>, std::int32_t)>
    list_approvals{{"approvals.list", R"sql(
    SELECT id, county_id, action, subject_id,
           CASE WHEN decision IS NOT NULL THEN decision::text
                WHEN expires_at <= strikeoff.clock() THEN 'expired' ELSE 'pending' END AS status,
           parameters, preview, proposed_by, created_at AS proposed_at, expires_at, decided_by,
           decided_at, outcome
    FROM approvals
    WHERE ($1::uuid IS NULL OR id = $1) AND ($2::uuid IS NULL OR id < $2)
      AND ($3 OR (action::text, county_id) IN (SELECT w.action, w.county_id
                                              FROM unnest($4, $5) AS w (action, county_id)))
    ORDER BY id DESC
    LIMIT $6)sql"}};

const db::Statement<void(Action, Uuid)> expire_old{{"approvals.expire_old", R"sql(
    UPDATE approvals SET decision = 'expired', decided_at = strikeoff.clock()
    WHERE action = $1 AND subject_id = $2 AND decision IS NULL
      AND expires_at <= strikeoff.clock())sql"}};

const db::Statement<ApprovalId(std::optional<CountyId>, Action, Uuid, db::Json, db::Json, UserId)>
    insert_approval{{"approvals.insert", R"sql(
    INSERT INTO approvals (county_id, action, subject_id, parameters, preview, proposed_by,
                           expires_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, strikeoff.clock() + interval '7 days', strikeoff.clock())
    ON CONFLICT DO NOTHING
    RETURNING id)sql"}};

const db::Statement<void(ApprovalId, CountyId, Bytes)> stage_bytes{{"approvals.stage", R"sql(
    INSERT INTO staged_imports (approval_id, county_id, bytes) VALUES ($1, $2, $3))sql"}};

const db::Statement<Bytes(ApprovalId)> staged_bytes{{"approvals.staged", R"sql(
    SELECT bytes FROM staged_imports WHERE approval_id = $1)sql"}};

const db::Statement<void(ApprovalId)> drop_staged{{"approvals.drop_staged", R"sql(
    DELETE FROM staged_imports WHERE approval_id = $1)sql"}};

struct PendingRow {
    std::optional<CountyId> county_id;
    Action action = Action::publish_import;
    Uuid subject_id{};
    db::Json parameters;
    UserId proposed_by;
    bool decided = false;
};
BOOST_DESCRIBE_STRUCT(PendingRow, (),
                      (county_id, action, subject_id, parameters, proposed_by, decided))

const db::Statement<PendingRow(ApprovalId)> lock_approval{{"approvals.lock", R"sql(
    SELECT county_id, action, subject_id, parameters, proposed_by,
           decision IS NOT NULL OR expires_at <= strikeoff.clock() AS decided
    FROM approvals
    WHERE id = $1
    FOR UPDATE)sql"}};

const db::Statement<void(ApprovalId, std::string, UserId, std::optional<db::Json>)> decide{
    {"approvals.decide", R"sql(
    UPDATE approvals
    SET decision = $2::approval_decision, decided_by = $3, decided_at = strikeoff.clock(),
        outcome = $4
    WHERE id = $1)sql"}};

const db::Statement<std::string(Uuid, std::optional<CountyId>, UserId, std::string, Uuid,
                                std::string, Bytes)>
    append_audit{{"approvals.audit", R"sql(
    SELECT strikeoff.audit_append($1, $2, $3, $4, $5, $6, $7, NULL)::text)sql"}};

Approval from_row(ApprovalRow row) {
    return {row.id,
            row.county_id,
            row.action,
            row.subject_id,
            parse_enum<ApprovalStatus>(row.status).value(),
            std::move(row.parameters),
            std::move(row.preview),
            row.proposed_by,
            row.proposed_at,
            row.expires_at,
            row.decided_by,
            row.decided_at,
            std::move(row.outcome)};
}

std::unexpected<Error> nothing_here() {
    return fail(ErrorCode::not_found, "not_found", "there is nothing here");
}

bool may_decide(const http::Caller& caller, Action action, std::optional<CountyId> county) {
    if (caller.role == http::Role::admin) return true;
    if (caller.role != http::Role::county_admin || !county) return false;
    const auto rule = std::ranges::find(two_person_rules, action, &TwoPersonRule::action);
    return caller.may(rule->permission, *county);
}

/// Both are named: who proposed a change and who decided on it.
void audit(db::Connection& connection, ApprovalId id, std::optional<CountyId> county, UserId by,
           std::string_view event, Action action, UserId proposed_by) {
    const std::string payload = canonical_json(boost::json::object{
        {"action", enum_name(action)}, {"proposed_by", format_uuid(proposed_by.uuid)}});
    const Uuid log = county ? county->uuid : platform_log;
    connection.one(append_audit, log, county, by, std::string("approval"), id.uuid,
                   std::string(event), Bytes(payload.begin(), payload.end()));
}

} // namespace

void Approvals::carry_with(Action action, Carrier carrier) {
    carriers_[action] = std::move(carrier);
}

Result<std::string> Approvals::carry(db::Connection& connection, Action action,
                                     const Order& order) const {
    return carriers_.at(action)(connection, order);
}

Result<Approval> Approvals::propose(const Proposal& wanted, UserId by) {
    db::Transaction transaction{pool_};
    db::Connection& connection = transaction.connection();
    transaction->run(expire_old, wanted.action, wanted.subject);
    const Order order{wanted.county, wanted.subject, wanted.parameters, wanted.bytes, by};
    connection.execute("SAVEPOINT trial");
    SO_TRY(const std::string preview, carry(connection, wanted.action, order));
    connection.execute("ROLLBACK TO SAVEPOINT trial");
    const auto id =
        transaction->maybe_one(insert_approval, wanted.county, wanted.action, wanted.subject,
                               db::Json{wanted.parameters}, db::Json{preview}, by);
    if (!id)
        return fail(ErrorCode::conflict, "approval.pending",
                    "the same is proposed already and waits for a second person");
    if (!wanted.bytes.empty())
        transaction->run(stage_bytes, *id, wanted.county.value(),
                         Bytes(wanted.bytes.begin(), wanted.bytes.end()));
    audit(connection, *id, wanted.county, by, "approval.proposed", wanted.action, by);
    ApprovalRow row = transaction->one(list_approvals, id, std::optional<ApprovalId>{}, true,
                                       std::vector<std::string>{}, std::vector<CountyId>{}, 1);
    transaction.commit();
    return from_row(std::move(row));
}

Result<Approval> Approvals::approve(ApprovalId id, const http::Caller& caller) {
    db::Transaction transaction{pool_};
    db::Connection& connection = transaction.connection();
    const auto row = transaction->maybe_one(lock_approval, id);
    if (!row || !may_decide(caller, row->action, row->county_id)) return nothing_here();
    if (row->decided)
        return fail(ErrorCode::conflict, "approval.decided", "it is decided, or has expired");
    const UserId by = caller.user.value();
    if (row->proposed_by == by)
        return fail(ErrorCode::conflict, "approval.same_person",
                    "who proposed it cannot approve it: it takes two people");
    Order order{row->county_id, row->subject_id, row->parameters.text, {}, row->proposed_by};
    if (const auto bytes = transaction->maybe_one(staged_bytes, id))
        order.bytes.assign(bytes->begin(), bytes->end());
    SO_TRY(const std::string outcome, carry(connection, row->action, order));
    transaction->run(drop_staged, id);
    transaction->run(decide, id, std::string("approved"), by, std::optional{db::Json{outcome}});
    audit(connection, id, row->county_id, by, "approval.approved", row->action, row->proposed_by);
    transaction.commit();
    return find(id, caller);
}

Result<Approval> Approvals::refuse(ApprovalId id, const http::Caller& caller) {
    db::Transaction transaction{pool_};
    const auto row = transaction->maybe_one(lock_approval, id);
    if (!row || !may_decide(caller, row->action, row->county_id)) return nothing_here();
    if (row->decided)
        return fail(ErrorCode::conflict, "approval.decided", "it is decided, or has expired");
    const UserId by = caller.user.value();
    transaction->run(drop_staged, id);
    transaction->run(decide, id, std::string("refused"), by, std::optional<db::Json>{});
    audit(transaction.connection(), id, row->county_id, by, "approval.refused", row->action,
          row->proposed_by);
    transaction.commit();
    return find(id, caller);
}

Result<Approval> Approvals::find(ApprovalId id, const http::Caller& caller) {
    auto lease = pool_.acquire();
    const auto row =
        lease->maybe_one(list_approvals, std::optional{id}, std::optional<ApprovalId>{}, true,
                         std::vector<std::string>{}, std::vector<CountyId>{}, 1);
    if (!row || !may_decide(caller, row->action, row->county_id)) return nothing_here();
    return from_row(*row);
}

std::vector<Approval> Approvals::list(const http::Caller& caller, std::optional<ApprovalId> before,
                                      int limit) {
    std::vector<std::string> actions;
    std::vector<CountyId> counties;
    for (const TwoPersonRule& rule : two_person_rules)
        for (const CountyId county : caller.counties(rule.permission)) {
            actions.emplace_back(enum_name(rule.action));
            counties.push_back(county);
        }
    auto lease = pool_.acquire();
    std::vector<Approval> list;
    const bool all = caller.role == http::Role::admin;
    for (ApprovalRow& row : lease->all(list_approvals, std::optional<ApprovalId>{}, before, all,
                                       actions, counties, limit))
        list.push_back(from_row(std::move(row)));
    return list;
}

} // namespace strikeoff::approvals
