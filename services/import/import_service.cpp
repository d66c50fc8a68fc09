#include "services/import/import_service.hpp"

#include <rapidjson/document.h>
#include <spdlog/spdlog.h>

#include <array>
#include <random>

#include "domain/error.hpp"
#include "services/import/error_report.hpp"
#include "services/import/import_files.hpp"
#include "services/import/import_result.hpp"
#include "services/import/metrics_import.hpp"
#include "services/json_writer.hpp"

namespace keepwell {
namespace {

constexpr std::string_view kJobType = "csv_import";
constexpr std::int64_t kInlineErrors = 100;
constexpr std::int64_t kReportBatch = 5'000;
/// Younger files may be of an upload that another process is just accepting.
constexpr std::chrono::hours kOrphanAge{1};
/// A crash costs an attempt; an import that gets on is worth many.
constexpr int kMaximumAttempts = 50;

CsvBlock extent(std::int64_t length) {
    return length <= static_cast<std::int64_t>(kCsvCheckBytes) ? CsvBlock::kWholeFile : CsvBlock::kBeginning;
}

std::string payload(ImportId id) {
    JsonWriter json;
    json.begin_object().member("import_id", id.value).end_object();
    return json.take();
}

}  // namespace

std::optional<ImportId> import_of(const Job& job) {
    rapidjson::Document json;
    json.Parse(job.payload.c_str(), job.payload.size());
    if (json.HasParseError() || !json.IsObject()) return std::nullopt;
    const auto id = json.FindMember("import_id");
    if (id == json.MemberEnd() || !id->value.IsInt64()) return std::nullopt;
    return ImportId{id->value.GetInt64()};
}

ImportService::ImportService(UnitOfWork& unit_of_work, const AccountScoring& scoring, const Clock& clock,
                             Options options)
    : unit_of_work_(unit_of_work), scoring_(scoring), clock_(clock), options_(std::move(options)) {
    std::filesystem::create_directories(options_.folder);
}

void ImportService::run_in(JobWorker& worker) {
    worker.add(job_type(), [this](const Job& job, JobRun& run) { return run_job(job, run); });
}

std::string ImportService::job_type() const {
    return std::string{kJobType};
}

std::filesystem::path ImportService::new_path() const {
    thread_local std::mt19937_64 random{std::random_device{}()};
    std::array<char, 40> name{};
    std::snprintf(name.data(), name.size(), "%016llx%016llx.csv", static_cast<unsigned long long>(random()),
                  static_cast<unsigned long long>(random()));
    return options_.folder / name.data();
}

ImportService::Accepted ImportService::accept(const UploadedFile& file, bool dry_run) try {
    read_metrics_head(
        read_first_bytes(file.path, file.offset, std::min<std::int64_t>(file.length, kCsvCheckBytes)),
        file.filename, extent(file.length));
    make_durable(file.path);
    Import import;
    import.filename = file.filename;
    import.stored_path = file.path.filename().string();
    import.bytes_total = file.length;
    import.content_offset = file.offset;
    import.content_length = file.length;
    import.dry_run = dry_run;
    import.created_at = clock_.now();
    return transact(unit_of_work_, [&](Repositories& in) {
        const ImportId id = in.imports.add(import);
        const JobId job = in.jobs.add({.type = job_type(),
                                       .payload = payload(id),
                                       .run_at = import.created_at,
                                       .max_attempts = kMaximumAttempts,
                                       .dedupe_key = {}},
                                      import.created_at);
        in.imports.set_job(id, job);
        return Accepted{.import = id, .job = job};
    });
} catch (...) {
    remove_quietly(file.path);
    throw;
}

std::string ImportService::run_job(const Job& job, JobRun& run) {
    const auto id = import_of(job);
    if (!id) throw Error{ErrorCode::kInvalid, "the job names no import"};
    Import import = get(*id);
    const std::filesystem::path path = options_.folder / import.stored_path;
    import.stored_path = path.string();
    if (import.state == ImportState::kFailed)
        throw Error{ErrorCode::kUnreadable, import.error};  // Crashed then.
    if (import.state == ImportState::kSucceeded) {  // Crashed after the last row, before the job was ended.
        remove_quietly(path);
        return result_json(import);
    }
    MetricsImport::Hooks hooks;
    hooks.in_transaction = [&](Repositories& in, const Import& now) {
        const auto total = static_cast<double>(std::max<std::int64_t>(now.content_length, 1));
        run.progress(in, 100.0 * static_cast<double>(now.bytes_done) / total);
    };
    hooks.after_chunk = [&](const Import&) { run.checkpoint(); };
    try {
        import = MetricsImport(unit_of_work_, scoring_, clock_, std::move(hooks)).run(std::move(import));
    } catch (const Error& error) {
        if (error.code() == ErrorCode::kUnavailable) throw;
        end_as_failed(*id, error.what());
        remove_quietly(path);
        throw;
    }
    remove_quietly(path);
    spdlog::info("import {} done: {} rows, {} rejected", id->value, import.counts.rows_read,
                 import.counts.rows_rejected);
    return result_json(import);
}

void ImportService::end_as_failed(ImportId id, const std::string& why) {
    Import import = get(id);
    import.state = ImportState::kFailed;
    import.error = why;
    import.finished_at = clock_.now();
    unit_of_work_.run([&](Repositories& in) { in.imports.save_progress(import); });
}

Import ImportService::import_file(const std::filesystem::path& path, bool dry_run,
                                  const std::function<void(const Import&)>& on_progress) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(path, failure);
    if (failure) throw Error{ErrorCode::kUnreadable, path.string() + " can't be read: " + failure.message()};
    const UploadedFile file{.filename = path.filename().string(),
                            .path = path,
                            .offset = 0,
                            .length = static_cast<std::int64_t>(size)};
    read_metrics_head(
        read_first_bytes(file.path, file.offset, std::min<std::int64_t>(file.length, kCsvCheckBytes)),
        file.filename, extent(file.length));
    Import import;
    import.filename = file.filename;
    import.stored_path = std::filesystem::weakly_canonical(path).string();
    import.bytes_total = file.length;
    import.content_length = file.length;
    import.dry_run = dry_run;
    import.created_at = clock_.now();
    import.fingerprint = fingerprint(path) + (dry_run ? "|dry run" : "");
    import = transact(unit_of_work_, [&](Repositories& in) {
        if (auto unfinished = in.imports.find_unfinished(import.fingerprint)) return *std::move(unfinished);
    Import added = import;
    added.id = in.imports.add(import);
    return added;
});
MetricsImport::Hooks hooks;
hooks.after_chunk = on_progress;
try {
    return MetricsImport(unit_of_work_, scoring_, clock_, std::move(hooks)).run(import);
} catch (const Error& error) {
    if (error.code() != ErrorCode::kUnavailable) end_as_failed(import.id, error.what());
    throw;
}
}  // namespace keepwell

