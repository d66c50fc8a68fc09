#pragma once

#include <optional>
#include <string>

#include "api/route.hpp"
#include "domain/import.hpp"
#include "domain/job.hpp"

namespace keepwell::api {

/// `import`: the one that the job runs, if it is one.
std::string job_json(const Job& job, const std::optional<Import>& import);

/// How a route answers that works through a job: the job's result once it has succeeded, 202 with Location
/// while it is under way. Throws Error when it has failed: kUnreadable with the reason, kUnavailable when it
/// is dead.
Response job_outcome(const Job& job, std::optional<ImportId> import);

}  // namespace keepwell::api
