#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/csv/csv_dialect.hpp"

namespace keepwell {

enum class CsvFileKind : std::uint8_t {
    kNotCsv,      ///< Something else; the hint says what, and how to get a CSV out of it.
    kEmpty,       ///< No bytes, or nothing but a byte order mark and blank lines.
    kHeaderOnly,  ///< One line and no rows.
    kRows,        ///< A header, and at least one row or the beginning of one.
};

/// How much of the file the block is.
enum class CsvBlock : std::uint8_t { kWholeFile, kBeginning };

/// What a file turned out to be.
struct CsvFileCheck {
    CsvFileKind kind = CsvFileKind::kEmpty;
    std::string hint;                 ///< For a person, one or two sentences; empty for kRows.
    CsvDialect dialect;               ///< For kHeaderOnly and kRows, as the fields below.
    std::vector<std::string> header;  ///< As written, spaces included.

    bool has_rows() const noexcept { return kind == CsvFileKind::kRows; }
};

/// Enough of a file for check_csv_file.
inline constexpr std::size_t kCsvCheckBytes = std::size_t{64} * 1024;

/// Decides from the first bytes of a file and its name whether it is worth reading as CSV. Recognises what
/// people upload by mistake: workbooks, archives, PDF, HTML, JSON, UTF-16. A name that is not empty has to
/// end in `.csv` or `.tsv`. Never throws because of the content.
CsvFileCheck check_csv_file(std::string_view first_block, std::string_view filename, CsvBlock block);

}  // namespace keepwell
