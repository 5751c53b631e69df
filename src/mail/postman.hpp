#pragma once

#include "mail/relay.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace strikeoff::mail {

/// The thread that sends mails for as long as this stands. Without a way out it only warns.
class Postman {
public:
    /// `own_url` is where this process listens.
    Postman(db::Pool& pool, const Keys& keys, const Settings& settings, const std::string& own_url);
    Postman(const Postman&) = delete;
    Postman& operator=(const Postman&) = delete;
    /// Breaks off what is under way: it is tried again later, by whoever runs then.
    ~Postman();

private:
    void run();
    std::chrono::milliseconds work_once();

    std::unique_ptr<Sender> sender_;
    std::optional<Relay> relay_;
    std::chrono::steady_clock::time_point forget_at_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace strikeoff::mail
