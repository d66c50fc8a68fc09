#pragma once

#include <vector>

#include "api/route.hpp"
#include "services/import/import_service.hpp"
#include "services/job_worker.hpp"

namespace keepwell::api {

std::vector<Route> ingest_routes(ImportService& imports, JobWorker& worker);

}  // namespace keepwell::api
