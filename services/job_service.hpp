#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/unit_of_work.hpp"

namespace keepwell {

/// Looking at the queue, and giving what has failed another chance. Thread-safe.
class JobService {
public:
    JobService(UnitOfWork& unit_of_work, const Clock& clock) : unit_of_work_(unit_of_work), clock_(clock) {}

    /// Newest first; those before `before`.
    std::vector<Job> list(std::optional<JobState> state, const std::optional<std::string>& type,
                          std::optional<JobId> before, std::int64_t limit);
    /// Queues a failed or dead job again: wake the worker then. Throws Error{kNotFound}, or Error{kConflict}
    /// when it is neither.
    Job replay(JobId id);

private:
    UnitOfWork& unit_of_work_;
    const Clock& clock_;
};

}  // namespace keepwell
