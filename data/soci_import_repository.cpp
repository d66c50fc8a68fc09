#include "data/soci_import_repository.hpp"

#include <array>

namespace keepwell::data {
namespace {

constexpr std::string_view kColumns =
    "id, filename, stored_path, bytes_total, content_offset, content_length, dry_run, state, bytes_done,"
    " lines_done, rows_read, rows_rejected, accounts_created, accounts_updated, metrics_created,"
    " metrics_updated, error, created_at, finished_at, job_id, fingerprint";

Import read_import(const Query& row) {
    Import import;
    import.id = {row.integer(0)};
    import.filename = row.string(1);
    import.stored_path = row.string(2);
    import.bytes_total = row.integer(3);
    import.content_offset = row.integer(4);
    import.content_length = row.integer(5);
    import.dry_run = row.flag(6);
    import.state = parse_import_state(row.text(7)).value_or(ImportState::kFailed);
    import.bytes_done = row.integer(8);
    import.lines_done = row.integer(9);
    import.counts = {.rows_read = row.integer(10),
                     .rows_rejected = row.integer(11),
                     .accounts_created = row.integer(12),
                     .accounts_updated = row.integer(13),
                     .metrics_created = row.integer(14),
                     .metrics_updated = row.integer(15)};
    import.error = row.string(16);
    import.created_at = row.timestamp(17);
    import.finished_at = row.timestamp_if(18);
    if (!row.is_null(19)) import.job_id = JobId{row.integer(19)};
    import.fingerprint = row.string(20);
    return import;
}

std::vector<ImportError> read_errors(Query& rows) {
    std::vector<ImportError> errors;
    while (rows.next()) {
        errors.push_back({.line = rows.integer(0),
                          .column = rows.string(1),
                          .code = rows.string(2),
                          .message = rows.string(3),
                          .id = rows.integer(4)});
    }
    return errors;
}

}  // namespace

ImportId SociImportRepository::add(const Import& import) {
    std::optional<std::int64_t> job;
    if (import.job_id) job = import.job_id->value;
    const ImportCounts& counts = import.counts;
    Query row(
        session_,
        "INSERT INTO import_manifests (filename, stored_path, bytes_total, content_offset, content_length,"
        " dry_run, state, bytes_done, lines_done, rows_read, rows_rejected, accounts_created,"
        " accounts_updated, metrics_created, metrics_updated, error, created_at, finished_at, job_id,"
        " fingerprint) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
        " $17, $18, $19, $20) RETURNING id",
        import.filename, import.stored_path, import.bytes_total, import.content_offset, import.content_length,
        import.dry_run, to_string(import.state), import.bytes_done, import.lines_done, counts.rows_read,
        counts.rows_rejected, counts.accounts_created, counts.accounts_updated, counts.metrics_created,
        counts.metrics_updated, import.error, import.created_at, import.finished_at, job, import.fingerprint);
    row.next();
    const ImportId id{row.integer(0)};
    row.next();
    return id;
}

std::optional<Import> SociImportRepository::find(ImportId id) {
    static const std::string sql = "SELECT " + std::string(kColumns) + " FROM import_manifests WHERE id = $1";
    Query row(session_, sql, id.value);
    if (!row.next()) return std::nullopt;
    return read_import(row);
}

std::optional<Import> SociImportRepository::find_unfinished(const std::string& fingerprint) {
    static const std::string sql = "SELECT " + std::string(kColumns) +
                                   " FROM import_manifests WHERE fingerprint = $1"
                                   " AND state IN ('queued', 'running') ORDER BY id DESC LIMIT 1";
    Query row(session_, sql, fingerprint);
    if (!row.next()) return std::nullopt;
    return read_import(row);
}

void SociImportRepository::set_job(ImportId id, JobId job) {
    run(session_, "UPDATE import_manifests SET job_id = $2 WHERE id = $1", id.value, job.value);
}

void SociImportRepository::save_progress(const Import& import) {
    const ImportCounts& counts = import.counts;
    run(session_,
        "UPDATE import_manifests SET state = $2, bytes_done = $3, lines_done = $4, rows_read = $5,"
        " rows_rejected = $6, accounts_created = $7, accounts_updated = $8, metrics_created = $9,"
        " metrics_updated = $10, error = $11, finished_at = $12 WHERE id = $1",
        import.id.value, to_string(import.state), import.bytes_done, import.lines_done, counts.rows_read,
        counts.rows_rejected, counts.accounts_created, counts.accounts_updated, counts.metrics_created,
        counts.metrics_updated, import.error, import.finished_at);
}

void SociImportRepository::add_errors(ImportId id, std::span<const ImportError> errors) {
    static constexpr std::array<std::string_view, 5> kErrorColumns{"import_id", "line", "column_name", "code",
                                                                   "message"};
    std::vector<Value> values;
    values.reserve(errors.size() * kErrorColumns.size());
    for (const ImportError& error : errors) {
        values.insert(values.end(), {to_value(id.value), to_value(error.line), to_value(error.column),
                                     to_value(error.code), to_value(error.message)});
    }
    session_.insert_rows("import_errors", kErrorColumns, values);
}

std::vector<ImportError> SociImportRepository::list_errors(ImportId id, std::int64_t after,
                                                           std::int64_t limit) {
    Query rows(session_,
               "SELECT line, column_name, code, message, id FROM import_errors WHERE import_id = $1"
               " ORDER BY line, id LIMIT $3 OFFSET $2",
               id.value, after, limit);
    return read_errors(rows);
}

std::vector<ImportError> SociImportRepository::list_errors_behind(ImportId id, const ImportError& last,
                                                                  std::int64_t limit) {
    Query rows(session_,
               "SELECT line, column_name, code, message, id FROM import_errors WHERE import_id = $1"
               " AND (line, id) > ($2, $3) ORDER BY line, id LIMIT $4",
               id.value, last.line, last.id, limit);
    return read_errors(rows);
}

bool SociImportRepository::is_waiting_for(const std::string& stored_path) {
    Query row(session_,
              "SELECT count(*) FROM import_manifests JOIN jobs ON jobs.id = import_manifests.job_id"
              " WHERE stored_path = $1 AND jobs.state IN ('queued', 'running')",
              stored_path);
    return row.next() && row.integer(0) > 0;
}

std::vector<Import> SociImportRepository::list(std::int64_t limit) {
    static const std::string sql =
        "SELECT " + std::string(kColumns) + " FROM import_manifests ORDER BY id DESC LIMIT $1";
    std::vector<Import> imports;
    Query row(session_, sql, limit);
    while (row.next()) imports.push_back(read_import(row));
    return imports;
}

}  // namespace keepwell::data
