#include "services/csv/csv_file_check.hpp"

#include <algorithm>
#include <array>

#include "services/csv/csv_reader.hpp"

namespace keepwell {
namespace {

struct Signature {
    std::string_view bytes;
    std::string_view hint;
};

constexpr std::string_view kWorkbookHint = "This is an Excel workbook. Open it and save it as CSV UTF-8.";
constexpr std::string_view kUtf16Hint = "This text is encoded as UTF-16. Save it as CSV UTF-8.";

// Compressed formats begin with bytes that no text begins with.
constexpr std::array kSignatures = {
    Signature{"\xD0\xCF\x11\xE0", kWorkbookHint},
    Signature{"\x1F\x8B", "This file is compressed by gzip. Unpack it first."},
    Signature{"\xFD"
              "7zXZ",
              "This file is compressed by xz. Unpack it first."},
    Signature{"\x28\xB5\x2F\xFD", "This file is compressed by zstd. Unpack it first."},
    Signature{"7z\xBC\xAF", "This is a 7-Zip archive. Unpack it first."},
    Signature{"%PDF-", "This is a PDF document. Export the table behind it as CSV UTF-8."},
    Signature{"\x89PNG", "This is a picture. Export the table itself as CSV UTF-8."},
    Signature{"\xFF\xD8\xFF", "This is a picture. Export the table itself as CSV UTF-8."},
    Signature{"SQLite format 3", "This is a SQLite database. Export the table in it as CSV UTF-8."},
    Signature{"PAR1\x15", "This is a Parquet file. Convert it to CSV UTF-8."},
    Signature{"{\\rtf", "This is a text document. Save the table in it as CSV UTF-8."},
    Signature{"\xFF\xFE", kUtf16Hint},
    Signature{"\xFE\xFF", kUtf16Hint},
};

char lower(char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view start) {
    return text.size() >= start.size() &&
           std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

bool ends_with_ignoring_case(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && starts_with_ignoring_case(text.substr(text.size() - end.size()), end);
}

std::string_view zip_hint(std::string_view block, std::string_view filename) {
    const bool is_workbook =
        ends_with_ignoring_case(filename, ".xlsx") || block.find("xl/") != std::string_view::npos;
    if (is_workbook) return kWorkbookHint;
    if (block.find("opendocument.spreadsheet") != std::string_view::npos) {
        return "This is an OpenDocument spreadsheet. Open it and save it as CSV UTF-8.";
    }
    return "This is a ZIP archive. Unpack it and upload the CSV file in it.";
}

/// What the file is when it is not text in UTF-8 at all; empty when it may be.
std::string_view binary_hint(std::string_view block, std::string_view filename) {
    if (block.starts_with("PK\x03\x04")) return zip_hint(block, filename);
    for (const Signature& signature : kSignatures) {
        if (block.starts_with(signature.bytes)) return signature.hint;
    }
    return {};
}

/// Text, but of another kind.
std::string_view markup_hint(std::string_view block) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (block.starts_with(kByteOrderMark)) block.remove_prefix(kByteOrderMark.size());
    const std::size_t begin = block.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    block.remove_prefix(begin);
    for (const std::string_view tag : {"<!doctype", "<html", "<head", "<body", "<table", "<?xml"}) {
        if (starts_with_ignoring_case(block, tag)) {
            return "This is a web page or XML, perhaps a sign-in page that was saved instead of the export. "
                   "Download the CSV again.";
        }
    }
    if (block.front() == '{' || block.front() == '[')
        return "This is JSON. Convert it to CSV with one row per account and day.";
    return {};
}

CsvFileCheck not_csv(std::string_view hint) {
    CsvFileCheck check;
    check.kind = CsvFileKind::kNotCsv;
    check.hint = hint;
    return check;
}

/// NUL bytes in more than a cell or so; UTF-16 without a mark has one in every second place.
bool is_full_of_nul(std::string_view block) {
    constexpr std::ptrdiff_t kShare = 10;
    const std::string_view start = block.substr(0, 1024);
    return std::count(start.begin(), start.end(), '\0') * kShare > static_cast<std::ptrdiff_t>(start.size());
}

}  // namespace

CsvFileCheck check_csv_file(std::string_view first_block, std::string_view filename, CsvBlock block) {
    first_block = first_block.substr(0, kCsvCheckBytes);
    if (const std::string_view hint = binary_hint(first_block, filename); !hint.empty()) return not_csv(hint);
    if (const std::string_view hint = markup_hint(first_block); !hint.empty()) return not_csv(hint);
    if (is_full_of_nul(first_block)) {
        return not_csv(
            "This is not text in UTF-8: it is full of NUL bytes, as UTF-16 or a binary file. "
            "Save it as CSV UTF-8.");
    }
    if (!filename.empty() && !ends_with_ignoring_case(filename, ".csv") &&
        !ends_with_ignoring_case(filename, ".tsv")) {
        return not_csv(
            "The name of the file does not end in .csv. If it is a CSV, rename it; otherwise save it as "
            "CSV UTF-8.");
    }

    CsvReader reader;
    CsvRow row;
    reader.feed(first_block);
    reader.finish();
    CsvFileCheck check;
    if (!reader.next(row)) {
        check.hint = "The file is empty. Its first line has to name the columns.";
        return check;
    }
    if (row.problem == CsvProblem::kNulByte)
        return not_csv("The first line has NUL bytes: this is a binary file.");
    if (row.problem == CsvProblem::kInvalidUtf8) {
        return not_csv("The first line is not valid UTF-8. Save the file as CSV UTF-8.");
    }
    if (row.problem != CsvProblem::kNone) {
        return not_csv("The first line cannot be read as names of columns. Check its quotes.");
    }
    check.dialect = *reader.dialect();
    check.header.assign(row.fields.begin(), row.fields.end());
    const bool may_go_on = block == CsvBlock::kBeginning;
    if (!reader.next(row) && !may_go_on) {
        check.kind = CsvFileKind::kHeaderOnly;
        check.hint = "The file has a header but no rows.";
        return check;
    }
    check.kind = CsvFileKind::kRows;
    return check;
}

}  // namespace keepwell
