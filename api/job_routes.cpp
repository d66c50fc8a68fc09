#include "api/job_routes.hpp"

#include "api/answer.hpp"
#include "api/job_json.hpp"
#include "api/paging.hpp"
#include "api/parameters.hpp"

namespace keepwell::api {
namespace {

constexpr std::chrono::seconds kPatience{5};

std::string with_import(const Job& job, ImportService& imports) {
    const auto import = import_of(job);
    return job_json(job, import ? std::optional{imports.get(*import)} : std::nullopt);
}

Response get(JobWorker& worker, ImportService& imports, const Request& request) {
    Parameters parameters(request);
    const JobId id{parameters.id()};
    parameters.check();
    const Job job = worker.wait(id, std::chrono::milliseconds{0});
    return {.body = with_import(job, imports)};
}

Response list(JobService& jobs, ImportService& imports, const Request& request) {
    Parameters parameters(request);
    const auto state_name = parameters.text("state");
    const auto state = state_name ? parse_job_state(*state_name) : std::nullopt;
    if (state_name && !state) {
        parameters.refuse("state", "must be one of queued, running, succeeded, failed, dead");
    }
    const auto type = parameters.text("type");
    const std::int64_t limit = read_limit(parameters);
    const auto before = read_number_cursor(parameters, "jobs");
    parameters.check();
    auto found = jobs.list(state, type, before ? std::optional{JobId{*before}} : std::nullopt, limit + 1);
    std::optional<std::string> next;
    if (std::ssize(found) > limit) {
        found.pop_back();
        next = number_cursor("jobs", found.back().id.value);
    }
    JsonWriter json;
    json.begin_object().member("success", true).key("data").begin_array();
    for (const Job& job : found) json.raw(with_import(job, imports));
    json.end_array();
    write_next_cursor(json, next);
    json.end_object();
    return {.body = json.take()};
}

Response replay(JobService& jobs, JobWorker& worker, ImportService& imports, const Request& request) {
    Parameters parameters(request);
    const JobId id{parameters.id()};
    parameters.check();
    const Job job = jobs.replay(id);
    worker.wake();
    Response response = data_answer([&](JsonWriter& json) { json.raw(with_import(job, imports)); }, 202);
    response.headers.emplace_back("Location", "/api/jobs/" + std::to_string(id.value));
    return response;
}

Response recompute_all(JobWorker& worker, RecomputeService& recompute) {
    const JobId id = recompute.start();
    worker.wake();
    return job_outcome(worker.wait(id, kPatience), std::nullopt);
}

}  // namespace

std::vector<Route> job_routes(JobService& jobs, JobWorker& worker, ImportService& imports,
                              RecomputeService& recompute) {
    return {
        {.method = Method::kGet,
         .path = "/api/jobs",
         .access = Access::kViewer,
         .audited = Audited::kNo,
         .idempotent = Idempotent::kByNature,
         .body = Body::kNone,
         .runs = Runs::kInline,
         .handle = [&](const Request& request) { return list(jobs, imports, request); },
         .parameters = {"state", "type", "cursor", "limit"}},
        {.method = Method::kPost,
         .path = "/api/jobs/{id}/replay",
         .access = Access::kAdmin,
         .audited = Audited::kYes,
         .idempotent = Idempotent::kByNature,
         .body = Body::kNone,
         .runs = Runs::kWaits,
         .handle = [&](const Request& request) { return replay(jobs, worker, imports, request); },
         .parameters = {}},
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