std::vector<Import> ImportService::list(std::int64_t limit) {
    auto imports = query(unit_of_work_, [&](Repositories& in) { return in.imports.list(limit); });
    std::erase_if(imports, [](const Import& import) { return import.dry_run; });
    for (Import& import : imports) take_end_from_job(import);
    return imports;
}

/// A job that was given up could not say so in the import's manifest.
void ImportService::take_end_from_job(Import& import) {
    const bool has_ended = import.state == ImportState::kSucceeded || import.state == ImportState::kFailed;
    if (has_ended || !import.job_id) return;
    const auto job = query(unit_of_work_, [&](Repositories& in) { return in.jobs.find(*import.job_id); });
    if (!job || (job->state != JobState::kFailed && job->state != JobState::kDead)) return;
    import.state = ImportState::kFailed;
    import.error = job->last_error;
    import.finished_at = job->finished_at;
}

void ImportService::remove_orphans() {
    const auto now = std::filesystem::file_time_type::clock::now();
    for (const auto& entry : std::filesystem::directory_iterator(options_.folder)) {
        std::error_code gone;
        const auto changed = entry.last_write_time(gone);
        if (gone || now - changed < kOrphanAge) continue;
        const std::string name = entry.path().filename().string();
        const bool is_needed =
            query(unit_of_work_, [&](Repositories& in) { return in.imports.is_waiting_for(name); });
        if (!is_needed) remove_quietly(entry.path());
    }
}

Import ImportService::get(ImportId id) {
    auto import = query(unit_of_work_, [&](Repositories& in) { return in.imports.find(id); });
    if (!import) throw Error{ErrorCode::kNotFound, "Import not found"};
    return *std::move(import);
}

std::vector<ImportError> ImportService::errors(ImportId id, std::int64_t limit) {
    return query(unit_of_work_, [&](Repositories& in) { return in.imports.list_errors(id, 0, limit); });
}

std::filesystem::path ImportService::write_error_report(ImportId id) {
    get(id);
    const std::filesystem::path path = new_path();
    try {
        ErrorReport report(path);
        ImportError last;
        while (true) {
            const auto errors = query(unit_of_work_, [&](Repositories& in) {
                return in.imports.list_errors_behind(id, last, kReportBatch);
            });
            report.add(errors);
            if (std::ssize(errors) < kReportBatch) break;
            last = errors.back();
        }
        report.finish();
    } catch (...) {
        remove_quietly(path);
        throw;
    }
    return path;
}

std::string ImportService::result_json(const Import& import) {
    return import_result_json(import, errors(import.id, kInlineErrors), clock_.now());
}

}  // namespace keepwell
