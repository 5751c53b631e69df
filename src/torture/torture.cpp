#include "torture/torture.hpp"

#include "db/error.hpp"
#include "modules/auctions/closing.hpp"
#include "modules/bids/projector.hpp"
#include "torture/checks.hpp"
#include "torture/faults.hpp"
#include "torture/scheduler.hpp"

namespace strikeoff::torture {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t processes_alive = 2;
constexpr int rounds_to_finish_max = 2000;

/// One seed in three has bids that reserve budget, one the open format.
WorldShape shape_of(std::uint64_t seed, std::mt19937_64& random) {
    return {.batches = 1 + static_cast<int>(random() % 3),
            .lots_a_batch = 1 + static_cast<int>(random() % 5),
            .bidders = 2 + static_cast<int>(random() % 6),
            .seed = random(),
            .format = seed % 3 == 2 ? Format::open : Format::proxy,
            .budget_model =
                seed % 3 == 0 ? counties::BudgetModel::exposure : counties::BudgetModel::at_award};
}

/// One `strikeoff serve`: its desk, its closings, its projector.
struct Process {
    std::size_t number = 0; ///< Of the scheduler.
    std::unique_ptr<bids::Journal> journal;
    std::unique_ptr<bids::BookSource> books;
    std::unique_ptr<bids::ProjectionStore> projections;
    std::unique_ptr<auctions::ClosingStore> closings;
    std::unique_ptr<bids::Desk> desk;
    std::unique_ptr<bids::Projector> projector;
    std::unique_ptr<auctions::Closing> closing;
    std::vector<std::shared_ptr<Call>> calls;
    bool doomed = false; ///< To be killed as soon as none of its tasks is running.
};

class Run {
public:
    Run(std::uint64_t seed, const MakeWorld& make_world)
        : random_{seed}, scheduler_{random_}, faults_{random_},
          world_{make_world(shape_of(seed, random_), [this] { scheduler_.interleave(); })},
          clients_{random_, *world_} {
        while (processes_.size() < processes_alive)
            start_process();
    }

    Report go(int steps) {
        for (int i = 0; i < steps && clients_.faults.empty(); ++i) {
            step();
            bury();
        }
        finish();
        Report report{.faults = clients_.faults,
                      .steps = steps,
                      .accepted = clients_.accepted,
                      .replayed = clients_.replayed,
                      .deaths = deaths_,
                      .refused = clients_.refused};
        for (const BatchFacts& batch : world_->sale().batches) {
            for (const bids::Block& block : world_->blocks(batch.id))
                report.leaves += static_cast<int>(block.records.size());
            report.closed += world_->status(batch.id) == auctions::BatchStatus::closed;
        }
        return report;
    }

private:
    std::uint64_t dice(std::uint64_t sides) { return random_() % sides; }
    Process& some_process() { return *processes_[dice(processes_.size())]; }

    void start_process() {
        auto process = std::make_unique<Process>();
        process->number = scheduler_.add_process();
        process->journal = make_faulty_journal(*world_, faults_);
        process->books = make_faulty_books(*world_, faults_);
        process->projections = make_faulty_projections(*world_, faults_);
        process->closings = make_faulty_closings(*world_, faults_);
        process->desk = std::make_unique<bids::Desk>(
            scheduler_.threads_of(process->number,
                                  [this](std::chrono::milliseconds time) {
                                      world_->advance(time);
                                      if (!faults_.lasting && dice(4) == 0) faults_.recover();
                                      scheduler_.interleave();
                                  }),
            *process->journal, *process->books, world_->key());
        process->projector = std::make_unique<bids::Projector>(*process->projections);
        process->closing = std::make_unique<auctions::Closing>(*process->closings, world_->key());
        processes_.push_back(std::move(process));
    }

    /// Kills the doomed whose tasks have all returned, and starts others in their place.
    void bury() {
        for (auto& process : processes_) {
            if (!process->doomed || scheduler_.is_running(process->number)) continue;
            scheduler_.kill(process->number);
            process->desk.reset();
            for (const auto& call : process->calls)
                if (!call->done) clients_.unanswered(*call);
            std::erase_if(processes_, [&](const auto& each) { return each == process; });
            ++deaths_;
            start_process();
            return bury();
        }
    }

    void step() {
        switch (const auto what = dice(100)) {
        default:
            if (what < 60)
                scheduler_.step();
            else if (what < 84)
                call();
            else if (what < 90)
                background(some_process());
            else if (what < 96)
                world_->advance(std::chrono::milliseconds{dice(4000)});
            else
                rare();
        }
    }

