#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/health_status.hpp"
#include "domain/time.hpp"

namespace keepwell {

/// What happens to a factor without data.
enum class MissingPolicy {
    kExclude,       ///< Its weight is left out and the rest renormalised.
    kNeutral,       ///< Counts as 50.
    kZero,          ///< Counts as 0.
    kCarryForward,  ///< The last stored value, decaying to 50 with a half-life.
};
std::string_view to_string(MissingPolicy policy);
std::optional<MissingPolicy> parse_missing_policy(std::string_view text);

/// Keeps sums of weights finite.
inline constexpr double kMaximumWeight = 1e9;

struct ScorecardFactor {
    std::string factor;  ///< A name in the registry.
    double weight = 0;   ///< Above 0, at most kMaximumWeight; normalised over the card.
    MissingPolicy missing = MissingPolicy::kExclude;
    double half_life_days = 30;  ///< For kCarryForward.
};

/// Which factors count how much and what the result is called. Data, not code: stored and versioned.
struct Scorecard {
    std::string name;
    int version = 1;
    std::string description;
    std::vector<ScorecardFactor> factors;
    double healthy_from = 75;       ///< Half-open bands: healthy at or above this,
    double at_risk_from = 50;       ///< at risk at or above this, critical below.
    double minimum_coverage = 0.5;  ///< Below it the status is insufficient_data.

    HealthStatus band(double score) const {
        if (score >= healthy_from) return HealthStatus::kHealthy;
        return score >= at_risk_from ? HealthStatus::kAtRisk : HealthStatus::kCritical;
    }
};

/// The scorecard `metrics` over daily metrics rows, bands 70 / 40.
Scorecard metrics_scorecard();

/// Port. A stored version is never changed; an edit adds the next one.
class ScorecardRepository {
public:
    virtual ~ScorecardRepository() = default;

    /// The newest version.
    virtual std::optional<Scorecard> find(const std::string& name) = 0;
    /// Throws Error{kConflict} when (name, version) exists.
    virtual void add(const Scorecard& scorecard, Timestamp now) = 0;
};

}  // namespace keepwell
