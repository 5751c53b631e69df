// A test that waits for something that never comes would take the whole program with it, and ctest
// would not say which one it was.
#include <gtest/gtest.h>

#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>

namespace strikeoff::testing {
namespace {

constexpr std::chrono::seconds test_time_max{300};

class Watchdog : public ::testing::EmptyTestEventListener {
public:
    Watchdog() : thread_{[this] { watch(); }} {}
    ~Watchdog() override {
        {
            const std::scoped_lock lock{mutex_};
            stopping_ = true;
        }
        changed_.notify_one();
        thread_.join();
    }
    void OnTestStart(const ::testing::TestInfo& test) override {
        note(std::string(test.test_suite_name()) + "." + test.name());
    }
    void OnTestEnd(const ::testing::TestInfo&) override { note(""); }
    /// The live service ends after the last test.
    void OnTestProgramEnd(const ::testing::UnitTest&) override { note("the end of the program"); }

private:
    void note(std::string name) {
        const std::scoped_lock lock{mutex_};
        name_ = std::move(name);
        since_ = std::chrono::steady_clock::now();
        changed_.notify_one();
    }
    void watch() {
        std::unique_lock lock{mutex_};
        while (!stopping_) {
            changed_.wait_until(lock, since_ + test_time_max);
            if (std::chrono::steady_clock::now() < since_ + test_time_max) continue;
            if (name_.empty()) {
                since_ = std::chrono::steady_clock::now();
                continue;
            }
            std::fprintf(stderr, "%s has run for %lld s: it hangs\n", name_.c_str(),
                         static_cast<long long>(test_time_max.count()));
            // Where it hangs: the sanitizer prints the stack of the thread that gets the signal.
            ::pthread_kill(main_, SIGSEGV);
            std::this_thread::sleep_for(std::chrono::seconds{20});
            std::abort();
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::string name_; ///< Of the test that runs; empty between two.
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
    bool stopping_ = false;
    const pthread_t main_ = ::pthread_self();
    std::thread thread_; ///< Last: it reads the others.
};

[[maybe_unused]] const bool watches = [] {
    ::testing::UnitTest::GetInstance()->listeners().Append(new Watchdog);
    return true;
}();

} // namespace
} // namespace strikeoff::testing
