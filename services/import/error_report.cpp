#include "services/import/error_report.hpp"

#include <string>

#include "domain/error.hpp"
#include "services/csv/csv_writer.hpp"

namespace keepwell {

ErrorReport::ErrorReport(const std::filesystem::path& path) : file_(path, std::ios::binary) {
    std::string header;
    CsvWriter csv(header);
    for (const char* column : {"line", "column", "code", "message"}) csv.exact(column);
    csv.end_row();
    file_ << header;
    check();
}

void ErrorReport::add(std::span<const ImportError> errors) {
    std::string lines;
    CsvWriter csv(lines);
    for (const ImportError& error : errors) {
        csv.number(error.line).text(error.column).exact(error.code).text(error.message).end_row();
    }
    file_ << lines;
    check();
}

void ErrorReport::finish() {
    file_.flush();
    check();
}

void ErrorReport::check() const {
    if (!file_) throw Error{ErrorCode::kUnavailable, "the report can't be written: is the disk full?"};
}

}  // namespace keepwell
