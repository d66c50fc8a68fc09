#pragma once

#include <string>
#include <string_view>

#include "services/csv/csv_reader.hpp"
#include "services/csv/metrics_columns.hpp"
#include "services/csv/row_error.hpp"

namespace keepwell {

/// Limits of the texts, in characters.
inline constexpr std::size_t kMaxAccountNameCharacters = 200;
inline constexpr std::size_t kMaxLabelCharacters = 100;
inline constexpr std::size_t kMaxCustomCharacters = 2000;

/// What to tell a person about a value: one sentence that says how to mend it.
std::string metrics_message(MetricsColumn column, RowErrorCode code, std::string_view value);

/// The same about a value of a custom column that is longer than kMaxCustomCharacters.
std::string custom_too_long_message(std::string_view column, std::string_view value);

/// What to tell a person about a row that the reader could not read.
RowError row_error(const CsvRow& row, CsvProblem problem, std::string_view column);

}  // namespace keepwell
