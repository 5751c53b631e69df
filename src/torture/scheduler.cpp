#include "torture/scheduler.hpp"

#include <cassert>

namespace strikeoff::torture {

namespace {
constexpr int depth_max = 3; ///< Of tasks that run while others wait.
}

std::size_t Scheduler::add_process() {
    processes_.emplace_back();
    return processes_.size() - 1;
}

bids::DeskThreads Scheduler::threads_of(std::size_t process,
                                        std::function<void(std::chrono::milliseconds)> pause) {
    Process& owner = processes_.at(process);
    return {
        .io = [&owner](bids::Task task) { owner.io.tasks.push_back(std::move(task)); },
        .lookups = [&owner](bids::Task task) { owner.workers.push_back(std::move(task)); },
        .workers = [&owner](bids::Task task) { owner.workers.push_back(std::move(task)); },
        .journal = [&owner](bids::Task task) { owner.journal.tasks.push_back(std::move(task)); },
        .pause = std::move(pause)};
}

void Scheduler::kill(std::size_t process) {
    Process& dead = processes_.at(process);
    assert(dead.running == 0);
    dead.io.tasks.clear();
    dead.journal.tasks.clear();
    dead.workers.clear();
}

bool Scheduler::is_running(std::size_t process) const {
    return processes_.at(process).running > 0;
}

void Scheduler::run(std::size_t process, Queue& queue) {
    const Running running{*this, process};
    bids::Task task = std::move(queue.tasks.front());
    queue.tasks.pop_front();
    queue.busy = true;
    task();
    queue.busy = false;
}

void Scheduler::run_worker(std::size_t process) {
    const Running running{*this, process};
    auto& workers = processes_[process].workers;
    const auto at = static_cast<std::ptrdiff_t>(random_() % workers.size());
    bids::Task task = std::move(workers[static_cast<std::size_t>(at)]);
    workers.erase(workers.begin() + at);
    task();
}

bool Scheduler::step() {
    std::vector<std::pair<std::size_t, int>> ready;
    for (std::size_t i = 0; i < processes_.size(); ++i) {
        Process& process = processes_[i];
        if (!process.io.busy && !process.io.tasks.empty()) ready.emplace_back(i, 0);
        if (!process.journal.busy && !process.journal.tasks.empty()) ready.emplace_back(i, 1);
        if (!process.workers.empty()) ready.emplace_back(i, 2);
    }
    if (ready.empty()) return false;
    const auto [process, queue] = ready[random_() % ready.size()];
    if (queue == 0)
        run(process, processes_[process].io);
    else if (queue == 1)
        run(process, processes_[process].journal);
    else
        run_worker(process);
    return true;
}

void Scheduler::interleave() {
    if (depth_ >= depth_max) return;
    ++depth_;
    for (auto left = random_() % 4; left > 0 && step(); --left) {
    }
    --depth_;
}

} // namespace strikeoff::torture
