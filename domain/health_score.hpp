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
    std::string name{};
    std::optional<double> score{};  ///< 0 to 100; empty: no data.
    std::optional<double> value{};  ///< The headline number in its own unit.
    std::string description{};      ///< One sentence for a person.
    std::optional<Trend> trend{};   ///< Empty when it can't be known.
    double weight = 0;              ///< Share of all weights of the scorecard, 0 to 1.
    double contribution = 0;     ///< Points of the overall score that this factor brought; 0 when left out.
    std::string error{};         ///< Why a factor that failed has no data; empty otherwise.
    std::string details = "{}";  ///< A JSON object with whatever else explains the score.
};

/// A limit of the scorecard that the score ran into.
struct AppliedCap {
    std::string name{};
    std::string reason{};
    double points = 0;  ///< What it changed the score by: 0 or less.
};

/// A person's judgement that took the computed score's place.
struct AppliedOverride {
    std::int64_t id = 0;
    double points = 0;  ///< What it changed the score by, either way.
};

/// A score with everything that explains it.
struct HealthScore {
    CustomerId customer_id{};
    std::optional<double> overall_score{};  ///< 0 to 100, unrounded; empty when no factor has data.
    std::optional<double> raw_score{};      ///< Before cap and override: the sum of the contributions.
    std::optional<AppliedCap> cap{};
    std::optional<AppliedOverride> replaced{};  ///< By a person's override.
    HealthStatus status = HealthStatus::kInsufficientData;
    double coverage = 0;  ///< Share of the weights whose factors have data, 0 to 1.
    std::string scorecard{};
    int scorecard_version = 0;
    Date as_of{};  ///< The day that was scored.
    Timestamp calculated_at{};
    /// In the scorecard's order; contributions sum to raw_score, with cap and override to overall_score.
    std::vector<FactorScore> factors{};
};

/// Whether two scores say the same, whenever they were calculated and of whatever day: a second one adds
/// nothing to the history.
bool tells_the_same(const HealthScore& left, const HealthScore& right);

/// Port. Scores are appended, never changed: health_scores with their factor_scores.
class HealthScoreRepository {
public:
    virtual ~HealthScoreRepository() = default;

    /// Bulk: a constant number of statements.
    virtual void add(std::span<const HealthScore> scores) = 0;
    /// The newest score with its factors.
    virtual std::optional<HealthScore> find_latest(CustomerId id) = 0;
    /// The newest score of each customer with its factors; customers without one are left out. Bulk.
    virtual std::vector<HealthScore> latest(std::span<const CustomerId> ids) = 0;
    struct LastFactor {
        CustomerId customer_id;
        std::string factor;
        double score = 0;
        Date as_of;  ///< Of the health score that it belongs to.
    };
    /// The newest score of each of the factors in health scores of days before `before`, of each customer:
    /// for MissingPolicy::kCarryForward. Those that never had any are left out. Bulk.
    virtual std::vector<LastFactor> last_factors(std::span<const CustomerId> ids,
                                                 std::span<const std::string> factors, Date before) = 0;
    /// The last score whose day is not after `day`, with its factors.
    virtual std::optional<HealthScore> find_at(CustomerId id, Date day) = 0;
    /// The last score of each day from `from` to `until`, newest day first; without factors.
    virtual std::vector<HealthScore> history(CustomerId id, Date from, Date until, std::int64_t limit) = 0;
};

}  // namespace keepwell
