#include "services/import/metrics_import.hpp"

#include <fstream>

#include "domain/error.hpp"
#include "services/import/import_chunk.hpp"

namespace keepwell {
namespace {

/// About 50 ms of writing, so that other writers get in between.
constexpr std::size_t kChunkRows = 8'000;
/// Some tenths of a second of reading, a fraction of a lease.
constexpr std::uint64_t kReplayedBytes = 64'000'000;

std::string read_block(std::istream& file, std::size_t bytes) {
    std::string block(bytes, '\0');
    file.read(block.data(), static_cast<std::streamsize>(bytes));
    block.resize(static_cast<std::size_t>(file.gcount()));
    return block;
}

}  // namespace

MetricsImport::MetricsImport(UnitOfWork& unit_of_work, const AccountScoring& scoring, const Clock& clock,
                             Hooks hooks)
    : unit_of_work_(unit_of_work), scoring_(scoring), clock_(clock), hooks_(std::move(hooks)) {}

Import MetricsImport::run(Import import) {
    std::ifstream file(import.stored_path, std::ios::binary);
    if (!file)
        throw Error{ErrorCode::kUnreadable,
                    "the file of this import is not in DATA_DIR, which all servers on one database must "
                    "share; upload it again"};
    file.seekg(import.content_offset);
    const auto head_bytes = std::min<std::int64_t>(import.content_length, kCsvCheckBytes);
    const std::string first_block = read_block(file, static_cast<std::size_t>(head_bytes));
    const MetricsFileHead head =
        read_metrics_head(first_block, import.filename,
                          head_bytes == import.content_length ? CsvBlock::kWholeFile : CsvBlock::kBeginning);
    import.state = ImportState::kRunning;
    read_rows(import, file, head);
    if (!import.dry_run) {
        scoring_.refresh_stale(
            unit_of_work_, [&](Repositories& in) { hooks_.in_transaction(in, import); },
            [&] { hooks_.after_chunk(import); });
    }
    import.state = ImportState::kSucceeded;
    import.finished_at = clock_.now();
    unit_of_work_.run([&](Repositories& in) {
        in.imports.save_progress(import);
        hooks_.in_transaction(in, import);
    });
    return import;
}

/// The accounts of the rows that are in already, so that none is counted as an existing one again.
void MetricsImport::replay_names(const Import& import, std::istream& file, const MetricsFileHead& head) {
    MetricsRows rows(file, import.content_offset, head, {.begin = {}, .end = import.bytes_done},
                     day_of(clock_.now()));
    std::uint64_t pause_at = kReplayedBytes;
    while (rows.next()) {
        if (rows.is_fit()) counted_.remember(rows.parsed().account_name);
        if (rows.end().offset < pause_at) continue;
        pause_at += kReplayedBytes;
        unit_of_work_.run([&](Repositories& in) { hooks_.in_transaction(in, import); });
        hooks_.after_chunk(import);
    }
}

void MetricsImport::read_rows(Import& import, std::istream& file, const MetricsFileHead& head) {
    if (import.bytes_done > 0 && !import.dry_run) replay_names(import, file, head);
    const CsvPosition begin{static_cast<std::uint64_t>(import.bytes_done),
                            static_cast<std::uint64_t>(import.lines_done) + 1};
    MetricsRows rows(file, import.content_offset, head, {.begin = begin, .end = import.content_length},
                     day_of(clock_.now()));
    ImportedAccounts accounts;
    ImportChunk chunk;
    ImportCounts read;
    while (rows.next()) {
        ++read.rows_read;
        if (rows.is_fit()) {
            chunk.add(accounts.note(rows.parsed(), rows.custom_attributes()), rows.parsed());
        } else {
            ++read.rows_rejected;
            chunk.add_errors(rows.errors());
        }
        if (chunk.size() < kChunkRows && !accounts.is_full()) continue;
        commit(import, chunk, rows.end(), read);
        read = {};
        accounts.forget_if_full();
    }
    commit(import, chunk, rows.end(), read);
}

void MetricsImport::commit(Import& import, ImportChunk& chunk, CsvPosition end, ImportCounts read) {
    Import next = import;
    ImportChunk::Written written;
    unit_of_work_.run([&](Repositories& in) {
        next = import;
        next.bytes_done = static_cast<std::int64_t>(end.offset);
        next.lines_done = static_cast<std::int64_t>(end.line) - 1;
        next.counts.rows_read += read.rows_read;
        next.counts.rows_rejected += read.rows_rejected;
        if (!import.dry_run && chunk.rows() > 0) {
            written = chunk.write(in, scoring_, clock_.now());
            next.counts.metrics_created += written.metrics_created;
            next.counts.metrics_updated += written.metrics_updated;
            for (const auto& account : written.accounts)
                next.counts.accounts_created += account.created ? 1 : 0;
            next.counts.accounts_updated += counted_.count_new(written);
            in.portfolio.bump_data_version();
        }
        if (!chunk.errors().empty()) in.imports.add_errors(import.id, chunk.errors());
        in.imports.save_progress(next);
        hooks_.in_transaction(in, next);
    });
    import = std::move(next);
    counted_.keep(written);
    chunk.keep(written);
    hooks_.after_chunk(import);
}

}  // namespace keepwell
