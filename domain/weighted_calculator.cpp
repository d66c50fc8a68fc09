#include "domain/weighted_calculator.hpp"

#include <algorithm>
#include <cmath>

#include "domain/error.hpp"
#include "domain/score_caps.hpp"
#include "domain/scorecard_mistakes.hpp"

namespace keepwell {
namespace {

constexpr double kNeutralScore = 50;
/// What rounding may take from a sum of weights.
constexpr double kRounding = 1e-9;

/// Plugins may throw or answer nonsense; both are no data.
std::optional<double> checked(std::optional<double> score) {
    if (!score || !std::isfinite(*score)) return std::nullopt;
    return std::clamp(*score, 0.0, 100.0);
}

/// What a factor without data counts as; empty: it is left out.
std::optional<double> stand_in(const ScorecardFactor& row, const PreviousFactor* previous) {
    switch (row.missing) {
        case MissingPolicy::kExclude:
            return std::nullopt;
        case MissingPolicy::kNeutral:
            return kNeutralScore;
        case MissingPolicy::kZero:
            return 0.0;
        case MissingPolicy::kCarryForward:
            if (previous == nullptr) return std::nullopt;
            // A score stored for a later day (a past day is being calculated) has not faded yet.
            return kNeutralScore + (previous->score - kNeutralScore) *
                                       std::exp2(-std::max(0.0, previous->days_ago) / row.half_life_days);
    }
    return std::nullopt;
}

std::string_view segment_of(const FactorInput& input) {
    return input.customer == nullptr ? std::string_view{} : std::string_view{input.customer->segment};
}

std::optional<double> on_curve(const Curve& curve, std::optional<double> value, const FactorInput& input) {
    if (!value || !std::isfinite(*value)) return std::nullopt;
    return curve.score(*value, segment_of(input));
}

/// By the factor itself or by the card's curve over its value.
std::optional<double> score_of(const BaseHealthFactor& factor, const Curve& curve, const FactorInput& input) {
    if (curve.kind == CurveKind::kBuiltIn) return factor.score(input);
    return on_curve(curve, factor.value(input), input);
}

FactorScore explained(const BaseHealthFactor& factor, const Curve& curve, const FactorInput& input) {
    FactorScore result;
    try {
        result = factor.explain(input);
        if (curve.kind != CurveKind::kBuiltIn) result.score = on_curve(curve, result.value, input);
        if (result.score && !std::isfinite(*result.score))
            result.error = "answered a score that is no number";
        result.score = checked(result.score);
        if (result.value && !std::isfinite(*result.value)) result.value.reset();
    } catch (const std::exception& failure) {
        result = {};
        result.error = failure.what();
    } catch (...) {
        result = {};
        result.error = "failed without a reason";
    }
    return result;
}

}  // namespace

WeightedCalculator::WeightedCalculator(const FactorRegistry& registry, Scorecard scorecard)
    : scorecard_(std::move(scorecard)) {
    if (auto found = mistakes_in(scorecard_, registry); !found.empty()) {
        throw Error{ErrorCode::kInvalid, "scorecard " + scorecard_.name + " can't be used", std::move(found)};
    }
    for (const ScorecardFactor& row : scorecard_.factors) {
        factors_.push_back(registry.find(row.factor));
        total_weight_ += row.weight;
    }
}

/// Adds the factors of one calculation up; both ways of calculating share it, so that they agree to the bit.
class WeightedCalculator::Tally {
public:
    /// What the factor counts as; empty when it is left out.
    std::optional<double> add(const ScorecardFactor& row, std::optional<double> score,
                              const PreviousFactor* previous) {
        if (score) {
            with_data_ += row.weight;
        } else {
            score = stand_in(row, previous);
        }
        if (score) {
            points_ += *score * row.weight;
            counted_ += row.weight;
        }
        return score;
    }

