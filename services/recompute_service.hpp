#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "domain/unit_of_work.hpp"
#include "services/account_scoring.hpp"
#include "services/job_worker.hpp"
#include "services/recalculation_worker.hpp"

namespace keepwell {

/// Calculates all stored scores anew: after a change of a scorecard, or to be sure. Thread-safe.
class RecomputeService {
public:
    RecomputeService(UnitOfWork& unit_of_work, const AccountScoring& scoring, RecalculationWorker& worker,
                     const Clock& clock)
        : unit_of_work_(unit_of_work), scoring_(scoring), worker_(worker), clock_(clock) {}

    void run_in(JobWorker& worker);
    /// Queues a run, or finds the one that is queued already.
    JobId start();

    struct Result {
        std::int64_t accounts = 0;  ///< Customers that have been looked at: those with metrics or events.
        bool is_complete = true;    ///< Else some calculations fail; they are tried again later.
        double seconds = 0;
    };
    /// Where a run reports and may be stopped by an exception.
    struct Hooks {
        /// Called inside each transaction, with the percentage that is done.
        std::function<void(Repositories&, double)> in_transaction = [](Repositories&, double) {};
        /// Called between transactions.
        std::function<void()> between = [] {};
    };
    /// Runs at once, with the workers' help where there are any.
    Result run(const Hooks& hooks);
    static std::string result_json(const Result& result);

private:
    void rescore_rows(const Hooks& hooks);
    std::int64_t request_all(const Hooks& hooks, std::int64_t& requested);
    struct Sorted {
        std::int64_t by_rows = 0;          ///< Customers that have the score of their latest row.
        std::vector<CustomerId> outdated;  ///< Those of them who have another one.
        std::vector<CustomerId> followed;  ///< Customers that are scored by more than rows.
    };
    Sorted sort_out(Repositories& in, std::span<const Customer> customers) const;
    bool wait_for(std::int64_t requested, Timestamp since, const Hooks& hooks);

    UnitOfWork& unit_of_work_;
    const AccountScoring& scoring_;
    RecalculationWorker& worker_;
    const Clock& clock_;
};

}  // namespace keepwell
