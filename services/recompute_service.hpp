#pragma once

#include <cstdint>
#include <functional>

#include "domain/unit_of_work.hpp"
#include "services/account_scoring.hpp"
#include "services/job_worker.hpp"

namespace keepwell {

/// Calculates all stored scores anew: after a change of the scorecard, or to be sure. Thread-safe.
class RecomputeService {
public:
    RecomputeService(UnitOfWork& unit_of_work, const AccountScoring& scoring, const Clock& clock)
        : unit_of_work_(unit_of_work), scoring_(scoring), clock_(clock) {}

    void run_in(JobWorker& worker);
    /// Queues a run, or finds the one that is queued already.
    JobId start();

    struct Result {
        std::int64_t accounts = 0;  ///< Those with metrics: all of them have been looked at.
        double seconds = 0;
    };
    /// Runs at once. `after_batch` is called between transactions and may throw to stop.
    Result run(const std::function<void(Repositories&)>& in_transaction,
               const std::function<void()>& after_batch);
    static std::string result_json(const Result& result);

private:
    void rescore_rows(const std::function<void(Repositories&)>& in_transaction,
                      const std::function<void()>& after_batch);
    std::int64_t rescore_accounts(const std::function<void(Repositories&)>& in_transaction,
                                  const std::function<void()>& after_batch);

    UnitOfWork& unit_of_work_;
    const AccountScoring& scoring_;
    const Clock& clock_;
};

}  // namespace keepwell
