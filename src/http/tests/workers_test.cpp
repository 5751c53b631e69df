#include "http/workers.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>

namespace strikeoff::http {
namespace {

using namespace std::chrono_literals;

/// Tasks that hold their threads until they are told to end.
class Holders {
public:
    ~Holders() { release(); }
    void submit(Workers& workers, Traffic traffic, int count) {
        for (int i = 0; i < count; ++i)
            workers.submit(traffic, [this] {
                ++begun;
                std::unique_lock lock{mutex_};
                released_.wait(lock, [this] { return is_released_; });
            });
    }
    void release() {
        const std::lock_guard lock{mutex_};
        is_released_ = true;
        released_.notify_all();
    }
    /// Waits until so many have begun, and a moment longer for one too many.
    bool settles_at(int count) const {
        for (int i = 0; i < 500 && begun < count; ++i)
            std::this_thread::sleep_for(10ms);
        std::this_thread::sleep_for(50ms);
        return begun == count;
    }
    std::atomic<int> begun = 0;

private:
    std::mutex mutex_;
    std::condition_variable released_;
    bool is_released_ = false;
};

TEST(Workers, what_can_wait_never_holds_all_threads) {
    Workers workers{8, /*urgent_threads=*/1};
    Holders heavy;
    Holders lists;
    Holders reads;
    Holders writes;
    Holders urgent;
    heavy.submit(workers, Traffic::heavy, 20);
    EXPECT_TRUE(heavy.settles_at(2));
    lists.submit(workers, Traffic::list, 20);
    EXPECT_TRUE(lists.settles_at(2)) << "a half, together with what is heavy";
    reads.submit(workers, Traffic::read, 20);
    EXPECT_TRUE(reads.settles_at(3)) << "all but one of eight";
    writes.submit(workers, Traffic::write, 20);
    EXPECT_TRUE(writes.settles_at(1));
    urgent.submit(workers, Traffic::urgent, 20);
    EXPECT_TRUE(urgent.settles_at(1)) << "the thread that is kept for them";
    EXPECT_EQ(workers.waiting(), 100U - 9U);
    for (Holders* holders : {&heavy, &lists, &reads, &writes, &urgent})
        holders->release();
    workers.join();
    EXPECT_EQ(heavy.begun + lists.begun + reads.begun + writes.begun + urgent.begun, 100)
        << "whatever was taken in is carried out";
}

TEST(Workers, hold_lists_shorter_before_an_end) {
    Workers workers{8};
    Holders heavy;
    Holders lists;
    workers.tighten(true);
    heavy.submit(workers, Traffic::heavy, 9);
    EXPECT_TRUE(heavy.settles_at(1));
    lists.submit(workers, Traffic::list, 9);
    EXPECT_TRUE(lists.settles_at(1));
    workers.tighten(false);
    EXPECT_TRUE(lists.settles_at(3)) << "a half again";
    heavy.release();
    lists.release();
    workers.join(); // Their tasks refer to them.
}

TEST(Workers, take_the_most_urgent_first) {
    Workers workers{1};
    Holders first;
    first.submit(workers, Traffic::urgent, 1);
    ASSERT_TRUE(first.settles_at(1));
    std::vector<Traffic> order;
    for (const Traffic traffic : {Traffic::heavy, Traffic::list, Traffic::read, Traffic::write,
                                  Traffic::probe, Traffic::urgent, Traffic::bid})
        workers.submit(traffic, [&order, traffic] { order.push_back(traffic); });
    first.release();
    workers.join();
    EXPECT_EQ(order, (std::vector{Traffic::bid, Traffic::urgent, Traffic::probe, Traffic::write,
                                  Traffic::read, Traffic::list, Traffic::heavy}));
}

} // namespace
} // namespace strikeoff::http