    /// What happens once in some dozens of steps.
    void rare() {
        const SaleFacts sale = world_->sale();
        const BatchFacts& batch = sale.batches[dice(sale.batches.size())];
        switch (dice(16)) {
        case 0:
        case 1:
            some_process().doomed = true;
            return;
        case 2:
            faults_.down = true;
            return;
        case 3:
        case 4:
            world_->commit_lost();
            return;
        case 5:
            if (dice(3) == 0) world_->advance(1h);
            return;
        case 6:
            if (world_->clock_can_go_back()) world_->advance(-30s);
            return;
        case 7:
            if (dice(3) == 0) withdraw(batch);
            return;
        case 8:
            if (dice(20) == 0) world_->bar(sale.bidders[dice(sale.bidders.size())]);
            return;
        case 9:
            if (dice(3) == 0) world_->pause();
            return;
        case 10:
        case 11:
            world_->resume();
            return;
        case 12:
            world_->move_end(batch.id, world_->now() + std::chrono::seconds{1 + dice(300)});
            return;
        case 13:
            if (dice(8) == 0) world_->cancel(batch.id);
            return;
        case 14:
            world_->hand_in_secrets();
            return;
        default:
            if (sale.batches.size() < 6) world_->offer_again();
        }
    }

    void withdraw(const BatchFacts& batch) {
        const std::uint32_t lot = batch.lots[dice(batch.lots.size())].number;
        if (world_->withdraw_lot(batch.id, lot)) clients_.withdrawn.emplace(batch.id, lot);
    }

    void call() {
        Process& process = some_process();
        if (process.doomed) return;
        auto call = clients_.next_call(process.number);
        process.calls.push_back(call);
        const Scheduler::Running running{scheduler_, process.number};
        process.desk->place(call->submission, [this, call](std::exception_ptr failure,
                                                           std::vector<bids::Line> lines) {
            call->done = true;
            if (failure)
                clients_.unanswered(*call);
            else
                clients_.answered(*call, lines);
        });
    }

    /// A round of the closings or of the projector of one process.
    void background(Process& process) {
        const Scheduler::Running running{scheduler_, process.number};
        try {
            if (dice(3) == 0)
                process.projector->work();
            else
                process.closing->work();
        } catch (const Death&) {
            process.doomed = true;
        } catch (const db::Unavailable&) {
            if (dice(4) == 0) faults_.recover(); // The next round goes on.
        }
    }

    bool is_over() {
        for (const BatchFacts& batch : world_->sale().batches) {
            const auctions::BatchStatus status = world_->status(batch.id);
            if (status != auctions::BatchStatus::closed &&
                status != auctions::BatchStatus::canceled)
                return false;
        }
        return true;
    }

    /// A batch whose end passed before it was opened is for staff to cancel.
    void cancel_missed() {
        for (const BatchFacts& batch : world_->sale().batches)
            if (world_->status(batch.id) == auctions::BatchStatus::scheduled &&
                world_->end_time(batch.id) <= world_->now())
                world_->cancel(batch.id);
    }

    /// Without faults everything comes to its end.
    void finish() {
        faults_.on = false;
        faults_.recover();
        world_->resume();
        while (world_->commit_lost()) {
        }
        for (int round = 0; round < rounds_to_finish_max; ++round) {
            bury();
            if (!scheduler_.step() && is_over()) break;
            if (round % 10 != 0) continue;
            world_->advance(60s);
            for (auto& process : processes_)
                background(*process);
            world_->hand_in_secrets();
            cancel_missed();
        }
        while (scheduler_.step()) {
        }
        bids::Projector projector{world_->projections()};
        while (projector.work() != bids::Projector::Pace::idle) {
        }
        for (const auto& process : processes_) {
            for (const auto& call : process->calls)
                if (!call->done) clients_.faults.push_back("a request was never answered");
            for (const BatchFacts& batch : world_->sale().batches)
                if (const bids::Book* book = process->desk->book(batch.id))
                    check_book(*book, world_->blocks(batch.id), clients_.faults);
        }
        for (const BatchFacts& batch : world_->sale().batches)
            check_doubles(world_->blocks(batch.id), clients_.faults);
        check_sale(*world_, clients_, clients_.faults);
    }

    std::mt19937_64 random_;
    Scheduler scheduler_;
    Faults faults_;
    std::unique_ptr<World> world_;
    Clients clients_;
    std::vector<std::unique_ptr<Process>> processes_;
    int deaths_ = 0;
};

} // namespace

Report run(std::uint64_t seed, int steps, const MakeWorld& make_world) {
    return Run{seed, make_world}.go(steps);
}

} // namespace strikeoff::torture
