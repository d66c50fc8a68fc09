#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/unit_of_work.hpp"
#include "services/account_scoring.hpp"
#include "services/csv/csv_file_check.hpp"
#include "services/csv/metrics_columns.hpp"

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

/// Imports one file: reads it block by block, writes chunks of rows and the manifest's progress together, and
/// rescores the accounts at the end. Memory does not depend on the file's size.
class MetricsImport {
public:
    struct Hooks {
        /// Inside each chunk's transaction, after its writes.
        std::function<void(Repositories&, const Import&)> in_transaction = [](Repositories&, const Import&) {
        };
        /// After each chunk: may throw to stop here; what is committed stays and a next run goes on behind
        /// it.
        std::function<void(const Import&)> after_chunk = [](const Import&) {};
    };

    MetricsImport(UnitOfWork& unit_of_work, const AccountScoring& scoring, const Clock& clock, Hooks hooks);

    /// Runs the import from where its manifest says to the end; returns the finished manifest. Throws
    /// Error{kUnreadable} when the file can't be read; the manifest then stays as it was after the last
    /// chunk.
    Import run(Import import);

private:
    void read_rows(Import& import, std::istream& file, const MetricsFileHead& head);
    void commit(Import& import, class ImportChunk& chunk, CsvPosition end, ImportCounts read);
    void count_existing(Import& import, const std::vector<CustomerRepository::Upserted>& accounts);

    UnitOfWork& unit_of_work_;
    const AccountScoring& scoring_;
    const Clock& clock_;
    Hooks hooks_;
    std::vector<bool> seen_;  ///< By customer id: accounts counted as updated.
};

}  // namespace keepwell
