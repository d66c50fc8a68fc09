#pragma once

#include <span>

#include "domain/unit_of_work.hpp"
#include "services/job_worker.hpp"

namespace keepwell {

/// To be queued in the transaction that replaces the rules `before`: gives their customers the scorecards of
/// the new ones and has them scored.
NewJob assignment_job(std::span<const AssignmentRule> before, Timestamp now);

/// Runs these jobs. A customer whose scorecard is what the rules before gave it, or what it would have
/// without any, gets that of the rules as they are now; anything else is what a person has chosen, and stays.
/// So jobs of several changes come to the same, in whatever order they run.
class AssignmentJobs {
public:
    AssignmentJobs(UnitOfWork& unit_of_work, const Clock& clock)
        : unit_of_work_(unit_of_work), clock_(clock) {}

    void run_in(JobWorker& worker);

private:
    std::int64_t run(std::span<const AssignmentRule> before, JobRun& job);

    UnitOfWork& unit_of_work_;
    const Clock& clock_;
};

}  // namespace keepwell
