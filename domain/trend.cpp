#include "domain/trend.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace keepwell {
namespace {

double mean(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

std::optional<Trend> trend_of_halves(std::span<const double> values, Direction direction) {
    if (values.size() < 2) return std::nullopt;
    const std::size_t middle = values.size() / 2;
    const double earlier = mean(values.first(middle));
    const double later = mean(values.subspan(middle));
    // A trifle above a tenth, so that rounding never makes a trend of exactly a tenth.
    const double margin = (0.1 + 1e-9) * std::abs(earlier);
    const bool up = later > earlier + margin;
    const bool down = later < earlier - margin;
    if (!up && !down) return Trend::kStable;
    return up == (direction == Direction::kHigherIsBetter) ? Trend::kImproving : Trend::kDeclining;
}

std::optional<AccountTrend> account_trend(std::span<const DailyMetrics> rows, Date as_of, int days) {
    const Date from = as_of - std::chrono::days{days};
    const auto first =
        std::find_if(rows.begin(), rows.end(), [&](const DailyMetrics& row) { return row.date >= from; });
    const std::span window = rows.subspan(static_cast<std::size_t>(first - rows.begin()));
    if (window.size() < 2) return std::nullopt;
    std::vector<double> users;
    users.reserve(window.size());
    std::optional<double> first_score;
    std::optional<double> last_score;
    for (const DailyMetrics& row : window) {
        users.push_back(static_cast<double>(row.daily_active_users));
        if (row.health_score) last_score = row.health_score;
        if (!first_score) first_score = row.health_score;
    }
    return AccountTrend{
        .days = days,
        .health_score_change = round_to_cents(last_score.value_or(0) - first_score.value_or(0)),
        .arr_change = window.back().arr - window.front().arr,
        .engagement = trend_of_halves(users, Direction::kHigherIsBetter).value_or(Trend::kStable)};
}

double round_to_cents(double value) {
    return std::floor(value * 100 + 0.5) / 100;
}

}  // namespace keepwell
