#pragma once

#include "http/admission.hpp"
#include "modules/identity/auth_log.hpp"

#include <mutex>

namespace strikeoff::identity {

/// How often a network may sign in and an address may sign up, for this process. Apart from what
/// stands before all handlers, because a device of an account's owner is exempt, and that takes a
/// look into the database. Thread-safe; both throw http::LimitMet.
class SignInLimits {
public:
    explicit SignInLimits(const http::AdmissionOptions& options);

    void count_sign_in(const Device& device);
    void count_sign_up(const Device& device);

private:
    void take(http::Quota quota, ByteView name);

    const http::AdmissionOptions options_;
    std::mutex mutex_;
    http::GcraTable table_;
};

} // namespace strikeoff::identity
