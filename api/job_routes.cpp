#include "api/job_routes.hpp"

#include "api/job_json.hpp"
#include "api/parameters.hpp"

namespace keepwell::api {
namespace {

constexpr std::chrono::seconds kPatience{5};

Response get(JobWorker& worker, ImportService& imports, const Request& request) {
    Parameters parameters(request);
    const JobId id{parameters.id()};
    parameters.check();
    const Job job = worker.wait(id, std::chrono::milliseconds{0});
    const auto import = import_of(job);
    return {.body = job_json(job, import ? std::optional{imports.get(*import)} : std::nullopt)};
}

Response recompute_all(JobWorker& worker, RecomputeService& recompute) {
    const JobId id = recompute.start();
    worker.wake();
    return job_outcome(worker.wait(id, kPatience), std::nullopt);
}

}  // namespace

std::vector<Route> job_routes(JobWorker& worker, ImportService& imports, RecomputeService& recompute) {
    return {
        {.method = Method::kGet,
         .path = "/api/jobs/{id}",
         .access = Access::kViewer,
         .audited = Audited::kNo,
         .idempotent = Idempotent::kByNature,
         .body = Body::kNone,
         .runs = Runs::kInline,
         .handle = [&](const Request& request) { return get(worker, imports, request); },
         .parameters = {}},
        {.method = Method::kPost,
         .path = "/health/recompute",
         .access = Access::kCsm,
         .audited = Audited::kYes,
         .idempotent = Idempotent::kByNature,
         .body = Body::kNone,
         .runs = Runs::kWaits,
         .handle = [&](const Request&) { return recompute_all(worker, recompute); },
         .parameters = {}},
    };
}

}  // namespace keepwell::api
