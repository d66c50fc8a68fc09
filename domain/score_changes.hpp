#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/health_score.hpp"

namespace keepwell {

/// One reason why a score moved.
struct ScoreChangeLine {
    enum class Kind { kFactor, kWeights, kCap, kOverride };
    Kind kind = Kind::kFactor;
    std::string name{};                    ///< Of the factor or cap; empty for the weights.
    double points = 0;                     ///< What it moved the score by.
    std::optional<double> score_before{};  ///< Of the factor.
    std::optional<double> score_after{};
    std::optional<double> value_before{};
    std::optional<double> value_after{};
    std::string description{};  ///< One sentence.
};
/// `factor`, `weights`, `cap`, `override`.
std::string_view to_string(ScoreChangeLine::Kind kind);

/// Why `to` differs from `from`: the lines' points sum to `difference` (to 1e-9), the strongest first. A
/// factor's line is what its score alone would have moved under the weights that held before, the line
/// `weights` is what other weights, factors that came, went or lost their data, or another scorecard moved.
/// An empty score counts as 0 points; from it and to it each factor's line is all that the factor brought.
struct ScoreChange {
    double difference = 0;
    std::vector<ScoreChangeLine> lines;
};
ScoreChange change_between(const HealthScore& from, const HealthScore& to);

}  // namespace keepwell
