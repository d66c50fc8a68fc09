#pragma once

#include <optional>
#include <span>
#include <vector>

#include "domain/unit_of_work.hpp"
#include "services/scorecard_book.hpp"
#include "services/scoring_input.hpp"

namespace keepwell {

/// What the calculation says of one customer, until it is stored.
struct CustomerHealth {
    CustomerId id;
    std::int64_t version = 1;  ///< Of the customer whose data this is made from.
    /// Empty: there is nothing to score the customer by, or its scorecard can't be used.
    std::optional<HealthScore> score{};
    std::optional<Date> latest_metrics_date{};    ///< Of the metrics row that the score comes from.
    std::optional<CustomerActivity> activity{};   ///< Empty: no events.
    std::optional<std::int64_t> override_id{};    ///< Of the override that held.
    std::optional<Timestamp> override_expires{};  ///< When the score will change by itself.
    bool is_news = true;    ///< The newest stored score of that day says something else.
    bool moves_row = true;  ///< Score, status or scorecard are not those on the customer's row.
};

/// Scores customers by everything that is known of them, many at once. Thread-safe.
///
/// A scorecard over metrics rows alone gives the customer the score of its latest row, whatever the day; any
/// other is calculated for a day.
class HealthScoring {
public:
    explicit HealthScoring(ScorecardBook& book) : book_(book) {}

    /// Reads and calculates as of the day of `now`; writes nothing. `ids` ascending.
    std::vector<CustomerHealth> score(Repositories& in, std::span<const CustomerId> ids, Timestamp now) const;

    /// Stores what score() said; the customers must be locked. Whoever was changed since it was read is left
    /// out. Answers those that have to be scored again: left out, or marked as stale meanwhile.
    std::vector<CustomerId> store(Repositories& in, std::span<const CustomerHealth> healths,
                                  Timestamp now) const;

    /// Locks, scores and stores in the transaction of the caller. Answers those whose scorecard looks at more
    /// than metrics rows, so that time alone can move their score.
    std::vector<CustomerId> refresh(Repositories& in, std::span<const CustomerId> ids, Timestamp now) const;

    /// What the score was, or is, on a day by the scorecard of today; with trends of metrics. Throws
    /// Error{kNotFound}, Error{kConflict} when the customer's scorecard can't be used.
    HealthScore calculate(Repositories& in, CustomerId id, Date as_of, Timestamp now) const;

private:
    std::vector<CustomerHealth> calculated(Repositories& in, const ScoringInput& input, Timestamp now) const;
    void append(Repositories& in, std::span<const CustomerHealth* const> kept, Timestamp now) const;

    ScorecardBook& book_;
};

}  // namespace keepwell
