#include "domain/weighted_calculator.hpp"

#include <algorithm>
#include <cmath>

#include "domain/error.hpp"

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

FactorScore explained(const BaseHealthFactor& factor, const FactorInput& input) {
    FactorScore result;
    try {
        result = factor.explain(input);
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

std::vector<FieldError> mistakes(const FactorRegistry& registry, const Scorecard& card) {
    std::vector<FieldError> found;
    if (card.factors.empty()) found.push_back({"/factors", "must name at least one factor"});
    for (std::size_t i = 0; i < card.factors.size(); ++i) {
        const ScorecardFactor& row = card.factors[i];
        const std::string at = "/factors/" + std::to_string(i);
        if (registry.find(row.factor) == nullptr)
            found.push_back({at + "/factor", "is not a known factor: " + row.factor});
        const auto same = [&](const ScorecardFactor& other) { return other.factor == row.factor; };
        const auto here = card.factors.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::any_of(card.factors.begin(), here, same))
            found.push_back({at + "/factor", "is named twice: " + row.factor});
        if (!(row.weight > 0 && row.weight <= kMaximumWeight))
            found.push_back({at + "/weight", "must be above 0 and at most 1000000000"});
        if (row.missing == MissingPolicy::kCarryForward && !(row.half_life_days > 0)) {
            found.push_back({at + "/half_life_days", "must be above 0"});
        }
    }
    if (!(card.at_risk_from >= 0 && card.at_risk_from < card.healthy_from && card.healthy_from <= 100)) {
        found.push_back({"/bands", "must satisfy 0 <= at_risk_from < healthy_from <= 100"});
    }
    if (!(card.minimum_coverage >= 0 && card.minimum_coverage <= 1))
        found.push_back({"/minimum_coverage", "must be from 0 to 1"});
    return found;
}

}  // namespace

WeightedCalculator::WeightedCalculator(const FactorRegistry& registry, Scorecard scorecard)
    : scorecard_(std::move(scorecard)) {
    if (auto found = mistakes(registry, scorecard_); !found.empty()) {
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
    Tally tally;
    for (std::size_t i = 0; i < factors_.size(); ++i) {
        std::optional<double> score;
        try {
            score = checked(factors_[i]->score(input));
        } catch (...) {  // NOLINT(bugprone-empty-catch): calculate() tells the reason.
        }
        tally.add(scorecard_.factors[i], score, nullptr);
    }
    return tally.overall(*this);
}

HealthScore WeightedCalculator::calculate(const FactorInput& input,
                                          const std::map<std::string, PreviousFactor>& previous,
                                          const HealthOverride*) const {
    HealthScore result;
    result.scorecard = scorecard_.name;
    result.scorecard_version = scorecard_.version;
    result.as_of = input.as_of;
    Tally tally;
    std::vector<std::optional<double>> counted_scores;
    for (std::size_t i = 0; i < factors_.size(); ++i) {
        const ScorecardFactor& row = scorecard_.factors[i];
        FactorScore factor = explained(*factors_[i], input);
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
    return result;
}

FactorNeeds WeightedCalculator::needs() const {
    FactorNeeds all{.window_days = 0};
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
