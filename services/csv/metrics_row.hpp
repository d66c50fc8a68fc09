#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/money.hpp"
#include "domain/time.hpp"
#include "services/csv/csv_reader.hpp"
#include "services/csv/metrics_columns.hpp"
#include "services/csv/row_error.hpp"

namespace keepwell {

/// The metrics of one account on one day, checked. The texts are trimmed views into the CsvRow (or into
/// `normalised_name`), valid as long as it; reuse one object for all rows.
struct ParsedMetricsRow {
    std::string_view account_name;  ///< 1–200 characters, Unicode NFC.
    std::string_view segment;       ///< 1–100 characters, as the next one.
    std::string_view region;
    Money arr;  ///< Not negative; decimals beyond the cent rounded half up.
    Date date;
    std::int32_t daily_active_users = 0;
    double feature_adoption_rate = 0.0;  ///< 0..1
    std::int32_t support_tickets_open = 0;
    std::optional<double> nps_score;  ///< −100..100
    double login_frequency = 0.0;     ///< 0..1

    std::string normalised_name;  ///< Owns account_name when it was not in NFC already.

    ParsedMetricsRow() = default;
    ParsedMetricsRow(const ParsedMetricsRow&) = delete;
    ParsedMetricsRow& operator=(const ParsedMetricsRow&) = delete;
};

/// Checks one row and reads its values into `parsed`. Appends every mistake of the row to `errors` and is
/// false when there was one; `parsed` is then not to be used. `today` is the latest day but one that is
/// allowed (the sender may be ahead of UTC). `columns` must be usable. Never throws because of the content.
bool parse_metrics_row(const CsvRow& row, const MetricsColumns& columns, Date today, ParsedMetricsRow& parsed,
                       std::vector<RowError>& errors);

}  // namespace keepwell
