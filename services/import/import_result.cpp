#include "services/import/import_result.hpp"

#include "services/json_writer.hpp"

namespace keepwell {

std::string import_result_json(const Import& import, std::span<const ImportError> row_errors, Timestamp now) {
    const ImportCounts& counts = import.counts;
    JsonWriter json;
    json.begin_object();
    json.member("message", import.dry_run ? "Dry run: the file was checked and nothing was written"
                                          : "CSV processed successfully");
    json.member("accounts_created", counts.accounts_created);
    json.member("accounts_updated", counts.accounts_updated);
    json.member("metrics_created", counts.metrics_created);
    json.member("metrics_updated", counts.metrics_updated);
    json.key("errors").begin_array();
    for (const ImportError& error : row_errors) {
        json.value("Line " + std::to_string(error.line) + (error.column.empty() ? "" : ", " + error.column) +
                   ": " + error.message);
    }
    json.end_array().key("row_errors").begin_array();
    for (const ImportError& error : row_errors) {
        json.begin_object().member("line", error.line).member("column", error.column);
        json.member("code", error.code).member("message", error.message).end_object();
    }
    json.end_array();
    json.member("rows_read", counts.rows_read).member("rows_rejected", counts.rows_rejected);
    const auto took = import.finished_at.value_or(now) - import.created_at;
    json.member("duration_ms", std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
    if (import.dry_run) {
        json.key("import_id").null().key("report_url").null();
    } else {
        json.member("import_id", import.id.value).key("report_url");
        counts.rows_rejected > 0 ? json.value("/api/imports/" + std::to_string(import.id.value) + "/errors")
                                 : json.null();
    }
    json.end_object();
    return json.take();
}

}  // namespace keepwell
