#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/customer.hpp"

namespace keepwell {

enum class Trend { kImproving, kStable, kDeclining };
/// `improving`, `stable`, `declining`.
std::string_view to_string(Trend trend);
std::optional<Trend> parse_trend(std::string_view text);

/// What one factor says of a customer.
struct FactorScore {
    std::string name;
    std::optional<double> score;  ///< 0 to 100; empty: no data.
    std::optional<double> value;  ///< The headline number in its own unit.
    std::string description;      ///< One sentence for a person.
    std::optional<Trend> trend;   ///< Empty when it can't be known.
    double weight = 0;            ///< Share of all weights of the scorecard, 0 to 1.
    double contribution = 0;      ///< Points of the overall score that this factor brought; 0 when left out.
    std::string error;            ///< Why a factor that failed has no data; empty otherwise.
};

/// A score with everything that explains it.
struct HealthScore {
    CustomerId customer_id;
    std::optional<double> overall_score;  ///< 0 to 100, unrounded; empty when no factor has data.
    HealthStatus status = HealthStatus::kInsufficientData;
    double coverage = 0;  ///< Share of the weights whose factors have data, 0 to 1.
    std::string scorecard;
    int scorecard_version = 0;
    Date as_of;  ///< The day that was scored.
    Timestamp calculated_at;
    std::vector<FactorScore> factors;  ///< In the scorecard's order; contributions sum to overall_score.
};

/// Port. Scores are appended, never changed: health_scores with their factor_scores.
class HealthScoreRepository {
public:
    virtual ~HealthScoreRepository() = default;

    /// Bulk: a constant number of statements.
    virtual void add(std::span<const HealthScore> scores) = 0;
    /// The newest score with its factors.
    virtual std::optional<HealthScore> find_latest(CustomerId id) = 0;
};

}  // namespace keepwell
