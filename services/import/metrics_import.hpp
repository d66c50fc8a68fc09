#pragma once

#include <functional>
#include <istream>

#include "domain/unit_of_work.hpp"
#include "services/account_scoring.hpp"
#include "services/import/counted_accounts.hpp"
#include "services/import/import_chunk.hpp"
#include "services/import/metrics_file.hpp"

namespace keepwell {

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
    void replay_names(const Import& import, std::istream& file, const MetricsFileHead& head);
    void read_rows(Import& import, std::istream& file, const MetricsFileHead& head);
    void commit(Import& import, ImportChunk& chunk, CsvPosition end, ImportCounts read);

    UnitOfWork& unit_of_work_;
    const AccountScoring& scoring_;
    const Clock& clock_;
    Hooks hooks_;
    CountedAccounts counted_;
};

}  // namespace keepwell
