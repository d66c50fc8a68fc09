#include "domain/smallest_change.hpp"

#include <algorithm>
#include <cmath>

#include "domain/score_weights.hpp"

namespace keepwell {
namespace {

const ScorecardFactor* row_of(const Scorecard& card, const std::string& factor) {
    const auto same = [&](const ScorecardFactor& row) { return row.factor == factor; };
    const auto found = std::find_if(card.factors.begin(), card.factors.end(), same);
    return found == card.factors.end() ? nullptr : &*found;
}

/// The value nearest to `now` at which the curve reaches `score`; empty when it never does.
std::optional<double> value_at(const Curve& curve, double score, double now, std::string_view segment) {
    const double scale = curve.kind == CurveKind::kSegmentRelative ? curve.expected_of(segment) : 1;
    std::optional<double> nearest;
    const auto consider = [&](double value) {
        if (!nearest || std::abs(value * scale - now) < std::abs(*nearest - now)) nearest = value * scale;
    };
    for (std::size_t i = 0; i < curve.points.size(); ++i) {
        const CurvePoint& point = curve.points[i];
        if (point.score >= score) consider(point.value);
        if (curve.kind == CurveKind::kBands || i == 0) continue;
        const CurvePoint& before = curve.points[i - 1];
        if ((before.score < score) == (point.score < score)) continue;
        const double share = (score - before.score) / (point.score - before.score);
        consider(before.value + share * (point.value - before.value));
    }
    return nearest;
}

/// Rounded up, so that what is promised suffices.
std::string at_least(double score) {
    const auto tenths = static_cast<std::int64_t>(std::ceil(score * 10 - 1e-9));
    const std::string whole = std::to_string(tenths / 10);
    return tenths % 10 == 0 ? whole : whole + "." + std::to_string(tenths % 10);
}

FactorStep step_of(const FactorScore& factor, double needed, const Scorecard& card,
                   std::string_view segment) {
    FactorStep step{.factor = factor.name,
                    .score_now = *factor.score,
                    .score_needed = std::min(100.0, needed),
                    .value_now = factor.value};
    const ScorecardFactor* row = row_of(card, factor.name);
    if (row != nullptr && row->curve.kind != CurveKind::kBuiltIn && factor.value)
        step.value_needed = value_at(row->curve, step.score_needed, *factor.value, segment);
    step.description = label_of(factor.name) + " at " + at_least(step.score_needed) + " points instead of " +
                       std::to_string(static_cast<std::int64_t>(std::floor(step.score_now)));
    return step;
}

/// A factor and the points of the overall score that it could still bring.
struct Reserve {
    const FactorScore* factor;
    double points;
};

/// The strongest first.
std::vector<Reserve> reserves_of(const HealthScore& score) {
    const double counted = counted_weight(score);
    std::vector<Reserve> reserves;
    for (const FactorScore& factor : score.factors) {
        if (factor.score && *factor.score < 100)
            reserves.push_back({&factor, (100 - *factor.score) * factor.weight / counted});
    }
    std::stable_sort(reserves.begin(), reserves.end(),
                     [](const Reserve& left, const Reserve& right) { return left.points > right.points; });
    return reserves;
}

/// The fewest that suffice together, each by the same share of what it lacks.
std::vector<FactorStep> together(const std::vector<Reserve>& reserves, double missing, const Scorecard& card,
                                 std::string_view segment) {
    double available = 0;
    std::size_t needed = 0;
    while (needed < reserves.size() && available < missing) available += reserves[needed++].points;
    std::vector<FactorStep> steps;
    if (available < missing) return steps;
    for (std::size_t i = 0; i < needed; ++i) {
        const FactorScore& factor = *reserves[i].factor;
        const double goal = *factor.score + (100 - *factor.score) * missing / available;
        steps.push_back(step_of(factor, goal, card, segment));
    }
    return steps;
}

}  // namespace

std::optional<SmallestChange> smallest_change(const HealthScore& score, const Scorecard& card,
                                              std::string_view segment) {
    const bool is_open = score.status == HealthStatus::kAtRisk || score.status == HealthStatus::kCritical;
    if (!score.overall_score || !is_open || score.cap || score.replaced) return std::nullopt;
    SmallestChange change{.points_missing = card.healthy_from - *score.overall_score,
                          .target = HealthStatus::kHealthy,
                          .any_of = {},
                          .all_of = {}};
    if (!(change.points_missing > 0) || counted_weight(score) <= 0) return std::nullopt;
    const std::vector<Reserve> reserves = reserves_of(score);
    for (const Reserve& reserve : reserves) {
        if (reserve.points < change.points_missing) continue;
        const double gap = 100 - *reserve.factor->score;
        const double goal = *reserve.factor->score + gap * change.points_missing / reserve.points;
        change.any_of.push_back(step_of(*reserve.factor, goal, card, segment));
    }
    std::stable_sort(change.any_of.begin(), change.any_of.end(), [](const auto& left, const auto& right) {
        return left.score_needed - left.score_now < right.score_needed - right.score_now;
    });
    if (change.any_of.empty()) change.all_of = together(reserves, change.points_missing, card, segment);
    return change;
}

}  // namespace keepwell
