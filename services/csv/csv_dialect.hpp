#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace keepwell {

/// How the fields of a file are told apart. Quotes are always `"`, doubled inside a quoted field.
struct CsvDialect {
    char delimiter = ',';  ///< One of `,` `;` tab `|`.

    friend bool operator==(const CsvDialect&, const CsvDialect&) = default;
};

/// A row boundary of a file: where to go on reading.
struct CsvPosition {
    std::uint64_t offset = 0;  ///< Bytes from the beginning of the file.
    std::uint64_t line = 1;    ///< 1-based number of the line that begins at `offset`.

    friend bool operator==(const CsvPosition&, const CsvPosition&) = default;
};

/// What the beginning of a file says about the rest.
struct CsvPreamble {
    CsvDialect dialect;
    CsvPosition header;  ///< Behind a byte order mark, blank lines and the line `sep=;` that Excel writes.
};

/// Reads the dialect off the first line that is not blank: the delimiter that occurs most outside quotes, the
/// comma when none does. `start` is the file from its first byte. Empty while that line is not complete;
/// `is_all` says that nothing follows `start`, so that an incomplete line has to do.
std::optional<CsvPreamble> detect_csv_dialect(std::string_view start, bool is_all);

}  // namespace keepwell
