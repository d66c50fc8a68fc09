#include "domain/scorecard_mistakes.hpp"

#include <algorithm>
#include <cmath>

#include "domain/score_caps.hpp"

namespace keepwell {
namespace {

using Mistakes = std::vector<FieldError>;

bool is_between(double value, double low, double high) {
    return value >= low && value <= high;  // NaN isn't.
}

void check_points(const Curve& curve, const std::string& at, Mistakes& found) {
    const std::size_t fewest = curve.kind == CurveKind::kBands ? 1 : 2;
    if (curve.points.size() < fewest || curve.points.size() > kMaximumCurvePoints) {
        found.push_back({at, "must have " + std::to_string(fewest) + " to " +
                                 std::to_string(kMaximumCurvePoints) + " points"});
    }
    for (std::size_t i = 0; i < curve.points.size(); ++i) {
        const CurvePoint& point = curve.points[i];
        const std::string here = at + "/" + std::to_string(i);
        if (!std::isfinite(point.value)) {
            found.push_back({here + "/value", "must be a number"});
        } else if (i > 0 && !(point.value > curve.points[i - 1].value)) {
            found.push_back({here + "/value", "must be above the value of the point before"});
        }
        if (!is_between(point.score, 0, 100)) found.push_back({here + "/score", "must be from 0 to 100"});
    }
}

void check_curve(const Curve& curve, const std::string& at, Mistakes& found) {
    if (curve.kind == CurveKind::kBuiltIn) {
        if (!curve.points.empty())
            found.push_back({at + "/points", "must be empty where the factor scores by itself"});
        return;
    }
    check_points(curve, at + "/points", found);
    if (curve.kind != CurveKind::kSegmentRelative) return;
    const auto is_expectation = [](double value) { return value > 0 && std::isfinite(value); };
    for (const auto& [segment, value] : curve.expected) {
        if (!is_expectation(value)) found.push_back({at + "/expected/" + segment, "must be above 0"});
    }
    if (!is_expectation(curve.expected_otherwise))
        found.push_back({at + "/expected_otherwise", "must be above 0"});
}

void check_factors(const Scorecard& card, const FactorRegistry& registry, Mistakes& found) {
    if (card.factors.empty()) found.push_back({"/factors", "must name at least one factor"});
    if (card.factors.size() > kMaximumFactors)
        found.push_back({"/factors", "must name at most " + std::to_string(kMaximumFactors) + " factors"});
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
        if (row.missing == MissingPolicy::kCarryForward &&
            !(row.half_life_days > 0 && std::isfinite(row.half_life_days))) {
            found.push_back({at + "/half_life_days", "must be above 0"});
        }
        check_curve(row.curve, at + "/curve", found);
    }
}

void check_caps(const Scorecard& card, Mistakes& found) {
    if (card.caps.size() > kMaximumCaps)
        found.push_back({"/caps", "must be at most " + std::to_string(kMaximumCaps)});
    for (std::size_t i = 0; i < card.caps.size(); ++i) {
        const ScoreCap& cap = card.caps[i];
        const std::string at = "/caps/" + std::to_string(i);
        if (cap.name.empty()) found.push_back({at + "/name", "must not be empty"});
        const auto same = [&](const ScoreCap& other) { return other.name == cap.name; };
        const auto here = card.caps.begin() + static_cast<std::ptrdiff_t>(i);
        if (!cap.name.empty() && std::any_of(card.caps.begin(), here, same))
            found.push_back({at + "/name", "is used twice: " + cap.name});
        if (cap.reason.empty()) found.push_back({at + "/reason", "must not be empty"});
        if (!is_cap_subject(cap.subject, card)) {
            found.push_back(
                {at + "/subject",
                 "is neither a fact nor .score or .value of a factor of this card: " + cap.subject});
        }
        if (!std::isfinite(cap.threshold)) {
            found.push_back({at + "/threshold", "must be a number"});
        } else if (cap.subject == kDaysSinceLastActivity && !is_between(cap.threshold, 0, kMaximumCapDays)) {
            found.push_back(
                {at + "/threshold", "must be from 0 to " + std::to_string(kMaximumCapDays) + " days"});
        }
        if (!is_between(cap.maximum, 0, 100)) found.push_back({at + "/maximum", "must be from 0 to 100"});
    }
}

}  // namespace

std::vector<FieldError> mistakes_in(const Scorecard& card, const FactorRegistry& registry) {
    Mistakes found;
    check_factors(card, registry, found);
    if (!(card.at_risk_from >= 0 && card.at_risk_from < card.healthy_from && card.healthy_from <= 100))
        found.push_back({"/bands", "must satisfy 0 <= at_risk_from < healthy_from <= 100"});
    if (!is_between(card.minimum_coverage, 0, 1))
        found.push_back({"/minimum_coverage", "must be from 0 to 1"});
    check_caps(card, found);
    return found;
}

}  // namespace keepwell
