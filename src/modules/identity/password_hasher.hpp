#pragma once

#include "core/bytes.hpp"
#include "core/result.hpp"

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

namespace strikeoff::identity {

/// How a password is kept: Argon2id (RFC 9106; 64 MiB, two passes) of HMAC-SHA-256(pepper,
/// NFKC(password)), in Argon2's own text form. The pepper is a key of the service, so that a copy
/// of the database alone does not help who guesses.
///
/// A hash takes 64 MiB and about 90 ms of a core, so two are made at a time and 64 may wait;
/// whoever comes then is refused. Thread-safe; blocks, and so belongs on a worker.
class PasswordHasher {
public:
    explicit PasswordHasher(const Hash& pepper);

    /// Fails with auth.busy.
    Result<std::string> hash(std::string_view password);
    /// Whether this is the password that was hashed. One that is malformed, or that would take
    /// unreasonable work, fits no password and takes as long as a hash of ours. Fails with
    /// auth.busy.
    Result<bool> fits(std::string_view stored, std::string_view password);
    /// The work of `fits` for somebody who does not exist. Fails with auth.busy.
    Result<void> waste_time(std::string_view password);
    /// Whether the hash was made with other parameters than a new one would be.
    static bool is_outdated(std::string_view stored);

private:
    class Turn;
    Result<void> enter();
    void leave();
    Hash peppered(std::string_view password) const;

    const Hash pepper_;
    std::string nobodys_; ///< A hash that no password has.
    std::mutex mutex_;
    std::condition_variable left_;
    int running_ = 0;
    int waiting_ = 0;
};

} // namespace strikeoff::identity
