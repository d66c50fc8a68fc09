#include "domain/job.hpp"

namespace keepwell {

std::string_view to_string(JobState state) {
    switch (state) {
        case JobState::kQueued:
            return "queued";
        case JobState::kRunning:
            return "running";
        case JobState::kSucceeded:
            return "succeeded";
        case JobState::kFailed:
            return "failed";
        case JobState::kDead:
            return "dead";
    }
    return {};
}

std::optional<JobState> parse_job_state(std::string_view text) {
    for (const JobState state :
         {JobState::kQueued, JobState::kRunning, JobState::kSucceeded, JobState::kFailed, JobState::kDead}) {
        if (to_string(state) == text) return state;
    }
    return std::nullopt;
}

}  // namespace keepwell
