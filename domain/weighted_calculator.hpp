#pragma once

#include <map>
#include <string>

#include "domain/factor_registry.hpp"
#include "domain/health_override.hpp"
#include "domain/scorecard.hpp"

namespace keepwell {

/// The last stored score of a factor, for MissingPolicy::kCarryForward.
struct PreviousFactor {
    double score = 0;
    double days_ago = 0;
};

/// Applies one scorecard: overall = Σ score·weight / Σ weight over the factors that count. Thread-safe; the
/// registry must outlive it.
class WeightedCalculator {
public:
    /// Throws Error{kInvalid} naming every mistake by its JSON pointer: no factors, an unknown factor or one
    /// named twice, a weight that is not positive, bands that overlap, a minimum coverage that is no share, a
    /// curve or a cap that makes no sense.
    WeightedCalculator(const FactorRegistry& registry, Scorecard scorecard);

    struct Overall {
        std::optional<double> score;
        HealthStatus status = HealthStatus::kInsufficientData;
        double coverage = 0;
    };
    /// The score alone, under the card's caps; without allocations where it has none: for rescoring many
    /// rows.
    Overall overall(const FactorInput& input) const;
    /// The same score with every factor's part in it, under the card's caps and then the override, if there
    /// is one. The caller sets customer_id and calculated_at.
    HealthScore calculate(const FactorInput& input,
                          const std::map<std::string, PreviousFactor>& previous = {},
                          const HealthOverride* override = nullptr) const;

    /// What all factors and caps together read.
    FactorNeeds needs() const;
    /// Whether every factor reads metrics rows alone: such a card scores each row, and moves by rows only.
    bool scores_rows() const;

    const Scorecard& scorecard() const { return scorecard_; }

private:
    class Tally;

    void limit(HealthScore& score, const FactorInput& input) const;
    void replace(HealthScore& score, const HealthOverride& override) const;

    Scorecard scorecard_;
    std::vector<const BaseHealthFactor*> factors_;  ///< In the scorecard's order.
    double total_weight_ = 0;
};

}  // namespace keepwell
