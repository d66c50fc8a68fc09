#pragma once

#include <istream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "services/csv/csv_file_check.hpp"
#include "services/csv/csv_reader.hpp"
#include "services/csv/metrics_columns.hpp"
#include "services/csv/metrics_row.hpp"

namespace keepwell {

/// What the head of a CSV file of daily metrics says.
struct MetricsFileHead {
    CsvDialect dialect;
    CsvPosition rows;  ///< Where the first data row may begin.
    MetricsColumns columns;
};

/// Reads the head of a file, `first_block` being its first kCsvCheckBytes or all of it. Throws
/// Error{kUnreadable} saying what it is instead, that it is empty, or which columns are missing.
MetricsFileHead read_metrics_head(std::string_view first_block, const std::string& filename, CsvBlock block);

/// Where a stretch of the CSV begins, a row's first byte, and the byte behind it.
struct MetricsStretch {
    CsvPosition begin;
    std::int64_t end = 0;
};

/// Reads the data rows of a stretch one after the other. Memory does not depend on its length.
class MetricsRows {
public:
    /// The CSV begins `content_offset` bytes into `file`. Both references must outlive this.
    MetricsRows(std::istream& file, std::int64_t content_offset, const MetricsFileHead& head,
                MetricsStretch stretch, Date today);

    /// Goes to the next data row; false behind the last. Throws Error{kUnreadable} when the file is shorter
    /// than it was.
    bool next();
    /// Whether the row can be used; errors() says why not.
    bool is_fit() const { return errors_.empty(); }
    const ParsedMetricsRow& parsed() const { return parsed_; }
    std::map<std::string, std::string> custom_attributes() const;
    const std::vector<RowError>& errors() const { return errors_; }
    /// Behind what next() has passed.
    CsvPosition end() const { return end_; }

private:
    bool read_row();

    std::istream& file_;
    const MetricsFileHead& head_;
    const Date today_;
    CsvReader reader_;
    bool is_header_;
    std::int64_t left_;
    CsvPosition end_;
    CsvRow row_;
    ParsedMetricsRow parsed_;
    std::vector<RowError> errors_;
    std::string block_;
};

}  // namespace keepwell
