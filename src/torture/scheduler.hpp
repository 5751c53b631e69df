#pragma once

#include "modules/bids/desk.hpp"

#include <deque>
#include <random>
#include <vector>

namespace strikeoff::torture {

/// Runs the tasks of several processes on one thread, in an order that a seed decides. A queue is
/// what is a thread in a process: its tasks keep their order; workers have none.
class Scheduler {
public:
    explicit Scheduler(std::mt19937_64& random) : random_{random} {}

    /// A process with empty queues; `pause` is what its journal's thread does while it waits.
    std::size_t add_process();
    bids::DeskThreads threads_of(std::size_t process,
                                 std::function<void(std::chrono::milliseconds)> pause);

    /// Drops everything the process has to do. Only while none of its tasks is running.
    void kill(std::size_t process);
    bool is_running(std::size_t process) const;

    /// Runs one task of any queue that is not busy. False when there is none.
    bool step();
    /// What others do while a running task waits: up to three tasks of other queues.
    void interleave();

    /// Marks a piece of work of a process as running, so that it is not killed meanwhile.
    class Running {
    public:
        Running(Scheduler& scheduler, std::size_t process)
            : scheduler_{scheduler}, process_{process} {
            ++scheduler_.processes_[process_].running;
        }
        Running(const Running&) = delete;
        Running& operator=(const Running&) = delete;
        ~Running() { --scheduler_.processes_[process_].running; }

    private:
        Scheduler& scheduler_;
        std::size_t process_;
    };

private:
    struct Queue {
        std::deque<bids::Task> tasks;
        bool busy = false;
    };
    struct Process {
        Queue io;
        Queue journal;
        std::vector<bids::Task> workers;
        int running = 0;
    };
    void run(std::size_t process, Queue& queue);
    void run_worker(std::size_t process);

    std::mt19937_64& random_;
    std::deque<Process> processes_; // Stable addresses.
    int depth_ = 0;
};

} // namespace strikeoff::torture
