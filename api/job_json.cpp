#include "api/job_json.hpp"

#include "domain/error.hpp"
#include "services/json_writer.hpp"

namespace keepwell::api {

std::string job_json(const Job& job, const std::optional<Import>& import) {
    JsonWriter json;
    json.begin_object();
    json.member("id", job.id.value);
    json.member("type", job.type);
    json.member("status", to_string(job.state));
    json.member("progress", job.progress);
    json.member("attempts", job.attempts);
    json.member("rows_read", import ? import->counts.rows_read : 0);
    json.member("rows_rejected", import ? import->counts.rows_rejected : 0);
    json.member("created_at", job.created_at);
    json.member("started_at", job.started_at);
    json.member("finished_at", job.finished_at);
    json.key("error");
    job.last_error.empty() ? json.null() : json.value(job.last_error);
    json.key("result");
    job.result.empty() ? json.null() : json.raw(job.result);
    json.end_object();
    return json.take();
}

Response job_outcome(const Job& job, std::optional<ImportId> import) {
    switch (job.state) {
        case JobState::kSucceeded:
            return {.body = job.result};
        case JobState::kFailed:
            throw Error{ErrorCode::kUnreadable, job.last_error};
        case JobState::kDead:
            throw Error{ErrorCode::kUnavailable,
                        "job " + std::to_string(job.id.value) + " failed: " + job.last_error};
        case JobState::kQueued:
        case JobState::kRunning:
            break;
    }
    const std::string location = "/api/jobs/" + std::to_string(job.id.value);
    JsonWriter json;
    json.begin_object().member("job_id", job.id.value);
    if (import) json.member("import_id", import->value);
    json.member("status", to_string(job.state));
    json.member("message", "Accepted; see " + location + " for progress and result").end_object();
    return {.status = 202, .body = json.take(), .headers = {{"Location", location}}};
}

}  // namespace keepwell::api
