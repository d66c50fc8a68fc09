#pragma once

#include <functional>
#include <optional>
#include <span>

#include "domain/unit_of_work.hpp"
#include "domain/weighted_calculator.hpp"

namespace keepwell {

/// Scores accounts by their daily metrics rows: a row has its own score, the account has that of its latest.
/// Thread-safe.
class AccountScoring {
public:
    AccountScoring(const FactorRegistry& factors, const Clock& clock)
        : calculator_(factors, metrics_scorecard()), clock_(clock) {}

    const Scorecard& scorecard() const { return calculator_.scorecard(); }
    /// The score of one row.
    std::optional<double> score(const DailyMetrics& row) const;
    HealthStatus status(std::optional<double> score) const;
    /// The explained score of the last of `rows` (oldest first); the others tell the trends.
    HealthScore explain(std::span<const DailyMetrics> rows, Date as_of) const;

    /// Brings the customers' stored scores in step with their latest rows and clears their marks.
    void refresh(Repositories& in, std::span<const CustomerId> ids) const;
    /// Refreshes every marked customer, some hundred per transaction; `in_transaction` is called inside each,
    /// `between` after it, and may throw to stop. Returns how many.
    std::int64_t refresh_stale(UnitOfWork& unit_of_work,
                               const std::function<void(Repositories&)>& in_transaction,
                               const std::function<void()>& between) const;

private:
    WeightedCalculator calculator_;
    const Clock& clock_;
};

}  // namespace keepwell
