#include "modules/bids/bid_access.hpp"

#include "http/admission.hpp"
#include "http/key_scope.hpp"
#include "metrics.hpp"

#include <boost/asio.hpp>

namespace strikeoff::bids {
namespace {

namespace asio = boost::asio;
using http::Response;

/// Each means that somebody's access was narrowed between a look-up and the append behind it.
constexpr int attempts_max = 16;

bool was_stored(const std::vector<Line>& lines) {
    return std::ranges::any_of(
        lines, [](const Line& line) { return line.status == LineStatus::accepted; });
}

std::optional<Response> refusal_of(const Result<http::Caller>& caller,
                                   std::string_view request_id) {
    if (!caller) return http::problem(caller.error(), request_id);
    if (!http::may_call(http::Access::investor, *caller))
        return http::problem(404, "not_found", "there is nothing here", request_id);
    if (!caller->credential.scopes.has(http::Scope::bid))
        return http::scope_missing(http::Scope::bid, request_id);
    if (caller->takes_no_bids_until) return on_hold(*caller->takes_no_bids_until, request_id);
    return std::nullopt;
}

} // namespace

Response on_hold(Instant until, std::string_view request_id) {
    metrics::metrics().bids_refused.add("bid.on_hold");
    return http::problem(409, "bid.on_hold",
                         fmt::format("after the second factor was recovered this account takes no "
                                     "bids before {}",
                                     format_instant(until)),
                         request_id);
}

asio::awaitable<Placed> BidAccess::place(Submission submission, std::string_view request_id) {
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        const UserId user = submission.user;
        const http::Credential credential = submission.credential.value();
        std::vector<Line> lines;
        bool outdated = false;
        try {
            lines = co_await asio::async_initiate<const asio::use_awaitable_t<>&,
                                                  void(std::exception_ptr, std::vector<Line>)>(
                [this](auto handler, Submission wanted) {
                    desk_.place(std::move(wanted), std::move(handler));
                },
                asio::use_awaitable, std::move(submission));
        } catch (AccessOutdated& failure) {
            submission = std::move(failure.submission);
            outdated = true;
        }
        if (!outdated && (was_stored(lines) || co_await is_current(user, credential)))
            co_return Placed{.lines = std::move(lines), .refusal = {}};
        const Result<http::Caller> caller = co_await renew(credential);
        if (auto refusal = refusal_of(caller, request_id))
            co_return Placed{.lines = {}, .refusal = std::move(refusal)};
        if (!outdated) co_return Placed{.lines = std::move(lines), .refusal = {}};
        // Who goes round again got it back with AccessOutdated.
        submission.credential = caller->credential; // NOLINT(bugprone-use-after-move)
    }
    co_return Placed{.lines = {},
                     .refusal =
                         http::busy_response(http::Traffic::bid, http::Shed::wait, request_id)};
}

asio::awaitable<Response> BidAccess::answer(const http::Request& request, Response response) {
    const http::Caller& caller = request.caller;
    if (co_await is_current(caller.user.value(), caller.credential)) co_return response;
    const Result<http::Caller> renewed = co_await renew(caller.credential);
    if (auto refusal = refusal_of(renewed, request.request_id)) co_return *std::move(refusal);
    co_return response;
}

/// The caller as known after the last change that this process has read, or else by the database.
asio::awaitable<Result<http::Caller>> BidAccess::renew(http::Credential credential) {
    if (auto known = source_.remembered(credential);
        known && known->credential.epoch > credential.epoch)
        co_return *std::move(known);
    auto look_up = [this, &credential] { return source_.look_up(credential); };
    co_return co_await lookups_.run(io_, http::Traffic::bid, look_up);
}

/// Whether nothing narrowed the caller's access before this was asked.
asio::awaitable<bool> BidAccess::is_current(UserId user, http::Credential credential) {
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>&,
                                            void(std::exception_ptr, bool)>(
        [this, user, &credential](auto handler) {
            waiting_.push_back({user, credential, std::move(handler)});
            if (!asking_) ask();
        },
        asio::use_awaitable);
}

/// One question at a time: who comes meanwhile waits for the next, which is asked later than that.
void BidAccess::ask() {
    asking_ = true;
    lookups_.submit(http::Traffic::bid, [this, batch = std::exchange(waiting_, {})]() mutable {
        AccessChanges changes;
        std::exception_ptr failure;
        try {
            const auto oldest = std::ranges::min_element(
                batch, {}, [](const Waiting& waiting) { return waiting.credential.epoch; });
            changes = source_.read_changes(oldest->credential.epoch);
        } catch (...) {
            failure = std::current_exception();
        }
        asio::post(
            io_, [this, batch = std::move(batch), changes = std::move(changes), failure]() mutable {
                asking_ = false;
                if (!waiting_.empty()) ask();
                for (Waiting& waiting : batch) {
                    const bool changed =
                        std::ranges::find(changes.users, waiting.user) != changes.users.end();
                    const auto& until = waiting.credential.good_until;
                    waiting.done(failure, !changed && !(until && *until <= changes.at));
                }
            });
    });
}

} // namespace strikeoff::bids
