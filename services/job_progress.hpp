#pragma once

#include "services/job_worker.hpp"
#include "services/score_replay.hpp"

namespace keepwell {

/// Hooks of a job that only reads: they keep its lease and tell its progress, about once in a second.
ReplayHooks hooks_of(UnitOfWork& unit_of_work, JobRun& job);

}  // namespace keepwell
