#include "services/import/metrics_file.hpp"

#include <algorithm>

#include "domain/error.hpp"

namespace keepwell {
namespace {

constexpr std::int64_t kBlockBytes = std::int64_t{1} << 20;

CsvReader reader_from(const MetricsFileHead& head, CsvPosition begin) {
    return begin.offset == 0 ? CsvReader{} : CsvReader{head.dialect, begin};
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

MetricsRows::MetricsRows(std::istream& file, std::int64_t content_offset, const MetricsFileHead& head,
                         MetricsStretch stretch, Date today)
    : file_(file),
      head_(head),
      today_(today),
      reader_(reader_from(head, stretch.begin)),
      is_header_(stretch.begin.offset == 0),
      left_(stretch.end - static_cast<std::int64_t>(stretch.begin.offset)),
      end_(stretch.begin) {
    file_.clear();
    file_.seekg(content_offset + static_cast<std::int64_t>(stretch.begin.offset));
}

bool MetricsRows::next() {
    while (read_row()) {
        end_ = row_.next;
        if (std::exchange(is_header_, false) || row_.is_blank()) continue;
        errors_.clear();
        parse_metrics_row(row_, head_.columns, today_, parsed_, errors_);
        return true;
    }
    return false;
}

bool MetricsRows::read_row() {
    while (!reader_.next(row_)) {
        if (left_ == 0) return false;
        block_.resize(static_cast<std::size_t>(std::min(left_, kBlockBytes)));
        file_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
        if (static_cast<std::size_t>(file_.gcount()) != block_.size()) {
            throw Error{ErrorCode::kUnreadable,
                        "the file of this import is shorter than it was; upload it again"};
        }
        left_ -= static_cast<std::int64_t>(block_.size());
        reader_.feed(block_);
        if (left_ == 0) reader_.finish();
    }
    return true;
}

std::map<std::string, std::string> MetricsRows::custom_attributes() const {
    std::map<std::string, std::string> custom;
    for (const MetricsColumns::Extra& extra : head_.columns.extra) {
        if (extra.position >= row_.fields.size()) continue;
        const std::string_view text = row_.fields[extra.position];
        if (!text.empty()) custom.emplace(extra.name, text);
    }
    return custom;
}

}  // namespace keepwell
