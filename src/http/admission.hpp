#pragma once

#include "core/id.hpp"
#include "core/result.hpp"
#include "http/gcra.hpp"
#include "http/request.hpp"
#include "http/traffic.hpp"

#include <boost/asio/ip/address.hpp>

#include <atomic>
#include <chrono>
#include <exception>
#include <optional>
#include <unordered_map>

namespace strikeoff::http {

std::array<Limit, quota_count> default_limits();

/// How much anybody may ask for, and how much may wait.
struct AdmissionOptions {
    std::array<Limit, quota_count> limits = default_limits(); ///< In the order of Quota.
    std::size_t connections_per_address = 2048;
    std::size_t request_queue = 256; ///< Requests that wait for a worker.
    std::size_t bid_queue = 4096;    ///< Requests with bids under way; tasks that wait for theirs.
    std::size_t keys_min = 131'072;  ///< Users and addresses that are told apart.

    Limit& of(Quota quota) { return limits.at(static_cast<std::size_t>(quota)); }
    const Limit& of(Quota quota) const { return limits.at(static_cast<std::size_t>(quota)); }
};

/// Reads `50/s,200`: so many in each second, minute (`m`) or hour (`h`), and so many at once. Fails
/// with `limit.malformed`; there is no limit that lets everything through.
Result<Limit> parse_limit(std::string_view text);
/// The same as text.
std::string format_limit(const Limit& limit);

/// A limit that was met.
struct Limited {
    Quota quota = Quota::reads;
    Limit limit;
    std::chrono::seconds wait{1}; ///< Until trying again makes sense.
};

/// The network that a client's address counts under: /24, or /48 of IPv6.
Bytes network_of(const boost::asio::ip::address& address);

/// Decides, before anything is done for a request, whether it is let in: by what its user and its
/// address have asked for, and by how much waits. Belongs to the I/O thread, but for `tighten`.
class Admission {
public:
    using Answer = std::optional<Limited>; ///< Nothing: let in.

    explicit Admission(const AdmissionOptions& options);
    Admission(const Admission&) = delete;
    Admission& operator=(const Admission&) = delete;

    /// Counts the request of a known caller or a visitor.
    Answer request(Traffic traffic, const Caller& caller, ByteView network);
    /// Counts what was asked for in vain: an unknown key, a path that there is not.
    Answer failure(ByteView network);
    /// Whether `failure` would be answered with a limit, counting nothing.
    Answer has_failed_much(ByteView network) const;
    /// Whether so many lines of a bulk request would be let in, counting nothing.
    Answer would_take_lines(UserId user, std::size_t lines) const;
    Answer take_lines(UserId user, std::size_t lines);
    /// Counts a bid on a batch that there is not as many: each is looked for in the database.
    void charge_for_search(UserId user);

    enum class Entry : std::uint8_t { open, too_many, too_fast };
    /// A new connection. `too_many` unless some of the same network end; `leave` for each let in.
    Entry enter(ByteView network);
    void enter_anyway(ByteView network);
    void leave(ByteView network);

    /// May a request that would be the next to wait come in, when so many wait already?
    bool has_room(Traffic traffic, std::size_t waiting) const;
    /// A place among the bids under way, or nothing when all are taken.
    class Place {
    public:
        Place(Admission& admission, std::size_t lines);
        Place(Place&& other) noexcept;
        Place& operator=(Place&&) = delete;
        ~Place();

    private:
        Admission* admission_;
        std::size_t lines_;
    };
    /// `lines` are those of a bulk request, which has a place already.
    std::optional<Place> enter_bid(std::size_t lines = 0);
    std::size_t bids_under_way() const { return bids_; }

    /// Near the end of a batch what can wait is shed much earlier.
    void tighten(bool tight) { tight_ = tight; }
    bool is_tight() const { return tight_; }

private:
    Answer take(Quota quota, ByteView name, std::int64_t cost = 1);
    Answer ask(Quota quota, ByteView name, std::int64_t cost) const;
    Limited limited(Quota quota, std::chrono::nanoseconds wait) const;
    std::uint64_t key(Quota quota, ByteView name) const {
        return table_.key(static_cast<std::uint8_t>(quota), name);
    }

    const AdmissionOptions options_;
    GcraTable table_;
    std::unordered_map<std::string, std::size_t> connections_; ///< By network; none at zero.
    std::atomic<std::size_t> bids_ = 0; ///< Read by the operator's thread too.
    std::size_t lines_ = 0;
    std::atomic<bool> tight_ = false;
};

/// 429 with what the IETF's draft of RateLimit headers says.
Response limited_response(const Limited& limited, std::string_view request_id);

/// Thrown by a handler on finding a limit that nobody could look at before it. Becomes the same
/// answer, under a reason of its own if that is given.
struct LimitMet : std::exception {
    LimitMet(std::string_view limit_name, const Limit& met, std::chrono::seconds until,
             std::string_view known_reason = "rate.limited")
        : name{limit_name}, limit{met}, wait{until}, reason{known_reason} {}
    const char* what() const noexcept override { return "a limit was met"; }

    std::string_view name; ///< Literals, like the reason.
    Limit limit;
    std::chrono::seconds wait;
    std::string_view reason;
};
Response limited_response(const LimitMet& met, std::string_view request_id);
/// 503 for a request that was shed.
Response busy_response(Traffic traffic, Shed cause, std::string_view request_id);

} // namespace strikeoff::http
