#pragma once

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "services/csv/csv_reader.hpp"

namespace keepwell {

/// A row of CsvReader, kept.
struct SeenRow {
    std::vector<std::string> fields;
    std::uint64_t line = 0;
    CsvPosition next;
    CsvProblem problem = CsvProblem::kNone;
    std::size_t problem_field = 0;

    friend bool operator==(const SeenRow&, const SeenRow&) = default;
    friend std::ostream& operator<<(std::ostream& out, const SeenRow& row) {
        out << "line " << row.line << ", next " << row.next.line << '@' << row.next.offset << ", problem "
            << static_cast<int>(row.problem) << ':';
        for (const std::string& field : row.fields) out << " [" << field << ']';
        return out;
    }
};

inline void drain(CsvReader& reader, std::vector<SeenRow>& rows) {
    CsvRow row;
    while (reader.next(row)) {
        const bool has_field = row.problem >= CsvProblem::kTextAfterQuote;
        rows.push_back({{row.fields.begin(), row.fields.end()},
                        row.line,
                        row.next,
                        row.problem,
                        has_field ? row.problem_field : 0});
    }
}

inline std::vector<SeenRow> read_pieces(CsvReader& reader, const std::vector<std::string_view>& pieces) {
    std::vector<SeenRow> rows;
    for (const std::string_view piece : pieces) {
        reader.feed(piece);
        drain(reader, rows);
    }
    reader.finish();
    drain(reader, rows);
    return rows;
}

inline std::vector<SeenRow> read_rows(std::string_view input,
                                      std::size_t max_row_bytes = CsvReader::kDefaultMaxRowBytes) {
    CsvReader reader(max_row_bytes);
    return read_pieces(reader, {input});
}

inline std::vector<std::vector<std::string>> read_fields(std::string_view input) {
    std::vector<std::vector<std::string>> fields;
    for (const SeenRow& row : read_rows(input)) fields.push_back(row.fields);
    return fields;
}

}  // namespace keepwell
