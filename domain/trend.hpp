#pragma once

#include <optional>
#include <span>

#include "domain/daily_metrics.hpp"
#include "domain/health_score.hpp"

namespace keepwell {

enum class Direction { kHigherIsBetter, kLowerIsBetter };

/// Compares the mean of the later half with the earlier one (the middle value of an odd number belongs to the
/// later): more than 10 % of the earlier mean's size apart is a trend. Empty with fewer than two values.
std::optional<Trend> trend_of_halves(std::span<const double> values, Direction direction);

/// How an account moved over some days.
struct AccountTrend {
    int days = 0;
    double health_score_change = 0;  ///< Last scored row against first, two decimals.
    Money arr_change;                ///< Last row against first.
    Trend engagement = Trend::kStable;
};

/// Over the rows with date ≥ as_of − days (oldest first, none after as_of); empty with fewer than two.
std::optional<AccountTrend> account_trend(std::span<const DailyMetrics> rows, Date as_of, int days);

/// Half up at the second decimal: for averages and changes, which are shown rounded.
double round_to_cents(double value);

}  // namespace keepwell
