#include "api/ingest_routes.hpp"

#include <fstream>

#include "api/edge/multipart.hpp"
#include "api/job_json.hpp"
#include "api/parameters.hpp"
#include "services/json_writer.hpp"

namespace keepwell::api {
namespace {

/// What may take longer answers 202 and goes on as a job.
constexpr std::chrono::seconds kPatience{5};
constexpr std::int64_t kListedImports = 50;

/// Where the CSV lies in the body.
UploadedFile find_file(const Request& request) {
    const std::string_view type = request.header("content-type");
    if (type.starts_with("text/csv")) {
        const auto bytes =
            request.spilled ? std::filesystem::file_size(request.spilled->path()) : request.body.size();
        return {
            .filename = "upload.csv", .path = {}, .offset = 0, .length = static_cast<std::int64_t>(bytes)};
    }
    if (!type.starts_with("multipart/form-data")) {
        throw invalid({{"file", "field required: send the CSV as multipart/form-data"}});
    }
    for (const Part& part : find_parts(request)) {
        if (part.name != "file") continue;
        if (part.filename.empty()) throw invalid({{"file", "must be a file with a name, not a text field"}});
        return {.filename = part.filename,
                .path = {},
                .offset = static_cast<std::int64_t>(part.offset),
                .length = static_cast<std::int64_t>(part.length)};
    }
    throw invalid({{"file", "field required"}});
}

/// Moves the bytes to where they stay until they are imported.
UploadedFile store(const ImportService& imports, const Request& request, UploadedFile file) {
    file.path = imports.new_path();
    if (request.spilled) {
        request.spilled->keep_as(file.path);
        return file;
    }
    std::ofstream output(file.path, std::ios::binary);
    output.write(request.body.data() + file.offset, file.length);
    if (!output.flush()) {
        std::error_code ignored;
        std::filesystem::remove(file.path, ignored);
        throw Error{ErrorCode::kUnavailable, "the upload can't be stored: is the disk full?"};
    }
    file.offset = 0;
    return file;
}

Response ingest(ImportService& imports, JobWorker& worker, const Request& request) {
    Parameters parameters(request);
    const bool dry_run = parameters.flag("dry_run");
    parameters.check();
    const auto accepted = imports.accept(store(imports, request, find_file(request)), dry_run);
    worker.wake();
    const bool at_once = request.header("prefer").find("respond-async") != std::string_view::npos;
    const Job job = worker.wait(accepted.job, at_once ? std::chrono::seconds{0} : kPatience);
    return job_outcome(job, accepted.import);
}

Response list(ImportService& imports) {
    JsonWriter json;
    json.begin_object().key("imports").begin_array();
    for (const Import& import : imports.list(kListedImports)) {
        json.begin_object();
        json.member("id", import.id.value);
        json.member("filename", import.filename);
        json.member("status", to_string(import.state));
        json.member("bytes_total", import.bytes_total);
        json.member("bytes_done", import.bytes_done);
        json.member("rows_read", import.counts.rows_read);
        json.member("rows_rejected", import.counts.rows_rejected);
        json.member("accounts_created", import.counts.accounts_created);
        json.member("metrics_created", import.counts.metrics_created);
        json.member("created_at", import.created_at);
        json.member("finished_at", import.finished_at);
        json.key("job_id");
        import.job_id ? json.value(import.job_id->value) : json.null();
        json.end_object();
    }
    json.end_array().end_object();
    return {.body = json.take()};
}

Response error_report(ImportService& imports, const Request& request) {
    Parameters parameters(request);
    const ImportId id{parameters.id()};
    parameters.check();
    const auto report = std::make_shared<SpilledBody>(imports.write_error_report(id));
    Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.headers = {{"Content-Disposition",
                         "attachment; filename=\"import-" + std::to_string(id.value) + "-errors.csv\""}};
    response.file = report->path();
    response.file_owner = report;
    return response;
}

}  // namespace

std::vector<Route> ingest_routes(ImportService& imports, JobWorker& worker) {
    return {
        {.method = Method::kPost,
         .path = "/ingest/csv",
         .access = Access::kCsm,
         .audited = Audited::kYes,
         .idempotent = Idempotent::kByNature,  // Rows are upserted: the same file again changes nothing.
         .body = Body::kUpload,
         .runs = Runs::kWaits,
         .handle = [&](const Request& request) { return ingest(imports, worker, request); },
         .parameters = {"dry_run"}},
        {.method = Method::kGet,
         .path = "/api/imports",
         .access = Access::kViewer,
         .audited = Audited::kNo,
         .idempotent = Idempotent::kByNature,
         .body = Body::kNone,
         .runs = Runs::kInline,
         .handle = [&](const Request&) { return list(imports); },
         .parameters = {}},
        {.method = Method::kGet,
         .path = "/api/imports/{id}/errors",
         .access = Access::kViewer,
         .audited = Audited::kNo,
         .idempotent = Idempotent::kByNature,
         .body = Body::kNone,
         .runs = Runs::kWaits,
         .handle = [&](const Request& request) { return error_report(imports, request); },
         .parameters = {}},
    };
}

}  // namespace keepwell::api