    Overall overall(const WeightedCalculator& calculator) const {
        Overall result;
        result.coverage = with_data_ / calculator.total_weight_;
        if (with_data_ > 0) result.score = std::min(100.0, points_ / counted_);  // Sums may round up.
        const Scorecard& card = calculator.scorecard_;
        if (result.score && result.coverage >= card.minimum_coverage - kRounding)
            result.status = card.band(*result.score);
        return result;
    }

    double counted() const { return counted_; }

private:
    double points_ = 0;
    double counted_ = 0;
    double with_data_ = 0;
};

WeightedCalculator::Overall WeightedCalculator::overall(const FactorInput& input) const {
    if (!scorecard_.caps.empty()) {  // They may ask for anything that explains the score.
        const HealthScore full = calculate(input);
        return {.score = full.overall_score, .status = full.status, .coverage = full.coverage};
    }
    Tally tally;
    for (std::size_t i = 0; i < factors_.size(); ++i) {
        std::optional<double> score;
        try {
            score = checked(score_of(*factors_[i], scorecard_.factors[i].curve, input));
        } catch (...) {  // NOLINT(bugprone-empty-catch): calculate() tells the reason.
        }
        tally.add(scorecard_.factors[i], score, nullptr);
    }
    return tally.overall(*this);
}

HealthScore WeightedCalculator::calculate(const FactorInput& input,
                                          const std::map<std::string, PreviousFactor>& previous,
                                          const HealthOverride* override) const {
    HealthScore result;
    result.scorecard = scorecard_.name;
    result.scorecard_version = scorecard_.version;
    result.as_of = input.as_of;
    Tally tally;
    std::vector<std::optional<double>> counted_scores;
    for (std::size_t i = 0; i < factors_.size(); ++i) {
        const ScorecardFactor& row = scorecard_.factors[i];
        FactorScore factor = explained(*factors_[i], row.curve, input);
        factor.name = row.factor;
        factor.weight = row.weight / total_weight_;
        const auto last = previous.find(row.factor);
        counted_scores.push_back(
            tally.add(row, factor.score, last == previous.end() ? nullptr : &last->second));
        result.factors.push_back(std::move(factor));
    }
    const Overall overall = tally.overall(*this);
    result.overall_score = overall.score;
    result.raw_score = overall.score;
    result.status = overall.status;
    result.coverage = overall.coverage;
    for (std::size_t i = 0; overall.score && i < counted_scores.size(); ++i) {
        if (!counted_scores[i]) continue;
        result.factors[i].contribution = *counted_scores[i] * scorecard_.factors[i].weight / tally.counted();
    }
    limit(result, input);
    if (override != nullptr) replace(result, *override);
    return result;
}

void WeightedCalculator::limit(HealthScore& score, const FactorInput& input) const {
    const ScoreCap* cap = limiting_cap(scorecard_, input, score);
    if (cap == nullptr) return;
    score.cap = {.name = cap->name, .reason = cap->reason, .points = cap->maximum - *score.raw_score};
    score.overall_score = cap->maximum;
    if (score.status != HealthStatus::kInsufficientData) score.status = scorecard_.band(cap->maximum);
}

void WeightedCalculator::replace(HealthScore& score, const HealthOverride& override) const {
    score.replaced = {.id = override.id.value, .points = override.score - score.overall_score.value_or(0)};
    score.overall_score = override.score;
    score.status = scorecard_.band(override.score);
}

FactorNeeds WeightedCalculator::needs() const {
    FactorNeeds all = needs_of_caps(scorecard_);
    for (const BaseHealthFactor* factor : factors_) {
        const FactorNeeds needs = factor->needs();
        all.metrics = all.metrics || needs.metrics;
        all.activity = all.activity || needs.activity;
        all.raw_events = all.raw_events || needs.raw_events;
        all.window_days = std::max(all.window_days, needs.window_days);
    }
    return all;
}

bool WeightedCalculator::scores_rows() const {
    const FactorNeeds all = needs();
    return all.metrics && !all.activity && !all.raw_events;
}

}  // namespace keepwell
