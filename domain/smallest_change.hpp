#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/health_score.hpp"
#include "domain/scorecard.hpp"

namespace keepwell {

/// What a factor would have to reach.
struct FactorStep {
    std::string factor{};
    double score_now = 0;
    double score_needed = 0;  ///< At most 100.
    std::optional<double> value_now{};
    std::optional<double> value_needed{};  ///< Where the card's curve tells it.
    std::string description{};             ///< One sentence.
};

/// What would make a customer healthy: each single factor that suffices, the smallest step first; when none
/// does, the fewest factors that suffice together. Empty when the score is healthy, unknown, held down by a
/// cap or a person's judgement.
struct SmallestChange {
    double points_missing = 0;  ///< To the band `target`.
    HealthStatus target = HealthStatus::kHealthy;
    std::vector<FactorStep> any_of;
    std::vector<FactorStep> all_of;
};
std::optional<SmallestChange> smallest_change(const HealthScore& score, const Scorecard& card,
                                              std::string_view segment);

}  // namespace keepwell
