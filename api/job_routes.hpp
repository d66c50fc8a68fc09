#pragma once

#include <vector>

#include "api/route.hpp"
#include "services/import/import_service.hpp"
#include "services/job_service.hpp"
#include "services/job_worker.hpp"
#include "services/recompute_service.hpp"

namespace keepwell::api {

/// Jobs, and the routes that do nothing but run one.
std::vector<Route> job_routes(JobService& jobs, JobWorker& worker, ImportService& imports,
                              RecomputeService& recompute);

}  // namespace keepwell::api
