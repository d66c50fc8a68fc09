#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/job.hpp"
#include "domain/time.hpp"

namespace keepwell {

struct ImportId {
    std::int64_t value{};
    auto operator<=>(const ImportId&) const = default;
};

enum class ImportState { kQueued, kRunning, kSucceeded, kFailed };
std::string_view to_string(ImportState state);
std::optional<ImportState> parse_import_state(std::string_view text);

/// What an import has done so far. Rows are data rows: the header is not one.
struct ImportCounts {
    std::int64_t rows_read = 0;
    std::int64_t rows_rejected = 0;
    std::int64_t accounts_created = 0;
    std::int64_t accounts_updated = 0;  ///< Distinct accounts of the file that existed before it.
    std::int64_t metrics_created = 0;
    std::int64_t metrics_updated = 0;
};

/// The manifest of one file: what it is and how far its rows are in the database. Progress is written in the
/// transaction that writes the rows, so that a restart goes on exactly behind the last committed row.
struct Import {
    ImportId id;
    std::string filename;     ///< As the client named it; shown, never opened.
    std::string stored_path;  ///< Where the bytes are; of an upload the name in the folder of uploads.
    std::int64_t bytes_total = 0;
    std::int64_t content_offset = 0;  ///< The CSV within stored_path (a multipart body holds more).
    std::int64_t content_length = 0;
    bool dry_run = false;
    ImportState state = ImportState::kQueued;
    std::int64_t bytes_done = 0;  ///< Of the content: the byte behind the last committed row.
    std::int64_t lines_done = 0;  ///< Lines before that byte.
    ImportCounts counts;
    std::string error;  ///< Why it failed; safe to show.
    Timestamp created_at;
    std::optional<Timestamp> finished_at;
    std::optional<JobId> job_id;
    std::string fingerprint;  ///< Recognises the same file when `keepwell import` is started again.
};

struct ImportError {
    std::int64_t line = 0;
    std::string column;
    std::string code;
    std::string message;
    std::int64_t id = 0;  ///< Known once it is stored.
};

/// Port: import_manifests and import_errors.
class ImportRepository {
public:
    virtual ~ImportRepository() = default;

    virtual ImportId add(const Import& import) = 0;
    virtual std::optional<Import> find(ImportId id) = 0;
    /// The newest unfinished import of that fingerprint, if any.
    virtual std::optional<Import> find_unfinished(const std::string& fingerprint) = 0;
    virtual void set_job(ImportId id, JobId job) = 0;
    /// Writes state, bytes_done, lines_done, counts, error and finished_at.
    virtual void save_progress(const Import& import) = 0;
    /// Bulk.
    virtual void add_errors(ImportId id, std::span<const ImportError> errors) = 0;
    /// By line, then in the order added; `after` skips that many.
    virtual std::vector<ImportError> list_errors(ImportId id, std::int64_t after, std::int64_t limit) = 0;
    /// Those behind `last` in the same order, at the same cost however many come before; `{}` from the first.
    virtual std::vector<ImportError> list_errors_behind(ImportId id, const ImportError& last,
                                                        std::int64_t limit) = 0;
    /// Whether a job that has not ended is to read the file of that stored_path.
    virtual bool is_waiting_for(const std::string& stored_path) = 0;
    /// Newest first.
    virtual std::vector<Import> list(std::int64_t limit) = 0;
};

}  // namespace keepwell
