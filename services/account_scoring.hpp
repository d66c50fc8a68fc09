#pragma once

#include <functional>
#include <memory>
#include <span>

#include "domain/unit_of_work.hpp"
#include "services/health_scoring.hpp"
#include "services/scorecard_book.hpp"

namespace keepwell {

/// Scores daily metrics rows and brings the customers that they belong to in step. Thread-safe.
class AccountScoring {
public:
    AccountScoring(ScorecardBook& book, const HealthScoring& scoring, const Clock& clock)
        : book_(book), scoring_(scoring), clock_(clock) {}

    /// Gives each row the score that it has alone: by the scorecard of its customer if that scores rows, else
    /// by `metrics`.
    void score(Repositories& in, std::span<DailyMetrics> rows) const;
    /// The scorecards as they are stored now.
    std::shared_ptr<const Scorecards> cards(Repositories& in) const { return book_.current(in); }

    /// Brings the customers' stored scores in step with their data and clears their marks. Those whose
    /// scorecard looks at more than rows are also due to be scored by the clock from then on.
    void refresh(Repositories& in, std::span<const CustomerId> ids) const;
    /// Refreshes every marked customer, some hundred per transaction; `in_transaction` is called inside each,
    /// `between` after it, and may throw to stop. Returns how many.
    std::int64_t refresh_stale(UnitOfWork& unit_of_work,
                               const std::function<void(Repositories&)>& in_transaction,
                               const std::function<void()>& between) const;

private:
    ScorecardBook& book_;
    const HealthScoring& scoring_;
    const Clock& clock_;
};

}  // namespace keepwell
