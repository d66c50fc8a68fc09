#include "services/import/metrics_import.hpp"

#include <fstream>

#include "domain/error.hpp"
#include "services/csv/csv_reader.hpp"
#include "services/csv/metrics_row.hpp"
#include "services/import/import_chunk.hpp"

namespace keepwell {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
/// About 50 ms of writing, so that other writers get in between.
constexpr std::size_t kChunkRows = 8'000;

std::map<std::string, std::string> custom_attributes(const CsvRow& row, const MetricsColumns& columns) {
    std::map<std::string, std::string> custom;
    for (const MetricsColumns::Extra& extra : columns.extra) {
        if (extra.position >= row.fields.size()) continue;
        const std::string_view text = row.fields[extra.position];
        if (!text.empty()) custom.emplace(extra.name, text);
    }
    return custom;
}

std::string read_block(std::istream& file, std::size_t bytes) {
    std::string block(bytes, '\0');
    file.read(block.data(), static_cast<std::streamsize>(bytes));
    block.resize(static_cast<std::size_t>(file.gcount()));
    return block;
}

}  // namespace

MetricsFileHead read_metrics_head(std::string_view first_block, const std::string& filename, CsvBlock block) {
    const CsvFileCheck check = check_csv_file(first_block, filename, block);
    switch (check.kind) {
        case CsvFileKind::kNotCsv:
            throw Error{ErrorCode::kUnreadable, "File must be a CSV", {{"file", check.hint}}};
        case CsvFileKind::kEmpty:
            throw Error{ErrorCode::kUnreadable,
                        "Error processing CSV: No columns to parse from file",
                        {{"file", check.hint}}};
        case CsvFileKind::kHeaderOnly:
        case CsvFileKind::kRows:
            break;
    }
    MetricsFileHead head{
        .dialect = check.dialect, .rows = {}, .columns = MetricsColumns::from_header(check.header)};
    if (!head.columns.is_usable()) {
        std::vector<FieldError> fields;
        for (const std::string& name : head.columns.missing) fields.push_back({name, "column is missing"});
        for (const std::string& name : head.columns.duplicates)
            fields.push_back({name, "column is there more than once"});
        throw Error{ErrorCode::kUnreadable, "Error processing CSV: " + head.columns.problem(),
                    std::move(fields)};
    }
    if (check.kind == CsvFileKind::kHeaderOnly) {
        throw Error{ErrorCode::kUnreadable,
                    "Error processing CSV: the file has a header and no rows",
                    {{"file", check.hint}}};
    }
    return head;
}

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

void MetricsImport::read_rows(Import& import, std::istream& file, const MetricsFileHead& head) {
    const auto begin = static_cast<std::uint64_t>(import.bytes_done);
    CsvReader reader =
        begin == 0 ? CsvReader{}
                   : CsvReader{head.dialect, {begin, static_cast<std::uint64_t>(import.lines_done) + 1}};
    file.clear();
    file.seekg(import.content_offset + import.bytes_done);
    std::int64_t left = import.content_length - import.bytes_done;
    bool is_header = begin == 0;
    const Date today = day_of(clock_.now());
    ImportedAccounts accounts;
    ImportChunk chunk;
    ImportCounts read;
    CsvPosition end{begin, static_cast<std::uint64_t>(import.lines_done) + 1};
    CsvRow row;
    ParsedMetricsRow parsed;
    std::vector<RowError> errors;
    std::string block;
    while (true) {
        while (reader.next(row)) {
            end = row.next;
            if (is_header) {
                is_header = false;
                continue;
            }
            if (row.is_blank()) continue;
            ++read.rows_read;
            errors.clear();
            if (parse_metrics_row(row, head.columns, today, parsed, errors)) {
                chunk.add(accounts.note(parsed, custom_attributes(row, head.columns)), parsed, scoring_);
            } else {
                ++read.rows_rejected;
                chunk.add_errors(errors);
            }
            if (chunk.size() < kChunkRows && !accounts.is_full()) continue;
            commit(import, chunk, end, read);
            read = {};
            accounts.forget_if_full();
        }
        if (left == 0) break;
        block.resize(static_cast<std::size_t>(std::min<std::int64_t>(left, kBlockBytes)));
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        if (static_cast<std::size_t>(file.gcount()) != block.size()) {
            throw Error{ErrorCode::kUnreadable,
                        "the file of this import is shorter than it was; upload it again"};
        }
        left -= static_cast<std::int64_t>(block.size());
        reader.feed(block);
        if (left == 0) reader.finish();
    }
    commit(import, chunk, end, read);
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
            written = chunk.write(in, clock_.now());
            next.counts.metrics_created += written.metrics_created;
            next.counts.metrics_updated += written.metrics_updated;
            for (const auto& account : written.accounts)
                next.counts.accounts_created += account.created ? 1 : 0;
            in.portfolio.bump_data_version();
        }
        if (!chunk.errors().empty()) in.imports.add_errors(import.id, chunk.errors());
        in.imports.save_progress(next);
        hooks_.in_transaction(in, next);
    });
    import = std::move(next);
    count_existing(import, written.accounts);
    chunk.keep(written);
    hooks_.after_chunk(import);
}

void MetricsImport::count_existing(Import& import,
                                   const std::vector<CustomerRepository::Upserted>& accounts) {
    for (const auto& account : accounts) {
        const auto index = static_cast<std::size_t>(account.id.value);
        if (index >= seen_.size()) seen_.resize(index + index / 2 + 64);
        if (seen_[index]) continue;
        seen_[index] = true;
        if (!account.created) ++import.counts.accounts_updated;
    }
}

}  // namespace keepwell
