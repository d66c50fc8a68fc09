#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/unit_of_work.hpp"
#include "services/account_scoring.hpp"
#include "services/job_worker.hpp"

namespace keepwell {

/// Where the bytes of an upload are: `path` holds the CSV from `offset` for `length` bytes.
struct UploadedFile {
    std::string filename;  ///< As the client named it.
    std::filesystem::path path;
    std::int64_t offset = 0;
    std::int64_t length = 0;
};

/// CSV files of daily metrics: accepted as durable jobs, or run at once by the command line. Thread-safe.
class ImportService {
public:
    struct Options {
        /// Where accepted files stay until their import has ended. Several nodes may share it.
        std::filesystem::path folder;
    };

    ImportService(UnitOfWork& unit_of_work, const AccountScoring& scoring, const Clock& clock,
                  Options options);

    /// Registers the job type with the worker that runs in this program.
    void run_in(JobWorker& worker);
    /// A fresh path in the folder for the bytes of an upload; the caller moves them there before accept().
    std::filesystem::path new_path() const;

    struct Accepted {
        ImportId import;
        JobId job;
    };
    /// Makes the file durable and queues its import, both or neither. Throws Error{kUnreadable} when it is no
    /// CSV of daily metrics; the file is removed then.
    Accepted accept(const UploadedFile& file, bool dry_run);

    /// Imports a file of the machine in the foreground. An unfinished import of the same file (path, size,
    /// time of change) is taken up where it stopped. `on_progress` is called after each chunk.
    Import import_file(const std::filesystem::path& path, bool dry_run,
                       const std::function<void(const Import&)>& on_progress);

    /// Newest first; dry runs are left out.
    std::vector<Import> list(std::int64_t limit);
    /// Throws Error{kNotFound}.
    Import get(ImportId id);
    /// By line; the first `limit`.
    std::vector<ImportError> errors(ImportId id, std::int64_t limit);
    /// Writes all row errors as a CSV to a new file, however many there are; its owner removes it.
    std::filesystem::path write_error_report(ImportId id);
    /// What the operation answers, as JSON: counts and the first hundred row errors.
    std::string result_json(const Import& import);

    /// Removes the files of uploads that no job waits for: of a crash before it was accepted, or of a job
    /// that was given up. For the start of a server.
    void remove_orphans();

private:
    void take_end_from_job(Import& import);
    void end_as_failed(ImportId id, const std::string& why);
    std::string run_job(const Job& job, JobRun& run);
    std::string job_type() const;

    UnitOfWork& unit_of_work_;
    const AccountScoring& scoring_;
    const Clock& clock_;
    Options options_;
};

/// The import that a job's payload names; empty when the job is none.
std::optional<ImportId> import_of(const Job& job);

}  // namespace keepwell
