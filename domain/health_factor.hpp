#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "domain/daily_metrics.hpp"
#include "domain/health_score.hpp"

namespace keepwell {

/// What a factor may look at.
struct FactorInput {
    /// Rows up to the day that is scored, oldest first; the last one is scored, the others only tell the
    /// trend.
    std::span<const DailyMetrics> metrics;
    Date as_of;

    /// The scored row; null when there is none.
    const DailyMetrics* scored() const { return metrics.empty() ? nullptr : &metrics.back(); }
};

/// One aspect of a customer's health: a pure function of its input, so equal inputs give equal answers.
/// Stateless and thread-safe. May throw; the calculator treats that as no data.
class BaseHealthFactor {
public:
    virtual ~BaseHealthFactor() = default;

    /// The name under which scorecards mention it.
    virtual std::string_view name() const = 0;
    /// One line for a person choosing factors.
    virtual std::string_view summary() const = 0;
    /// Share of 100 that it usually gets.
    virtual double default_weight() const = 0;

    /// 0 to 100; empty when there is no data. The hot path: called for every row of an import.
    virtual std::optional<double> score(const FactorInput& input) const = 0;
    /// The same score with value, description and trend. Name, weight and contribution are the calculator's.
    virtual FactorScore explain(const FactorInput& input) const = 0;
};

}  // namespace keepwell
