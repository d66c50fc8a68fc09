#include "services/job_service.hpp"

#include "domain/error.hpp"

namespace keepwell {

std::vector<Job> JobService::list(std::optional<JobState> state, const std::optional<std::string>& type,
                                  std::optional<JobId> before, std::int64_t limit) {
    return query(unit_of_work_,
                 [&](Repositories& in) { return in.jobs.list_page(state, type, before, limit); });
}

Job JobService::replay(JobId id) {
    return transact(unit_of_work_, [&](Repositories& in) {
        const bool is_queued = in.jobs.replay(id, clock_.now());
        auto job = in.jobs.find(id);
        if (!job) throw Error{ErrorCode::kNotFound, "Job not found"};
        if (!is_queued) {
            throw Error{ErrorCode::kConflict, "Only failed and dead jobs are replayed; this one is " +
                                                  std::string{to_string(job->state)}};
        }
        return *std::move(job);
    });
}

}  // namespace keepwell
