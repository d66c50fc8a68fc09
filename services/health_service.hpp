#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/error.hpp"
#include "domain/factor_registry.hpp"
#include "domain/score_changes.hpp"
#include "domain/smallest_change.hpp"
#include "domain/unit_of_work.hpp"
#include "services/health_scoring.hpp"

namespace keepwell {

/// A score with everything that a person wants to know of it.
struct HealthReport {
    Customer customer;
    HealthScore score;
    std::optional<HealthOverride> override{};  ///< The one that holds, if any.
    std::vector<std::string> recommendations{};
    std::optional<SmallestChange> smallest_change{};
    std::int64_t events_analyzed = 0;  ///< Within the window.
    std::optional<Date> first_event_day{};
    int window_days = 0;
};

/// What moved a score between two days.
struct HealthMove {
    HealthScore from;  ///< The last score that was stored up to the day; without one it is empty.
    HealthScore to;
    ScoreChange change;
};

struct NewOverride {
    double score = 0;
    std::string reason{};
    std::string author{};
    std::optional<Timestamp> expires_at{};  ///< kDefaultOverrideLife from now if not given.
};

/// The health of one customer. Thread-safe. Every method throws Error{kNotFound} for an unknown customer.
class HealthService {
public:
    HealthService(UnitOfWork& unit_of_work, ScorecardBook& book, const HealthScoring& scoring,
                  const FactorRegistry& factors, const Clock& clock)
        : unit_of_work_(unit_of_work), book_(book), scoring_(scoring), factors_(factors), clock_(clock) {}

    /// Without `as_of` the stored score, or what it would be when there is none yet; with it, calculated for
    /// that day.
    HealthReport get(CustomerId id, std::optional<Date> as_of);
    /// The last score of each day, newest first.
    std::vector<HealthScore> history(CustomerId id, std::optional<Date> from, std::optional<Date> until,
                                     std::int64_t limit);
    HealthMove changes(CustomerId id, Date from, Date to);

    /// What is wrong with it, by JSON pointer.
    std::vector<FieldError> mistakes_in(const NewOverride& said) const;
    /// Takes the place of the computed score at once. Throws Error{kInvalid} naming every mistake,
    /// Error{kConflict} when there is nothing yet to score the customer by.
    HealthReport set_override(CustomerId id, const NewOverride& said);
    /// Ends what overrides there are; the computed score holds again at once.
    HealthReport remove_override(CustomerId id);
    /// Newest first.
    std::vector<HealthOverride> overrides(CustomerId id, std::int64_t limit);

    /// Of a factor's value; empty for none.
    std::string_view unit(const std::string& factor) const;
    Date today() const { return day_of(clock_.now()); }

private:
    HealthReport report(Repositories& in, Customer customer, HealthScore score);
    HealthReport stored(Repositories& in, CustomerId id);
    void rescore(Repositories& in, CustomerId id, Timestamp now);

    UnitOfWork& unit_of_work_;
    ScorecardBook& book_;
    const HealthScoring& scoring_;
    const FactorRegistry& factors_;
    const Clock& clock_;
};

}  // namespace keepwell
